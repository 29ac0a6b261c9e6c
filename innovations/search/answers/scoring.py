"""The documents that can be among the best of a question, with their scores.

Of few documents each is scored by itself; of many all are scored together, in rows, which takes less than to look for those that matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from innovations.search.answers.impacts import Points, Word
from innovations.search.files.bits import Bits, Places, places_of, unpacked

#: One document in so many: when fewer are found, each is scored by itself.
_FEW = 8
#: Times the documents wanted: of fewer all are scored.
_FIRST = 4
#: Scores of one stack, and stacks for each document wanted: of so many the best ones are nearly as many as are wanted.
_STACK, _STACKS = 64, 4
#: Of lower stacks all scores are as quickly sorted.
_LOW = 5


class Gain(NamedTuple):
    """A word of the question, and what its points are multiplied by."""

    word: Word
    factor: float


class Scores:
    """The scores of documents for a question made of ``gains``; ``room`` is memory for two numbers per document, used again and again.

    Fresh memory costs five times what is computed in it.

    :param prior: what the score of each document is multiplied by.
    """

    def __init__(self, gains: Sequence[Gain], prior: Points, room: Points) -> None:
        self._gains, self._prior, self._room = sorted(gains, key=lambda gain: -gain.word.telling * gain.factor), prior, room

    def of(self, documents: Places) -> Points:
        """The score of each of ``documents``, which ascend."""
        if len(documents) * _FEW > len(self._prior):
            return self._of_all().take(documents)
        total = np.zeros(len(documents), np.float32)
        for word, factor in self._gains:
            for impacts, telling in word.parts:  # as in a row: hidden documents decide which way is shorter, and no sum by that
                total += impacts.at(documents, factor * telling)
        total *= self._prior.take(documents)
        return total

    def best(self, found: Bits, total: int, wanted: int) -> tuple[Places, Points]:
        """Those of ``found``, which are ``total``, that can be among the first ``wanted``, ascending, and few others; with their scores."""
        if total > _FIRST * wanted and total * _FEW > len(self._prior):
            return best_among(found, self._of_all(), wanted, self._room[1])
        documents = places_of(found)
        scores = self.of(documents)
        first = _good_enough(scores, wanted)
        return (documents, scores) if first is None else (documents.take(first), scores.take(first))

    def _of_all(self) -> Points:
        """The score of every document, good until the next are asked for."""
        total, room = self._room
        parts = [(impacts, factor * telling) for word, factor in self._gains for impacts, telling in word.parts]
        if not parts:
            total.fill(0)
        for impacts, factor in parts[:1]:
            impacts.write_to(total, factor)
        for impacts, factor in parts[1:]:
            impacts.add_to(total, factor, room)
        total *= self._prior
        return total


def best_among(found: Bits, scores: Points, wanted: int, room: Points) -> tuple[Places, Points]:
    """Those of ``found`` that can be among the first ``wanted``, ascending, and few others, with their scores.

    :param scores: of every document; overwritten, as is ``room``, which is as large.
    """
    np.copyto(room, unpacked(found, len(scores)))
    scores *= room
    first = _good_enough(scores, wanted)
    documents = places_of(found) if first is None else first
    return documents, scores.take(documents)


def _good_enough(scores: Points, wanted: int) -> Places | None:
    """Where the scores stand that can be among the first ``wanted``, and few others; None when any can.

    They are dealt into stacks: at least as many as are wanted are as good as the best one of the last of the best stacks.  Of 100,000
    this takes 0.1 ms, to find the last of the best ones itself 1 ms.
    """
    high = min(_STACK, len(scores) // (_STACKS * wanted))
    if high < _LOW:
        return None
    stacks = len(scores) // high
    tops = np.maximum.reduce(scores[: stacks * high].reshape(high, stacks), axis=0)
    tops.partition(stacks - wanted)
    threshold = tops[stacks - wanted]
    return (scores >= threshold).nonzero()[0] if threshold > 0 else None
