"""Files as a board gets them: minutes edited by hand, scans of signed paper, photos from a telephone."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image

from innovations.boards.minutes import minutes_file
from innovations.boards.services import attached_minutes
from innovations.boards.services.attached_minutes import MinutesData
from innovations.documents.intake import Upload
from tests import canary_files
from tests.board_world import BoardWorld

GPS, MAKER = 0x8825, "May anh X9"


def scan() -> bytes:
    """A scanned page."""
    return canary_files.pdf()


@cache
def photo() -> bytes:
    """A photo that says where and with what it was taken."""
    exif, out = Image.Exif(), BytesIO()
    exif[0x010F] = MAKER
    exif.get_ifd(GPS)[1] = "N"
    Image.new("RGB", (60, 40), "#1d4a37").save(out, "JPEG", exif=exif)
    return out.getvalue()


def typed(board: BoardWorld, number: int = 1) -> bytes:
    """The Word file that the product makes."""
    return minutes_file(board.actor("thuky"), board.board_id, number).content


def attach(
    board: BoardWorld, name: str, content: bytes, *, kind: str = "signed", by: str = "thuky", number: int = 1, note: str = ""
) -> int:
    """Attach a version of the minutes; its number."""
    data = MinutesData(Upload(name, BytesIO(content)), kind, note, nothing_secret=True)
    return attached_minutes.add_minutes(board.actor(by), board.board_id, number, data)
