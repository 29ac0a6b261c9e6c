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
from collections.abc import Callable, Mapping, Sequence
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


class Weighed:
    """A text and how much each of its words weighs, worked out once however often it is compared.

    :param weigh: how telling a word is, above 0.
    """

    def __init__(self, said: Told, weigh: Weigh) -> None:
        self.said, self._weigh = said, weigh

    @cached_property
    def weights(self) -> dict[str, float]:
        """Every word with its weight; repeated ones weigh more."""
        weigh = self._weigh
        return {
            word: weigh(word) if count == 1 else (1 + math.log(count)) * weigh(word) for word, count in self.said.words.items()
        }

    @cached_property
    def square(self) -> float:
        """The sum of the squares of all weights."""
        return sum([weight * weight for weight in self.weights.values()])

    @cached_property
    def head(self) -> frozenset[str]:
        """The words in which it says what it is about, and some others."""
        return frozenset(self.said.title + self.said.text[:HEAD_WORDS])

    @cached_property
    def _about(self) -> dict[str, float]:
        title, text = set(self.said.title), self.said.text
        about = title & set(text[:HEAD_WORDS]) or title or set(text)
        return {word: self._weigh(word) for word in about}

    def kept_among(self, words: frozenset[str]) -> float:
        """How much of what it is about stands among ``words``, from 0 to 1."""
        kept = sum([weight for word, weight in self._about.items() if word in words])
        return kept / (sum(self._about.values()) or 1.0)

    @cached_property
    def titled(self) -> Weighed:
        """The title alone."""
        return Weighed(Told(self.said.title, (), self.said.shorts), self._weigh)

    def spelled_out(self, other: Told) -> Weighed:
        """The same with each abbreviation replaced by the words of ``other`` that begin with its letters: ``AQ`` by ``ắc quy``."""
        said = self.said
        meant = {short: words for short in said.shorts if (words := _with_initials(short, other))}
        if not meant:
            return self
        return Weighed(Told(_replaced(said.title, meant), _replaced(said.text, meant), said.shorts), self._weigh)


def likeness(one: Weighed, other: Weighed) -> float:
    """The share they have in common; 1 for the same text in any order, whatever is abbreviated by its initials on one side."""
    if not one.said.text or not other.said.text:
        one, other = one.titled, other.titled
    one = one.spelled_out(other.said)
    other = other.spelled_out(one.said)
    about = (one.kept_among(other.head) + other.kept_among(one.head)) / 2
    return (_cosine(one, other) + about) / 2


def _cosine(one: Weighed, other: Weighed) -> float:
    ones, others = one.weights, other.weights
    return sum([ones[word] * others[word] for word in ones.keys() & others.keys()]) / (
        math.sqrt(one.square * other.square) or 1.0
    )


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
