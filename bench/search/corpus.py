"""The documents that every engine gets: generated proposals with the long tail of rare words that real texts have.

The generator puts texts together from phrases, so nearly every syllable is common and every pair is seen often.  In real texts half
of the syllables are rare and most pairs are seen once, and that is what an index spends its size and its time on.  So a third of
each text is drawn from 3,000 made-up syllables, the n-th of them as often as 1/n.
"""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate, islice

from bench import generator
from innovations.search import Document

#: Rows generated at once; their number is part of the seed, so it must not depend on the size that is measured.
_CHUNK = 250
#: Drawn syllables of a document.
_RARE = 100
_ONSETS = ("b", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "s", "t", "th", "tr", "v", "x", "r", "c", "p")
_RIMES = ("ach", "ăng", "ât", "em", "êch", "ich", "oan", "ôc", "ơm", "ung", "ưt", "uya", "iêu", "uôi", "ươp", "oe", "uynh", "âp",
          "ăm", "op", "ưng", "yn", "ênh")  # fmt: skip
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
#: One document in so many is shown to its own unit only.
_RESERVED = 7


def documents(count: int) -> Iterator[Document]:
    """The same ``count`` documents every time, with ids from 1: about 300 syllables each."""
    tail = _Tail()
    for first in range(0, count, _CHUNK):
        rows = csv.DictReader(io.StringIO(generator.register(_CHUNK, first=first).getvalue().decode()))
        for number, row in islice(enumerate(rows, first + 1), count - first):
            yield _document(number, row, tail)


def body(document: Document) -> str:
    """All text of a document but its title."""
    return "\n".join((document.problem, document.solution, document.rest))


class _Tail:
    """Draws from syllables of which the n-th is as frequent as 1/n."""

    def __init__(self) -> None:
        spelled = sorted({_syllable(onset, rime, tone) for onset in _ONSETS for rime in _RIMES for tone in _TONES})
        self._chance = random.Random(generator.SEED)
        self._chance.shuffle(spelled)
        self._syllables = spelled
        self._upto = list(accumulate(1 / place for place in range(1, len(spelled) + 1)))

    def draw(self, count: int) -> str:
        return " ".join(self._chance.choices(self._syllables, cum_weights=self._upto, k=count))


def _syllable(onset: str, rime: str, tone: str) -> str:
    return unicodedata.normalize("NFC", onset + rime[0] + tone + rime[1:])


def _document(number: int, row: dict[str, str], tail: _Tail) -> Document:
    unit = generator.UNITS.index(row["unit"])
    sentences = row["description"].split(". ")
    half = len(sentences) // 2
    recognised = row["status"] == "recognised"
    return Document(
        id=number, code=f"SK-{row['unit']}-{row['year']}-{number:06}", title=row["title"],
        problem=". ".join(_kept(sentences[:half], 90)), solution=". ".join(_kept(sentences[half:], 90)),
        rest=f"{row['benefit']} {tail.draw(_RARE)} zq{number:06}", authors=row["authors"],
        field=row["field"], field_label=row["field"], types=tuple(row["solution_type"].split("; ")),
        unit_id=100 + unit, unit_path=(1, 10 + unit // 4, 100 + unit), unit_label=row["unit"], unit_names=row["unit"],
        level=row["level"], year=int(row["year"]), grade=row["grade"], adoptions=number % 9 // 6, state=row["status"],
        handling="open", tokens=frozenset({f"unit:{100 + unit}" if number % _RESERVED == 0 else "any"}),
        decided_on=date(int(row["year"]), number % 12 + 1, 1) if recognised else None, documented=number % 3 == 0,
    )  # fmt: skip


def _kept(sentences: Iterable[str], syllables: int) -> Iterator[str]:
    """Sentences up to so many syllables: a few texts of the generator are ten times as long as the others."""
    for sentence in sentences:
        if syllables <= 0:
            return
        yield sentence
        syllables -= sentence.count(" ") + 1
