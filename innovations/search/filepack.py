"""How names and texts of a document's files stand in the index: one compressed column, read only when a passage is shown."""

import json
import zlib
from collections.abc import Sequence
from typing import NamedTuple


class PackedFile(NamedTuple):
    """Name and text of a file; ``starts[n]`` is where in the text its block number n begins."""

    name: str
    text: str
    starts: list[int]


def packed_files(files: Sequence[tuple[str, str, list[int]]]) -> bytes:
    """The column of a document with these files."""
    return zlib.compress(json.dumps(files, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"), 3)


def unpacked_files(column: bytes) -> list[PackedFile]:
    """What :func:`packed_files` was given."""
    return [PackedFile(*held) for held in json.loads(zlib.decompress(column))]
