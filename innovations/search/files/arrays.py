"""Every posting list of some segments once more, as arrays that are read without decoding: one file beside Whoosh's own.

Whoosh keeps a posting list as pickled, compressed blocks, in each segment apart.  At 100,000 documents in ten segments the first use
of a pair of words took 8 ms to unpickle; here it is a search for eight bytes and one read, 0.1 ms.  Whoosh never looks at this
file: it removes it with the segment whose name it carries, and any Whoosh reads the index with or without it.

=========  ============================================================================================
header     :data:`MAGIC`, length of what follows, JSON: see :class:`Layout`
hashes     one ``u8`` for each term, ascending: :func:`hash_of` its field and text
starts     one ``u4`` for each term and one more: where its postings begin
documents  one ``i4`` for each posting, numbered across the segments, ascending within a term
weights    one for each posting, in halves (every weight of ``terms.WEIGHTS`` is a multiple of a half)
names      for each field of :data:`NAMED` its terms in byte order: ``u4`` ends, ``u4`` numbers of documents, the bytes
=========  ============================================================================================

Two of six million terms share a hash once in a million indexes; they would then be found for one another.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.generations import IndexProblem
from innovations.search.files.terms import FILES
from innovations.search.port import Reason

MAGIC = b"postings as arrays 1\n"
SUFFIX = ".arrays"
#: Fields whose terms are listed by their beginning: words, but neither keys nor pairs.
NAMED = (*FILES, *FILES.values())
#: A weight is stored as so many times itself.
HALVES = 2
_ALIGNED = 8
_LENGTH = struct.Struct("<I")
#: Terms whose hash is remembered (about 200 bytes each): a query asks for each several times, in several files.
_HASHES_KEPT = 8192
#: Documents above which a list is counted by itself.
_LONG = 256
#: Stands behind every letter in UTF-8.
_LAST = b"\xff"


class Postings(NamedTuple):
    """The documents of a term, ascending, and its weight in each."""

    documents: NDArray[np.int32]
    weights: NDArray[np.float32]


class Listed(NamedTuple):
    """Terms of one field of ``file`` by the number of documents that have them, the most first, then in byte order.

    :param totals: these numbers, which hidden and deleted documents count in; ``numbers`` are the terms' places in the field's list.
    """

    totals: NDArray[np.int64]
    numbers: NDArray[np.int64]
    field: str
    file: ArrayFile

    def name(self, place: int) -> str:
        """The term at ``place`` of this order."""
        return self.file.name(self.field, int(self.numbers[place]))

    def seen(self, begin: int, end: int, visible: NDArray[np.bool_]) -> list[str]:
        """Those from place ``begin`` to ``end`` that any of the ``visible`` documents of the file has."""
        chosen = self.numbers[begin:end]
        if not len(chosen):
            return []
        held = self.file.counts_of(self.field, chosen, visible) > 0
        return [self.file.name(self.field, number) for number in chosen[held].tolist()]


NO_POSTINGS = Postings(np.empty(0, np.int32), np.empty(0, np.float32))


@dataclass(frozen=True)
class Layout:
    """What the header says.

    :param segments: Whoosh's names of the segments, in the order in which their ``documents`` are numbered.
    :param weight: numpy's name of the type of a weight; ``names`` maps a field to its number of terms and of their bytes.
    """

    segments: Sequence[str]
    documents: int
    terms: int
    postings: int
    weight: str
    names: Mapping[str, tuple[int, int]]
    byteorder: str = sys.byteorder

    def header(self) -> bytes:
        """The bytes that the file begins with."""
        text = json.dumps(asdict(self)).encode()
        return padded(MAGIC + _LENGTH.pack(len(text)) + text)

    def sizes(self) -> dict[str, int]:
        """Section → bytes, in their order."""
        held = {"hashes": 8 * self.terms, "starts": 4 * (self.terms + 1), "documents": 4 * self.postings}
        held["weights"] = np.dtype(self.weight).itemsize * self.postings
        for field, (count, size) in self.names.items():
            held |= {f"ends {field}": 4 * count, f"counts {field}": 4 * count, f"names {field}": size}
        return held

    def places(self) -> dict[str, int]:
        """Section → where it begins; ``end`` is the size of the file."""
        at, found = len(self.header()), {}
        for name, size in self.sizes().items():
            found[name] = at
            at += -(-size // _ALIGNED) * _ALIGNED
        return found | {"end": at}


def padded(section: bytes) -> bytes:
    """A section as it stands in the file: the next one begins at a multiple of eight."""
    return section + bytes(-len(section) % _ALIGNED)


@lru_cache(maxsize=_HASHES_KEPT)
def hash_of(field: str, term: str) -> int:
    """The number under which a term is found."""
    return int.from_bytes(digest_of(field, term.encode("utf-8", "replace")), sys.byteorder)


def digest_of(field: str, term: bytes) -> bytes:
    """The same as eight bytes."""
    return blake2b(field.encode() + b"\0" + term, digest_size=8).digest()


class ArrayFile:
    """The file at ``path``, open for reading.

    Hashes and names are mapped, so a search touches a few pages of them and they are no memory of the process.  Postings are read.

    :raises FileNotFoundError: it is not there.
    :raises IndexProblem: it is not what its header says.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self.layout = read_layout(path)
            self._mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
            self._file = os.dup(file.fileno())
        self._at = self.layout.places()
        self._hashes = self._section("hashes").cast("Q")
        self._starts = self._section("starts").cast("I")
        self._weight = np.dtype(self.layout.weight)
        self._ends = {field: self._section(f"ends {field}").cast("I") for field in self.layout.names}
        self._places: dict[str, NDArray[np.int32]] = {}
        self._counts = {field: self._section(f"counts {field}").cast("I") for field in self.layout.names}

    def postings(self, number: int) -> Postings | None:
        """All postings of the term with that hash; None when there are none."""
        begin, end = self._extent(number)
        if begin == end:
            return None
        documents = self._read("documents", begin, end, np.dtype(np.int32))
        halves = self._read("weights", begin, end, self._weight)
        return Postings(documents, np.multiply(halves, np.float32(1 / HALVES), dtype=np.float32))

    def documents_of(self, numbers: NDArray[np.uint64]) -> list[tuple[int, NDArray[np.int32]]]:
        """For each of the hashes that it has, its place among ``numbers`` and the documents: all are looked up in one step."""
        held = np.frombuffer(self._hashes, np.uint64)
        places = np.minimum(np.searchsorted(held, numbers), len(held) - 1)
        found = np.flatnonzero(held[places] == numbers).tolist() if len(held) else []
        extents = ((place, int(places[place])) for place in found)
        return [
            (place, self._read("documents", self._starts[term], self._starts[term + 1], np.dtype(np.int32)))
            for place, term in extents
        ]

    def counts_in(self, numbers: NDArray[np.uint64], visible: NDArray[np.bool_]) -> NDArray[np.int64]:
        """In how many ``visible`` documents each of the hashes stands."""
        counts = np.zeros(len(numbers), np.int64)
        held = np.frombuffer(self._hashes, np.uint64)
        places = held.searchsorted(numbers).clip(max=len(held) - 1)
        found = (held[places] == numbers).nonzero()[0] if len(held) else NO_POSTINGS.documents
        if len(found):
            counts[found] = self._counted(places[found], visible)
        return counts

    def _counted(self, places: NDArray[np.intp], visible: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The same for the terms at ``places``; long lists one by one (1 ns a document), short ones together (each alone 3 µs)."""
        starts, counts = np.frombuffer(self._starts, np.uint32), np.zeros(len(places), np.int64)
        begin = starts[places].astype(np.int64)
        sizes = starts[places + 1] - begin
        documents = np.frombuffer(self._mapped, np.int32, self.layout.postings, self._at["documents"])
        long = (sizes > _LONG).nonzero()[0]
        for place, first, size in zip(long.tolist(), begin[long].tolist(), sizes[long].tolist(), strict=True):
            counts[place] = np.count_nonzero(visible.take(documents[first : first + size], mode="clip"))
        if len(short := (sizes <= _LONG).nonzero()[0]):
            begin, sizes = begin[short], sizes[short]
            ends = sizes.cumsum()
            within = (begin - ends + sizes).repeat(sizes) + np.arange(ends[-1])
            counts[short] = np.add.reduceat(visible[documents[within]], ends - sizes, dtype=np.int64)
        return counts

    def beginning(self, field: str, prefix: str) -> Listed:
        """The terms of a field that begin with ``prefix``."""
        names, wanted = range(len(self._counts[field])), prefix.encode()
        low = bisect_left(names, wanted, key=lambda number: self._name(field, number))
        high = bisect_left(names, wanted + _LAST, low, key=lambda number: self._name(field, number))
        counts = np.frombuffer(self._counts[field], np.uint32)[low:high].astype(np.int64)
        order = np.argsort(-counts, kind="stable")
        return Listed(counts[order], order + low, field, self)

    def name(self, field: str, number: int) -> str:
        """The term that stands at ``number`` in the list of ``field``."""
        return self._name(field, number).decode()

    def counts_of(self, field: str, numbers: NDArray[np.int64], visible: NDArray[np.bool_]) -> NDArray[np.int64]:
        """In how many ``visible`` documents each of these terms stands; where its postings are is looked up once."""
        if field not in self._places:
            self._places[field] = np.full(len(self._counts[field]), -1, np.int32)
        known = self._places[field]
        new = numbers[known[numbers] < 0]
        hashes = b"".join(digest_of(field, self._name(field, number)) for number in new.tolist())
        known[new] = np.frombuffer(self._hashes, np.uint64).searchsorted(np.frombuffer(hashes, np.uint64))
        return self._counted(known[numbers].astype(np.intp), visible)

    def close(self) -> None:
        """Release the file; no use afterwards."""
        for view in (self._hashes, self._starts, *self._ends.values(), *self._counts.values()):
            view.release()
        self._mapped.close()
        os.close(self._file)

    def _extent(self, number: int) -> tuple[int, int]:
        place = bisect_left(self._hashes, number)
        if place < len(self._hashes) and self._hashes[place] == number:
            return self._starts[place], self._starts[place + 1]
        return 0, 0

    def _name(self, field: str, number: int) -> bytes:
        at, ends = self._at[f"names {field}"], self._ends[field]
        return self._mapped[at + (ends[number - 1] if number else 0) : at + ends[number]]

    def _section(self, name: str) -> memoryview:
        return memoryview(self._mapped)[self._at[name] : self._at[name] + self.layout.sizes()[name]]

    def _read(self, section: str, begin: int, end: int, dtype: np.dtype[np.generic]) -> NDArray[np.int32]:
        size = (end - begin) * dtype.itemsize
        held = os.pread(self._file, size, self._at[section] + begin * dtype.itemsize)
        if len(held) != size:
            raise IndexProblem(Reason.DAMAGED, f"{section}: cut off")
        return np.frombuffer(held, dtype)


def read_layout(path: Path) -> Layout:
    """What the header of the file at ``path`` says.

    :raises FileNotFoundError: it is not there.
    :raises IndexProblem: it is not such a file, or not as long as it says.
    """
    with path.open("rb") as file:
        try:
            if file.read(len(MAGIC)) != MAGIC:
                raise ValueError("another format")
            layout = Layout(**json.loads(file.read(_LENGTH.unpack(file.read(_LENGTH.size))[0])))
            if layout.byteorder != sys.byteorder or layout.places()["end"] != os.fstat(file.fileno()).st_size:
                raise ValueError("another size or order of bytes")
        except (ValueError, TypeError, struct.error) as error:
            raise IndexProblem(Reason.DAMAGED, f"{path.name}: {error}") from error
    return layout


def runs(folder: Path, names: Sequence[str]) -> list[list[str]]:
    """The segments ``names`` in runs, each with one file of arrays, which carries the name of its last segment.

    :raises FileNotFoundError: the last segment has no file.
    :raises IndexProblem: a file is of other segments than these.
    """
    found, waiting = [], []
    for name in names:
        waiting.append(name)
        path = folder / f"{name}{SUFFIX}"
        if path.exists() or name == names[-1]:
            if list(read_layout(path).segments) != waiting:
                raise IndexProblem(Reason.DAMAGED, f"{path.name} is of other segments")
            found.append(waiting)
            waiting = []
    return found
