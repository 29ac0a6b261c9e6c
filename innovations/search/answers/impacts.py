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

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

#: A word in more than one document of so many is common.
COMMON = 6
#: BM25's ``k1``, tuned on judged Vietnamese questions; against Whoosh's 1.2 (and 0.75 for ``b``) worth 1.4 points of recall.
K1 = 1.6
#: However often a word stands in a document, it has fewer points.
MOST_POINTS = K1 + 1
#: The largest number of two bytes.
_MOST = 65_535


class Impacts(NamedTuple):
    """Points of a term, all above zero where it stands.

    :param df: in how many documents it stands.
    :param documents: these, ascending; None for a common term, whose ``points`` are of every document in turn.
    :param points: whole numbers of ``unit``.
    """

    df: int
    documents: NDArray[np.intp] | None
    points: NDArray[np.uint16]
    unit: np.float32

    def at(self, documents: NDArray[np.intp]) -> NDArray[np.float32]:
        """The points of each of ``documents``, which ascend; zero where the term does not stand."""
        if self.documents is None:
            return self.points.take(documents) * self.unit
        points = np.zeros(len(documents), np.float32)
        own, asked = _common_places(self.documents, documents)
        points[asked] = self.points.take(own) * self.unit
        return points

    def times(self, factor: float, out: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
        """All points, each times ``factor``; rounded alike in both forms."""
        return np.multiply(self.points, np.float32(factor) * self.unit, out=out)

    def count_in(self, visible: Mask) -> int:
        """In how many of the ``visible`` documents the term stands."""
        held = visible & (self.points > 0) if self.documents is None else visible[self.documents]
        return int(np.count_nonzero(held))

    def mask(self, size: int) -> Mask:
        """True where the term stands."""
        if self.documents is None:
            return self.points > 0
        found = np.zeros(size, bool)
        found[self.documents] = True
        return found

    def listed(self) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The documents and the points of each."""
        documents = np.flatnonzero(self.points) if self.documents is None else self.documents
        return documents, self.at(documents)


class Word(NamedTuple):
    """A word, a pair or a half-typed word, as it counts for one reader.

    :param df: in how many documents the reader may see it stands.
    :param parts: its points in the proposals' own text and in their files, each with the factor that makes them a score.
    """

    df: int
    parts: tuple[tuple[Impacts, float], ...]

    def at(self, documents: NDArray[np.intp]) -> NDArray[np.float32]:
        """The score of each of ``documents``, which ascend."""
        total = np.zeros(len(documents), np.float32)
        for points, telling in self.parts:
            total += np.float32(telling) * points.at(documents)
        return total

    def mask(self, size: int) -> Mask:
        """True where it stands, at least in every document the reader may see."""
        if len(self.parts) == 1:
            return self.parts[0][0].mask(size)
        found = np.zeros(size, bool)
        for points, _telling in self.parts:
            found |= points.mask(size)
        return found


def _common_places(ones: NDArray[np.intp], others: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the numbers that two ascending lists have in common stand in the one and in the other; each of the shorter is looked up."""
    if len(ones) > len(others):
        there, here = _common_places(others, ones)
        return here, there
    if not len(ones):
        return ones, ones
    places = np.minimum(others.searchsorted(ones), len(others) - 1)
    held = np.flatnonzero(others.take(places) == ones)
    return held, places.take(held)


def kept(documents: NDArray[np.intp], points: NDArray[np.float32], most: float, size: int) -> Impacts:
    """The impacts of a term with these ``points``, none above ``most``, in these ``documents`` of ``size``, in the form that fits their number."""
    unit = np.float32(most / _MOST)
    whole = np.maximum(np.rint(points / unit), 1).astype(np.uint16)  # however little it is, it stands there
    if len(documents) * COMMON < size:
        return Impacts(len(documents), documents, whole, unit)
    row = np.zeros(size, np.uint16)
    row[documents] = whole
    return Impacts(len(documents), None, row, unit)


class Room:
    """Memory for one number per document, used again and again: fresh memory costs five times what is computed in it."""

    def __init__(self, size: int) -> None:
        self.total, self._gained = np.empty((2, size), np.float32)

    def summed(self, gains: Iterable[tuple[Word, float]]) -> NDArray[np.float32]:
        """The sum of words' scores, each times its factor, in every document; good until the next one is asked for."""
        self.total.fill(0)
        for word, factor in gains:
            for points, telling in word.parts:
                self._add(points, factor * telling)
        return self.total

    def best_of(self, words: Iterable[Word]) -> Impacts:
        """The score of whatever of several words a document has, each with its best such word's."""
        best, most = np.zeros(len(self.total), np.float32), 0.0
        for word in words:
            most = max(most, sum(telling for _points, telling in word.parts) * MOST_POINTS)
            if len(word.parts) == 1 and (rare := word.parts[0][0]).documents is not None:
                best[rare.documents] = np.maximum(best[rare.documents], rare.times(word.parts[0][1]))
            else:
                np.maximum(best, self.summed([(word, 1.0)]), out=best)
        documents = np.flatnonzero(best)
        return kept(documents, best[documents], most, len(best))

    def _add(self, points: Impacts, factor: float) -> None:
        if points.documents is None:
            self.total += points.times(factor, out=self._gained)
        else:
            self.total[points.documents] += points.times(factor)
