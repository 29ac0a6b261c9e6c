"""What one word, or one pair of neighbours, adds to the score of each document.

Points say how much of a document is that word; how telling the word is, each reader's own documents say
(:mod:`innovations.search.answers.lexicon`), so points are shared by readers and factors are not.

Numbers at places cost 2 to 6 ns each, in a row 0.3 ns: a word in more than one document of :data:`COMMON` is kept as a number for
every document, zero where it does not stand.  Two bytes each: as many words again stay in memory as with four, and what comes from
memory costs more than to multiply it.  How points are rounded never depends on what other documents have, for a reader must not
see by an order that there are hidden ones.  Of few documents only their own numbers are looked at (:meth:`Impacts.at`): what a
search reads of memory, other programs have pushed out of the processor's caches meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.bits import Bits, Mask, Places, bits_at, count, nothing, packed

#: A word in more than one document of so many is common.
COMMON = 8
#: BM25's ``k1``, tuned on judged Vietnamese questions; against Whoosh's 1.2 (and 0.75 for ``b``) worth 1.4 points of recall.
K1 = 1.6
#: However often a word stands in a document, it has fewer points.
MOST_POINTS = K1 + 1
#: What points are whole numbers of: the largest number of two bytes is as many as there can be.
_MOST = 65_535
UNIT = np.float32(MOST_POINTS / _MOST)
#: Numbers looked up in a list (20 ns each); for more of them a row is made.
_LOOKED_UP = 1000

Points = NDArray[np.float32]
#: What a document's length takes from the weight of a word in one field, in halves as weights are.
Norms = NDArray[np.float32]


class Impacts:
    """Points of a term.

    :param documents: where it stands, ascending; None for a common term, whose ``points`` are of every document in turn.
    :param points: whole numbers of :data:`UNIT`.
    :param bits: the documents of a common term.
    """

    def __init__(
        self, size: int, df: int, documents: Places | None, points: NDArray[np.uint16], bits: Bits | None = None
    ) -> None:
        self.size, self.df, self.documents, self.points, self._bits = size, df, documents, points, bits

    @classmethod
    def of(cls, documents: Places, halves: NDArray[np.unsignedinteger], norms: Norms) -> Impacts:
        """Those of a term with these weights in these documents."""
        weights = halves.astype(np.float32)
        weights /= weights + norms.take(documents, mode="clip")
        return cls(len(norms), len(documents), documents, _whole(weights))

    @classmethod
    def of_all(cls, df: int, halves: NDArray[np.unsignedinteger], norms: Norms, room: Points) -> Impacts:
        """Those of a common term with these weights in every document, zero where it does not stand."""
        weights, shares = room
        np.copyto(weights, halves)  # numbers of one type are added in half the time, the copying included
        np.add(norms, weights, out=shares)
        np.divide(weights, shares, out=shares)
        return cls(len(norms), df, None, _whole(shares), packed(halves))

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        return sum(each.nbytes for each in (self.points, self.documents, self._bits) if each is not None)

    def bits(self) -> Bits:
        """Where it stands; those of a rare term are not kept."""
        if self._bits is not None:
            return self._bits
        assert self.documents is not None  # one of the two
        return bits_at(self.documents, self.size)

    def at(self, documents: Places, factor: float) -> Points:
        """The points of each of ``documents``, which ascend, times ``factor``; zero where the term does not stand."""
        if self.documents is None:
            return self.points.take(documents) * (np.float32(factor) * UNIT)
        if min(len(documents), self.df) > _LOOKED_UP:
            row = np.zeros(self.size, np.uint16)
            row[self.documents] = self.points
            return row.take(documents) * (np.float32(factor) * UNIT)
        points = np.zeros(len(documents), np.float32)
        own, asked = _common_places(self.documents, documents)
        points[asked] = self.points.take(own) * (np.float32(factor) * UNIT)
        return points

    def write_to(self, row: Points, factor: float) -> None:
        """Make ``row`` the points of all documents, each times ``factor``."""
        if self.documents is None:
            np.copyto(row, self.points)
            row *= np.float32(factor) * UNIT
        else:
            row.fill(0)
            row[self.documents] = self.points * (np.float32(factor) * UNIT)

    def add_to(self, total: Points, factor: float, room: Points) -> None:
        """Add all points, each times ``factor``, to those of all documents; ``room`` is for as many numbers."""
        if self.documents is None:
            self.write_to(room, factor)
            total += room
        else:
            total[self.documents] += self.points * (np.float32(factor) * UNIT)

    def count_in(self, mask: Mask, bits: Bits) -> int:
        """How many of its documents are among those of ``mask``, which are those of ``bits``."""
        if self.documents is None:
            return count(self.bits() & bits)
        return int(np.count_nonzero(mask.take(self.documents)))


def _whole(shares: Points) -> NDArray[np.uint16]:
    """Shares of the most points in whole numbers."""
    shares *= np.float32(_MOST)
    return shares.astype(np.uint16)


def _common_places(ones: Places, others: Places) -> tuple[Places, Places]:
    """Where the numbers that two ascending lists have in common stand in the one and in the other; each of the shorter is looked up."""
    if len(ones) > len(others):
        there, here = _common_places(others, ones)
        return here, there
    if not len(ones):
        return ones, ones
    places = np.minimum(others.searchsorted(ones), len(others) - 1)
    held = np.flatnonzero(others.take(places) == ones)
    return held, places.take(held)


class Part(NamedTuple):
    """A word in one field, as it counts for one reader: its points there times ``telling``."""

    impacts: Impacts
    telling: float


class Word:
    """A word or a pair as it counts for one reader, in the proposals' own text and in their files.

    :param df: how many documents the reader may see have it; ``telling`` is how much it says, by these alone.
    """

    def __init__(self, df: int, parts: Sequence[Part], size: int) -> None:
        self.df, self.parts, self._size = df, parts, size
        self.telling = sum([telling for _impacts, telling in parts])
        self._bits: Bits | None = None

    @property
    def bits(self) -> Bits:
        """The documents that have it."""
        if self._bits is None:
            held = [part.impacts.bits() for part in self.parts]
            self._bits = reduce(np.bitwise_or, held) if held else nothing(self._size)
        return self._bits

    def at(self, documents: Places, factor: float) -> Points:
        return reduce(np.add, (impacts.at(documents, telling * factor) for impacts, telling in self.parts))
