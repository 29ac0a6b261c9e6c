"""The words that one reader's documents have, how many of them have each, and how telling that makes it.

Everything that is read into a query, found by it, offered to a reader or put in an order is decided by these counts alone.  A word
that stands in hidden documents only counts nothing here: it is neither read out of keystrokes nor suggested, and moves no result
before another.  Otherwise a reader with two drafts of his own could see by their order which of two words hidden documents have.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Sequence
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from innovations.search.answers.impacts import Impacts, Part, Word
from innovations.search.answers.snapshot import Snapshot
from innovations.search.files.bits import Bits, Mask, count, unpacked
from innovations.search.files.terms import FILES
from innovations.search.text import analysis

#: Counts remembered for one reader (about 100 bytes each).
MAX_REMEMBERED = 10_000
#: What a word in a file counts beside one in the proposal's own text: a file full of it no more than a mention there.
FILE_WEIGHT = 0.4
#: Middling lengths are taken in steps of a twelfth: readers of nearly the same documents share what was computed.
_STEPS = 8

#: How many documents have a word in any field, and how telling it is in each of those where some have it.
Told = tuple[int, tuple[tuple[str, float], ...]]


class Lexicon:
    """The words of the documents that a reader with ``tokens`` may see."""

    def __init__(self, snapshot: Snapshot, tokens: frozenset[str]) -> None:
        self.snapshot, self.tokens = snapshot, tokens
        self.visible: Bits = snapshot.visible(tokens)
        self.mask: Mask = unpacked(self.visible, snapshot.size)
        self._counts: dict[tuple[str, str], int] = {}
        self._means: dict[str, float] = {}
        self._told: dict[tuple[str, str], Told] = {}
        self._plain: tuple[object, dict[Hashable, bool]] = (None, {})

    @classmethod
    def of(cls, snapshot: Snapshot, reader_tokens: Collection[str]) -> Lexicon:
        """The lexicon of a reader, remembered with what it counted as long as the snapshot is in use."""
        tokens = frozenset(reader_tokens)
        return snapshot.remember(("lexicon", tokens), lambda: cls(snapshot, tokens))

    @property
    def nbytes(self) -> int:
        """Memory that it takes: a thousand readers of 100,000 documents are 110 MB, so those who asked last are remembered."""
        return self.mask.nbytes + self.visible.nbytes

    @cached_property
    def documents(self) -> int:
        """How many documents the reader may see."""
        return count(self.visible)

    @cached_property
    def newest(self) -> int:
        """The day of the newest of them."""
        return int(self.snapshot.numbers("day")[self.mask].max(initial=0))

    def count(self, field: str, term: str) -> int:
        """How many of them have the term."""
        known = self._counts.get((field, term))
        if known is None:
            self._keep_few()
            known = self._counts[field, term] = int(self.snapshot.counts(field, [term], self.mask)[0])
        return known

    def counts(self, field: str, terms: Sequence[str]) -> list[int]:
        """The same for several terms in one step."""
        self._keep_few()
        new = [term for term in terms if (field, term) not in self._counts]
        if new:
            found = self.snapshot.counts(field, new, self.mask).tolist()
            self._counts |= {(field, term): count for term, count in zip(new, found, strict=True)}
        return [self._counts[field, term] for term in terms]

    def _keep_few(self) -> None:
        for remembered in (self._counts, self._told):
            if len(remembered) >= MAX_REMEMBERED:
                remembered.clear()

    def have_more(self, field: str, term: str, few: int) -> bool:
        """Whether more than ``few`` have the term, in their own text and in files: a word that stands in files is no typing error."""
        held = self.count(field, term)
        return held > few or held + self.count(FILES[field], term) > few

    def plain_words(self, table: object) -> dict[Hashable, bool]:
        """What is known of the words of queries by themselves, to be added to; nothing when it was found with another ``table``."""
        if self._plain[0] is not table or len(self._plain[1]) >= MAX_REMEMBERED:
            self._plain = (table, {})
        return self._plain[1]

    def having_code(self, begun: str) -> Bits:
        """Documents whose code begins so, up to a joint of it; visible or not."""
        return self.snapshot.having("code", [analysis.whole(begun)])

    def share(self, one_in: int, most: int) -> int:
        """One in so many of the documents, between 1 and ``most``: thresholds fit small registers too."""
        return min(most, max(1, self.documents // one_in))

    # How telling a word is

    def idf(self, frequency: int) -> float:
        """How telling a term of that many documents is: BM25's measure, as Whoosh computes it."""
        return math.log(max(1, self.documents) / (frequency + 1)) + 1

    def idfs(self, frequencies: NDArray[np.int64]) -> NDArray[np.float64]:
        """The same of several terms."""
        return np.log(max(1, self.documents) / (frequencies + 1)) + 1

    def frequencies(self, idfs: NDArray[np.floating]) -> NDArray[np.floating]:
        """How many documents have the terms that are so telling."""
        found: NDArray[np.floating] = max(1, self.documents) / np.exp(idfs - 1) - 1
        return found

    def word(self, field: str, term: str) -> Word:
        """The term as this reader's searches count it, in own texts and in files."""
        return self._word(field, term, lambda each: self.snapshot.impacts(each, term, self._mean(each)))

    def begun(self, field: str, starts: Sequence[str], tone: str) -> Word:
        """All words that begin with one of ``starts`` and end with ``tone``, as if they were one."""
        term = f"{'|'.join(starts)}*{tone}"
        return self._word(field, term, lambda each: self.snapshot.begun(each, starts, tone))

    def _word(self, field: str, term: str, impacts: Callable[[str], Impacts]) -> Word:
        told = self._told.get((field, term))
        if told is None:
            self._keep_few()
            told = self._told[field, term] = self._told_by(field, term, impacts)
        df, tellings = told
        return Word(df, [Part(impacts(each), telling) for each, telling in tellings], self.snapshot.size)

    def _told_by(self, field: str, term: str, impacts: Callable[[str], Impacts]) -> Told:
        fields = (field, FILES[field]) if field in FILES else (field,)
        held = [(each, impacts(each)) for each in fields]
        counted = [(each, found, self._count_of(each, term, found)) for each, found in held if found.df]
        tellings = [
            (each, self.idf(number) * (1 if each == field else FILE_WEIGHT)) for each, _found, number in counted if number
        ]
        if len(tellings) < 2:
            return sum(number for _, _, number in counted), tuple(tellings)
        either = reduce(np.bitwise_or, (found.bits() for _, found, _ in counted))
        return count(either & self.visible), tuple(tellings)

    def _count_of(self, field: str, term: str, found: Impacts) -> int:
        """Like :meth:`count`, from what is at hand."""
        known = self._counts.get((field, term))
        if known is None:
            self._keep_few()
            known = self._counts[field, term] = found.count_in(self.mask, self.visible)
        return known

    def _mean(self, field: str) -> float:
        if field not in self._means:
            mean = self.snapshot.mean_length(field, self.mask)
            self._means[field] = 2 ** (round(math.log2(mean) * _STEPS) / _STEPS) if mean else 1.0
        return self._means[field]
