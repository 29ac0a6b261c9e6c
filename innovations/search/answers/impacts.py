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
from functools import cached_property, reduce
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.arrayreader import Lists
from innovations.search.files.bits import WORD, Bits, Mask, Places, bits_at, count, nothing, packed

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
#: A half-typed word's best postings: so many are a layer of their own.
_LAYERS = (256, 4096)

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
        np.add(norms, halves, out=room)
        np.divide(halves, room, out=room)
        return cls(len(norms), df, None, _whole(room), packed(halves != 0))

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        return sum(each.nbytes for each in (self.points, self.documents, self._bits) if each is not None)

    @cached_property
    def most(self) -> float:
        """The points of the document that has most."""
        return float(self.points.max(initial=0) * UNIT)

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

    def add_to(self, total: Points, factor: float, room: Points) -> None:
        """Add all points, each times ``factor``, to those of all documents; ``room`` is for as many numbers."""
        if self.documents is None:
            total += np.multiply(self.points, np.float32(factor) * UNIT, out=room)
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


class Layer(NamedTuple):
    """Documents, and how much more they can have than without it."""

    bits: Bits
    gain: float


class Scored(Protocol):
    """Something that adds to the score of documents.

    :param df: how many documents the reader may see have it; ``most`` is more than it adds to any.
    :param telling: how much it says, by what the reader may see alone.
    """

    most: float
    telling: float

    @property
    def df(self) -> int: ...

    @property
    def bits(self) -> Bits: ...

    def layers(self) -> Sequence[Layer]:
        """What it can add: the sum of the layers that a document is in."""

    def at(self, documents: Places, factor: float) -> Points:
        """What it adds to each of ``documents``, which ascend, times ``factor``."""


class Word:
    """A word or a pair as it counts for one reader, in the proposals' own text and in their files."""

    def __init__(self, df: int, parts: Sequence[Part], size: int) -> None:
        self._df, self.parts, self._size = df, parts, size
        self.most = sum(impacts.most * telling for impacts, telling in parts)
        self.telling = sum(telling for _impacts, telling in parts)

    @property
    def df(self) -> int:
        return self._df

    @cached_property
    def bits(self) -> Bits:
        return reduce(np.bitwise_or, (part.impacts.bits() for part in self.parts)) if self.parts else nothing(self._size)

    def layers(self) -> Sequence[Layer]:
        return [Layer(self.bits, self.most)]

    def at(self, documents: Places, factor: float) -> Points:
        return reduce(np.add, (impacts.at(documents, telling * factor) for impacts, telling in self.parts))


class Rare(NamedTuple):
    """Several rare words as one list: what each of their postings adds to its document; ``telling`` is the most telling one."""

    documents: Places
    points: Points
    telling: float

    @classmethod
    def of(cls, lists: Lists, telling: Points, norms: Norms) -> Rare:
        """The postings of words by how ``telling`` each is; words that say nothing to the reader are left out."""
        owned = telling.take(lists.owners)
        factors = (owned * UNIT).repeat(lists.sizes)
        shares = norms.take(lists.documents)
        shares += lists.halves
        points = _whole(np.divide(lists.halves, shares, out=shares)) * factors  # rounded as those of a common word are
        if owned.all():
            return cls(lists.documents, points, float(owned.max(initial=0)))
        kept = factors.nonzero()[0]
        return cls(lists.documents.take(kept), points.take(kept), float(owned.max(initial=0)))

    def best(self, asked: Places, size: int) -> Points:
        """The most that any posting adds to each of the documents that are asked for."""
        place, wanted = np.empty(size, np.int32), np.zeros(size, bool)
        place[asked], wanted[asked] = np.arange(len(asked)), True
        held = wanted.take(self.documents).nonzero()[0]
        best = np.zeros(len(asked), np.float32)
        np.maximum.at(best, place.take(self.documents.take(held)), self.points.take(held))
        return best


class HalfTyped:
    """Any of several words: each document's best one counts.

    :param words: the common ones, and those that stand in files too; ``rare`` are the postings of all others.
    """

    def __init__(self, words: Sequence[Word], rare: Rare, visible: Bits) -> None:
        self.words, self.rare, self._visible = sorted(words, key=lambda word: -word.most), rare, visible
        self.most = max(float(rare.points.max(initial=0)), *(word.most for word in words), 0.0)
        self.telling = max(rare.telling, *(word.telling for word in words), 0.0)
        self._size = len(visible) * WORD

    @cached_property
    def bits(self) -> Bits:
        return self._above(0.0)

    @cached_property
    def df(self) -> int:
        return count(self.bits & self._visible)

    def layers(self) -> Sequence[Layer]:
        """The documents that can have most first, then those that can have less: each time the others as well."""
        points = self.rare.points
        ranks = [-many for many in _LAYERS if len(points) > many]
        floors = np.partition(points, ranks)[ranks].tolist() if ranks else []
        floors = [*dict.fromkeys(floor for floor in floors if floor < self.most), 0.0]
        gains = (above - floor for above, floor in zip((self.most, *floors), floors, strict=False))
        return [Layer(self._above(floor) if floor else self.bits, gain) for floor, gain in zip(floors, gains, strict=True)]

    def _above(self, floor: float) -> Bits:
        """Documents that can have more than that."""
        documents = self.rare.documents.take((self.rare.points > floor).nonzero()[0]) if floor else self.rare.documents
        return reduce(np.bitwise_or, (word.bits for word in self.words if word.most > floor), bits_at(documents, self._size))

    def at(self, documents: Places, factor: float) -> Points:
        best = self.rare.best(documents, self._size)
        for word in self.words:
            if best.min(initial=word.most) >= word.most:
                break
            np.maximum(best, word.at(documents, 1.0), out=best)
        best *= np.float32(factor)
        return best
