"""Which documents answer a query, and how well: array arithmetic over one snapshot.

The query decides the field: with any accent in it ``x`` (accents count), without ``f``; folded bigrams ``fb`` rank
neighbours higher.  The work is bounded by the limits of the language, not by time.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from innovations.search import analysis, terms
from innovations.search.analysis import Syllable
from innovations.search.query import Atom, Clause, Filter, Phrase, Query, Term
from innovations.search.segments import Postings
from innovations.search.snapshot import Mask, Snapshot

#: What two words side by side add, beside a word's 1.0.
PAIR_WEIGHT = 0.7
#: The same for words that were added to the query: corrections and written-out abbreviations.
ADDED_PAIR_WEIGHT = 0.5
#: BM25 holds the rarity of a word once; once and a half found more on judged questions (docs/search.md).
RARITY_POWER = 1.5
#: A half-typed word stands for this many of the most frequent words that begin so, out of this many read per segment.
MAX_EXPANSIONS, MAX_READ = 64, 2000
_UNKNOWN, _YES, _NO = 0, 1, 2


class Evaluation:
    """``query`` on ``snapshot``, for the documents in ``within``: those the reader may see."""

    def __init__(self, snapshot: Snapshot, query: Query, within: Mask, *, accented: bool) -> None:
        self.snapshot, self.query, self.within, self.accented = snapshot, query, within, accented
        self.field = "x" if accented else "f"

    def matches(self) -> Mask:
        """The documents that answer the query."""
        found = self.within.copy()
        for narrowing in self.query.filters:
            found &= self._filter(narrowing)
        if self.query.loose:
            found &= self._enough_of(self.query.loose, self.query.minimum, found)
        for clause in self.query.required:
            found &= self._clause(clause, found)
        for atom in self.query.excluded:
            found &= ~self._atom(atom, found)
        return found

    def scores(self) -> NDArray[np.float32]:
        """BM25 with rarity raised to RARITY_POWER of every word, plus neighbouring words, times what the document has earned otherwise."""
        total = np.zeros(self.snapshot.size, np.float32)
        for term in self.query.terms():
            self._gain(total, self._impacts(term), term.weight)
        for left, right in self.query.pairs:
            self._gain(total, self.snapshot.impacts("fb", f"{left.folded} {right.folded}"), PAIR_WEIGHT)
        for left, right in self.query.added_pairs:
            self._gain(total, self.snapshot.impacts("fb", f"{left.folded} {right.folded}"), ADDED_PAIR_WEIGHT)
        return total * self.snapshot.prior

    def _gain(self, total: NDArray[np.float32], found: Postings, weight: float) -> None:
        """Add what a word or pair is worth in each of its documents, rare ones more than plain BM25 would."""
        documents, impacts = found
        total[documents] += np.float32(weight * self.snapshot.idf(len(documents)) ** (RARITY_POWER - 1)) * impacts

    # Words and phrases

    def _enough_of(self, clauses: Iterable[Clause], minimum: int, within: Mask) -> Mask:
        counts = np.zeros(self.snapshot.size, np.uint8)
        for clause in clauses:
            counts += self._clause(clause, within)
        return counts >= minimum

    def _clause(self, clause: Clause, within: Mask) -> Mask:
        found = np.zeros(self.snapshot.size, bool)
        for atom in clause.alternatives:
            found |= self._atom(atom, within)
        return found

    def _atom(self, atom: Atom, within: Mask) -> Mask:
        if isinstance(atom, Phrase):
            return self._phrase([term.syllable for term in atom.terms], within)
        return self.snapshot.mask(self._impacts(atom).documents)

    def _spelled(self, syllable: Syllable) -> str:
        return syllable.canonical if self.accented else syllable.folded

    def _impacts(self, term: Term) -> Postings:
        if not term.prefix:
            return self.snapshot.impacts(self.field, self._spelled(term.syllable))
        return self.snapshot.remember(("prefix", term, self.accented), lambda: self._expanded(term))

    def _phrase(self, syllables: list[Syllable], within: Mask) -> Mask:
        return self._phrase_in_text(syllables, within) | self._phrase_in_files(syllables, within)

    def _phrase_in_files(self, syllables: list[Syllable], within: Mask) -> Mask:
        """Of files no bigrams are kept, which would be most of the index: their words find the candidates."""
        candidates = within.copy()
        for syllable in syllables:
            candidates &= self.snapshot.mask(self.snapshot.postings(terms.FILES[self.field], self._spelled(syllable)).documents)
        return candidates & self._verified(" ".join(map(self._spelled, syllables)), candidates, in_files=True)

    def _phrase_in_text(self, syllables: list[Syllable], within: Mask) -> Mask:
        """Bigrams find the candidates, the document's own sequence of syllables decides (one candidate in ten is false)."""
        candidates = within.copy()
        for pair in analysis.bigrams([syllable.folded for syllable in syllables]):
            candidates &= self.snapshot.mask(self.snapshot.postings("fb", pair).documents)
        if self.accented:
            for syllable in syllables:
                candidates &= self.snapshot.mask(self.snapshot.postings("x", syllable.canonical).documents)
        elif len(syllables) <= 2:
            return candidates  # a folded bigram is the phrase itself
        return candidates & self._verified(" ".join(map(self._spelled, syllables)), candidates)

    def _verified(self, phrase: str, candidates: Mask, *, in_files: bool = False) -> Mask:
        """Documents whose text has ``phrase``, each looked at once in the life of the snapshot."""
        size = self.snapshot.size
        verdicts = self.snapshot.remember(("phrase", phrase, self.accented, in_files), lambda: np.zeros(size, np.uint8))
        for document in np.flatnonzero(candidates & (verdicts == _UNKNOWN)).tolist():
            verdicts[document] = _YES if self._stands_in(document, f" {phrase} ", in_files=in_files) else _NO
        return verdicts == _YES

    def _stands_in(self, document: int, phrase: str, *, in_files: bool) -> bool:
        if in_files:
            return phrase.encode() in self.snapshot.file_words(document, folded=not self.accented)
        sequence = self.snapshot.sequence(document)
        return phrase in (sequence if self.accented else analysis.fold(sequence))

    # Half-typed words

    def _expanded(self, term: Term) -> Postings:
        """Documents with any word that begins so, each with its best such word's score."""
        best = np.zeros(self.snapshot.size, np.float32)
        field, words = self._expansions(term)
        for word in words:
            documents, impacts = self.snapshot.impacts(field, word)
            best[documents] = np.maximum(best[documents], impacts)
        documents = np.flatnonzero(best).astype(np.int32)
        return Postings(documents, best[documents])

    def _expansions(self, term: Term) -> tuple[str, list[str]]:
        """The field to look in and the words there; a word half-typed without accents may still get them."""
        accented = self.accented and term.syllable.canonical != term.syllable.folded
        field = "x" if accented else "f"
        starts, tone = analysis.unfinished(term.syllable, accented=accented)
        found: dict[str, int] = {}
        for start in starts:
            found |= self.snapshot.terms(terms.FILES[field], start, MAX_READ) | self.snapshot.terms(field, start, MAX_READ)
        fitting = [word for word in found if word.endswith(tone)]
        return field, sorted(fitting, key=lambda word: (-found[word], word))[:MAX_EXPANSIONS]

    # Filters

    def _filter(self, narrowing: Filter) -> Mask:
        found = np.zeros(self.snapshot.size, bool)
        for low, high in narrowing.ranges:
            found |= self._in_range(narrowing.key, low, high)
        for value in narrowing.values:
            found |= self._named(narrowing.key, value)
        return ~found if narrowing.negated else found

    def _in_range(self, kind: str, low: int | None, high: int | None) -> Mask:
        if kind == "year":
            years = self.snapshot.pairs("year").values
            return self.snapshot.having("year", [year for year in years if _between(int(year), low, high)])
        counts = self.snapshot.numbers("adoptions")
        return (counts >= (low or 0)) & (counts <= (counts.max(initial=0) if high is None else high))

    def _named(self, kind: str, value: str) -> Mask:
        if kind == "code":
            return self.snapshot.having("code", [analysis.whole(value)])
        found = np.ones(self.snapshot.size, bool)
        for term in terms.name_terms(value):
            found &= self.snapshot.mask(self.snapshot.postings("k", terms.name_key(kind, term)).documents)
        return found


def _between(number: int, low: int | None, high: int | None) -> bool:
    return (low is None or number >= low) and (high is None or number <= high)
