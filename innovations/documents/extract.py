"""Text out of a file of the dossier, so that it can be searched; for the tests of our papers, too.

Runs as a program of its own with little memory and time (:mod:`innovations.documents.reading` starts it), because parsers meet
files made to break parsers.  It imports nothing of the application, writes no file and asks for nothing outside.  It prints one
word of ``ENDINGS``, a line break and the text as UTF-8.  What it reads of a file is counted as it is unpacked, whatever the file
says of itself; XML with a document type or entities is not read at all.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO
from xml.sax import SAXException, handler

from defusedxml import DefusedXmlException, sax
from pypdf import PdfReader
from pypdf.errors import PyPdfError

#: How reading may end: ``text`` (all of it), ``part`` (as much as is kept), ``empty`` (a scan has no text), or why there is none.
ENDINGS = ("text", "part", "empty", "encrypted", "bomb", "broken")

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 20
ENOUGH_SECONDS = 12  # a long PDF is read so long; what was read by then is kept
MEMBERS = 3000
MEMBER_BYTES = 100 * 1024 * 1024  # unpacked, of one part; a sheet of 20 MB packed to a twentieth stays below
UNPACKED_BYTES = 300 * 1024 * 1024
PDF_PAGES = 1000
CHUNK = 64 * 1024

OLD_CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")
ZERO_WIDTH = {0x200B: None, 0x00AD: None}
#: Parts of an office file that hold text, in reading order; numbers count as numbers.
PARTS = {
    "docx": re.compile(r"word/(document|comments|footnotes|endnotes|header\d*|footer\d*)\.xml"),
    "xlsx": re.compile(r"xl/worksheets/sheet(\d+)\.xml"),
    "pptx": re.compile(r"ppt/(?:slides/slide|notesSlides/notesSlide)(\d+)\.xml"),
    "odt": re.compile(r"(content|styles)\.xml"),  # paragraphs of the second are headers and footers
}
#: Elements, by local name, whose characters are text; for ODT all inside ``p`` and ``h`` are.
TEXT_IN = {"docx": {"t"}, "pptx": {"t"}, "odt": {"p", "h"}, "shared": {"t"}}
LINE_AFTER = {"p", "h", "br", "line-break", "row", "si", "table-row"}
SPACE_AT = {"tab", "s", "c", "tc", "cr", "table-cell"}
#: What the reader of the file does not see: deleted passages, reading aids beside Asian words, a drawing's second form.
SKIPPED = {"tracked-changes", "annotation", "rPh", "del", "Fallback"}


class Enough(Exception):  # noqa: N818  (no error: the text is as long as it is kept)
    """All characters that are kept were read."""


class TooMuch(Exception):  # noqa: N818  (a finding, named as in ``ENDINGS``)
    """It unpacks to more than any honest file."""


class Gathered:
    """Text as it comes in, up to a number of characters."""

    def __init__(self, limit: int) -> None:
        self._pieces: list[str] = []
        self._left = limit

    def add(self, text: str) -> None:
        """Keep ``text``, or as much as there is room for.

        :raises Enough: there is no room left.
        """
        self._pieces.append(text[: self._left])
        self._left -= len(text)
        if self._left <= 0:
            raise Enough

    def text(self) -> str:
        """Everything, tidy: see :func:`tidy`."""
        return tidy("".join(self._pieces))


def tidy(text: str) -> str:
    """NFC, without control signs and invisible break places, one space between words, no empty lines.

    ``"Biên\\u00ad bản \\x00 họp\\n\\n\\nSố 1"`` → ``"Biên bản họp\\nSố 1"``
    """
    shown = unicodedata.normalize("NFC", text).translate(ZERO_WIDTH)
    clean = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Cn"} and sign != "\n" else sign for sign in shown)
    return "\n".join(filter(None, (" ".join(line.split()) for line in clean.split("\n"))))


class Budget:
    """Bytes that may still be unpacked from one archive."""

    def __init__(self, octets: int = UNPACKED_BYTES) -> None:
        self._left = octets

    def spend(self, octets: int) -> None:
        """Count bytes that were unpacked.

        :raises TooMuch: more than any honest file holds.
        """
        self._left -= octets
        if self._left < 0:
            raise TooMuch


class Counted:
    """A part of an archive, counted as it is unpacked."""

    def __init__(self, source: IO[bytes], budget: Budget) -> None:
        self._source, self._budget, self._own = source, budget, Budget(MEMBER_BYTES)

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes."""
        piece = self._source.read(min(size, CHUNK) if size and size > 0 else CHUNK)
        self._budget.spend(len(piece))
        self._own.spend(len(piece))
        return piece


