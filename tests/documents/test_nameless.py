"""The copy for who shall not know who made a file: without the names that programs write beside the text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from innovations.documents.nameless import nameless
from innovations.documents.sniff import MEDIA_TYPES

NAME = "Nguyễn Văn Mẫu"


def packed(members: dict[str, str | bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def copied(folder: Path, extension: str, content: bytes) -> dict[str, bytes]:
    """The parts of the copy; of what is set into it too."""
    path = folder / "content"
    path.write_bytes(content)
    return opened(nameless(path, MEDIA_TYPES[extension].mime))


def opened(source: BytesIO) -> dict[str, bytes]:
    with ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    inner = {name: opened(BytesIO(held)) for name, held in parts.items() if name.endswith(".docx")}
    return parts | {f"{name}!{each}": held for name, members in inner.items() for each, held in members.items()}


@pytest.mark.parametrize(
    ("extension", "name", "content"),
    [
        ("docx", "docProps/core.xml", f"<cp:p xmlns:cp='c' xmlns:dc='d'><dc:creator>{NAME}</dc:creator></cp:p>"),
        ("docx", "word/comments.xml", f'<w:comment w:author="{NAME}" w:initials="{NAME}" w:id="1"/>'),
        ("docx", "word/document.xml", f"<w:del w:author='{NAME}' w:id='1'/>"),
        ("docx", "word/people.xml", f'<w15:person w15:author="{NAME}"><w15:presenceInfo w15:userId="{NAME}"/></w15:person>'),
        ("xlsx", "xl/comments1.xml", f"<comments><authors><author>{NAME}</author></authors></comments>"),
        ("xlsx", "xl/persons/person.xml", f'<person displayName="{NAME}" id="1"/>'),
        ("pptx", "ppt/commentAuthors.xml", f'<p:cmAuthor id="0" name="{NAME}" initials="M"/>'),
        ("pptx", "ppt/authors.xml", f'<p188:author id="0" name="{NAME}" userId="{NAME}"/>'),
        ("odt", "meta.xml", f"<office:meta><meta:initial-creator>{NAME}</meta:initial-creator></office:meta>"),
        ("odt", "content.xml", f"<office:annotation><dc:creator>{NAME}</dc:creator></office:annotation>"),
        ("docx", "word/embeddings/a.docx", packed({"docProps/core.xml": f"<dc:creator>{NAME}</dc:creator>"})),
    ],
)
def test_no_name_beside_the_text_is_left(tmp_path: Path, extension: str, name: str, content: str | bytes) -> None:
    parts = copied(tmp_path, extension, packed({name: content, "kept.xml": "<t>Số liệu</t>"}))
    assert parts["kept.xml"] == "<t>Số liệu</t>".encode()
    assert name in parts
    assert {name for name, held in parts.items() if NAME.encode() in held} == set()
