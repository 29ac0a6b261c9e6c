"""What an office file, a PDF or a video carries inside: macros, outside sources, scripts, programs, bombs, tracks of places.

Runs as a program of its own with little memory and time (:func:`innovations.documents.sniff.check_upload` starts it), because
the parsers it needs meet files made to break parsers.  It imports no Flask and no database.  The last line it prints is one
of the words of ``FINDINGS``; any other end counts as ``broken``.
"""

import re
import resource
import sys
import zipfile
from pathlib import Path, PurePosixPath

from defusedxml import ElementTree
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from innovations.documents.video import look_into_video

FINDINGS = ("clean", "macros", "outside", "encrypted", "bomb", "broken", "active", "other", "tracks")

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 15
MEMBERS = 3000
UNPACKED_BYTES = 300 * 1024 * 1024
PACKED_RATIO = 250  # unpacked to packed, of the whole file; office files stay under 60
PDF_OBJECTS = 100_000
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml", "odt": "content.xml"}

MACRO_PART = re.compile(r"vbaProject|vbaData|macrosheets/|activeX/|^Basic/|^Scripts/|embeddings/.*\.bin$", re.IGNORECASE)
MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject|activeX", re.IGNORECASE)
#: Long enough not to turn up by chance in compressed bytes.
PDF_WORD = re.compile(rb"/(?:JavaScript|EmbeddedFile|RichMedia|Launch)\b")
PDF_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition"}
PDF_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}


def _is_bomb(members: list[zipfile.ZipInfo]) -> bool:
    unpacked, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members)
    return len(members) > MEMBERS or unpacked > UNPACKED_BYTES or unpacked > PACKED_RATIO * max(packed, 1024)


def _leaves_folder(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts


def _has_outside_source(rels: bytes) -> bool:
    """A relationship that fetches something when the file is opened.  A hyperlink waits for a click: allowed."""
    return any(
        one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink")
        for one in ElementTree.fromstring(rels).iter()
    )


def _look_inside(archive: zipfile.ZipFile, names: list[str]) -> str:
    if any(MACRO_PART.search(name) for name in names):
        return "macros"
    if "[Content_Types].xml" in names and MACRO_TYPE.search(archive.read("[Content_Types].xml")):
        return "macros"
    if any(_has_outside_source(archive.read(name)) for name in names if name.endswith(".rels")):
        return "outside"
    return "clean"


def look_into_office(path: Path, kind: str) -> str:
    """Finding for a docx, xlsx, pptx or odt."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        names = [one.filename for one in members]
        if _is_bomb(members):
            return "bomb"
        if any(one.flag_bits & 1 for one in members) or "EncryptedPackage" in names:
            return "encrypted"
        if any(_leaves_folder(name) for name in names) or len(set(names)) < len(names):
            return "broken"
        if MAIN_PART[kind] not in names:
            return "other"
        if kind == "odt" and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            return "encrypted"
        return _look_inside(archive, names)


def _acts(found: object) -> bool:
    """Whether an object, or anything written inside it, does something.  What it only points to is visited on its own."""
    if isinstance(found, ArrayObject):
        return any(_acts(one) for one in list.__iter__(found))
    if not isinstance(found, DictionaryObject):
        return False
    if not PDF_KEYS.isdisjoint(found) or ("/S" in found and found["/S"] in PDF_ACTIONS):
        return True
    return any(_acts(one) for one in dict.values(found))


def _objects(reader: PdfReader) -> list[IndirectObject]:
    plain = [IndirectObject(number, generation, reader) for generation, held in reader.xref.items() for number in held]
    return plain + [IndirectObject(number, 0, reader) for number in reader.xref_objStm]


def look_into_pdf(path: Path) -> str:
    """Finding for a PDF: scripts, programs to start, attached files and forms that send are ``active``."""
    if PDF_WORD.search(path.read_bytes()):
        return "active"
    reader = PdfReader(path)
    if reader.is_encrypted:
        return "encrypted"
    objects = _objects(reader)
    if len(objects) > PDF_OBJECTS:
        return "bomb"
    if any(_acts(one.get_object()) for one in objects):
        return "active"
    return "clean" if len(reader.pages) else "broken"


def look(path: Path, kind: str) -> str:
    """One word of ``FINDINGS`` for the file."""
    try:
        if kind == "mp4":
            return look_into_video(path.read_bytes())
        return look_into_pdf(path) if kind == "pdf" else look_into_office(path, kind)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, PyPdfError, ValueError, RuntimeError):
        return "broken"
    except MemoryError:
        return "bomb"


def main(kind: str, name: str) -> None:  # pragma: no cover  (a process that may write no file keeps no record of what it did)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    print(look(Path(name), kind))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
