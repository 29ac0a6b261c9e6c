"""What an MP4 video holds beside pictures and sound, and the same without it (ISO/IEC 14496-12: boxes in boxes).

Telephones write into a video where it was taken and with what; nothing here decodes a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

#: Boxes that hold boxes.
CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"edts", b"mvex", b"moof", b"traf"})
#: All that has to stand outside any other; whatever else a program left there is blanked.
TOP = frozenset({b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp"})
#: What others left inside: place, device, programs, pictures of the cover.
BESIDE = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip"})
TRACKS = frozenset({b"vide", b"soun"})
BOXES = 20_000  # of one video; fragments of a second each leave room for hours
DEPTH = 8
_HEADER, _LONG_HEADER = 8, 16
_VERSION = 4  # bytes of version and flags before what a full box says
_HANDLER = slice(_VERSION + 4, _VERSION + 8)
_COUNTED = _VERSION + 4  # a count of entries, which are boxes
_HERE = 1  # a data reference with this flag means this very file


class NotAVideo(ValueError):
    """Boxes that do not fit into one another, or too many."""


@dataclass(frozen=True)
class Box:
    """A part of the file: its kind, where it begins, where what it holds begins, and its end."""

    kind: bytes
    start: int
    body: int
    end: int
    depth: int


def _in_a_row(held: bytes, start: int, end: int, depth: int) -> Iterator[Box]:
    while start < end:
        size, kind, header = int.from_bytes(held[start : start + 4]), held[start + 4 : start + 8], _HEADER
        if size == 1:
            size, header = int.from_bytes(held[start + 8 : start + 16]), _LONG_HEADER
        elif size == 0 and depth == 0:
            size = end - start
        if size < header or start + size > end:
            raise NotAVideo
        yield Box(kind, start, start + header, start + size, depth)
        start += size


def boxes(held: bytes) -> Iterator[Box]:
    """Every box, each before those that it holds.

    :raises NotAVideo: sizes that do not fit, more than :data:`BOXES`, or deeper than :data:`DEPTH`.
    """
    waiting, count = [_in_a_row(held, 0, len(held), 0)], 0
    while waiting:
        box = next(waiting[-1], None)
        if box is None:
            waiting.pop()
            continue
        count += 1
        if count > BOXES or box.depth > DEPTH:
            raise NotAVideo
        yield box
        if box.kind in CONTAINERS:
            waiting.append(_in_a_row(held, box.body, box.end, box.depth + 1))


def _entries(held: bytes, box: Box) -> Iterator[Box]:
    return _in_a_row(held, box.body + _COUNTED, box.end, box.depth + 1)


def look_into_video(held: bytes) -> str:
    """One word of ``structure.FINDINGS``: ``tracks`` when it has others than pictures and sound, such as places on the way."""
    found = list(boxes(held))
    top = [box.kind for box in found if box.depth == 0]
    if top[:1] != [b"ftyp"] or not {b"moov", b"mdat"} <= set(top):
        return "broken"
    handlers = [held[box.body : box.end][_HANDLER] for box in found if box.kind == b"hdlr"]
    if b"vide" not in handlers:
        return "other"
    if not TRACKS.issuperset(handlers) or len(handlers) != sum(box.kind == b"trak" for box in found):
        return "tracks"
    references = [entry for box in found if box.kind == b"dref" for entry in _entries(held, box)]
    if any(not held[entry.body + _VERSION - 1] & _HERE for entry in references):
        return "outside"
    samples = {entry.kind for box in found if box.kind == b"stsd" for entry in _entries(held, box)}
    return "encrypted" if samples & {b"encv", b"enca"} else "clean"


def bare_video(held: bytes) -> bytes:
    """The same pictures and sound; what stands beside them is blanked in its place, so that nothing moves.

    :raises NotAVideo: see :func:`boxes`.
    """
    bare = bytearray(held)
    for box in boxes(held):
        if box.kind in BESIDE or (box.depth == 0 and box.kind not in TOP):
            bare[box.start + 4 : box.start + _HEADER] = b"free"
            bare[box.body : box.end] = bytes(box.end - box.body)
    return bytes(bare)
