"""Makes one file of :mod:`innovations.search.files.arrays` out of several: all of an index built anew, and in memory those of few documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.arrays import NAMED, SUFFIX, Layout, read_layout, read_layout_of
from innovations.search.files.arraywriter import Content, joined_lists, sizes_of, totals, write, write_file
from innovations.search.files.beginnings import Beginnings
from innovations.search.files.bm25 import Codes
from innovations.search.files.names import Named, hashes_of
from innovations.search.files.postinglists import StoredLists, TermLists
from innovations.search.files.said import Vectors

#: Postings put in order at once: about 30 bytes each.
_AT_ONCE = 2_000_000
_HASH_BITS = 64
#: All hashes as one range.
_ALL = np.array([(1 << _HASH_BITS) - 1], np.uint64)


def join(folder: Path, segments: Sequence[str]) -> None:
    """Make one file out of those of ``segments``, in their order, which are removed.

    55 million postings of 100,000 documents take 4 s; afterwards a word is looked up once and not in every segment.
    """
    write_file(folder, *_together([folder / f"{name}{SUFFIX}" for name in segments], segments))
    for name in segments[:-1]:
        (folder / f"{name}{SUFFIX}").unlink()


def joined(files: Sequence[bytes]) -> bytes:
    """One file out of several that are in memory: ten of one document each take 5 ms."""
    beside = BytesIO()
    write(beside, *_together(files, [name for held in files for name in read_layout_of(BytesIO(held), len(held)).segments]))
    return beside.getvalue()


def _together(sources: Sequence[Path | bytes], segments: Sequence[str]) -> tuple[Layout, Content]:
    """What is written of all ``sources``, the files of ``segments``, one behind the other."""
    wholes = [_Part(source, 0, _ALL) for source in sources]
    layouts = [each.layout for each in wholes]
    bases = accumulate((each.documents for each in layouts), initial=0)
    ends = _ends(sum(each.weights for each in layouts))
    parts = [_Part(source, base, ends) for source, base in zip(sources, bases, strict=False)]
    names = {field: _joined_names(field, wholes) for field in NAMED}
    weight, ranges = max(each.weight for each in layouts), range(len(ends))
    documents = sum(each.documents for each in layouts)
    terms, common, listed = totals((_counts(parts, each) for each in ranges), documents)
    begun = Beginnings.of(names, documents)
    words = sum(part.layout.said for part in parts)
    layout = Layout(segments, documents, terms, common, listed, weight, sizes_of(names), begun.sizes(), words)
    lists = (joined_lists([part.lists(each) for part in parts], weight) for each in ranges)
    each_lengths = [part.lengths() for part in wholes]
    lengths = {field: np.concatenate([held[field] for held in each_lengths]) for field in NAMED}
    blocks = ((part.base, begun.block(whole.lists(0), own)) for part, whole, own in zip(parts, wholes, each_lengths, strict=True))
    return layout, Content(names, lists, lengths, begun, blocks if begun.names else (), _renumbered(wholes, names["f"]))


class _Part:
    """A file that is joined with others, range by range; its documents are counted from ``base``.

    :param source: where it is, or what is in it.
    :param ends: the last hash of each range.  Where they stand is kept, not the hashes: those of 40 parts are 140 MB.
    """

    def __init__(self, source: Path | bytes, base: int, ends: NDArray[np.uint64]) -> None:
        self.base, self._source = base, source
        self.layout = read_layout(source) if isinstance(source, Path) else read_layout_of(BytesIO(source), len(source))
        self._at, self._sizes = self.layout.places(), self.layout.sizes()
        self._common = self._section("common", np.uint32)
        self._bounds = [0, *self._section("hashes", np.uint64).searchsorted(ends, "right").tolist()]

    def hashes(self, of_range: int) -> NDArray[np.uint64]:
        """The hashes of a range."""
        return self._section("hashes", np.uint64, slice(self._bounds[of_range], self._bounds[of_range + 1]))

    def counts(self, of_range: int) -> NDArray[np.int64]:
        """How many documents each of them has."""
        counts, _starts, common = self._extents(of_range)
        numbers = self._common.searchsorted(self._bounds[of_range]) + np.arange(len(common))
        counts[common] = self._section("counts", np.uint32)[numbers]
        return counts

    def lists(self, of_range: int) -> TermLists:
        """Their posting lists."""
        sizes, starts, common = self._extents(of_range)
        counts = self.counts(of_range)
        first = int(starts[0]) - int(self._common.searchsorted(self._bounds[of_range])) * self.layout.documents
        listed = int(sizes.sum()) - len(common) * self.layout.documents
        documents = self._section("documents", np.int32, slice(first, first + listed))
        weights = self._section("weights", self.layout.weight, slice(int(starts[0]), int(starts[-1])))
        found = StoredLists(self.hashes(of_range), sizes, common, counts[common], documents, weights).joined()
        return found._replace(documents=found.documents + np.int32(self.base))

    def _extents(self, of_range: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.intp]]:
        """How many weights each term of a range has, where they begin, and which of the terms are common."""
        first, end = self._bounds[of_range], self._bounds[of_range + 1]
        starts = self._section("starts", np.uint32, slice(first, end + 1)).astype(np.int64)
        common = self._common[self._common.searchsorted(first) : self._common.searchsorted(end)]
        return np.diff(starts), starts, common.astype(np.intp) - first

    def names(self, field: str) -> dict[bytes, int]:
        """Terms of a field and in how many documents each stands; of a part that is taken in one range."""
        ends = self._section(f"ends {field}", np.uint32).tolist()
        held = self._section(f"names {field}", np.uint8).tobytes()
        terms = (held[begin:end] for begin, end in pairwise((0, *ends)))
        return dict(zip(terms, self.counts(0)[self._section(f"places {field}", np.uint32)].tolist(), strict=True))

    def lengths(self) -> dict[str, Codes]:
        """Field → Whoosh's byte for the length of each document."""
        return {field: self._section(f"lengths {field}", np.uint8) for field in NAMED}

    def said(self) -> Vectors:
        """What each document says, by the numbers of words in this part."""
        words, ends = self._section("said words", np.uint32).astype(np.intp), self._section("said ends", np.uint32)
        counts, marks = (self._section(name, np.uint8) for name in ("said counts", "said marks"))
        return Vectors(np.diff(ends, prepend=np.uint32(0)).astype(np.intp), words, counts, marks)

    def hashes_of_names(self, field: str) -> NDArray[np.uint64]:
        """The hashes of the terms of a field, in their order."""
        return self._section("hashes", np.uint64)[self._section(f"places {field}", np.uint32)]

    def _section(self, name: str, dtype: Any, part: slice | None = None) -> NDArray[Any]:
        """A section, or some of its numbers; read, for what is mapped of 25 parts would count as 300 MB of the process."""
        size = np.dtype(dtype).itemsize
        wanted = part or slice(0, self._sizes[name] // size)
        count, begin = wanted.stop - wanted.start, self._at[name] + wanted.start * size
        if isinstance(self._source, bytes):
            return np.frombuffer(self._source, dtype, count, begin)
        return np.fromfile(self._source, dtype, count, offset=begin)


def _ends(postings: int) -> NDArray[np.uint64]:
    """The last hash of each of the ranges that all are taken in, which hold about :data:`_AT_ONCE` postings each."""
    steps = postings // _AT_ONCE + 1
    return np.array([((step << _HASH_BITS) // steps) - 1 for step in range(1, steps + 1)], np.uint64)


def _counts(parts: Sequence[_Part], of_range: int) -> NDArray[np.int64]:
    """How many documents each term of a range has in all ``parts`` together."""
    hashes, counts = (
        np.concatenate([part.hashes(of_range) for part in parts]),
        np.concatenate([part.counts(of_range) for part in parts]),
    )
    _terms, places = np.unique(hashes, return_inverse=True)
    return np.bincount(places, counts).astype(np.int64)


def _joined_names(field: str, parts: Iterable[_Part]) -> Named:
    counted: Counter[bytes] = Counter()
    for part in parts:
        counted.update(part.names(field))
    terms = sorted(counted)
    return Named.of(terms, map(counted.__getitem__, terms), hashes_of(field, terms))


def _renumbered(parts: Iterable[_Part], named: Named) -> Iterator[Vectors]:
    """What the documents of each part say, by the numbers of the names of all parts together."""
    order = np.argsort(named.hashes)
    for part in parts:
        numbers = order[named.hashes.searchsorted(part.hashes_of_names("f"), sorter=order)]
        said = part.said()
        yield said._replace(words=numbers[said.words])
