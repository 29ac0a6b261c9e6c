"""What may be uploaded: honest files of ten kinds; each dishonest one is refused for its own reason."""

import io
import zipfile
from pathlib import Path

import openpyxl
import paper_samples as samples
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from innovations.core.rules.errors import Invalid
from innovations.documents import sniff
from innovations.documents.papers import render_pdf

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/{part}" '
    'ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" TargetMode="External" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="http://intranet.example/x"/></Relationships>'
)


def packed(**more: bytes | str) -> bytes:
    """A small docx with further members: ``packed(**{"word/vbaProject.bin": b"…"})``."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": CONTENT_TYPES.format(part="word/document.xml", kind="wordprocessingml.document"),
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
        "word/document.xml": "<w:document xmlns:w='w'/>",
    }
    return zipped({**members, **more})


def zipped(members: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def picture(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "#1d4a37").save(out, kind, **options)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def slides() -> bytes:
    kind = CONTENT_TYPES.format(part="ppt/presentation.xml", kind="presentationml.presentation")
    return zipped({"[Content_Types].xml": kind, "_rels/.rels": "<Relationships/>", "ppt/presentation.xml": "<p/>"})


def opendocument() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office/>", zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>", zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_script(writer: PdfWriter) -> None:
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def pdf(change=None) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(render_pdf(samples.RECEIPT))))
    if change is not None:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def stored(folder: Path, content: bytes) -> Path:
    path = folder / "incoming"
    path.write_bytes(content)
    return path


HONEST = {
    "Biên bản thử nghiệm.PDF": lambda: render_pdf(samples.RECEIPT),
    "bản mô tả.docx": packed,
    "số liệu.xlsx": workbook,
    "trình chiếu.pptx": slides,
    "mô tả.odt": opendocument,
    "ảnh.png": lambda: picture("PNG"),
    "ảnh.jpeg": lambda: picture("JPEG"),
    "ảnh.webp": lambda: picture("WEBP"),
    "ghi chép.txt": lambda: "\ufeffBộ gá tháo lắp bánh xe\n".encode(),
    "bảng.csv": lambda: "Tên;Năm\nBộ gá;2026\n".encode(),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_comes_in(name, tmp_path):
    kind = sniff.check_upload(name, stored(tmp_path, HONEST[name]()))
    assert kind == sniff.media_type_of(name)


def test_a_hyperlink_in_a_document_is_no_outside_source(tmp_path):
    path = stored(tmp_path, packed(**{"word/_rels/document.xml.rels": RELATION.format(kind="hyperlink")}))
    assert sniff.check_upload("a.docx", path).extension == "docx"


DISHONEST = [
    ("chương trình.exe", lambda: b"MZ", sniff.KindNotAllowed),
    ("trang.html", lambda: b"<p>", sniff.KindNotAllowed),
    ("hình.svg", lambda: b"<svg/>", sniff.KindNotAllowed),
    ("không đuôi", lambda: b"x", sniff.KindNotAllowed),
    ("macro.docm", packed, sniff.KindNotAllowed),
    ("rỗng.pdf", lambda: b"", sniff.EmptyUpload),
    ("ảnh.png", lambda: picture("JPEG"), sniff.Disguised),
    ("ảnh.jpg", lambda: b"<html><script>alert(1)</script></html>", sniff.Disguised),
    ("giấy tờ.pdf", packed, sniff.Disguised),
    ("giấy tờ.docx", workbook, sniff.Disguised),
    ("gói.docx", lambda: zipped({"a.txt": "x"}), sniff.Disguised),
    ("trang.txt", lambda: b"<!doctype html><html><script>alert(1)</script></html>", sniff.Disguised),
    ("cũ.txt", lambda: "Bộ gá".encode("utf-16"), sniff.NotUtf8),
    ("cũ.csv", lambda: b"T\xean;N\xe3m\n", sniff.NotUtf8),
    ("nhị phân.txt", lambda: b"abc\x00def", sniff.NotUtf8),
    ("macro.docx", lambda: packed(**{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), sniff.CarriesMacros),
    ("điều khiển.docx", lambda: packed(**{"word/activeX/activeX1.xml": "<a/>"}), sniff.CarriesMacros),
    (
        "mẫu.docx",
        lambda: packed(**{"word/_rels/settings.xml.rels": RELATION.format(kind="attachedTemplate")}),
        sniff.FetchesFromOutside,
    ),
    (
        "ảnh ngoài.docx",
        lambda: packed(**{"word/_rels/document.xml.rels": RELATION.format(kind="image")}),
        sniff.FetchesFromOutside,
    ),
    ("bom.docx", lambda: packed(**{"word/media/a.bmp": b"\0" * 40_000_000}), sniff.TooMuchInside),
    ("thoát.docx", lambda: packed(**{"../../etc/x": "x"}), sniff.Damaged),
    (
        "thực thể.docx",
        lambda: packed(**{"word/_rels/document.xml.rels": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        sniff.Damaged,
    ),
    ("mã.pdf", lambda: pdf(with_script), sniff.ActivePdf),
    ("mã viết lái.pdf", lambda: pdf(with_script).replace(b"/JavaScript", b"/J#61vaScript"), sniff.ActivePdf),
    ("kèm.pdf", lambda: pdf(lambda writer: writer.add_attachment("x.exe", b"MZ")), sniff.ActivePdf),
    ("khóa.pdf", lambda: pdf(lambda writer: writer.encrypt("mk", algorithm="RC4-128")), sniff.Locked),
    ("cụt.pdf", lambda: b"%PDF-1.7\n" + b"x" * 500, sniff.Damaged),
]


@pytest.mark.parametrize(("name", "content", "reason"), DISHONEST, ids=[f"{row[0]}-{row[2].__name__}" for row in DISHONEST])
def test_a_dishonest_file_is_refused_for_its_own_reason(name, content, reason, tmp_path):
    with pytest.raises(Invalid) as refused:
        sniff.check_upload(name, stored(tmp_path, content()))
    assert type(refused.value) is reason
    assert refused.value.field == "file"
    assert name in str(refused.value)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_loses_place_and_owner(kind, tmp_path):
    exif = Image.Exif()
    exif[0x013B] = "Nguyen Van An"
    exif.get_ifd(0x8825)[2] = (21.0, 2.0, 3.0)
    dirty = picture(kind, exif=exif.tobytes())
    assert b"Nguyen Van An" in dirty
    clean = sniff.clean_image(stored(tmp_path, dirty))
    assert b"Nguyen Van An" not in clean
    assert not Image.open(io.BytesIO(clean)).getexif()


def test_a_picture_taken_sideways_stands_upright_afterwards(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    clean = sniff.clean_image(stored(tmp_path, picture("JPEG", exif=exif.tobytes())))
    assert Image.open(io.BytesIO(clean)).size == (20, 40)


def test_what_is_seen_through_stays_so_in_a_png(tmp_path):
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(sniff.clean_image(stored(tmp_path, out.getvalue())))).getpixel((1, 1)) == (0, 0, 0, 0)


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(tmp_path):
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(sniff.TooMuchInside):
        sniff.clean_image(stored(tmp_path, out.getvalue()), "to.png")


def test_a_broken_picture_is_refused(tmp_path):
    with pytest.raises(sniff.Damaged):
        sniff.clean_image(stored(tmp_path, picture("PNG")[:60]), "hỏng.png")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\an\\Ảnh gá.jpg", "Ảnh gá.jpg"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\u202egpj.exe.txt", "agpj.exe.txt"),
        ("Biên bản.pdf", "Biên bản.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_file_name_is_stored_without_folders_and_tricks(given, kept):
    assert sniff.safe_name(given) == kept
