"""Which documents are like a text somebody is writing.

The index names those that have its most telling words and word pairs; the few best are then compared with it, text with text
(:mod:`innovations.search.likeness`), for a long document has the words of any short text somewhere.
A match prompts a judgement and an offer of reuse; nothing is ever refused for it (domain §2).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from innovations.search import analysis
from innovations.search.facets import Narrowed
from innovations.search.impacts import Mask
from innovations.search.lexicon import Lexicon
from innovations.search.likeness import likeness, told
from innovations.search.port import Filters, Similar
from innovations.search.snapshot import Snapshot

#: How many words or pairs stand for the whole text.
TELLING_TERMS = 30
#: Characters of text that are read: enough for a whole description.
MAX_CHARACTERS = 20_000
#: Below this share of telling words, or this likeness, two texts have only everyday language in common.
MIN_SCORE = 0.2
#: Documents that are compared with the text, for each one wanted; each costs some 0.2 ms.
_COMPARED = 2
_TITLE_WEIGHT = 3
_WORDS_READ, _PAIRS_READ = 200, 32
#: Rarities kept per reader: some 2 MB.
_REMEMBERED = 20_000

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
    rarities, asked = _Rarities(Lexicon.of(snapshot, reader_tokens)), told(title, text)
    ids = snapshot.numbers("id")
    named = _named(title, text, rarities, Narrowed(snapshot, rarities.lexicon.visible, filters).found)
    compared = [document for document in named[: _COMPARED * k + len(exclude)].tolist() if int(ids[document]) not in exclude]

    @cache  # for this one look: 6,000 words are weighed, most of them often
    def weigh(word: str) -> float:
        return rarities.of(("f", word)) or rarities.lexicon.idf(0)

    found = []
    for document in compared:
        shown = snapshot.stored(document)
        like = likeness(asked, told(shown["title"], f"{shown['problem']}\n{shown['solution']}"), weigh)
        if like >= MIN_SCORE:
            found.append(Similar(int(ids[document]), shown["code"], round(like, 3)))
    return tuple(sorted(found, key=lambda each: (-each.score, each.id))[:k])


def _named(title: str, text: str, rarities: _Rarities, among: Mask) -> NDArray[np.int64]:
    """Documents of ``among`` by their share of the text's telling words, weighted by rarity, the largest first."""
    telling, known = _telling(title, text[:MAX_CHARACTERS], rarities)
    if not telling:
        return np.empty(0, np.int64)
    rarities.hold(telling)
    lists = [rarities.documents(term) for term in telling]
    weights = np.repeat(np.array([*telling.values()], np.float32), [len(documents) for documents in lists])
    share = np.zeros(len(rarities.lexicon.visible), np.float32)
    np.add.at(share, np.concatenate(lists), weights)  # all at once: 30 lists one by one take three times as long
    share *= np.float32(known / sum(telling.values()))
    enough = np.flatnonzero((share >= MIN_SCORE) & among)
    return enough[np.argsort(-share[enough], kind="stable")]


class _Rarities:
    """How telling each term is by the documents that the reader may see, remembered for the life of the snapshot."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.snapshot, self.lexicon = lexicon.snapshot, lexicon
        self._known: dict[Term, float] = self.snapshot.remember(("rarities", lexicon.tokens), dict)
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._read: dict[Term, NDArray[np.intp]] = {}

    def read(self, field: str, words: Iterable[str]) -> None:
        """Look up in one step those of ``words`` whose rarity is not known: most words of a new text are in no document, or in all."""
        self.hold((field, word) for word in words if (field, word) not in self._known)

    def hold(self, terms: Iterable[Term]) -> None:
        """Read the documents of ``terms``, a step for each field: an index has twenty files, and each is asked for all at once."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for field, word in terms:
            if (field, word) not in self._read:
                wanted[field].append(word)
        for field, words in wanted.items():
            self._read |= {
                (field, word): found for word, found in zip(words, self.snapshot.documents_of(field, words), strict=True)
            }

    def documents(self, term: Term) -> NDArray[np.intp]:
        """The documents of a term; read once for a text."""
        if term not in self._read:
            field, word = term
            self._read[term] = self.snapshot.documents_of(field, [word])[0]
        return self._read[term]

    def of(self, term: Term) -> float:
        """Its rarity; 0 for a term of invisible documents only."""
        found = self._known.get(term)
        if found is None:
            frequency = int(np.count_nonzero(self.lexicon.visible.take(self.documents(term), mode="clip")))
            found = self._known[term] = self.lexicon.idf(frequency) if frequency else 0.0
        return found


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
    chosen = nsmallest(TELLING_TERMS, weights, key=lambda term: (-weights[term], term))
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
