"""The words that one reader's documents have, how many of them have each, and how telling that makes it.

Everything that is read into a query, found by it, offered to a reader or put in an order is decided by these counts alone.  A word
that stands in hidden documents only counts nothing here: it is neither read out of keystrokes nor suggested, and moves no result
before another.  Otherwise a reader with two drafts of his own could see by their order which of two words hidden documents have.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from functools import cached_property
from heapq import nsmallest

import numpy as np

from innovations.search.answers.impacts import HalfTyped, Impacts, Part, Rare, Word
from innovations.search.answers.snapshot import Snapshot
from innovations.search.files.bits import Bits, Mask, count, unpacked
from innovations.search.files.terms import FILES

#: Counts remembered for one reader (about 100 bytes each).
MAX_REMEMBERED = 10_000
#: What a word in a file counts beside one in the proposal's own text: a file full of it no more than a mention there.
FILE_WEIGHT = 0.4
#: Middling lengths are taken in steps of a twelfth: readers of nearly the same documents share what was computed.
_STEPS = 8

Count = tuple[int, str]


class Lexicon:
    """The words of the documents that a reader with ``tokens`` may see."""

    def __init__(self, snapshot: Snapshot, tokens: frozenset[str]) -> None:
        self.snapshot, self.tokens = snapshot, tokens
        self.visible: Bits = snapshot.visible(tokens)
        self.mask: Mask = unpacked(self.visible, snapshot.size)
        self._counts: dict[tuple[str, str], int] = {}
        self._means: dict[str, float] = {}

    @classmethod
    def of(cls, snapshot: Snapshot, reader_tokens: Collection[str]) -> Lexicon:
        """The lexicon of a reader, remembered with what it counted as long as the snapshot is in use."""
        tokens = frozenset(reader_tokens)
        return snapshot.remember(("lexicon", tokens), lambda: cls(snapshot, tokens))

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
        if len(self._counts) >= MAX_REMEMBERED:
            self._counts.clear()

    def count_with_files(self, field: str, term: str) -> int:
        """The same, and how many have it in a file: a word that stands in files is no typing error."""
        return self.count(field, term) + self.count(FILES[field], term)

    def share(self, one_in: int, most: int) -> int:
        """One in so many of the documents, between 1 and ``most``: thresholds fit small registers too."""
        return min(most, max(1, self.documents // one_in))

    # How telling a word is

    def idf(self, frequency: int) -> float:
        """How telling a term of that many documents is: BM25's measure, as Whoosh computes it."""
        return math.log(max(1, self.documents) / (frequency + 1)) + 1

    def word(self, field: str, term: str) -> Word:
        """The term as this reader's searches count it, in own texts and in files."""
        fields = (field, FILES[field]) if field in FILES else (field,)
        held = [(each, self.snapshot.impacts(each, term, self._mean(each))) for each in fields]
        counted = [(each, found, self._count_of(each, term, found)) for each, found in held if found.df]
        parts = tuple(
            Part(found, self.idf(number) * (1 if each == field else FILE_WEIGHT)) for each, found, number in counted if number
        )
        if len(parts) < 2:
            return Word(sum(number for _, _, number in counted), parts, self.snapshot.size)
        return Word(self._together(field, term, parts), parts, self.snapshot.size)

    def any_of(self, field: str, terms: Sequence[str]) -> HalfTyped:
        """Any of several terms, which are all read at once but for those that are common or stand in files too."""
        lists, in_files = (self.snapshot.lists(name, terms) for name in (field, FILES[field]))
        apart = {*lists.common, *in_files.common, *in_files.owners.tolist()}
        seen, ends = self.mask.take(lists.documents), lists.sizes.cumsum()
        counts = np.zeros(len(terms), np.int64)
        if len(ends):
            np.add.at(counts, lists.owners, np.add.reduceat(seen, ends - lists.sizes, dtype=np.int64))
        counts[list(apart)] = 0
        telling = np.array([self.idf(number) if number else 0.0 for number in counts.tolist()], np.float32)
        rare = Rare.of(lists, telling, self.snapshot.norms(field, self._mean(field)))
        words = [word for place in sorted(apart) if (word := self.word(field, terms[place])).df]
        return HalfTyped(words, rare, self.visible)

    def _together(self, field: str, term: str, parts: Sequence[Part]) -> int:
        """In how many documents a word stands at all, in text or file."""
        known = self._counts.get(("either " + field, term))
        if known is None:
            self._keep_few()
            known = self._counts["either " + field, term] = count(Word(0, parts, self.snapshot.size).bits & self.visible)
        return known

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

    # Half-typed words

    def completions(self, field: str, starts: Sequence[str], ending: str, most: int) -> list[str]:
        """The ``most`` words that most of the documents have, in text or files, among those that begin and end so; all, and some that
        stand in hidden documents only, when there are no more.

        Which words there are is read from lists that hidden documents count in as well; a word's number there is the most that
        its number here can be.  So the lists are read until no word further down can be among the best.
        """
        listed = [each for start in starts for name in (field, FILES[field]) for each in self.snapshot.beginnings(name, start)]
        longest = max((len(each.totals) for _, each in listed), default=0) if self.documents else 0
        if sum(len(each.totals) for _, each in listed) <= most:
            return [word for word in dict.fromkeys(word for _, each in listed for word in each.names()) if word.endswith(ending)]
        counts: dict[str, int] = {}
        best: list[Count] = []
        begin, end = 0, most
        while begin < longest:
            words = {word for where, each in listed for word in each.seen(begin, end, self.mask[where])}
            self._count_new([word for word in words if word not in counts and word.endswith(ending)], field, counts)
            best = nsmallest(most, ((-count, word) for word, count in counts.items()))
            left = [(-int(each.totals[end]), each.name(end)) for _, each in listed if len(each.totals) > end]
            if len(best) == most and best[-1] < _first_of(left):
                break
            begin, end = end, 2 * end
        return [word for _count, word in best]

    def _count_new(self, words: Sequence[str], field: str, counts: dict[str, int]) -> None:
        own, in_files = (self.snapshot.counts(each, words, self.mask).tolist() for each in (field, FILES[field]))
        counts |= {word: one + other for word, one, other in zip(words, own, in_files, strict=True)}


def _first_of(left: Sequence[Count]) -> Count:
    """The best that a word not read yet can be, from the next entry of each list; before every word when several lists may add up."""
    if len(left) == 1:
        return left[0]
    return sum(count for count, _word in left), ""
