"""Text out of a PDF: for the tests of our papers, and for evidence files that are searched."""

from pathlib import Path
from typing import BinaryIO

from pypdf import PdfReader

ZERO_WIDTH = {0x200B: None, 0x00AD: None}


def pages_of(source: Path | BinaryIO, limit: int = 200) -> list[str]:
    """The text of each page, in order, without invisible break places.

    :param limit: pages read at most; the rest is left out.
    :raises pypdf.errors.PyPdfError: it is not a readable PDF.
    """
    reader = PdfReader(source)
    return [page.extract_text().translate(ZERO_WIDTH) for page in reader.pages[:limit]]
