"""The documents that can be among the best of a question, without working out the score of every other one.

Of few documents each is scored by itself; of many all are scored together, in rows, which takes less than to look for those that
matter.  A half-typed word stands for dozens of words and has no row.  But a word adds at most so much to any document, so bits alone
say what a document can have at most: first a few documents with as many of the telling words as possible are scored, and the best of
them set the score that is needed.  Who cannot reach it is not looked at.

Nothing is guessed: the first documents and their scores are those that all scores together would give.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from innovations.search.answers.impacts import HalfTyped, Layer, Points, Scored, Word
from innovations.search.files.bits import Bits, Places, count, places_of, unpacked

#: One document in so many: when fewer are found, each is scored by itself.
_FEW = 8
#: Times the documents wanted that are scored to see how good the best ones are at least.
_FIRST = 4
#: How often documents are parted by whether they are in a layer; what is not parted then is looked at.
_PARTED = 48
#: Scores of one stack, and stacks for each document wanted: of so many the best ones are nearly as many as are wanted.
_STACK, _STACKS = 64, 4
#: Of lower stacks all scores are as quickly sorted.
_LOW = 5
#: Scores are sums of rounded numbers: a bound may be this share too small.
_ROUNDED = np.float32(1e-5)


class Gain(NamedTuple):
    """A word of the question, and what its points are multiplied by."""

    word: Scored
    factor: float


class Prior(NamedTuple):
    """What the score of each document is multiplied by, and the greatest of them."""

    of_each: Points
    most: float


class Scores:
    """The scores of documents for a question made of ``gains``; ``room`` is memory for two numbers per document, used again and again.

    Fresh memory costs five times what is computed in it.
    """

    def __init__(self, gains: Sequence[Gain], prior: Prior, room: Points) -> None:
        self._gains, self._prior, self._room = sorted(gains, key=lambda gain: -gain.word.telling * gain.factor), prior, room

    def of(self, documents: Places) -> Points:
        """The score of each of ``documents``, which ascend."""
        if len(documents) * _FEW > len(self._prior.of_each) and not self._half_typed:
            return self._of_all().take(documents)
        total = np.zeros(len(documents), np.float32)
        for word, factor in self._gains:
            if isinstance(word, Word):
                for (
                    impacts,
                    telling,
                ) in word.parts:  # as in a row: hidden documents decide which way is shorter, and no sum by that
                    total += impacts.at(documents, factor * telling)
            else:
                total += word.at(documents, factor)
        total *= self._prior.of_each.take(documents)
        return total

    def best(self, found: Bits, total: int, wanted: int) -> tuple[Places, Points]:
        """Those of ``found``, which are ``total``, that can be among the first ``wanted``, ascending, and few others; with their scores."""
        many = total > _FIRST * wanted and total * _FEW > len(self._prior.of_each)
        if many and not self._half_typed:
            scores = self._of_all()
            scores *= unpacked(found, len(scores))
            first = _good_enough(scores, wanted)
            documents = places_of(found) if first is None else first
            return documents, scores.take(documents)
        documents = places_of(self._reaching(found, wanted) if many else found)
        scores = self.of(documents)
        first = _good_enough(scores, wanted)
        return (documents, scores) if first is None else (documents.take(first), scores.take(first))

    @property
    def _half_typed(self) -> bool:
        return any(isinstance(word, HalfTyped) for word, _factor in self._gains)

    def _of_all(self) -> Points:
        """The score of every document, good until the next are asked for."""
        total, room = self._room
        total.fill(0)
        for word, factor in self._gains:
            assert isinstance(word, Word)  # see above
            for impacts, telling in word.parts:
                impacts.add_to(total, factor * telling, room)
        total *= self._prior.of_each
        return total

    # By what a document can have at most

    def _reaching(self, found: Bits, wanted: int) -> Bits:
        """The documents that can reach the score of the best of some likely ones."""
        layers = [Layer(bits, gain * factor) for word, factor in self._gains for bits, gain in word.layers()]
        layers.sort(key=lambda layer: -layer.gain)
        first = self.of(places_of(_promising(found, layers, wanted)))
        needed = np.partition(first, -wanted)[-wanted] * (1 - _ROUNDED)
        return _adding_up_to(float(needed) / self._prior.most, found, layers)


def _promising(found: Bits, layers: Sequence[Layer], wanted: int) -> Bits:
    """At least ``wanted`` documents with as many of the words that add most as possible."""
    for layer in layers:
        if count(narrower := found & layer.bits) >= wanted:
            found = narrower
    return found


def _adding_up_to(needed: float, found: Bits, layers: Sequence[Layer]) -> Bits:
    """The documents of ``found`` whose layers add up to ``needed``; some others when there are too many ways to reach it."""
    left = list(accumulate((layer.gain for layer in reversed(layers)), initial=0.0))[::-1]
    reached, parted = np.zeros_like(found), 0
    undecided = [(found, 0, 0.0)]
    while undecided:
        held, place, gained = undecided.pop()
        if gained >= needed or place == len(layers) or parted >= _PARTED:
            reached |= held
            continue
        parted += 1
        if (inside := held & layers[place].bits).any():
            undecided.append((inside, place + 1, gained + layers[place].gain))
        if gained + left[place + 1] >= needed and (outside := held & ~layers[place].bits).any():
            undecided.append((outside, place + 1, gained))
    return reached


def _good_enough(scores: Points, wanted: int) -> Places | None:
    """Where the scores stand that can be among the first ``wanted``, and few others; None when any can.

    They are dealt into stacks: at least as many as are wanted are as good as the best one of the last of the best stacks.  Of 100,000
    this takes 0.1 ms, to find the last of the best ones itself 1 ms.
    """
    high = min(_STACK, len(scores) // (_STACKS * wanted))
    if high < _LOW:
        return None
    stacks = len(scores) // high
    tops = scores[: stacks * high].reshape(high, stacks).max(axis=0)
    threshold = np.partition(tops, stacks - wanted)[stacks - wanted]
    return (scores >= threshold).nonzero()[0] if threshold > 0 else None
