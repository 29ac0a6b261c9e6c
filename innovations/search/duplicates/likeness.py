"""How much two texts say the same, from 0 to 1: whether one repeats the other in its own words.

Half of it is the angle between their words (repeated ones count more, rare ones most).  The other half looks at what they are about:
the words that stand in the title and in the beginning of the text alike.  A repetition keeps those, however it is put; the same way of
doing, told in the same words, of another thing has others.  Without text on one side the titles are compared with each other.

Words are numbers here, so that one text is compared with forty in a few steps over arrays.  Pure: how telling a word is comes in as an
array.  Weighed on the development half of ``bench/duplicates``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Self

import numpy as np
from numpy.typing import NDArray

from innovations.search.text import analysis

#: Words of a text that are read: it has said by then what it is about.
READ_WORDS = 800
#: So many words, written out, and some more.
READ_CHARACTERS = 6000
#: Words in which a text says what it is about; a long one has the words of any title somewhere.
HEAD_WORDS = 60

Numbers = NDArray[np.intp]
Weights = NDArray[np.float64]


class Vocabulary:
    """Numbers of folded words: the same for every spelling of a word that folds to it."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.initials: list[str] = []
        self._numbers: dict[str, int] = {}
        self._canonical = _Canonical(self)

    def number(self, folded: str) -> int:
        """The number of a folded word; a new one for a new word."""
        known = self._numbers.setdefault(folded, len(self.words))
        if known == len(self.words):
            self.words.append(folded)
            self.initials.append((folded or " ")[0])
        return known

    def numbers(self, sequence: bytes) -> list[int]:
        """Those of canonical syllables parted by spaces, as the index keeps a text: without looking at a letter of words known before."""
        return list(map(self._canonical.__getitem__, sequence.split()))


