"""A copy of an office file or a PDF without what programs wrote into it about who made it, for readers who shall not know.

Runs as a program of its own with little memory and time (:func:`innovations.documents.nameless.nameless` starts it), because
parsers meet files made to break parsers.  It imports nothing of the application and writes the copy to its standard output.
What stands in the text itself stays.
"""

import io
import re
import resource
import sys
import zipfile
from pathlib import Path
from typing import BinaryIO

from pypdf import PdfReader, PdfWriter

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 20
MEMBER_BYTES = 100 * 1024 * 1024  # unpacked, of one part
#: Parts that say who made a file and where; left empty, or left out where nothing has to be there.
EMPTY_PARTS = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "meta.xml": b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>',
}
#: Names beside comments and tracked changes, and those of who commented slides.
NAMED = re.compile(rb"""(\b(?:author|initials|userId|displayName|lastModifiedBy)=)(?:"[^"]*"|'[^']*')""")
COMMENTERS = {"ppt/commentAuthors.xml", "ppt/authors.xml"}
COMMENTER = re.compile(rb"""(\bname=)(?:"[^"]*"|'[^']*')""")
NAMING = re.compile(rb"<((?:dc:)?creator|author|meta:initial-creator)>[^<]*</\1>")
EMBEDDED = re.compile(r".*/embeddings/[^/]+\.(?:docx|xlsx|pptx)")


def _part(name: str, held: bytes) -> bytes:
    if name in EMPTY_PARTS:
        return EMPTY_PARTS[name]
    if EMBEDDED.fullmatch(name) and zipfile.is_zipfile(io.BytesIO(held)):
        return nameless_office(io.BytesIO(held))
    if not name.endswith(".xml"):
        return held
    bare = NAMING.sub(rb"<\1></\1>", NAMED.sub(rb'\1""', held))
    return COMMENTER.sub(rb'\1""', bare) if name in COMMENTERS else bare


def nameless_office(path: Path | BinaryIO) -> bytes:
    """The copy of a docx, xlsx, pptx or odt, and of what is set into it."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w") as target:
        for each in source.infolist():
            if each.file_size > MEMBER_BYTES:
                raise ValueError("a part too large")
            plain = zipfile.ZipInfo(each.filename, date_time=(1980, 1, 1, 0, 0, 0))
            plain.compress_type = each.compress_type
            target.writestr(plain, _part(each.filename, source.read(each)))
    return made.getvalue()


def nameless_pdf(path: Path) -> bytes:
    """The copy of a PDF: its pages, without title, author, program and the like."""
    writer = PdfWriter()
    for page in PdfReader(path).pages:
        for note in page.annotations or ():
            note.get_object().pop("/T", None)  # who wrote a comment
        writer.add_page(page)
    writer.metadata = None
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def main(kind: str, name: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    made = nameless_pdf(Path(name)) if kind == "pdf" else nameless_office(Path(name))
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
