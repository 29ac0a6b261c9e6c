"""Word templates: filled with what the paper says, and refused with a reason when they could do harm or would not work."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from innovations.core.rules.errors import Several
from innovations.documents import filling
from innovations.documents.extract import read
from innovations.documents.papers.fields import listed
from innovations.documents.papers.word import PAPERS, Contents, WordPaper, as_word, check_template, shipped
from innovations.documents.sniff import CarriesMacros, FetchesFromOutside, TooMuchInside, check_upload
from tests.documents import paper_samples as samples

BODY = "<w:body>"


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def changed(folder: Path, paper: WordPaper = WordPaper.MINUTES, *, parts: dict[str, bytes] | None = None, **texts: str) -> Path:
    """The shipped template with ``add`` at its head and ``old`` replaced by ``new``."""
    out, path = io.BytesIO(), folder / "mau.docx"
    with zipfile.ZipFile(shipped(paper)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in [each for each in source.namelist() if each not in (parts or {})]:
            content = source.read(name)
            if name == "word/document.xml":
                text = content.decode().replace(BODY, BODY + texts.get("add", ""), 1)
                content = text.replace(texts.get("old", "\0"), texts.get("new", "")).encode()
            made.writestr(name, content)
        for name, content in (parts or {}).items():
            made.writestr(name, content)
    path.write_bytes(out.getvalue())
    return path


def refused(path: Path, paper: WordPaper = WordPaper.MINUTES) -> list[str]:
    with pytest.raises(Several) as caught:
        check_template(paper, path)
    return [f"{type(each).__name__}: {each.worded()}" for each in caught.value.errors]


def text_of(folder: Path, content: bytes) -> str:
    path = folder / "van-ban.docx"
    path.write_bytes(content)
    assert check_upload(path.name, path).extension == "docx"
    return read(path, "docx", 100_000)[1]


@pytest.mark.parametrize("paper", WordPaper)
def test_every_shipped_template_passes_what_an_uploaded_one_must_pass(paper: WordPaper) -> None:
    assert check_upload("mau.docx", shipped(paper)).extension == "docx"
    check_template(paper, shipped(paper))


@pytest.mark.parametrize("paper", WordPaper)
def test_every_field_of_a_paper_says_what_it_means(paper: WordPaper) -> None:
    assert [each.path for each in listed(PAPERS[paper]) if not each.meaning] == []


def test_markup_tags_and_control_signs_in_the_data_stay_text(tmp_path: Path) -> None:
    hostile = "<w:b/> & phòng “2” {{ head.unit }} {% for %} ''.__class__"
    contents = Contents("bien-ban", replace(samples.MINUTES, place=hostile + "\x07"), "/1/", draft=True)
    text = text_of(tmp_path, as_word(contents, shipped(WordPaper.MINUTES)).content)
    assert text.startswith("DỰ THẢO")
    assert hostile in text


def test_the_draft_mark_goes_with_the_draft_and_blanks_stay_to_be_filled_by_hand(tmp_path: Path) -> None:
    blank = replace(samples.DECISION, head=samples.BLANK_HEAD)
    text = text_of(tmp_path, as_word(Contents("qd", blank, "/1/"), shipped(WordPaper.DECISION)).content)
    assert ("………/QĐ" in text, "ngày …… tháng …… năm 20……" in text, "DỰ THẢO" in text) == (True, True, False)


def test_a_misspelt_field_is_named_with_the_nearest_one_and_where_it_stands(tmp_path: Path) -> None:
    path = changed(tmp_path, add=paragraph("Chủ toạ: {{ chari }} và {{ khong_co_gi_ca }}"))
    found = refused(path)
    assert "“chari”; có phải “chair”? (tại: “Chủ toạ:" in found[0]
    assert found[1].startswith("UnknownField: Không có trường “khong_co_gi_ca”")


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    tags = ("{{ head.nmber }}", "{{ items }}", "{% for x in board %}{% endfor %}", "{{ board|safe }}", "{{ board.name }}")
    found = refused(changed(tmp_path, add="".join(map(paragraph, tags))))
    assert [each.split(":")[0] for each in found] == ["MistypedField", "NotOneValue", "NotAList", "UnknownFilter", "PartOfAValue"]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("{{ ''.__class__.__mro__ }}", "PartOfAValue"),
        ("{{ board.__class__ }}", "PartOfAValue"),
        ("{{ items[0] }}", "ForbiddenTag"),
        ("{{ board.format(1) }}", "ForbiddenTag"),
        ("{{ self.__init__ }}", "MistypedField"),
        ("{% for x in range(999999999) %}x{% endfor %}", "ForbiddenTag"),
        ("{{ 'x' * 999999999 }}", "ForbiddenTag"),
        ("{{ 9 ** 99999999 }}", "ForbiddenTag"),
        ("{% include '/etc/passwd' %}", "ForbiddenTag"),
        ("{% macro a() %}{{ a() }}{% endmacro %}", "ForbiddenTag"),
        ("{% for item in items %}", "UnclosedTag"),
        ("{% endfor %}", "StrayTag"),
        ("{{ board | }}", "BadSyntax"),
    ],
)
def test_what_could_run_or_never_end_is_refused(tmp_path: Path, tag: str, kind: str) -> None:
    assert kind in {each.split(":")[0] for each in refused(changed(tmp_path, add=paragraph(tag)))}


def test_loops_inside_loops_end_with_a_sentence_and_not_with_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "LONGEST_SECONDS", 3)
    loops = "".join(f"{{% for x{n} in items %}}" for n in range(12)) + "xx" + "{% endfor %}" * 12
    assert refused(changed(tmp_path, add=paragraph(loops)))[0].startswith("TooMuchToFill")


def test_a_list_or_a_signature_may_not_be_left_out(tmp_path: Path) -> None:
    path = changed(tmp_path, old="{{ item.conclusion }}", new="")
    assert refused(path) == ["FieldMissing: Mẫu thiếu trường bắt buộc “items[].conclusion”."]


@pytest.mark.parametrize(
    "hidden",
    [
        "{% if false %}{{ item.conclusion }}{% endif %}",
        "{% if draft and not draft %}{{ item.conclusion|upper }}{% endif %}",
        "{% for nobody in items if false %}{{ item.conclusion }}{% endfor %}",
        "{{ '' if true else item.conclusion }}",
        "{% if item.conclusion %}đã kết luận{% endif %}",
        "{% for x in items %}{% if loop.index > 99 %}{{ x.conclusion }}{% endif %}{% endfor %}",
    ],
)
def test_a_field_that_must_be_there_is_not_there_where_no_paper_gets_to_it(tmp_path: Path, hidden: str) -> None:
    path = changed(tmp_path, old="{{ item.conclusion }}", new=hidden)
    assert refused(path) == [
        "FieldNeverPrinted: Trường bắt buộc “items[].conclusion” có trong mẫu nhưng không in ra với dữ liệu thử nào. "
        "Đưa trường ra ngoài if, for đang che nó."
    ]


@pytest.mark.parametrize(
    "shown",
    [
        "{% if draft %}{{ item.conclusion }}{% endif %}",
        "{% if not draft %}{{ item.conclusion|upper }}{% endif %}",
        "{% for line in item.conclusion|lines %}{{ line }}{% endfor %}",
        "{{ item.conclusion|dots if item.conclusion else 'chưa kết luận' }}",
        "{% for x in items %}{{ x.conclusion }}{% endfor %}",
    ],
)
def test_a_field_that_must_be_there_may_depend_on_the_paper(tmp_path: Path, shown: str) -> None:
    check_template(WordPaper.MINUTES, changed(tmp_path, old="{{ item.conclusion }}", new=shown))


def test_the_draft_mark_may_not_hide_where_no_draft_gets_to(tmp_path: Path) -> None:
    path = changed(tmp_path, old="if draft", new="if false and draft")
    assert refused(path)[0].startswith("FieldNeverPrinted: Trường bắt buộc “draft”")


def test_tags_that_cut_through_paragraphs_are_told(tmp_path: Path) -> None:
    torn = paragraph("{% if draft %}").replace("</w:p>", "") + "</w:p><w:tbl>" + paragraph("x{% endif %}") + "</w:tbl>"
    assert refused(changed(tmp_path, add=torn))


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ({"word/vbaProject.bin": b"x"}, CarriesMacros),
        ({"word/media/big.xml": b"0" * 60_000_000}, TooMuchInside),
        (
            {
                "word/_rels/header1.xml.rels": b'<Relationships><Relationship TargetMode="External" Type="x/attachedTemplate" '
                b'Target="file:///x"/></Relationships>'
            },
            FetchesFromOutside,
        ),
    ],
)
def test_macros_bombs_and_outside_sources_are_stopped_at_the_upload(
    tmp_path: Path, parts: dict[str, bytes], refusal: type[Exception]
) -> None:
    path = changed(tmp_path, parts=parts)
    with pytest.raises(refusal):
        check_upload(path.name, path)


def test_document_types_and_fields_that_fetch_are_refused(tmp_path: Path) -> None:
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refused(changed(tmp_path, parts={"word/extra.xml": entity}))[0].startswith("DeclaresEntities")
    field = "<w:p><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\x</w:instrText></w:r></w:p>"
    assert refused(changed(tmp_path, add=field))[0].startswith("FetchesWhenOpened")