class _Canonical(dict[bytes, int]):
    """Canonical syllables as UTF-8, with the number of the folded word."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, canonical: bytes) -> int:
        self[canonical] = number = self._vocabulary.number(analysis.fold(canonical.decode("utf-8", "replace")))
        return number


class Said:
    """A title and a text in the numbers of ``vocabulary``, and what in them is written in capitals like an abbreviation."""

    def __init__(self, vocabulary: Vocabulary, title: Sequence[int], text: Sequence[int], shorts: Iterable[str] = ()) -> None:
        self.vocabulary, self.title, self.text, self.shorts = vocabulary, title, text[:READ_WORDS], frozenset(shorts)

    @classmethod
    def of(cls, vocabulary: Vocabulary, title: str, text: str) -> Self:
        """As it was typed: ``of(vocabulary, "Kho VT", "…")`` has the words ``kho``, ``vt`` and the short ``vt``."""
        text = text[:READ_CHARACTERS]
        said = ([vocabulary.number(each.folded) for each in analysis.syllables(part)] for part in (title, text))
        return cls(vocabulary, next(said), next(said), analysis.shorts(title) | analysis.shorts(text))

    def all(self) -> Sequence[int]:
        """Every word, as often as it stands there."""
        return [*self.title, *self.text]

    def head(self) -> Collection[int]:
        """The words in which it says what it is about, and some others, each once."""
        return {*self.title, *self.text[:HEAD_WORDS]}

    def about(self) -> Collection[int]:
        """What it is about, each word once: what stands in the title and in the beginning of the text."""
        title = set(self.title)
        return title & set(self.text[:HEAD_WORDS]) or title or set(self.text)

    @cached_property
    def titled(self) -> Said:
        """The title alone."""
        return Said(self.vocabulary, self.title, (), self.shorts)

    @cached_property
    def _initials(self) -> tuple[str, str]:
        first = self.vocabulary.initials
        return "".join([first[each] for each in self.title]), "".join([first[each] for each in self.text])

    def words_with(self, short: str) -> Sequence[int]:
        """The first words in a row that begin with the letters of ``short``; none where it is abbreviated here too."""
        if short not in self.shorts:
            for words, initials in zip((self.title, self.text), self._initials, strict=True):
                if (place := initials.find(short)) >= 0:
                    return words[place : place + len(short)]
        return ()

    def spelled_out(self, other: Said) -> Said:
        """The same with each abbreviation replaced by the words of ``other`` that begin with its letters: ``AQ`` by ``ắc quy``."""
        meant = {self.vocabulary.number(short): words for short in self.shorts if (words := other.words_with(short))}
        if not meant:
            return self
        return Said(self.vocabulary, _replaced(self.title, meant), _replaced(self.text, meant), self.shorts)


def _replaced(words: Sequence[int], meant: Mapping[int, Sequence[int]]) -> list[int]:
    return [each for word in words for each in meant.get(word, (word,))]


def likenesses(asked: Said, others: Sequence[Said], weigh: Callable[[Numbers], Weights]) -> list[float]:
    """The share that ``asked`` has in common with each of ``others``; 1 for the same text in any order, whatever is abbreviated by its initials on one side.

    :param weigh: how telling words are, above 0.
    """
    if not others:
        return []
    pairs = _Pairs([_fitting(asked, other) for other in others], weigh)
    return ((pairs.cosines() + pairs.kept()) / 2).tolist()


def _fitting(one: Said, other: Said) -> tuple[Said, Said]:
    if not one.text or not other.text:
        one, other = one.titled, other.titled
    one = one.spelled_out(other)
    return one, other.spelled_out(one)


class _Pairs:
    """Several texts, each with the form of the asked one that it is compared with: mostly the same for all."""

    def __init__(self, pairs: Sequence[tuple[Said, Said]], weigh: Callable[[Numbers], Weights]) -> None:
        self._weigh = weigh
        self._ones = list({id(one): one for one, _other in pairs}.values())
        places = {id(one): place for place, one in enumerate(self._ones)}
        self._others = [other for _one, other in pairs]
        self._place = np.array([places[id(one)] for one, _other in pairs], np.intp)
        self._size = len(self._others[0].vocabulary.words)

    def cosines(self) -> Weights:
        """The cosine of the angle between the two as vectors of their words."""
        asked = np.zeros((len(self._ones), self._size))
        rows, words, values = self._counted(self._ones)
        asked[rows, words] = values
        squares_of_asked = _sums(rows, values * values, len(self._ones))[self._place]
        rows, words, values = self._counted(self._others)
        products = _sums(rows, values * asked[self._place[rows], words], len(self._others))
        return _shares(products, np.sqrt(_sums(rows, values * values, len(self._others)) * squares_of_asked))

    def kept(self) -> Weights:
        """How much of what each is about stands in the head of the other, the mean of both ways."""
        count, ones = len(self._others), len(self._ones)
        about, heads = np.zeros((ones, self._size)), np.zeros((ones, self._size), bool)
        rows, words = _rows([one.about() for one in self._ones])
        about[rows, words] = self._weigh(words)
        whole = about.sum(axis=1)[self._place]
        rows, words = _rows([one.head() for one in self._ones])
        heads[rows, words] = True
        rows, words = _rows([other.head() for other in self._others])
        of_asked = _shares(_sums(rows, about[self._place[rows], words], count), whole)
        rows, words = _rows([other.about() for other in self._others])
        values = self._weigh(words)
        of_other = _shares(_sums(rows, values * heads[self._place[rows], words], count), _sums(rows, values, count))
        return (of_asked + of_other) / 2

    def _counted(self, texts: Sequence[Said]) -> tuple[Numbers, Numbers, Weights]:
        """Every word of every text once, with the number of the text and its weight there: repeated ones weigh more."""
        rows, words = _rows([text.all() for text in texts])
        there, counts = np.unique(rows * self._size + words, return_counts=True)
        rows, words = np.divmod(there, self._size)
        return rows, words, (1 + np.log(counts)) * self._weigh(words)


def _rows(texts: Sequence[Collection[int]]) -> tuple[Numbers, Numbers]:
    """Their words one after another, with the number of the text each stands in."""
    lengths = [len(words) for words in texts]
    return np.repeat(np.arange(len(texts)), lengths), np.fromiter(chain.from_iterable(texts), np.intp, sum(lengths))


def _sums(rows: Numbers, values: Weights, count: int) -> Weights:
    return np.asarray(np.bincount(rows, values, count), np.float64)


def _shares(parts: Weights, wholes: Weights) -> Weights:
    return parts / np.where(wholes > 0, wholes, 1.0)
