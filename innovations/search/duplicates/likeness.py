"""How much two texts say the same, from 0 to 1: whether one repeats the other in its own words.

Half of it is the angle between their words (repeated ones count more, rare ones most).  The other half looks at what they are about:
the words that stand in the title and in the beginning of the text alike.  A repetition keeps those, however it is put; the same way of
doing, told in the same words, of another thing has others.

Words are numbers here, so that one text is compared with forty in a few steps over arrays.  Pure: how telling a word is comes in as a
function.  Weighed on the development half of ``bench/duplicates``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.said import IN_HEAD, IN_TITLE, Vectors

Numbers = NDArray[np.intp]
Weights = NDArray[np.floating]
#: For each number of a word -1, or where it stands in the text that is asked about.
Room = NDArray[np.int16]

#: What a word counts by how often it stands there: repeated ones count more.
_OFTEN = np.float32(1) + np.log(np.maximum(1, np.arange(256))).astype(np.float32)


def likenesses(asked: Vectors, others: Vectors, weigh: Callable[[Numbers], Weights], room: Room) -> Weights:
    """The share that ``asked``, one text, has in common with each of ``others``; 1 for the same words in any order.

    :param weigh: how telling words are, above 0.
    :param room: all -1; used, and left so.
    """
    own, theirs, count = weigh(asked.words), weigh(others.words), len(others.sizes)
    shared, there = _shared(asked.words, others.words, room)
    row = others.rows()[shared]

    values, mine = _OFTEN.take(others.counts) * theirs, _OFTEN.take(asked.counts) * own
    products = np.bincount(row, values[shared] * mine[there], count)
    cosines = _shares(products, np.sqrt(others.reduced(np.add, values * values) * (mine @ mine)))

    about, their_about = own * _about(asked), theirs * _about(others)
    of_asked = _shares(np.bincount(row, about[there] * _in_head(others)[shared], count), about.sum())
    of_other = _shares(np.bincount(row, their_about[shared] * _in_head(asked)[there], count), others.reduced(np.add, their_about))
    likes: NDArray[np.float64] = (cosines + (of_asked + of_other) / 2) / 2
    return likes


def _shared(asked: Numbers, others: Numbers, room: Room) -> tuple[Numbers, Numbers]:
    """Where among ``others`` the words of ``asked`` stand, and where among its own."""
    room[asked] = np.arange(len(asked))
    there = room[others].astype(np.intp)
    room[asked] = -1
    shared = (there >= 0).nonzero()[0]
    return shared, there[shared]


def _about(texts: Vectors) -> NDArray[np.bool_]:
    """Which words each text is about: those of its title in the head of it; without any all of its title; without a title all."""
    in_title = (texts.marks & IN_TITLE) != 0
    rank = in_title.astype(np.int8) + (in_title & ((texts.marks & IN_HEAD) != 0))
    return rank >= texts.reduced(np.maximum, rank).repeat(texts.sizes)


def _in_head(texts: Vectors) -> NDArray[np.bool_]:
    """Which words stand in the title or in the head of the text."""
    return (texts.marks & (IN_HEAD | IN_TITLE)) != 0


def _shares(parts: NDArray[Any], wholes: Weights) -> Weights:
    return parts / np.where(wholes > 0, wholes, 1.0)
