"""One immutable Whoosh segment: its columns and texts, and its posting lists where a whole one is merged or counted.

Whoosh's matchers walk postings one at a time in Python; here a list is decoded block by block.  Searching reads no list from here
but from :mod:`innovations.search.files.arrays`.
Any surprise while reading bytes means damage, and is raised as such.
"""

from __future__ import annotations

import errno
import io
import os
import pickle
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec
from whoosh.filedb.filestore import FileStorage

from innovations.search.files.bm25 import LENGTHS
from innovations.search.files.filepack import PackedFile, unpacked_files
from innovations.search.files.generations import IndexProblem
from innovations.search.files.postinglists import Postings
from innovations.search.files.said import Compared
from innovations.search.files.schema import FILE_COLUMNS, NUMBERS, SCORED, schema
from innovations.search.files.terms import PART_BREAK, SORT_KEY_BYTES, key
from innovations.search.port import Reason

_SCHEMA = schema()
_BLOCK_SIZE = struct.Struct("!i")
#: Errors of a process, or a system, that has as many files open as it may.
EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE})


@contextmanager
def reading_bytes(what: str) -> Iterator[None]:
    """Whatever goes wrong while bytes are decoded is damage: pickles and zlib raise nearly any exception."""
    try:
        yield
    except (IndexProblem, FileNotFoundError, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in EXHAUSTED:
            raise
        raise IndexProblem(Reason.DAMAGED, f"{what}: {type(error).__name__}") from error


class Segment:
    """The files of one segment.  Documents are numbered from 0; deletions are not its business.

    ``numbers``, ``lengths`` (weighted, by field) and ``title_keys`` (sorting keys) are whole columns.

    Not safe for several threads at once: Whoosh's files have one read position.
    """

    def __init__(self, folder: Path, whoosh_segment: Any) -> None:
        self.count: int = whoosh_segment.doc_count_all()
        storage = FileStorage(str(folder))
        with reading_bytes("segment"):
            codec = whoosh_segment.codec()
            self._terms = codec.terms_reader(storage, whoosh_segment)
            self._documents = codec.per_document_reader(storage, whoosh_segment)
            names = ("seq", "shorts", *FILE_COLUMNS)
            self._columns = {name: self._documents.column_reader(name, _SCHEMA[name].column_type) for name in names}
            self._sequence_file = (folder / W3Codec.column_filename(whoosh_segment, "seq")).open("rb", buffering=0)
            self._shorts = (folder / W3Codec.column_filename(whoosh_segment, "shorts")).read_bytes()
            self.numbers = {name: read_numbers(folder, whoosh_segment, name) for name in NUMBERS}
            self._values: dict[str, Sequence[str]] = {}
            # Everything is opened or read now: a later commit may remove the files from the folder.
            self.title_keys = _title_keys(folder, whoosh_segment)
            self.lengths = {field: read_lengths(folder, whoosh_segment, field) for field in SCORED}
            self.stored(0)

    def values(self, kind: str) -> Sequence[str]:
        """Every value of one kind of key, such as ``year``; read once and kept."""
        if kind not in self._values:
            self._values[kind] = list(self._keys(key(kind, "").encode()))
        return self._values[kind]

    def _keys(self, prefix: bytes) -> Iterator[str]:
        with reading_bytes("k"):
            for field, term in self._terms.terms_from("k", prefix):
                if field != "k" or not term.startswith(prefix):
                    return
                yield term.removeprefix(prefix).decode()

    def stored(self, document: int) -> dict[str, str]:
        """What a hit shows of the document."""
        with reading_bytes("stored texts"):
            shown: dict[str, str] = self._documents.stored_fields(document)["doc"]
            return shown

    def sequence(self, document: int) -> str:
        """The document's canonical syllables in reading order."""
        return str(self.raw_sequence(document), "utf-8", "replace")

    def compared(self, document: int) -> Compared:
        """What it is compared with others by."""
        held = self.raw_sequence(document)
        with reading_bytes("compared text"):
            offset, length = self._columns["shorts"]._offsets[document], self._columns["shorts"]._lengths[document]
            return _compared(held, self._shorts[offset : offset + length])

    def raw_sequence(self, document: int) -> bytes:
        """The same as UTF-8 (3 µs; through Whoosh's reader 15)."""
        with reading_bytes("sequence"):
            offset, length = self._columns["seq"]._offsets[document], self._columns["seq"]._lengths[document]
            held = os.pread(self._sequence_file.fileno(), length, offset)
        if len(held) != length:
            raise IndexProblem(Reason.DAMAGED, "sequence: cut off")
        return held

    def file_words(self, document: int, column: str) -> bytes:
        """The syllables of the document's files in reading order: ``fseq`` canonical, ``fbare`` folded; empty without files."""
        with reading_bytes("file sequence"):
            return bytes(self._columns[column][document])

    def files(self, document: int) -> list[PackedFile]:
        """Names and texts of the document's files."""
        with reading_bytes("texts of files"):
            held = bytes(self._columns["files"][document])
            return unpacked_files(held) if held else []

    def close(self) -> None:
        """Release the files; the segment is of no use afterwards."""
        self._terms.close()
        self._sequence_file.close()
        self._documents.close()


def read_compared(folder: Path, whoosh_segment: Any) -> Iterator[Compared]:
    """What each document of a segment that was just written is compared by."""
    if not whoosh_segment.doc_count_all():
        return  # no column was written
    documents = whoosh_segment.codec().per_document_reader(FileStorage(str(folder)), whoosh_segment)
    sequences, shorts = (documents.column_reader(name, _SCHEMA[name].column_type) for name in ("seq", "shorts"))
    for number in range(whoosh_segment.doc_count_all()):
        yield _compared(bytes(sequences[number]), bytes(shorts[number]))
    documents.close()


def _compared(sequence: bytes, shorts: bytes) -> Compared:
    title, problem, solution, _rest = sequence.split(PART_BREAK.encode(), 3)
    return Compared(title, problem + solution, str(shorts, "utf-8", "replace").split())


def read_numbers(folder: Path, whoosh_segment: Any, column: str) -> NDArray[Any]:
    """A whole number column at once (0.05 ms for 10,000 documents; one by one 35 ms)."""
    dtype = np.dtype(NUMBERS[column])
    count = whoosh_segment.doc_count_all()
    raw = _column_bytes(folder, whoosh_segment, column, count * dtype.itemsize)
    return np.frombuffer(raw, dtype).astype(dtype.newbyteorder("="))


def read_lengths(folder: Path, whoosh_segment: Any, field: str) -> NDArray[np.float32]:
    """Weighted length of ``field`` in each document, as coarse as Whoosh's one byte keeps it."""
    return LENGTHS[read_length_codes(folder, whoosh_segment, field)]


def read_length_codes(folder: Path, whoosh_segment: Any, field: str) -> NDArray[np.uint8]:
    """The same as Whoosh's one byte; zero for a field without lengths."""
    raw = _column_bytes(folder, whoosh_segment, f"_{field}_len", whoosh_segment.doc_count_all())
    return np.frombuffer(raw, np.uint8)


def _title_keys(folder: Path, whoosh_segment: Any) -> NDArray[np.bytes_]:
    raw = _column_bytes(folder, whoosh_segment, "title", whoosh_segment.doc_count_all() * SORT_KEY_BYTES)
    return np.frombuffer(raw, f"S{SORT_KEY_BYTES}")


def _column_bytes(folder: Path, whoosh_segment: Any, column: str, size: int) -> bytes:
    """The column's bytes; Whoosh leaves out a column of defaults and defaults at the end, which are all zero."""
    path = folder / W3Codec.column_filename(whoosh_segment, column)
    return (path.read_bytes() if path.exists() else b"").ljust(size, b"\0")


def read_postings(terms: Any, info: Any, field: str) -> Postings:
    """The posting list that a term's entry names, or holds itself when there is one document only."""
    if info.is_inlined():
        documents, weights, _ = info.inlined_postings()
        return Postings(np.array(documents, np.int32), np.array(weights, np.float32))
    offset, length = info.extent()
    size = length[0] if isinstance(length, tuple) else length  # Whoosh 2.7 hands out the length as a tuple of one
    return _decode(os.pread(terms._postfile.file.fileno(), size, offset))


def _decode(raw: bytes) -> Postings:
    """All blocks of a posting list: documents are stored as differences, weights as None (all 1), one number or a tuple.

    Read at once and without Whoosh's matcher, whose steps take twice as long as the decoding of a short list.
    """
    if not raw.startswith(WHOOSH3_HEADER_MAGIC):
        raise ValueError("not a posting list")
    documents, weights, position, last = [], [], len(WHOOSH3_HEADER_MAGIC), False
    while not last:
        (size,) = _BLOCK_SIZE.unpack_from(raw, position)
        last, start = size < 0, position + _BLOCK_SIZE.size
        position = start + abs(size)
        block = io.BytesIO(raw[start:position])
        compressed = pickle.load(block)[3]  # noqa: S301  (the folder is ours alone, see generations.py)
        held = block.read()
        differences, stored, _ = pickle.loads(zlib.decompress(held) if compressed else held)  # noqa: S301  (as above)
        documents.append(np.cumsum(np.array(differences, np.int32), dtype=np.int32))
        weights.append(_weights(stored, len(differences)))
    return (
        Postings(np.concatenate(documents), np.concatenate(weights)) if len(documents) > 1 else Postings(documents[0], weights[0])
    )


def _weights(stored: tuple[float, ...] | float | None, count: int) -> NDArray[np.float32]:
    if isinstance(stored, tuple):
        return np.array(stored, np.float32)
    return np.full(count, 1.0 if stored is None else stored, np.float32)
