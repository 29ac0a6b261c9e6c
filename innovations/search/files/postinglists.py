"""Posting lists of one term and of many, as they stand in files of :mod:`innovations.search.files.arrays`, are read and are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.arrays import is_common
from innovations.search.files.bits import Places


class Postings(NamedTuple):
    """The documents of a term, ascending, and its weight in each."""

    documents: NDArray[np.integer]
    weights: NDArray[np.float32]


class Stored(NamedTuple):
    """A posting list as it stands in a file.

    :param df: in how many documents the term stands.
    :param documents: these, ascending; None for a common term, whose ``halves`` are of every document of the file in turn.
    :param halves: the weights, in halves.
    """

    df: int
    documents: NDArray[np.int32] | None
    halves: NDArray[np.unsignedinteger]

    def listed(self) -> NDArray[np.int32]:
        """The documents, ascending."""
        return np.flatnonzero(self.halves).astype(np.int32) if self.documents is None else self.documents

    def halves_listed(self) -> NDArray[np.unsignedinteger]:
        """The weight in each of them."""
        return self.halves[self.halves != 0] if self.documents is None else self.halves


class Begun(NamedTuple):
    """All words that begin so, as one term of a file.

    :param df: in how many documents it stands.
    :param documents: these, ascending; None when ``points`` are of every document of the file in turn.
    :param points: in parts of :data:`innovations.search.files.bm25.MOST`.
    """

    df: int
    documents: NDArray[np.int32] | None
    points: NDArray[np.uint8]

    def listed(self) -> tuple[Places, NDArray[np.uint8]]:
        """The documents, ascending, and the points of each."""
        if self.documents is not None:
            return self.documents.astype(np.intp), self.points
        held = self.points.nonzero()[0]
        return held, self.points.take(held)

    def row(self, size: int) -> NDArray[np.uint8]:
        """The points of every document of a file of ``size``."""
        if self.documents is None:
            return self.points
        row = np.zeros(size, np.uint8)
        row[self.documents] = self.points
        return row


class Lists(NamedTuple):
    """Posting lists of several terms one after the other.

    :param owners: which of the terms each list belongs to, and ``sizes`` how many postings it has.
    """

    owners: NDArray[np.intp]
    sizes: NDArray[np.intp]
    documents: NDArray[np.intp]

    def behind(self, base: int) -> Lists:
        """The same with documents numbered from ``base`` on."""
        return Lists(self.owners, self.sizes, self.documents + base) if base else self

    @classmethod
    def joined(cls, parts: Sequence[Lists]) -> Lists:
        """Those of several files."""
        return parts[0] if len(parts) == 1 else cls(*(np.concatenate(each) for each in zip(*parts, strict=True)))


NOWHERE = np.empty(0, np.intp)
NO_POSTINGS = Postings(NOWHERE, np.empty(0, np.float32))


class TermLists(NamedTuple):
    """Posting lists of some terms: the first ``counts[0]`` documents and weights belong to ``hashes[0]``, and so on."""

    hashes: NDArray[np.uint64]
    counts: NDArray[np.int64]
    documents: NDArray[np.int32]
    weights: NDArray[Any]

    def by_hash(self) -> TermLists:
        """The same with hashes ascending, each once: the postings of equal ones follow one another in the order they stood in."""
        order = np.argsort(self.hashes, kind="stable")
        counts, begins = self.counts[order], np.cumsum(self.counts) - self.counts
        places = np.repeat(begins[order] - (np.cumsum(counts) - counts), counts) + np.arange(len(self.documents))
        hashes, first = np.unique(self.hashes[order], return_index=True)
        summed = np.add.reduceat(counts, first) if len(first) else counts
        return TermLists(hashes, summed, self.documents[places], self.weights[places])

    def parted(self, size: int) -> StoredLists:
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
        return StoredLists(self.hashes, sizes, np.flatnonzero(common), self.counts[common], self.documents[rare], weights)


class StoredLists(NamedTuple):
    """The lists of some terms as they stand in a file.

    :param sizes: how many weights each term has; ``common`` are the numbers of those with one for every document, ``counts`` their postings.
    """

    hashes: NDArray[np.uint64]
    sizes: NDArray[np.int64]
    common: NDArray[np.intp]
    counts: NDArray[np.int64]
    documents: NDArray[np.int32]
    weights: NDArray[Any]

    def joined(self) -> TermLists:
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
        return TermLists(self.hashes, counts, documents, weights)


NO_LISTS = TermLists(np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.uint8))


def spread(begin: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of all that several lists hold, one list after the other."""
    ends = sizes.cumsum()
    return (begin - ends + sizes).repeat(sizes) + np.arange(ends[-1] if len(ends) else 0)
