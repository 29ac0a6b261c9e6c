"""Which documents are like a text somebody is writing: by its most telling words and word pairs.

A match prompts a judgement and an offer of reuse; nothing is ever refused for it (domain §2).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

import numpy as np

from innovations.search import analysis
from innovations.search.port import Similar
from innovations.search.snapshot import Mask, Snapshot

#: How many words or pairs stand for the whole text.
TELLING_TERMS = 30
#: Characters of text that are read: enough for a whole description.
MAX_CHARACTERS = 20_000
#: Below this share of telling words two texts have only everyday language in common.
MIN_SCORE = 0.2
_TITLE_WEIGHT = 3
_WORDS_READ, _PAIRS_READ = 200, 200

Term = tuple[str, str]


def similar(
    snapshot: Snapshot, title: str, text: str, reader_tokens: Collection[str], exclude: Collection[int], k: int
) -> tuple[Similar, ...]:
    """The at most ``k`` visible documents with the largest share of the text's telling words, weighted by rarity."""
    visible = snapshot.visible(reader_tokens)
    telling, known = _telling(snapshot, title, text[:MAX_CHARACTERS], visible)
    if not telling:
        return ()
    share = np.zeros(snapshot.size, np.float32)
    for (field, term), weight in telling.items():
        share[snapshot.postings(field, term).documents] += np.float32(weight)
    share *= np.float32(known / sum(telling.values()))
    allowed = visible & ~np.isin(snapshot.numbers("id"), list(exclude))
    share[~allowed] = 0
    best = np.argsort(-share, kind="stable")[:k]
    return tuple(
        Similar(int(snapshot.numbers("id")[document]), snapshot.stored(document)["code"], round(float(share[document]), 3))
        for document in best.tolist()
        if share[document] >= MIN_SCORE
    )


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


def _telling(snapshot: Snapshot, title: str, text: str, visible: Mask) -> tuple[dict[Term, float], float]:
    """The terms that say most, with their weight (how rare, and mildly how often used), and the share of known words.

    Only documents the reader may see are counted: what he may not see must not move a number either.
    """
    words, pairs = _counted(title, text)
    read = words.most_common(_WORDS_READ)
    weights = dict(_weighed(snapshot, "f", read, visible))
    known = {word for _field, word in weights}
    possible = (pair for pair in pairs.most_common() if known.issuperset(pair[0].split()))  # an unknown word is in no pair
    weights |= _weighed(snapshot, "fb", islice(possible, _PAIRS_READ), visible)
    chosen = sorted(weights, key=lambda term: (-weights[term], term))[:TELLING_TERMS]
    return {term: weights[term] for term in chosen}, len(known) / max(1, len(read))


def _weighed(snapshot: Snapshot, field: str, counted: Iterable[tuple[str, int]], visible: Mask) -> Iterator[tuple[Term, float]]:
    for term, count in counted:
        frequency = int(np.count_nonzero(visible[snapshot.postings(field, term).documents]))
        if frequency:
            yield (field, term), snapshot.idf(frequency) * (1 + math.log(count))
