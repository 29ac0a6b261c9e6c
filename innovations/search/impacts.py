"""What one word, or one pair of neighbours, adds to the score of each document.

Points say how much of a document is that word; how telling the word is, each reader's own documents say
(:mod:`innovations.search.lexicon`), so points are shared by readers and factors are not.

Numbers at places cost 2 to 6 ns each, in a row 0.3 ns: a word in more than one document of :data:`COMMON` is kept as a number for
every document, zero where it does not stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

#: A word in more than one document of so many is common.
COMMON = 6


class Impacts(NamedTuple):
    """Points of a term, all above zero where it stands.

    :param df: in how many documents it stands.
    :param documents: these, ascending; None for a common term, whose ``points`` are of every document in turn.
    """

    df: int
    documents: NDArray[np.intp] | None
    points: NDArray[np.float32]

    def add_to(self, total: NDArray[np.float32], factor: np.float32) -> None:
        """Add ``factor`` times the points to ``total``, which has a place for every document."""
        gained = factor * self.points
        if self.documents is None:
            total += gained
        else:
            total[self.documents] += gained

    def raise_to(self, best: NDArray[np.float32], factor: np.float32) -> None:
        """Raise each place of ``best`` to ``factor`` times the points, where these are more."""
        gained = factor * self.points
        if self.documents is None:
            np.maximum(best, gained, out=best)
        else:
            best[self.documents] = np.maximum(best[self.documents], gained)

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
        return documents, self.points if self.documents is not None else self.points[documents]


class Word(NamedTuple):
    """A word, a pair or a half-typed word, as it counts for one reader.

    :param df: in how many documents the reader may see it stands.
    :param parts: its points in the proposals' own text and in their files, each with the factor that makes them a score.
    """

    df: int
    parts: tuple[tuple[Impacts, float], ...]

    def add_to(self, total: NDArray[np.float32], factor: float = 1.0) -> None:
        """Add ``factor`` times the score to ``total``, which has a place for every document."""
        for points, telling in self.parts:
            points.add_to(total, np.float32(factor * telling))

    def mask(self, size: int) -> Mask:
        """True where it stands, at least in every document the reader may see."""
        found = np.zeros(size, bool)
        for points, _telling in self.parts:
            found |= points.mask(size)
        return found


def everywhere(points: NDArray[np.float32]) -> Impacts:
    """The impacts of a term with these ``points``, one for every document; a rare one keeps only what is above zero."""
    count = int(np.count_nonzero(points))
    if is_common(count, len(points)):
        return Impacts(count, None, points)
    documents = np.flatnonzero(points)
    return Impacts(count, documents, points[documents])


def is_common(count: int, size: int) -> bool:
    """Whether a term of ``count`` documents out of ``size`` is kept as a number for every document."""
    return count * COMMON >= size


def best_of(words: Iterable[Word], size: int) -> Impacts:
    """The score of whatever of several words a document has, each with its best such word's."""
    best = np.zeros(size, np.float32)
    for word in words:
        if len(word.parts) == 1:
            points, telling = word.parts[0]
            points.raise_to(best, np.float32(telling))
        else:
            total = np.zeros(size, np.float32)
            word.add_to(total)
            np.maximum(best, total, out=best)
    return everywhere(best)
