"""The text of office files: DOCX, XLSX, PPTX, ODT, for the program that reads files (:mod:`innovations.documents.extract`).

XML with a document type or entities is not read at all.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax import handler

from defusedxml import sax

from innovations.documents.gathered import CHUNK, Budget, Counted, Enough, Gathered

MEMBERS = 3000

OLD_CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")
SHARED = "xl/sharedStrings.xml"
#: Files set into others: a table in a report, the workbook behind a chart.
EMBEDDED = re.compile(r"(?:word|xl|ppt)/embeddings/[^/]+\.(docx|xlsx|pptx)")
MASTERS = r"ppt/(?:slideMasters/slideMaster|slideLayouts/slideLayout)(\d+)"
SHEETS = r"xl/worksheets/sheet(\d+)"
_DRAWN = r"{}/(?:charts/chart|diagrams/data|drawings/drawing)(\d+)"
#: Parts of an office file that hold text, by kind, in reading order; those of one sort by their number.
PARTS = {
    "docx": (r"word/document()", r"word/(?:footnotes|endnotes|comments)()", r"word/(?:header|footer)(\d*)", _DRAWN.format("word")),
    "xlsx": (SHEETS, _DRAWN.format("xl"), r"xl/(?:comments|threadedComments/threadedComment)(\d*)", r"xl/workbook()"),
    "pptx": (
        r"ppt/(?:slides/slide|notesSlides/notesSlide)(\d+)", _DRAWN.format("ppt"), r"ppt/comments/\w*?(\d*)",
        MASTERS,
    ),
    "odt": (r"content()", r"styles()"),  # paragraphs of the second are headers and footers
}  # fmt: skip
#: Elements, by local name, whose characters are text; for ODT all inside ``p`` and ``h`` are.
TEXT_IN = {
    "docx": {"t", "delText"}, "pptx": {"t", "text"}, "odt": {"p", "h"},
    "xlsx": {"t", "text", "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"},
}  # fmt: skip
#: How a header of a sheet is laid out: left, middle, right, bold, page number, font; "&&" is an ampersand.
_HEADER_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d{1,3}|[A-Za-z])')
LINE_AFTER = {"p", "h", "br", "line-break", "row", "si", "table-row"}
SPACE_AT = {"tab", "s", "c", "tc", "cr", "table-cell"}
#: What stands beside the text and would part its sentences: passages struck out, comments.  Read after it.
BESIDE = {"tracked-changes", "annotation", "del"}
#: What says the same once more: reading aids beside Asian words, a drawing's second form.
SKIPPED = {"rPh", "Fallback"}


class _Characters(handler.ContentHandler):
    """Hands on the characters of certain elements, with line breaks and spaces where the format has them; what stands beside at the end."""

    def __init__(self, text_in: set[str], gathered: Gathered, limit: int) -> None:
        super().__init__()
        self._text_in, self._gathered, self._aside = text_in, gathered, Gathered(limit)
        self._inside = self._skipping = self._beside = 0

    def _add(self, text: str) -> None:
        if not self._beside:
            self._gathered.add(text)
            return
        with suppress(Enough):
            self._aside.add(text)

    def endDocument(self) -> None:  # noqa: N802  (SAX's name)
        if aside := self._aside.text():
            self._gathered.add(f"\n{aside}\n")

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:  # noqa: N802  (SAX's name)
        local = name[1]
        if self._skipping or local in SKIPPED:
            self._skipping += 1
            return
        self._beside += local in BESIDE
        self._inside += local in self._text_in
        if local in SPACE_AT:
            self._add(" ")

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802  (SAX's name)
        if self._skipping:
            self._skipping -= 1
            return
        self._inside -= name[1] in self._text_in
        if name[1] in LINE_AFTER or name[1] in BESIDE:
            self._add("\n")
        self._beside -= name[1] in BESIDE

    def characters(self, content: str) -> None:
        if self._inside and not self._skipping:
            self._add(content)


class _Master(_Characters):
    """What stands on every slide made after it; the text of a place to be filled ("Click to edit …") stands on none."""

    _filled = False

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:  # noqa: N802  (SAX's name)
        super().startElementNS(name, qname, attrs)
        if name[1] in ("sp", "ph"):
            self._filled = name[1] == "ph"

    def characters(self, content: str) -> None:
        if not self._filled:
            super().characters(content)


class _Strings(handler.ContentHandler):
    """The shared texts of a workbook, by number."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.found: list[str] = []
        self._now: list[str] | None = None
        self._skipping = 0
        self._left = limit

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:  # noqa: N802  (SAX's name)
        if name[1] == "si":
            self._now = []
        self._skipping += name[1] in SKIPPED

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802  (SAX's name)
        self._skipping -= name[1] in SKIPPED
        if name[1] == "si" and self._now is not None:
            self.found.append("".join(self._now))
            self._now = None

    def characters(self, content: str) -> None:
        if self._now is not None and not self._skipping:
            self._now.append(content[: max(0, self._left)])
            self._left -= len(content)


class _Cells(handler.ContentHandler):
    """The values of a sheet row by row: texts, numbers, results of formulas; the formulas are left out.  Its headers come after."""

    def __init__(self, strings: list[str], gathered: Gathered) -> None:
        super().__init__()
        self._strings, self._gathered = strings, gathered
        self._kind, self._value, self._inside = "", "", False

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:  # noqa: N802  (SAX's name)
        if name[1] == "c":
            self._kind, self._value = attrs.get((None, "t"), ""), ""
        self._inside = name[1] == "v" or name[1] in TEXT_IN["xlsx"]

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802  (SAX's name)
        self._inside = False
        if name[1] == "c":
            self._gathered.add(f"{self._shown()} ")
            self._value = ""
        elif name[1] == "row":
            self._gathered.add("\n")
        elif name[1].endswith(("Header", "Footer")):
            self._gathered.add(_HEADER_CODES.sub(" ", self._value).replace("&&", "&") + "\n")
            self._value = ""

    def characters(self, content: str) -> None:
        if self._inside and len(self._value) < CHUNK:
            self._value += content

    def _shown(self) -> str:
        if self._kind != "s":
            return self._value
        number = int(self._value or -1)
        return self._strings[number] if 0 <= number < len(self._strings) else ""


class _Tabs(handler.ContentHandler):
    """The names of a workbook's sheets."""

    def __init__(self, gathered: Gathered) -> None:
        super().__init__()
        self._gathered = gathered

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:  # noqa: N802  (SAX's name)
        if name[1] == "sheet":
            self._gathered.add(attrs.get((None, "name"), "") + "\n")


def _parse(source: Counted, content: handler.ContentHandler) -> None:
    """Read XML without document type, entities and references to outside: any of them is refused."""
    parser = sax.make_parser()
    parser.forbid_dtd = True
    parser.setFeature(handler.feature_namespaces, True)
    parser.setContentHandler(content)
    while piece := source.read():
        parser.feed(piece)
    parser.close()


def _in_order(names: list[str], patterns: tuple[str, ...]) -> Iterator[str]:
    for pattern in patterns:
        found = [match for name in names if (match := re.fullmatch(rf"{pattern}\.xml", name))]
        yield from (match.group() for match in sorted(found, key=lambda match: int(match[1] or 0)))


def _handler(kind: str, name: str, strings: list[str], gathered: Gathered, limit: int) -> handler.ContentHandler:
    """Who reads this part."""
    if re.match(SHEETS, name):
        return _Cells(strings, gathered)
    if name == "xl/workbook.xml":
        return _Tabs(gathered)
    return (_Master if re.match(MASTERS, name) else _Characters)(TEXT_IN[kind], gathered, limit)


def _is_locked(path: Path) -> bool:
    """Office puts a file with a password into a container of the old kind."""
    with path.open("rb") as source:
        return source.read(len(OLD_CONTAINER)) == OLD_CONTAINER


def read_office(path: Path, kind: str, gathered: Gathered, limit: int) -> str:
    """Gather the text of a file of ``kind``; how it ended, one of ``extract.ENDINGS``.

    :param limit: characters that are kept at most.
    :raises Enough: it is as long as it is kept.
    """
    if _is_locked(path):
        return "encrypted"
    with zipfile.ZipFile(path) as archive:
        return _Package(archive, Budget(), gathered, limit).read(kind)


class _Package:
    """An office file that is open, and the files set into it."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget, gathered: Gathered, limit: int) -> None:
        self._archive, self._budget, self._gathered, self._limit = archive, budget, gathered, limit
        self._names = archive.namelist()

    def read(self, kind: str, *, inside: bool = False) -> str:
        """Gather its text; how it ended.

        :param inside: it stands in another file already; what stands in it in turn is not read.
        """
        members = self._archive.infolist()
        if len(members) > MEMBERS:
            return "bomb"
        if any(one.flag_bits & 1 for one in members):
            return "encrypted"
        strings = _Strings(4 * self._limit)
        if kind == "xlsx" and SHARED in self._names:
            self._parse(SHARED, strings)
        for name in _in_order(self._names, PARTS[kind]):
            self._parse(name, _handler(kind, name, strings.found, self._gathered, self._limit))
        if not inside:
            self._read_embedded()
        return "text"

    def _read_embedded(self) -> None:
        for name in self._names:
            if found := EMBEDDED.fullmatch(name):
                with self._archive.open(name) as part:
                    held = BytesIO(b"".join(iter(Counted(part, self._budget).read, b"")))
                with suppress(zipfile.BadZipFile), zipfile.ZipFile(held) as archive:
                    _Package(archive, self._budget, self._gathered, self._limit).read(found[1], inside=True)

    def _parse(self, name: str, content: handler.ContentHandler) -> None:
        with self._archive.open(name) as part:
            _parse(Counted(part, self._budget), content)
