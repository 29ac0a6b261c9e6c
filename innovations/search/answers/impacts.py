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

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.bits import Bits, Mask, Places, bits_at, count, nothing, packed, set_bits
from innovations.search.files.bm25 import K1, MOST

#: A word in more than one document of so many is common.
COMMON = 8
#: However often a word stands in a document, it has fewer points.
MOST_POINTS = K1 + 1
#: What points are whole numbers of: the largest number of two bytes is as many as there can be.
_MOST = 65_535
UNIT = np.float32(MOST_POINTS / _MOST)
#: The same of the points of a half-typed word, which are bytes.
BYTE_UNIT = np.float32(MOST_POINTS / MOST)
#: Numbers looked up in a list (20 ns each); for more of them a row is made.
_LOOKED_UP = 1000

Points = NDArray[np.float32]
#: What a document's length takes from the weight of a word in one field, in halves as weights are.
Norms = NDArray[np.float32]
#: Points as they are kept, in units.
Whole = NDArray[np.uint16] | NDArray[np.uint8]


class Impacts(ABC):
    """Points of a term.

    :param df: how many documents it stands in.
    :param unit: what its points are whole numbers of.
    """

    def __init__(self, size: int, df: int, unit: np.float32) -> None:
        self.size, self.df, self.unit = size, df, unit

    @property
    @abstractmethod
    def nbytes(self) -> int:
        """Memory that it takes."""

    @abstractmethod
    def bits(self) -> Bits:
        """Where it stands."""

    @abstractmethod
    def at(self, documents: Places, factor: float) -> Points:
        """The points of each of ``documents``, which ascend, times ``factor``; zero where the term does not stand."""

    @abstractmethod
    def write_to(self, row: Points, factor: float) -> None:
        """Make ``row`` the points of all documents, each times ``factor``."""

    @abstractmethod
    def add_to(self, total: Points, factor: float, room: Points) -> None:
        """Add all points, each times ``factor``, to those of all documents; ``room`` is for as many numbers."""

    @abstractmethod
    def count_in(self, mask: Mask, bits: Bits) -> int:
        """How many of its documents are among those of ``mask``, which are those of ``bits``."""


class Listed(Impacts):
    """Those of a rare term.

    :param documents: where it stands, ascending; ``points`` of each of them.
    """

    def __init__(self, size: int, documents: Places, points: Whole, unit: np.float32 = UNIT) -> None:
        super().__init__(size, len(documents), unit)
        self.documents, self.points = documents, points

    @classmethod
    def of(cls, documents: Places, halves: NDArray[np.unsignedinteger], norms: Norms) -> Listed:
        """Those of a term with these weights in these documents."""
        weights = halves.astype(np.float32)
        weights /= weights + norms.take(documents, mode="clip")
        return cls(len(norms), documents, _whole(weights))

    @property
    def nbytes(self) -> int:
        return self.points.nbytes + self.documents.nbytes

    def bits(self) -> Bits:
        """Not kept: they would be more memory than the documents."""
        return bits_at(self.documents, self.size)

    def at(self, documents: Places, factor: float) -> Points:
        scale = np.float32(factor) * self.unit
        if min(len(documents), self.df) > _LOOKED_UP:
            row = np.zeros(self.size, self.points.dtype)
            row[self.documents] = self.points
            return row.take(documents) * scale
        points = np.zeros(len(documents), np.float32)
        own, asked = _common_places(self.documents, documents)
        points[asked] = self.points.take(own) * scale
        return points

    def write_to(self, row: Points, factor: float) -> None:
        row.fill(0)
        row[self.documents] = self.points * (np.float32(factor) * self.unit)

    def add_to(self, total: Points, factor: float, room: Points) -> None:
        total[self.documents] += self.points * (np.float32(factor) * self.unit)

    def count_in(self, mask: Mask, bits: Bits) -> int:
        return int(np.count_nonzero(mask.take(self.documents)))


class Rows(Impacts):
    """Those of a common term.

    :param rows: the points of every document of some files, zero where it does not stand, and the first document of each file.
    """

    def __init__(self, size: int, df: int, rows: Sequence[tuple[int, Whole]], bits: Bits, unit: np.float32 = UNIT) -> None:
        super().__init__(size, df, unit)
        self.rows, self._bits = rows, bits

    @classmethod
    def of(cls, df: int, halves: NDArray[np.unsignedinteger], norms: Norms, room: Points) -> Rows:
        """Those of a term with these weights in every document, zero where it does not stand."""
        weights, shares = room
        np.copyto(weights, halves)  # numbers of one type are added in half the time, the copying included
        np.add(norms, weights, out=shares)
        np.divide(weights, shares, out=shares)
        return cls(len(norms), df, [(0, _whole(shares))], packed(halves))

    @classmethod
    def of_bytes(cls, size: int, df: int, rows: Sequence[tuple[int, NDArray[np.uint8]]]) -> Rows:
        """Those of the words that begin so, as they stand in the files."""
        bits = nothing(size)
        for base, row in rows:
            set_bits(bits, base, row)
        return cls(size, df, rows, bits, BYTE_UNIT)

    @property
    def nbytes(self) -> int:
        """Rows that are pages of the index take none."""
        return self._bits.nbytes + sum(row.nbytes for _base, row in self.rows if row.flags.owndata)

    def bits(self) -> Bits:
        return self._bits

    def at(self, documents: Places, factor: float) -> Points:
        scale = np.float32(factor) * self.unit
        if len(self.rows) == 1 and not self.rows[0][0]:
            return self.rows[0][1].take(documents, mode="clip") * scale
        points = np.zeros(len(documents), np.float32)
        for base, row in self.rows:
            first, end = documents.searchsorted((base, base + len(row)))
            points[first:end] = row.take(documents[first:end] - base) * scale
        return points

    def write_to(self, row: Points, factor: float) -> None:
        if sum(len(held) for _base, held in self.rows) < len(row):
            row.fill(0)
        for base, held in self.rows:
            np.copyto(row[base : base + len(held)], held)
        row *= np.float32(factor) * self.unit

    def add_to(self, total: Points, factor: float, room: Points) -> None:
        self.write_to(room, factor)
        total += room

    def count_in(self, mask: Mask, bits: Bits) -> int:
        return count(self._bits & bits)


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
