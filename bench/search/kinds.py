"""What is asked: the kinds of queries that people and pages send, and questions of each kind taken from the documents themselves."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from bench.search.corpus import body, documents
from innovations.search import Document
from innovations.search.text import analysis

T = TypeVar("T")

#: Documents that words are counted in and questions are taken from.
SAMPLE = 2000
#: What the bench's reader may see: the open documents and those of one unit.
READER = frozenset({"any", "unit:103"})


class Kind(Enum):
    """The value is what the table of figures calls it."""

    RARE = "rare word"
    AND = "two common words, AND"
    OR = "OR of 4 to 6"
    PREFIX = "beginning of 3 letters"
    FILTER = "AND + unit, years, status"
    FACETS = "OR + counts of 3 facets"
    HIGHLIGHT = "OR + 20 highlights"
    PHRASE = "exact phrase"
    SIMILAR = "similar documents"
    COLD = "first use of a word"


@dataclass(frozen=True)
class Question:
    """One question; what does not belong to its kind is empty.

    :param words: as they stand in the text, in reading order; of a prefix the letters.
    :param unit: id of a unit, with everything below it; ``years`` are the first and the last.
    :param telling: the 30 rarest words of ``text``, which stand for it where an engine needs a query.
    """

    kind: Kind
    words: tuple[str, ...] = ()
    unit: int = 0
    years: tuple[int, int] = (0, 0)
    title: str = ""
    text: str = ""
    telling: tuple[str, ...] = ()


def questions(size: int, count: int) -> dict[Kind, list[Question]]:
    """``count`` questions of every kind, none twice where the documents have as many; the same every time."""
    asked = _Asking(list(documents(min(size, SAMPLE))))
    make: dict[Kind, Callable[[], Question]] = {
        Kind.RARE: asked.rare,
        Kind.AND: asked.common,
        Kind.OR: lambda: asked.loose(Kind.OR),
        Kind.PREFIX: asked.beginning,
        Kind.FILTER: asked.filtered,
        Kind.FACETS: lambda: asked.loose(Kind.FACETS),
        Kind.HIGHLIGHT: lambda: asked.loose(Kind.HIGHLIGHT),
        Kind.PHRASE: asked.phrase,
        Kind.SIMILAR: asked.similar,
        Kind.COLD: asked.first_use,
    }
    return {kind: _different(each, count) for kind, each in make.items()}


def _different(make: Callable[[], T], count: int) -> list[T]:
    found: dict[T, None] = {}
    for _ in range(20 * count):
        found[make()] = None
        if len(found) == count:
            break
    return list(found)


class _Asking:
    """Throws the dice over ``held``; words are telling or not by how many of these documents have them."""

    def __init__(self, held: Sequence[Document]) -> None:
        self._held, self._chance = held, random.Random(8)
        self._frequency = Counter(word for document in held for word in sorted({*words_of(f"{document.title} {body(document)}")}))
        by_frequency = [word for word, _ in self._frequency.most_common() if word.isalpha()]
        few, many = max(3, len(held) // 500), len(held) // 10
        self._rare = [word for word in by_frequency if self._frequency[word] <= few]
        self._common = [word for word in by_frequency if self._frequency[word] >= many]
        self._starts = sorted({word[:3] for word in self._common if len(word) > 3})
        self._cold = [word for word in by_frequency if self._frequency[word] > few]
        self._chance.shuffle(self._cold)

    def rare(self) -> Question:
        return Question(Kind.RARE, (self._chance.choice(self._rare),))

    def common(self) -> Question:
        return Question(Kind.AND, tuple(self._chance.sample(self._common, 2)))

    def loose(self, kind: Kind) -> Question:
        return Question(kind, self._neighbours(self._chance.randint(4, 6)))

    def beginning(self) -> Question:
        return Question(Kind.PREFIX, (self._chance.choice(self._starts),))

    def filtered(self) -> Question:
        first = self._chance.randint(2012, 2022)
        unit = self._chance.choice((10, 11, 12, 100, 103, 106))
        return Question(Kind.FILTER, tuple(self._chance.sample(self._common, 2)), unit, (first, first + 3))

    def phrase(self) -> Question:
        return Question(Kind.PHRASE, self._neighbours(self._chance.randint(2, 5)))

    def similar(self) -> Question:
        document = self._chance.choice(self._held)
        text = f"{document.problem} {' '.join(document.rest.split()[:60])}"
        telling = sorted({*words_of(f"{document.title} {text}")}, key=lambda word: (self._frequency[word], word))
        return Question(Kind.SIMILAR, title=document.title, text=text, telling=tuple(telling[:30]))

    def first_use(self) -> Question:
        return Question(Kind.COLD, (self._cold.pop() if self._cold else "hết",))

    def _neighbours(self, count: int) -> tuple[str, ...]:
        """So many words that stand side by side in one sentence of a document, all different and all of letters."""
        while True:
            document = self._chance.choice(self._held)
            sentence = self._chance.choice([part for part in (document.title, *document.problem.split(", ")) if part])
            words = words_of(sentence)
            begin = self._chance.randrange(max(1, len(words) - count + 1))
            chosen = tuple(words[begin : begin + count])
            if len(set(chosen)) == count and all(word.isalpha() for word in chosen):
                return chosen


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return [match.group().lower() for match in analysis.word_matches(text)]
