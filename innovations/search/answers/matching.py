"""Which documents answer a query, and how well: array arithmetic over one snapshot.

The query decides the field: with any accent in it ``x`` (accents count), without ``f``; folded bigrams ``fb`` rank
neighbours higher.  The work is bounded by the limits of the language, not by time.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from innovations.search.answers.impacts import Points, Word
from innovations.search.answers.lexicon import Lexicon
from innovations.search.answers.scoring import Gain, Scores
from innovations.search.asking.query import ENOUGH_PERCENT, Atom, Clause, Filter, Phrase, Query, Term
from innovations.search.files import terms
from innovations.search.files.bits import Bits, Mask, Places, at_least, bits_at, count, nothing, packed, places_of
from innovations.search.text import analysis
from innovations.search.text.analysis import Syllable

#: What two words side by side add, beside a word's 1.0.
PAIR_WEIGHT = 0.7
#: The same for words that were added to the query: corrections and written-out abbreviations.
ADDED_PAIR_WEIGHT = 0.5
#: BM25 holds the rarity of a word once; of words twice, of pairs once and a half found more (docs/search.md).
RARITY_POWER, PAIR_RARITY_POWER = 2.0, 1.5
#: What all words of a query weigh together, in whole numbers.
WHOLE = 32
_UNKNOWN, _YES, _NO = 0, 1, 2


class Evaluation:
    """``query`` over the documents of ``lexicon``: those the reader may see, which alone decide what is found and in which order.

    :param hasty: leave required phrases in ``unverified`` for :meth:`verified`: who needs the best twenty only need not look at all.
    """

    def __init__(self, lexicon: Lexicon, query: Query, *, accented: bool, hasty: bool = False) -> None:
        self.lexicon, self.query, self.accented, self.hasty = lexicon, query, accented, hasty
        self.snapshot = lexicon.snapshot
        self.field = "x" if accented else "f"
        self.unverified: list[str] = []
        self._words: dict[tuple[str, str], Word] = {}
        self._summed: Scores | None = None

    def matches(self) -> Bits:
        """The documents that answer the query."""
        found = self.lexicon.visible
        for narrowing in self.query.filters:
            held = self._filter(narrowing)
            if not narrowing.begun or (held & self.lexicon.visible).any():
                found = found & held
        if self.query.loose:
            found = found & self._enough_of(self.query.loose, found)
        for clause in self.query.required:
            found = found & self._required(clause, found)
        for atom in self.query.excluded:
            found = found & ~self._atom(atom, found)
        return found

    def _required(self, clause: Clause, within: Bits) -> Bits:
        first = clause.alternatives[0]
        if not (self.hasty and len(clause.alternatives) == 1 and isinstance(first, Phrase)):
            return self._clause(clause, within)
        syllables = [term.syllable for term in first.terms]
        if self._may_be_false(syllables):
            self.unverified.append(" ".join(map(self._spelled, syllables)))
        return self._candidates(syllables, within)

    def verified(self, documents: Places) -> Mask:
        """Which of ``documents`` have every phrase left in ``unverified``; those without one are not asked for the next."""
        held = np.ones(len(documents), bool)
        for phrase in self.unverified:
            held[held] = self._verdicts(phrase, documents[held]) == _YES
        return held

    def scores(self, documents: Places) -> Points:
        """Of each of ``documents``: BM25 of every word and of neighbours with rarity raised to a power, times what it has earned otherwise."""
        return self._scores().of(documents)

    def best(self, found: Bits, total: int, wanted: int) -> tuple[Places, Points]:
        """Those of ``found``, which are ``total``, that can be among the first ``wanted``, ascending, and few others, with their scores."""
        return self._scores().best(found, total, wanted)

    def _scores(self) -> Scores:
        if self._summed is None:
            gains = [gain for _text, gain in self.gains()]
            self._summed = Scores(gains, self.snapshot.prior(self.lexicon.newest), self.snapshot.room)
        return self._summed

    def gains(self) -> list[tuple[str, Gain]]:
        """What scores are made of: each word (``"giá"``, ``"huấn*"``) and each pair (``"gia do"``).

        Rare ones count for more than plain BM25 has it.
        """
        words, pairs, idf = self._weighed_words(), self._weighed_pairs(), self.lexicon.idf
        return [
            *[(text, Gain(word, weight * idf(word.df) ** (RARITY_POWER - 1))) for text, word, weight in words if word.df],
            *[(text, Gain(pair, weight * idf(pair.df) ** (PAIR_RARITY_POWER - 1))) for text, pair, weight in pairs if pair.df],
        ]

    def _weighed_words(self) -> list[tuple[str, Word, float]]:
        found = []
        for term in (*self.query.terms(), *self.query.begun):
            spelled = self._spelled(term.syllable)
            if term.prefix:
                found.append((f"{spelled}*", self._word(term), term.weight))
            found.append((spelled, self._known(self.field, spelled), term.weight))
        return found

    def _weighed_pairs(self) -> list[tuple[str, Word, float]]:
        weighed = [(f"{left.folded} {right.folded}", PAIR_WEIGHT) for left, right in self.query.pairs]
        weighed += [(f"{left.folded} {right.folded}", ADDED_PAIR_WEIGHT) for left, right in self.query.added_pairs]
        return [(pair, self._known("fb", pair), weight) for pair, weight in weighed]

    def explained(self, documents: list[int]) -> list[dict[str, float]]:
        """What each word and pair adds to the score of each of ``documents``, before what it has earned otherwise."""
        parts: list[dict[str, float]] = [{} for _ in documents]
        for text, (word, factor) in self.gains():
            points = word.at(np.array(documents, np.intp), factor).tolist()
            for held, gained in zip(parts, points, strict=True):
                if gained:
                    held[text] = held.get(text, 0.0) + gained
        return parts

    # Words and phrases

    def _enough_of(self, clauses: Collection[Clause], within: Bits) -> Bits:
        """Documents with all of the words, or of many with those that weigh enough together, each by its rarity."""
        sets = [self._clause(clause, within) for clause in clauses]
        if self.query.needs_all:
            return reduce(np.bitwise_and, sets)
        weights = [self._rarity(clause, held) for clause, held in zip(clauses, sets, strict=True)]
        parts = (round(WHOLE * weight / sum(weights)) for weight in weights)
        return at_least(-(-WHOLE * ENOUGH_PERCENT // 100), zip(parts, sets, strict=True))

    def _rarity(self, clause: Clause, held: Bits) -> float:
        """How telling it is that one of the alternatives stands in a document; the most when none does in any."""
        first, *others = clause.alternatives
        frequency = self._word(first).df if isinstance(first, Term) and not others else count(held & self.lexicon.visible)
        return self.lexicon.idf(frequency)

    def _clause(self, clause: Clause, within: Bits) -> Bits:
        first, *others = clause.alternatives
        return reduce(np.bitwise_or, [self._atom(atom, within) for atom in others], self._atom(first, within))

    def _atom(self, atom: Atom, within: Bits) -> Bits:
        if isinstance(atom, Phrase):
            return self._phrase([term.syllable for term in atom.terms], within)
        return self._word(atom).bits

    def _spelled(self, syllable: Syllable) -> str:
        return syllable.canonical if self.accented else syllable.folded

    def _word(self, term: Term) -> Word:
        if term.prefix:
            return self._half_typed(term)
        return self._known(self.field, self._spelled(term.syllable))

    def _known(self, field: str, term: str) -> Word:
        found = self._words.get((field, term))
        if found is None:
            found = self._words[field, term] = self.lexicon.word(field, term)
        return found

    def _phrase(self, syllables: list[Syllable], within: Bits) -> Bits:
        return self._phrase_in_text(syllables, within) | self._phrase_in_files(syllables, within)

    def _phrase_in_files(self, syllables: list[Syllable], within: Bits) -> Bits:
        """Of files no bigrams are kept, which would be most of the index: their words find the candidates."""
        spelled = [self._spelled(syllable) for syllable in syllables]
        candidates = places_of(self._in_files(spelled, within))
        size, phrase = self.snapshot.size, f" {' '.join(spelled)} ".encode()
        known = self.snapshot.remember(("phrase in files", phrase, self.accented), lambda: np.zeros(size, np.uint8))
        for document in candidates[known[candidates] == _UNKNOWN].tolist():
            known[document] = _YES if phrase in self.snapshot.file_words(document, folded=not self.accented) else _NO
        return bits_at(candidates[known[candidates] == _YES], size)

    def _phrase_in_text(self, syllables: list[Syllable], within: Bits) -> Bits:
        """Bigrams find the candidates, the document's own sequence of syllables decides (one candidate in ten is false)."""
        candidates = self._candidates(syllables, within)
        if not self._may_be_false(syllables):
            return candidates
        documents = places_of(candidates)
        verdicts = self._verdicts(" ".join(map(self._spelled, syllables)), documents)
        return bits_at(documents[verdicts == _YES], self.snapshot.size)

    def _may_be_false(self, syllables: list[Syllable]) -> bool:
        return self.accented or len(syllables) > 2  # a folded bigram is the phrase itself

    def _candidates(self, syllables: list[Syllable], within: Bits) -> Bits:
        """Documents with every neighbouring pair of the phrase and, when accents count, every word of it, be it in a file."""
        wanted = [self._known("fb", pair) for pair in analysis.bigrams([each.folded for each in syllables])]
        if self.accented or len(syllables) == 1:
            wanted += [self._known(self.field, self._spelled(each)) for each in syllables]
        return reduce(np.bitwise_and, (word.bits for word in wanted), within)

    def _in_files(self, words: list[str], within: Bits) -> Bits:
        """Documents of ``within`` whose files have all these words."""
        found = within
        for word in words:
            found = found & self.snapshot.bits(terms.FILES[self.field], word)
            if not found.any():
                break
        return found

    def _verdicts(self, phrase: str, documents: Places) -> NDArray[np.uint8]:
        """Whether each of ``documents`` has ``phrase``; a text is looked at once in the life of the snapshot."""
        size = self.snapshot.size
        known = self.snapshot.remember(("phrase", phrase, self.accented), lambda: np.zeros(size, np.uint8))
        unknown = documents[known[documents] == _UNKNOWN]
        if self.accented:
            found = self.snapshot.with_phrase(unknown, f" {phrase} ")
        else:
            texts = (analysis.fold(self.snapshot.sequence(document)) for document in unknown.tolist())
            found = np.array([f" {phrase} " in text for text in texts], bool)
        known[unknown] = np.where(found, _YES, _NO)
        verdicts: NDArray[np.uint8] = known[documents]
        return verdicts

    # Half-typed words

    def _half_typed(self, term: Term) -> Word:
        """All words that begin so, as if they were one."""
        accented, starts, tone = analysis.unfinished(term.syllable, accented=self.accented)
        field, begun = "x" if accented else "f", self._spelled(term.syllable) + "*"
        if (field, begun) not in self._words:
            self._words[field, begun] = self.lexicon.begun(field, starts, tone)
        return self._words[field, begun]

    # Filters

    def unmet(self, within: Bits) -> list[Filter]:
        """The filters of the query that nothing of ``within`` answers; of a value that is still being typed nothing is said."""
        return [each for each in self.query.filters if not each.begun and not (self._filter(each) & within).any()]

    def _filter(self, narrowing: Filter) -> Bits:
        found = nothing(self.snapshot.size)
        for low, high in narrowing.ranges:
            found |= self._in_range(narrowing.key, low, high)
        for value in narrowing.values:
            found |= self._named(narrowing.key, value)
        return ~found if narrowing.negated else found

    def _in_range(self, kind: str, low: int | None, high: int | None) -> Bits:
        if kind == "year":
            years = self.snapshot.values("year")
            return self.snapshot.having("year", [year for year in years if _between(int(year), low, high)])
        counts = self.snapshot.numbers("adoptions")
        return packed((counts >= (low or 0)) & (counts <= (counts.max(initial=0) if high is None else high)))

    def _named(self, kind: str, value: str) -> Bits:
        if kind == "code":
            return self.lexicon.having_code(value)
        named = (self.snapshot.bits("k", terms.name_key(kind, term)) for term in terms.name_terms(value))
        return reduce(np.bitwise_and, named, ~nothing(self.snapshot.size))


def _between(number: int, low: int | None, high: int | None) -> bool:
    return (low is None or number >= low) and (high is None or number <= high)
