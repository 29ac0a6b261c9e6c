"""How much two short texts say the same, from 0 to 1: whether one repeats the other in its own words.

Half of it is the angle between their words (repeated ones count more, rare ones most).  The other half looks at what they are about:
the words that stand in the title and in the beginning of the text alike.  A repetition keeps those, however it is put; the same way of doing, told in the same
words, of another thing has others.  Without text on one side the titles are compared with each other.

Pure: how telling a word is comes in as a function.  Weighed on the development half of ``bench/duplicates``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from innovations.search import analysis

#: Characters of a text that are read: it has said by then what it is about.
READ_CHARACTERS = 4000
#: Words in which a text says what it is about; a long one has the words of any title somewhere.
HEAD_WORDS = 60
_SHORT = re.compile(r"\b[A-ZĐĂÂÊÔƠƯ]{2,6}\b")

Weigh = Callable[[str], float]


@dataclass(frozen=True)
class Told:
    """A title and a text as folded words, and what in them is written in capitals like an abbreviation."""

    title: tuple[str, ...]
    text: tuple[str, ...]
    shorts: frozenset[str]

    @cached_property
    def words(self) -> Counter[str]:
        """Every word with its count."""
        return Counter(self.title + self.text)


def told(title: str, text: str) -> Told:
    """Read a title and its text: ``told("Kho VT", "…")`` has the words ``kho``, ``vt`` and the short ``vt``."""
    text = text[:READ_CHARACTERS]
    shorts = frozenset(analysis.syllable(each).folded for part in (title, text) for each in _SHORT.findall(part))
    return Told(_folded(title), _folded(text), shorts)


def _folded(text: str) -> tuple[str, ...]:
    return tuple(syllable.folded for syllable in analysis.syllables(text))


def likeness(one: Told, other: Told, weigh: Weigh) -> float:
    """The share they have in common; 1 for the same text in any order, whatever is abbreviated by its initials on one side.

    :param weigh: how telling a word is, above 0.
    """
    if not one.text or not other.text:
        one, other = (Told(each.title, (), each.shorts) for each in (one, other))
    one, other = _spelled_out(one, other), _spelled_out(other, one)
    about = (_kept(one, _head(other), weigh) + _kept(other, _head(one), weigh)) / 2
    return (_cosine(_weights(one, weigh), _weights(other, weigh)) + about) / 2


def _spelled_out(one: Told, other: Told) -> Told:
    """``one`` with each abbreviation replaced by the words of ``other`` that begin with its letters: ``AQ`` by ``ắc quy``."""
    meant = {short: words for short in one.shorts if (words := _with_initials(short, other))}
    if not meant:
        return one
    return Told(_replaced(one.title, meant), _replaced(one.text, meant), one.shorts)


def _with_initials(short: str, other: Told) -> tuple[str, ...]:
    if short in other.shorts:
        return ()  # abbreviated on both sides
    for words in (other.title, other.text):
        place = "".join(word[0] for word in words).find(short)
        if place >= 0:
            return words[place : place + len(short)]
    return ()


def _replaced(words: Sequence[str], meant: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(each for word in words for each in meant.get(word, (word,)))


def _head(one: Told) -> frozenset[str]:
    return frozenset(one.title + one.text[:HEAD_WORDS])


def _kept(one: Told, words: Collection[str], weigh: Weigh) -> float:
    """How much of what ``one`` is about stands among ``words``."""
    about = set(one.title) & set(one.text[:HEAD_WORDS]) or set(one.title) or set(one.text)
    weights = {word: weigh(word) for word in about}
    return sum(weight for word, weight in weights.items() if word in words) / (sum(weights.values()) or 1.0)


def _weights(one: Told, weigh: Weigh) -> dict[str, float]:
    return {word: (1 + math.log(count)) * weigh(word) for word, count in one.words.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    lengths = math.sqrt(sum(weight**2 for weight in one.values()) * sum(weight**2 for weight in other.values()))
    return sum(weight * other[word] for word, weight in one.items() if word in other) / (lengths or 1.0)
