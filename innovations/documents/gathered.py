"""Text as it comes out of a file, and how much may come out: for the program that reads files (:mod:`innovations.documents.extract`)."""

from __future__ import annotations

import unicodedata
from typing import IO

MEMBER_BYTES = 100 * 1024 * 1024  # unpacked, of one part; a sheet of 20 MB packed to a twentieth stays below
UNPACKED_BYTES = 300 * 1024 * 1024
CHUNK = 64 * 1024

ZERO_WIDTH = {0x200B: None, 0x00AD: None}


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
