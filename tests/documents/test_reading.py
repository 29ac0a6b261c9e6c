"""The text of each kind of file is read; what cannot be read says why, and takes little memory and time."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import paper_samples as samples
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from innovations.documents.papers import render_pdf
from innovations.documents.reading import READABLE, Ending, FoundText, Reading

LIMIT = 200_000
MIME = {extension: mime for mime, extension in READABLE.items()}
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
ODT = (
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str) -> bytes:
    return zipped({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (("Nội dung", "Phút"), ("Sạc pin dự phòng", 12.5), ("Tổng", "=SUM(B2:B2)")):
        book.active.append(row)
    book.create_sheet("Phụ lục").append(["Bảng thứ hai"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def slides() -> bytes:
    slide = f"<p:sld xmlns:p='p' {A}><a:p><a:r><a:t>Trang %d</a:t></a:r></a:p></p:sld>"
    return zipped({f"ppt/slides/slide{number}.xml": slide % number for number in (10, 2, 1)})


def locked_pdf() -> bytes:
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(render_pdf(samples.RECEIPT)))), io.BytesIO()
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def reading(folder: Path, extension: str, content: bytes, limit: int = LIMIT) -> FoundText:
    path = folder / "content"
    path.write_bytes(content)
    return Reading(path, MIME[extension], limit).wait()


HONEST = {
    "docx": (
        docx(
            "<w:p><w:r><w:t>Biên bản </w:t></w:r><w:r><w:t>thử nghiệm</w:t></w:r></w:p>"
            "<w:p><w:del><w:r><w:delText>đã xóa</w:delText></w:r></w:del><w:r><w:t>Số</w:t><w:tab/><w:t>30&amp;31</w:t></w:r></w:p>"
        ),
        "Biên bản thử nghiệm\nSố 30&31\nđã xóa",
    ),
    "xlsx": (workbook(), "Nội dung Phút\nSạc pin dự phòng 12.5\nTổng\nBảng thứ hai\nSheet\nPhụ lục"),
    "pptx": (slides(), "Trang 1\nTrang 2\nTrang 10"),
    "odt": (
        zipped(
            {
                "content.xml": f"<office:text {ODT}><text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes>"
                "<text:h>Giá <text:span>phơi</text:span> giày</text:h><text:p>sau<text:s/>giờ tập</text:p></office:text>"
            }
        ),
        "Giá phơi giày\nsau giờ tập\nđã xóa",
    ),
    "txt": ("\ufeffDòng một\r\n\r\n\x07Dòng  hai".encode(), "Dòng một\nDòng hai"),
    "csv": ("tên;phút\ngiá đỡ;5\n".encode(), "tên;phút\ngiá đỡ;5"),
}


@pytest.mark.parametrize("extension", HONEST)
def test_the_text_is_read_in_reading_order(tmp_path: Path, extension: str) -> None:
    content, text = HONEST[extension]
    assert reading(tmp_path, extension, content) == FoundText(Ending.TEXT, text)


def part(namespace: str, text: str) -> str:
    return f"<x:part xmlns:x='{namespace}' {A}><x:p><x:t>{text}</x:t></x:p><a:p><a:t>{text}</a:t></a:p></x:part>"


@pytest.mark.parametrize(
    ("extension", "names"),
    [
        ("docx", ("word/document.xml", "word/header1.xml", "word/footer2.xml", "word/comments.xml")),
        ("docx", ("word/document.xml", "word/charts/chart1.xml", "word/diagrams/data1.xml")),
        ("xlsx", ("xl/drawings/drawing1.xml", "xl/charts/chart2.xml", "xl/comments1.xml")),
        ("pptx", ("ppt/slides/slide1.xml", "ppt/notesSlides/notesSlide1.xml", "ppt/comments/comment1.xml")),
        ("pptx", ("ppt/slides/slide1.xml", "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout2.xml")),
        ("odt", ("content.xml", "styles.xml")),
    ],
)
def test_headers_footers_notes_and_comments_are_read_after_the_text(
    tmp_path: Path, extension: str, names: tuple[str, ...]
) -> None:
    content = zipped({name: part(f"urn:{number}", f"Phần {number}") for number, name in enumerate(names)})
    found = reading(tmp_path, extension, content).text
    assert found.startswith("Phần 0")
    assert {f"Phần {number}" for number in range(len(names))} <= set(found.splitlines())


def test_a_word_struck_out_parts_no_phrase_and_stands_after_the_text(tmp_path: Path) -> None:
    struck = "<w:del w:author='x'><w:r><w:delText>Nguyễn Văn Mẫu</w:delText></w:r></w:del>"
    body = f"<w:p><w:r><w:t>cải </w:t></w:r>{struck}<w:r><w:t>cách</w:t></w:r></w:p>"
    assert reading(tmp_path, "docx", docx(body)).text == "cải cách\nNguyễn Văn Mẫu"


def test_a_workbook_set_into_a_report_is_read_and_one_inside_that_is_not(tmp_path: Path) -> None:
    inner = {
        "xl/embeddings/oleObject1.xlsx": workbook(),
        "word/document.xml": f"<w:document {W}>{paragraph('Phụ lục')}</w:document>",
    }
    outer = {"word/embeddings/Microsoft_Word_Document1.docx": zipped(inner), "word/embeddings/broken.xlsx": b"no archive"}
    report = zipped({"word/document.xml": f"<w:document {W}>{paragraph('Báo cáo')}</w:document>", **outer})
    assert reading(tmp_path, "docx", report) == FoundText(Ending.TEXT, "Báo cáo\nPhụ lục")


def test_the_headers_of_a_sheet_are_read_without_their_layout(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Số liệu"])
    book.active.oddHeader.left.text, book.active.oddHeader.left.font = "Nguyễn Văn Mẫu", "Times New Roman,Bold"
    book.active.oddHeader.right.text = "Trang &P && hết"
    book.active.firstFooter.center.text = "Đại đội 9"
    book.active.HeaderFooter.differentFirst = True
    out = io.BytesIO()
    book.save(out)
    assert reading(tmp_path, "xlsx", out.getvalue()).text.splitlines()[1:3] == ["Nguyễn Văn Mẫu Trang & hết", "Đại đội 9"]


def test_what_a_master_asks_to_fill_in_stands_on_no_slide(tmp_path: Path) -> None:
    shape = "<p:sp>{}<a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sp>"
    shapes = shape.format("<p:nvPr><p:ph type='title'/></p:nvPr>", "Bấm để sửa") + shape.format("<p:nvPr/>", "Tiểu đoàn 9")
    master = f"<p:sldMaster xmlns:p='p' {A}>{shapes}</p:sldMaster>"
    found = reading(tmp_path, "pptx", zipped({"ppt/slideMasters/slideMaster1.xml": master}))
    assert found.text == "Tiểu đoàn 9"


def test_notes_and_filled_fields_of_a_pdf_are_read_after_their_page(tmp_path: Path) -> None:
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(render_pdf(samples.RECEIPT)))), io.BytesIO()
    writer.add_annotation(0, FreeText(text="Nguyễn Văn Mẫu ghi", rect=(50, 550, 200, 650)))
    writer.write(out)
    lines = reading(tmp_path, "pdf", out.getvalue()).text.splitlines()
    assert lines[0] != "Nguyễn Văn Mẫu ghi"
    assert "Nguyễn Văn Mẫu ghi" in lines


def test_the_text_of_a_pdf_is_read(tmp_path: Path) -> None:
    found = reading(tmp_path, "pdf", render_pdf(samples.RECEIPT))
    assert found.ending is Ending.TEXT
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in found.text


def test_a_pdf_of_pictures_has_no_text(tmp_path: Path) -> None:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    assert reading(tmp_path, "pdf", out.getvalue()) == FoundText(Ending.EMPTY)


DOCTYPE = '<!DOCTYPE w [<!ENTITY a "{inside}">]>'
DISHONEST = [
    ("pdf", b"%PDF-1.7\n" + b"x" * 500, Ending.BROKEN),
    ("pdf", render_pdf(samples.RECEIPT)[:900], Ending.BROKEN),
    ("docx", HONEST["docx"][0][:-40], Ending.BROKEN),
    ("docx", docx("<w:p><w:t>chưa đóng"), Ending.BROKEN),
    ("xlsx", zipped({"xl/worksheets/sheet1.xml": '<s><row><c t="s"><v>x</v></c></row></s>'}), Ending.BROKEN),
    ("pdf", locked_pdf(), Ending.ENCRYPTED),
    ("docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"EncryptedPackage", Ending.ENCRYPTED),
    ("docx", zipped({"word/document.xml": DOCTYPE.format(inside="b" * 9) + f"<w {W}><w:t>&a;</w:t></w>"}), Ending.BROKEN),
    ("docx", zipped({"word/document.xml": '<!DOCTYPE w SYSTEM "file:///etc/passwd"><w/>'}), Ending.BROKEN),
    ("docx", zipped({f"word/{number}.xml": "" for number in range(3001)}), Ending.BOMB),
    ("odt", zipped({"content.xml": f"<office:text {ODT}>" + " " * (101 * 1024 * 1024)}), Ending.BOMB),
    ("docx", zipped({"word/media/image1.png": ""}), Ending.EMPTY),
]


@pytest.mark.parametrize(("extension", "content", "ending"), DISHONEST, ids=lambda value: value if isinstance(value, str) else "")
def test_a_file_without_readable_text_says_why(tmp_path: Path, extension: str, content: bytes, ending: Ending) -> None:
    assert reading(tmp_path, extension, content) == FoundText(ending)


def test_the_text_beside_a_macro_is_read_and_the_macro_is_not(tmp_path: Path) -> None:
    held = zipped(
        {"word/document.xml": f"<w:d {W}>{paragraph('Biểu mẫu')}</w:d>", "word/vbaProject.bin": "Sub AutoOpen()\nShell\nEnd Sub"}
    )
    assert reading(tmp_path, "docx", held) == FoundText(Ending.TEXT, "Biểu mẫu")


def test_of_fifty_megabytes_of_text_the_beginning_is_kept_and_soon(tmp_path: Path) -> None:
    began = time.monotonic()
    for extension, content in (
        ("docx", docx(paragraph("kết quả áp dụng thử ") * 1_400_000)),
        ("txt", "kết quả áp dụng thử\n".encode() * 2_000_000),
    ):
        found = reading(tmp_path, extension, content)
        assert (found.ending, found.text[:19], found.partly) == (Ending.TEXT, "kết quả áp dụng thử", True)
        assert 190_000 < len(found.text) <= LIMIT
    assert time.monotonic() - began < 20


def test_a_reading_that_is_stopped_leaves_no_process(tmp_path: Path) -> None:
    (tmp_path / "content").write_bytes(render_pdf(samples.RECEIPT))
    started = Reading(tmp_path / "content", MIME["pdf"], LIMIT)
    started.stop()
    assert not Path(f"/proc/{started.pid}").exists()


def test_a_file_that_is_gone_is_missing(tmp_path: Path) -> None:
    assert Reading(tmp_path / "nowhere", MIME["pdf"], LIMIT).wait() == FoundText(Ending.MISSING)
