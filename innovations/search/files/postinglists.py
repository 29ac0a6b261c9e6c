"""Posting lists of many terms at once, while a file of :mod:`innovations.search.files.arrays` is written."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.arrays import is_common


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