class _Characters(handler.ContentHandler):
    """Hands on the characters of certain elements, with line breaks and spaces where the format has them."""

    def __init__(self, text_in: set[str], gathered: Gathered) -> None:
        super().__init__()
        self._text_in, self._gathered = text_in, gathered
        self._inside = self._skipping = 0

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:  # noqa: N802  (SAX's name)
        local = name[1]
        if self._skipping or local in SKIPPED:
            self._skipping += 1
            return
        self._inside += local in self._text_in
        if local in SPACE_AT:
            self._gathered.add(" ")

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802  (SAX's name)
        if self._skipping:
            self._skipping -= 1
            return
        self._inside -= name[1] in self._text_in
        if name[1] in LINE_AFTER:
            self._gathered.add("\n")

    def characters(self, content: str) -> None:
        if self._inside and not self._skipping:
            self._gathered.add(content)


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
    """The values of a sheet row by row: texts, numbers, results of formulas; the formulas themselves are left out."""

    def __init__(self, strings: list[str], gathered: Gathered) -> None:
        super().__init__()
        self._strings, self._gathered = strings, gathered
        self._kind, self._value, self._inside = "", "", False

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:  # noqa: N802  (SAX's name)
        if name[1] == "c":
            self._kind, self._value = attrs.get((None, "t"), ""), ""
        self._inside = name[1] in {"v", "t"}

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802  (SAX's name)
        self._inside = False
        if name[1] == "c":
            self._gathered.add(f"{self._shown()} ")
        elif name[1] == "row":
            self._gathered.add("\n")

    def characters(self, content: str) -> None:
        if self._inside and len(self._value) < CHUNK:
            self._value += content

    def _shown(self) -> str:
        if self._kind != "s":
            return self._value
        number = int(self._value or -1)
        return self._strings[number] if 0 <= number < len(self._strings) else ""


def _parse(source: Counted, content: handler.ContentHandler) -> None:
    """Read XML without document type, entities and references to outside: any of them is refused."""
    parser = sax.make_parser()
    parser.forbid_dtd = True
    parser.setFeature(handler.feature_namespaces, True)
    parser.setContentHandler(content)
    while piece := source.read():
        parser.feed(piece)
    parser.close()


def _in_order(names: list[str], pattern: re.Pattern[str]) -> list[str]:
    found = [match for name in names if (match := pattern.fullmatch(name))]
    return [match.group() for match in sorted(found, key=lambda m: [int(g) if g.isdigit() else -len(g) for g in m.groups()])]


def _is_locked(path: Path) -> bool:
    """Office puts a file with a password into a container of the old kind."""
    with path.open("rb") as source:
        return source.read(len(OLD_CONTAINER)) == OLD_CONTAINER


def _read_office(path: Path, kind: str, gathered: Gathered, limit: int) -> str:
    if _is_locked(path):
        return "encrypted"
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        names = [one.filename for one in members]
        if len(members) > MEMBERS:
            return "bomb"
        if any(one.flag_bits & 1 for one in members):
            return "encrypted"
        budget = Budget()
        strings = _Strings(4 * limit)
        if kind == "xlsx" and "xl/sharedStrings.xml" in names:
            with archive.open("xl/sharedStrings.xml") as part:
                _parse(Counted(part, budget), strings)
        for name in _in_order(names, PARTS[kind]):
            content = _Cells(strings.found, gathered) if kind == "xlsx" else _Characters(TEXT_IN[kind], gathered)
            with archive.open(name) as part:
                _parse(Counted(part, budget), content)
    return "text"


def pages_of(source: Path | BinaryIO, limit: int = 200) -> list[str]:
    """The text of each page of a PDF, in order, without invisible break places.

    :param limit: pages read at most; the rest is left out.
    :raises pypdf.errors.PyPdfError: it is not a readable PDF.
    """
    return list(_pages(PdfReader(source), limit))


def _pages(reader: PdfReader, limit: int) -> Iterator[str]:
    for number in range(min(limit, len(reader.pages))):
        yield reader.pages[number].extract_text().translate(ZERO_WIDTH)


def _read_pdf(path: Path, gathered: Gathered) -> str:
    reader = PdfReader(path)
    if reader.is_encrypted:
        return "encrypted"
    for page in _pages(reader, PDF_PAGES):
        gathered.add(f"{page}\n")
        if time.process_time() > ENOUGH_SECONDS:
            raise Enough
    return "part" if len(reader.pages) > PDF_PAGES else "text"


def _read_plain(path: Path, gathered: Gathered) -> str:
    with path.open(encoding="utf-8-sig", errors="replace") as source:
        while piece := source.read(CHUNK):
            gathered.add(piece)
    return "text"


def read(path: Path, kind: str, limit: int) -> tuple[str, str]:
    """How reading ended and the text, at most ``limit`` characters.

    :param kind: ``pdf``, ``docx``, ``xlsx``, ``pptx``, ``odt``, ``txt`` or ``csv``.
    """
    gathered = Gathered(limit)
    try:
        ending = _read(path, kind, gathered, limit)
    except Enough:
        ending = "part"
    except (TooMuch, MemoryError, RecursionError):
        ending = "bomb"
    except (zipfile.BadZipFile, SAXException, DefusedXmlException, PyPdfError, OSError, KeyError, ValueError, TypeError,
            AttributeError, IndexError, NotImplementedError, RuntimeError, ArithmeticError, EOFError):  # fmt: skip
        # pypdf answers a broken file with nearly any of these.
        ending = "broken"
    if ending not in ("text", "part"):
        return ending, ""
    text = gathered.text()
    return (ending, text) if text else ("empty", "")


def _read(path: Path, kind: str, gathered: Gathered, limit: int) -> str:
    if kind == "pdf":
        return _read_pdf(path, gathered)
    return _read_office(path, kind, gathered, limit) if kind in PARTS else _read_plain(path, gathered)


def main(kind: str, name: str, limit: str) -> None:
    """Read within the limits and print what was found."""
    os.nice(10)  # nobody waits for it
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))  # the first is a signal that says why
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * int(limit) + CHUNK,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the text
    ending, text = read(Path(name), kind, int(limit))
    sys.stdout.buffer.write(f"{ending}\n{text}".encode("utf-8", "replace"))


if __name__ == "__main__":
    main(*sys.argv[1:])
