"""Which documents are like a text somebody is writing.

The index names those that have its most telling words and word pairs; the few best are then compared with it, text with text
(:mod:`innovations.search.duplicates.likeness`) as the index keeps their words, for a long document has the words of any short text somewhere.
A match prompts a judgement and an offer of reuse; nothing is ever refused for it (domain §2).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from innovations.search.answers.facets import Narrowed
from innovations.search.answers.impacts import Points
from innovations.search.answers.lexicon import Lexicon
from innovations.search.answers.snapshot import Snapshot
from innovations.search.duplicates.likeness import Numbers, Said, Vocabulary, Weights, likenesses
from innovations.search.files.bits import Bits, packed, places_of, unpacked
from innovations.search.port import Filters, Similar
from innovations.search.text import analysis

#: How many words or pairs stand for the whole text.
TELLING_TERMS = 30
#: Characters of text that are read: enough for a whole description.
MAX_CHARACTERS = 20_000
#: Below this share of telling words, or this likeness, two texts have only everyday language in common.
MIN_SCORE = 0.2
#: Documents that are compared with the text, for each one wanted.
_COMPARED = 2
_TITLE_WEIGHT = 3
_WORDS_READ, _PAIRS_READ = 200, 32
#: Rarities kept per reader: some 2 MB.
_REMEMBERED = 20_000
#: Words numbered by a process before it begins anew: some 20 MB.
_NUMBERED = 100_000

Term = tuple[str, str]


def similar(
    snapshot: Snapshot,
    title: str,
    text: str,
    reader_tokens: Collection[str],
    exclude: Collection[int],
    k: int,
    filters: Filters,
) -> tuple[Similar, ...]:
    """The at most ``k`` visible documents most like the text, best first; equally like ones in the order of their ids."""
    rarities = _Rarities(Lexicon.of(snapshot, reader_tokens))
    ids = snapshot.numbers("id")
    named = _named(title, text, rarities, Narrowed(snapshot, rarities.lexicon.visible, filters).found)
    compared = [document for document in named[: _COMPARED * k + len(exclude)].tolist() if int(ids[document]) not in exclude]

    vocabulary = rarities.vocabulary
    likes = likenesses(Said.of(vocabulary, title, text), [_said(vocabulary, snapshot, each) for each in compared], rarities.weigh)
    found = [
        Similar(int(ids[document]), round(like, 3)) for document, like in zip(compared, likes, strict=True) if like >= MIN_SCORE
    ]
    return tuple(sorted(found, key=lambda each: (-each.score, each.id))[:k])


def _said(vocabulary: Vocabulary, snapshot: Snapshot, document: int) -> Said:
    title, text, shorts = snapshot.compared(document)
    return Said(vocabulary, vocabulary.numbers(title), vocabulary.numbers(text), shorts)


def _named(title: str, text: str, rarities: _Rarities, among: Bits) -> NDArray[np.int64]:
    """Documents of ``among`` by their share of the text's telling words, weighted by rarity, the largest first."""
    telling, known = _telling(title, text[:MAX_CHARACTERS], rarities)
    if not telling:
        return np.empty(0, np.int64)
    share = np.zeros(rarities.snapshot.size, np.float32)
    for field, of_field in groupby(telling, key=itemgetter(0)):
        _add_weights(share, rarities.snapshot, field, {term: telling[field, term] for _field, term in of_field})
    share *= np.float32(known / sum(telling.values()))
    enough = places_of(packed(share >= MIN_SCORE) & among)
    return enough[np.argsort(-share[enough], kind="stable")]


def _add_weights(share: Points, snapshot: Snapshot, field: str, weights: Mapping[str, float]) -> None:
    """Add to each document the weights of the terms that it has: rare ones in one step."""
    terms, values = list(weights), np.array([*weights.values()], np.float32)
    lists = snapshot.lists(field, terms)
    np.add.at(share, lists.documents, values.take(lists.owners).repeat(lists.sizes))
    for place in lists.common:
        share += values[place] * unpacked(snapshot.bits(field, terms[place]), snapshot.size)


_vocabularies = [Vocabulary()]


def _numbered() -> Vocabulary:
    """The numbers of this process's words."""
    if len(_vocabularies[0].words) > _NUMBERED:
        _vocabularies[0] = Vocabulary()
    return _vocabularies[0]


