"""A canary, and files of four kinds that hold it: in their text, in their metadata, compressed or not."""

from __future__ import annotations

import io
import zipfile

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

#: Folded, decomposed or in capitals, its end stays these letters.
TAIL = "zk7q4xw9"
CANARY = f"Đuốcbiển{TAIL}"


def pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(200, 200)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 10 10 Td ({TAIL}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    writer.add_metadata({"/Title": CANARY})
    writer.write(out)
    return out.getvalue()


def docx() -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    body = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>{CANARY}</w:t></w:r></w:p></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>')
        archive.writestr("word/document.xml", body)
    return out.getvalue()


def picture() -> bytes:
    note, out = PngInfo(), io.BytesIO()
    note.add_text("Author", CANARY)
    note.add_itxt("Comment", CANARY)
    Image.new("RGB", (40, 20), "#1d4a37").save(out, "PNG", pnginfo=note)
    return out.getvalue()


FILES = {"txt": f"Biên bản {CANARY}.".encode(), "pdf": pdf(), "docx": docx(), "png": picture()}
