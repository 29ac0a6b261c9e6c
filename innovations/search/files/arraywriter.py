"""Writes the files of :mod:`innovations.search.files.arrays`: one for each commit, and one out of several when an index is built anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.arrays import HALVES, NAMED, SUFFIX, Layout, digest_of, is_common, padded, read_layout
from innovations.search.files.grouped import FieldPostings

#: Postings put in order at once when files are joined: about 30 bytes each.
_AT_ONCE = 2_000_000
_HASH_BITS = 64


class _Named(NamedTuple):
    """The terms of a field in byte order, one behind the other in ``text``: where each ends, and in how many documents it stands.

    Of 300,000 documents the same as a mapping is ten times as much memory.
    """

    ends: NDArray[np.uint32]
    counts: NDArray[np.uint32]
    text: bytes

    @classmethod
    def of(cls, terms: Sequence[bytes], counts: Iterable[int]) -> _Named:
        """``terms`` are in byte order."""
        ends = np.fromiter(accumulate(map(len, terms)), np.uint32, len(terms))
        return cls(ends, np.fromiter(counts, np.uint32, len(terms)), b"".join(terms))


Names = Mapping[str, _Named]


class _Lists(NamedTuple):
    """Posting lists of some terms: the first ``counts[0]`` documents and weights belong to ``hashes[0]``, and so on."""

    hashes: NDArray[np.uint64]
    counts: NDArray[np.int64]
    documents: NDArray[np.int32]
    weights: NDArray[Any]

    def by_hash(self) -> _Lists:
        """The same with hashes ascending, each once: the postings of equal ones follow one another in the order they stood in."""
        order = np.argsort(self.hashes, kind="stable")
        counts, begins = self.counts[order], np.cumsum(self.counts) - self.counts
        places = np.repeat(begins[order] - (np.cumsum(counts) - counts), counts) + np.arange(len(self.documents))
        hashes, first = np.unique(self.hashes[order], return_index=True)
        summed = np.add.reduceat(counts, first) if len(first) else counts
        return _Lists(hashes, summed, self.documents[places], self.weights[places])

    def parted(self, size: int) -> _Stored:
        """The lists as they stand in a file of ``size`` documents."""
        common = is_common(self.counts, size)
        rare = np.repeat(~common, self.counts)
        sizes = np.where(common, size, self.counts)
        weights = np.zeros(int(sizes.sum()), self.weights.dtype)
        ends, first = np.cumsum(sizes), np.cumsum(self.counts) - self.counts
        weights[np.repeat(~common, sizes)] = self.weights[rare]
        for term in np.flatnonzero(common).tolist():
            own = slice(first[term], first[term] + self.counts[term])
            weights[ends[term] - size + self.documents[own]] = self.weights[own]
        return _Stored(self.hashes, sizes, np.flatnonzero(common), self.counts[common], self.documents[rare], weights)


class _Stored(NamedTuple):
    """The lists of some terms as they stand in a file.

    :param sizes: how many weights each term has; ``common`` are the numbers of those with one for every document, ``counts`` their postings.
    """

    hashes: NDArray[np.uint64]
    sizes: NDArray[np.int64]
    common: NDArray[np.intp]
    counts: NDArray[np.int64]
    documents: NDArray[np.int32]
    weights: NDArray[Any]

    def joined(self) -> _Lists:
        """The lists again."""
        counts = self.sizes.copy()
        counts[self.common] = self.counts
        ends, first = np.cumsum(self.sizes), np.cumsum(counts) - counts
        rare = np.ones(len(counts), bool)
        rare[self.common] = False
        documents, weights = np.empty(int(counts.sum()), np.int32), np.empty(int(counts.sum()), self.weights.dtype)
        own, theirs = np.repeat(rare, counts), np.repeat(rare, self.sizes)
        documents[own], weights[own] = self.documents, self.weights[theirs]
        for term in self.common.tolist():
            row = self.weights[ends[term] - self.sizes[term] : ends[term]]
            held = slice(first[term], first[term] + counts[term])
            documents[held] = found = np.flatnonzero(row)
            weights[held] = row[found]
        return _Lists(self.hashes, counts, documents, weights)


_NONE = _Lists(np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.uint8))


class PostingArrays:
    """Collects the posting lists of one commit."""

    def __init__(self) -> None:
        self._parts = [_NONE]
        self._names = {field: _Named.of((), ()) for field in NAMED}

    def add(self, field: str, held: FieldPostings) -> None:
        """All terms of a field."""
        counts = np.diff(held.starts)
        digests = np.frombuffer(b"".join([digest_of(field, term) for term in held.terms]), np.uint64)
        halves = np.rint(held.weights * np.float32(HALVES)).astype(np.uint32)
        self._parts.append(
            _Lists(digests, counts, held.documents.view(np.int32), halves.astype(np.min_scalar_type(halves.max(initial=0))))
        )
        if field in NAMED:
            self._names[field] = _Named.of(held.terms, counts.tolist())

    def write(self, folder: Path, segment: str, count: int) -> None:
        """Write the file of ``segment``, which has ``count`` documents."""
        weight = max(each.weights.dtype.str[1:] for each in self._parts)
        held, self._parts = _joined(self._parts, weight), [_NONE]
        terms, common, listed = _summed([held.counts], count)
        layout = Layout([segment], count, terms, common, listed, weight, _sizes(self._names))
        _write(folder, layout, self._names, [held])


def join(folder: Path, segments: Sequence[str]) -> None:
    """Make one file out of those of ``segments``, in their order, which are removed.

    55 million postings of 100,000 documents take 4 s; afterwards a word is looked up once and not in every segment.
    """
    layouts = [read_layout(folder / f"{name}{SUFFIX}") for name in segments]
    bases = accumulate((each.documents for each in layouts), initial=0)
    ends = _ends(sum(each.weights for each in layouts))
    parts = [_Part(folder / f"{name}{SUFFIX}", base, ends) for name, base in zip(segments, bases, strict=False)]
    names = {field: _joined_names(part.names(field) for part in parts) for field in NAMED}
    weight, ranges = max(each.weight for each in layouts), range(len(ends))
    documents = sum(each.documents for each in layouts)
    terms, common, listed = _summed((_counts(parts, each) for each in ranges), documents)
    layout = Layout(segments, documents, terms, common, listed, weight, _sizes(names))
    _write(folder, layout, names, (_joined([part.lists(each) for part in parts], weight) for each in ranges))
    for name in segments[:-1]:
        (folder / f"{name}{SUFFIX}").unlink()


class _Part:
    """A file that is joined with others, range by range; its documents are counted from ``base``.

    :param ends: the last hash of each range.  Where they stand is kept, not the hashes: those of 40 parts are 140 MB.
    """

    def __init__(self, path: Path, base: int, ends: NDArray[np.uint64]) -> None:
        self.layout, self.base, self._path = read_layout(path), base, path
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

    def lists(self, of_range: int) -> _Lists:
        """Their posting lists."""
        sizes, starts, common = self._extents(of_range)
        counts = self.counts(of_range)
        first = int(starts[0]) - int(self._common.searchsorted(self._bounds[of_range])) * self.layout.documents
        listed = int(sizes.sum()) - len(common) * self.layout.documents
        documents = self._section("documents", np.int32, slice(first, first + listed))
        weights = self._section("weights", self.layout.weight, slice(int(starts[0]), int(starts[-1])))
        found = _Stored(self.hashes(of_range), sizes, common, counts[common], documents, weights).joined()
        return found._replace(documents=found.documents + np.int32(self.base))

    def _extents(self, of_range: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.intp]]:
        """How many weights each term of a range has, where they begin, and which of the terms are common."""
        first, end = self._bounds[of_range], self._bounds[of_range + 1]
        starts = self._section("starts", np.uint32, slice(first, end + 1)).astype(np.int64)
        common = self._common[self._common.searchsorted(first) : self._common.searchsorted(end)]
        return np.diff(starts), starts, common.astype(np.intp) - first

    def names(self, field: str) -> dict[bytes, int]:
        """Terms of a field and in how many documents each stands."""
        ends = self._section(f"ends {field}", np.uint32).tolist()
        held = self._section(f"names {field}", np.uint8).tobytes()
        terms = (held[begin:end] for begin, end in pairwise((0, *ends)))
        return dict(zip(terms, self._section(f"counts {field}", np.uint32).tolist(), strict=True))

    def _section(self, name: str, dtype: Any, part: slice | None = None) -> NDArray[Any]:
        """A section, or some of its numbers; read, for what is mapped of 25 parts would count as 300 MB of the process."""
        size = np.dtype(dtype).itemsize
        wanted = part or slice(0, self._sizes[name] // size)
        return np.fromfile(self._path, dtype, wanted.stop - wanted.start, offset=self._at[name] + wanted.start * size)


def _ends(postings: int) -> NDArray[np.uint64]:
    """The last hash of each of the ranges that all are taken in, which hold about :data:`_AT_ONCE` postings each."""
    steps = postings // _AT_ONCE + 1
    return np.array([((step << _HASH_BITS) // steps) - 1 for step in range(1, steps + 1)], np.uint64)


def _joined(parts: Sequence[_Lists], weight: str) -> _Lists:
    hashes, counts, documents, weights = (np.concatenate(each) for each in zip(*parts, strict=True))
    return _Lists(hashes, counts, documents, weights.astype(weight, copy=False)).by_hash()


def _counts(parts: Sequence[_Part], of_range: int) -> NDArray[np.int64]:
    """How many documents each term of a range has in all ``parts`` together."""
    hashes, counts = (
        np.concatenate([part.hashes(of_range) for part in parts]),
        np.concatenate([part.counts(of_range) for part in parts]),
    )
    _terms, places = np.unique(hashes, return_inverse=True)
    return np.bincount(places, counts).astype(np.int64)


def _summed(counts: Iterable[NDArray[np.int64]], documents: int) -> tuple[int, int, int]:
    """How many terms there are, how many of them are common in a file of ``documents``, and how many postings the others have."""
    terms = common = listed = 0
    for each in counts:
        rows = is_common(each, documents)
        terms, common, listed = terms + len(each), common + int(rows.sum()), listed + int(each[~rows].sum())
    return terms, common, listed


def _joined_names(parts: Iterable[Mapping[bytes, int]]) -> _Named:
    counted: Counter[bytes] = Counter()
    for names in parts:
        counted.update(names)
    terms = sorted(counted)
    return _Named.of(terms, map(counted.__getitem__, terms))


def _sizes(names: Names) -> dict[str, tuple[int, int]]:
    return {field: (len(held.ends), len(held.text)) for field, held in names.items()}


def _write(folder: Path, layout: Layout, names: Names, parts: Iterable[_Lists]) -> None:
    """Write the file that ``layout`` describes; ``parts`` have ascending hashes, one part after the other."""
    path = folder / f"{layout.segments[-1]}{SUFFIX}"
    beside, at = path.with_suffix(".joining"), layout.places()
    with beside.open("wb") as file:

        def write(section: str, held: NDArray[Any]) -> None:
            file.seek(at[section])
            file.write(held.tobytes())
            at[section] += held.nbytes

        file.write(layout.header())
        terms = weights = 0
        for part in (each.parted(layout.documents) for each in parts):
            write("hashes", part.hashes)
            write("starts", (weights + np.cumsum(part.sizes) - part.sizes).astype(np.uint32))
            write("common", (terms + part.common).astype(np.uint32))
            write("counts", part.counts.astype(np.uint32))
            write("documents", part.documents)
            write("weights", part.weights)
            terms, weights = terms + len(part.hashes), weights + len(part.weights)
        write("starts", np.array([weights], np.uint32))
        for field, named in names.items():
            file.seek(at[f"ends {field}"])
            file.write(padded(named.ends.tobytes()) + padded(named.counts.tobytes()) + named.text)
        file.truncate(at["end"])
    beside.replace(path)
