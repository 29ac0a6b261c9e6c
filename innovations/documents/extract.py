"""Text out of a file of the dossier, so that it can be searched; for the tests of our papers, too.

Runs as a program of its own with little memory and time (:mod:`innovations.documents.reading` starts it), because parsers meet
files made to break parsers.  It imports no Flask and no database, writes no file and asks for nothing outside.  It prints one
word of ``ENDINGS``, a line break and the text as UTF-8.  What it reads of a file is counted as it is unpacked, whatever the file
says of itself.

Everything that a reader can make the file show is its text, also what stands beside it: headers, comments, passages struck out.  Names
and markings are looked for in it as well, and none may hide there.
"""

from __future__ import annotations

import os
import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.sax import SAXException

from defusedxml import DefusedXmlException
from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import TextStringObject

from innovations.documents.extract_office import PARTS, read_office
from innovations.documents.gathered import CHUNK, ZERO_WIDTH, Enough, Gathered, TooMuch

#: How reading may end: ``text`` (all of it), ``part`` (as much as is kept), ``empty`` (a scan has no text), or why there is none.
ENDINGS = ("text", "part", "empty", "encrypted", "bomb", "broken")

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 20
ENOUGH_SECONDS = 12  # a long PDF is read so long; what was read by then is kept
PDF_PAGES = 1000


def pages_of(source: Path | BinaryIO, limit: int = 200) -> list[str]:
    """The text of each page of a PDF, in order, without invisible break places.

    :param limit: pages read at most; the rest is left out.
    :raises pypdf.errors.PyPdfError: it is not a readable PDF.
    """
    return list(_pages(PdfReader(source), limit))


def _pages(reader: PdfReader, limit: int) -> Iterator[str]:
    for number in range(min(limit, len(reader.pages))):
        yield reader.pages[number].extract_text().translate(ZERO_WIDTH)


def _noted(page: PageObject) -> Iterator[str]:
    """What is written in a page's notes and fields."""
    for note in page.annotations or ():
        held = note.get_object()
        yield from (text for key in ("/Contents", "/V") if isinstance(text := held.get(key), TextStringObject))


def _read_pdf(path: Path, gathered: Gathered) -> str:
    reader = PdfReader(path)
    if reader.is_encrypted:
        return "encrypted"
    for number, page in enumerate(_pages(reader, PDF_PAGES)):
        gathered.add("\n".join((page, *_noted(reader.pages[number]), "")))
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
    return read_office(path, kind, gathered, limit) if kind in PARTS else _read_plain(path, gathered)


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