class _Held:
    """Weights of words by their numbers, as far as one reader asked for them."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary or _numbered()
        self.weights: Weights = np.empty(0)

    def of(self, words: Numbers) -> Weights:
        """The weights of these words; no number for one that nobody asked for."""
        more = len(self.vocabulary.words) - len(self.weights)
        if more > 0:
            self.weights = np.concatenate([self.weights, np.full(more, np.nan)])
        return self.weights[words]


class _Rarities:
    """How telling each term is by the documents that the reader may see, remembered for the life of the snapshot."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.snapshot, self.lexicon = lexicon.snapshot, lexicon
        self._known: dict[Term, float] = self.snapshot.remember(("rarities", lexicon.tokens), dict)
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self.vocabulary = _numbered()
        held: _Held = self.snapshot.remember(("weights", lexicon.tokens), _Held)
        self._held = held if held.vocabulary is self.vocabulary else _Held(self.vocabulary)

    def read(self, field: str, words: Iterable[str]) -> None:
        """Count in one step those of ``words`` whose rarity is not known; their lists, which may be of all documents, are not kept."""
        new = [word for word in words if (field, word) not in self._known]
        if new:
            counts = self.snapshot.counts(field, new, self.lexicon.mask).tolist()
            self._known |= {
                (field, word): self.lexicon.idf(count) if count else 0.0 for word, count in zip(new, counts, strict=True)
            }

    def weigh(self, words: Numbers) -> Weights:
        """How telling the words of these numbers are; one of invisible documents only, like one of none."""
        found = self._held.of(words)
        if (new := np.unique(words[np.isnan(found)])).size:
            spelled = [self.vocabulary.words[number] for number in new.tolist()]
            self.read("f", spelled)
            self._held.weights[new] = [self._known["f", word] or self.lexicon.idf(0) for word in spelled]
            found = self._held.weights[words]
        return found

    def of(self, term: Term) -> float:
        """Its rarity; 0 for a term of invisible documents only."""
        if term not in self._known:
            self.read(term[0], [term[1]])
        return self._known[term]


def _counted(title: str, text: str) -> tuple[Counter[str], Counter[str]]:
    """Folded words, and pairs of them, with their counts: the same idea is often typed with other accents or none."""
    words: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for part, weight in ((title, _TITLE_WEIGHT), (text, 1)):
        folded = [syllable.folded for syllable in analysis.syllables(part)]
        for counted, terms in ((words, folded), (pairs, analysis.bigrams(folded))):
            for term, count in Counter(terms).items():
                counted[term] += count * weight
    return words, pairs


def _telling(title: str, text: str, rarities: _Rarities) -> tuple[dict[Term, float], float]:
    """The terms that say most, with their weight (how rare, and mildly how often used), and the share of known words.

    Only documents the reader may see are counted: what he may not see must not move a number either.  Of the pairs only those of the
    rarest words are looked up: each is a list to be read, and the others cannot tell much.
    """
    words, pairs = _counted(title, text)
    read = words.most_common(_WORDS_READ)
    weights = dict(_weighed("f", read, rarities))
    of_word = {word: weight for (_field, word), weight in weights.items()}
    rarest = nsmallest(_PAIRS_READ, _possible(pairs, of_word))
    weights |= _weighed("fb", [(pair, pairs[pair]) for _rarity, pair in rarest], rarities)
    chosen = sorted(nsmallest(TELLING_TERMS, weights, key=lambda term: (-weights[term], term)))  # fields together
    return {term: weights[term] for term in chosen}, len(of_word) / max(1, len(read))


def _possible(pairs: Iterable[str], of_word: Mapping[str, float]) -> Iterator[tuple[float, str]]:
    """Pairs of known words, with the sum of their weights below zero."""
    for pair in pairs:
        left, _, right = pair.partition(" ")
        if left in of_word and right in of_word:
            yield -of_word[left] - of_word[right], pair


def _weighed(field: str, counted: Sequence[tuple[str, int]], rarities: _Rarities) -> Iterator[tuple[Term, float]]:
    rarities.read(field, (term for term, _count in counted))
    for term, count in counted:
        if rarity := rarities.of((field, term)):
            yield (field, term), rarity if count == 1 else rarity * (1 + math.log(count))
