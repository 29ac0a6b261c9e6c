"""How names and texts of a document's files stand in the index: one column, of which a hit unpacks the blocks it shows.

Four bytes with the length of the list, the list as JSON ``[[name, [[begin in the folded sequence, packed bytes], …]], …]``, then
the packed blocks one behind the other.  Unpacking whole files of fifty pages took 1 ms a hit.
"""

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LENGTH_BYTES = 4


@dataclass(frozen=True)
class PackedFile:
    """A file of a document: its name, and its text in blocks."""

    name: str
    begins: list[int]
    blocks: list[bytes]

    def block_of(self, place: int) -> int:
        """Number of the block whose words stand at ``place`` of the file's folded sequence."""
        return bisect_right(self.begins, place) - 1

    def text_from(self, block: int) -> str:
        """The text of a block and of the next, on one line."""
        return "".join(zlib.decompress(each).decode() for each in self.blocks[block : block + 2]).replace("\n", " ")


def packed_files(files: Iterable[tuple[str, Sequence[tuple[int, str]]]]) -> bytes:
    """The column of a document with these files: the name of each, and its blocks with where they begin."""
    listed, held = [], []
    for name, blocks in files:
        packed = [zlib.compress(text.encode("utf-8", "replace"), 6) for _begin, text in blocks]
        listed.append([name, [[begin, len(each)] for (begin, _text), each in zip(blocks, packed, strict=True)]])
        held += packed
    head = json.dumps(listed, separators=(",", ":")).encode()
    return len(head).to_bytes(_LENGTH_BYTES) + head + b"".join(held)


def unpacked_files(column: bytes) -> list[PackedFile]:
    """What :func:`packed_files` was given."""
    at = _LENGTH_BYTES + int.from_bytes(column[:_LENGTH_BYTES])
    files = []
    for name, listed in json.loads(column[_LENGTH_BYTES:at]):
        blocks = []
        for _begin, size in listed:
            blocks.append(column[at : at + size])
            at += size
        files.append(PackedFile(name, [begin for begin, _size in listed], blocks))
    return files
