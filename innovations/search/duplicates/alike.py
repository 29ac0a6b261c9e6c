"""Which documents are like a text somebody is writing.

The index names those that have its most telling words and word pairs; the few best are then compared with it, word by word
(:mod:`innovations.search.duplicates.likeness`), for a long document has the words of any short text somewhere.
A match prompts a judgement and an offer of reuse; nothing is ever refused for it (domain §2).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from innovations.search.answers.facets import Narrowed
from innovations.search.answers.lexicon import Lexicon
from innovations.search.answers.snapshot import Snapshot
from innovations.search.duplicates.likeness import Weights, likenesses
from innovations.search.duplicates.numbering import Asked, Rarities
from innovations.search.duplicates.wording import Said, fitting
from innovations.search.files.arrays import hash_of
from innovations.search.files.bits import Bits, Places, packed, places_of
from innovations.search.files.said import IN_HEAD, SHORT
from innovations.search.port import Filters, Similar

#: Words or pairs stand for the whole text: so many.
TELLING_TERMS = 30
#: Below this share of telling words, or this likeness, two texts have only everyday language in common.
MIN_SCORE = 0.2
#: Documents that are compared with the text, for each one wanted.
_COMPARED = 2
_TITLE_WEIGHT = 3
_WORDS_READ, _PAIRS_READ = 200, 32
#: One document in so many: of more documents a term is looked up in all.
_FEW = 8
#: Sums of rounded numbers may be this much too small.
_ROUNDED = 1 - 1e-5


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
    if not snapshot.size:
        return ()
    lexicon = Lexicon.of(snapshot, reader_tokens)
    rarities, ids = Rarities.of(snapshot, lexicon), snapshot.numbers("id")
    asked = Asked.of(Said.of(title, text), rarities.numbering)
    named = _named(asked, rarities, Narrowed(snapshot, lexicon.visible, filters).found, _COMPARED * k + len(exclude))
    compared = named[~np.isin(ids[named], [*exclude])] if exclude else named
    likes = _likes(asked, rarities, compared).tolist()
    found = [Similar(id_, round(like, 3)) for id_, like in zip(ids[compared].tolist(), likes, strict=True) if like >= MIN_SCORE]
    return tuple(sorted(found, key=lambda each: (-each.score, each.id))[:k])


# Comparing


def _likes(asked: Asked, rarities: Rarities, documents: Places) -> Weights:
    """How much each of the ``documents`` is like the text."""
    if not len(documents):
        return np.empty(0)
    numbering, said = rarities.numbering, asked.said
    own, others = asked.vector(), numbering.of_documents(documents)
    marks = others.reduced(np.bitwise_or, others.marks)
    told = (marks & IN_HEAD) != 0
    if said.text and told.all():
        likes = likenesses(own, others, rarities.weigh, numbering.room)
    else:
        likes = likenesses(own.titled(), others.titled(), rarities.weigh, numbering.room)
        if said.text and told.any():
            likes[told] = likenesses(own, others.chosen(told.nonzero()[0]), rarities.weigh, numbering.room)
    for place in range(len(documents)) if said.shorts else (marks & SHORT).nonzero()[0].tolist():
        likes[place] = _spelled_out(said, rarities, int(documents[place]), likes[place])
    return likes


def _spelled_out(asked: Said, rarities: Rarities, document: int, like: float) -> float:
    """How much a document is like the text where one says in words what the other one abbreviates; ``like`` when neither does."""
    kept = Said.kept(rarities.snapshot.compared(document))
    one, other = fitting(asked, kept)
    if one in (asked, asked.titled) and other in (kept, kept.titled):
        return like
    pair = (Asked.of(each, rarities.numbering).vector() for each in (one, other))
    return float(likenesses(next(pair), next(pair), rarities.weigh, rarities.numbering.room)[0])


# Naming


class _Telling(NamedTuple):
    """The words and pairs that say most: under which hashes they are found, their weights, and the share of the text's words that are known."""

    hashes: NDArray[np.uint64]
    weights: NDArray[np.float32]
    known: float


def _named(asked: Asked, rarities: Rarities, among: Bits, wanted: int) -> Places:
    """At most ``wanted`` documents of ``among`` by their share of the text's telling words, weighted by rarity, the largest first.

    Common words are looked up only in documents that the others leave a chance to be among these, if those are few.
    """
    telling = _telling(asked, rarities)
    if not len(telling.hashes):
        return np.empty(0, np.intp)
    snapshot = rarities.snapshot
    share, lists = np.zeros(snapshot.size, np.float32), snapshot.lists(telling.hashes)
    np.add.at(share, lists.documents, telling.weights[lists.owners].repeat(lists.sizes))
    whole = float(telling.weights.sum(dtype=np.float64)) / telling.known
    enough, shares = _with_common(share, _Common(telling, lists.common), snapshot, among, MIN_SCORE * whole, wanted)
    first = (shares >= np.float32(MIN_SCORE * whole)).nonzero()[0]
    if len(first) > wanted:
        first = (shares >= np.partition(shares, -wanted)[-wanted]).nonzero()[0]
    return enough[first[np.argsort(-shares[first], kind="stable")[:wanted]]]


class _Common:
    """The terms of ``telling`` at these places, which many documents have."""

    def __init__(self, telling: _Telling, places: list[int]) -> None:
        self.hashes, self.weights = telling.hashes[places], telling.weights[places]
        self.all_together = float(self.weights.sum(dtype=np.float64))


def _with_common(
    share: NDArray[np.float32], common: _Common, snapshot: Snapshot, among: Bits, needed: float, wanted: int
) -> tuple[Places, NDArray[np.float32]]:
    """Documents of ``among`` with all that have ``needed`` of the weights, and what they have: ``share``, and that of the ``common`` terms."""
    left = common.all_together
    enough = places_of(packed(share >= (needed - left) * _ROUNDED) & among)
    if len(common.weights) and len(enough) * _FEW > len(share):
        for standing, weight in zip(snapshot.stand(common.hashes), common.weights, strict=True):
            share += standing * weight
        enough = places_of(packed(share >= needed * _ROUNDED) & among)
        return enough, share[enough]
    shares = share[enough]
    if len(common.weights) and len(enough) > wanted:
        chance = (shares >= (float(np.partition(shares, -wanted)[-wanted]) - left) * _ROUNDED).nonzero()[0]
        enough, shares = enough[chance], shares[chance]
    for standing, weight in zip(snapshot.stand(common.hashes, enough), common.weights, strict=True):
        shares += standing * weight
    return enough, shares


def _telling(asked: Asked, rarities: Rarities) -> _Telling:
    """The terms that say most, with their weight (how rare, and mildly how often used).

    Only documents the reader may see are counted: what he may not see must not move a number either.  Of the pairs only those of the
    rarest words are looked up: each is a list to be read, and the others cannot tell much.
    """
    titled = len(asked.title)
    often = np.where(np.arange(titled + len(asked.text)) < titled, _TITLE_WEIGHT, 1)
    words, place = np.unique(np.array([*asked.title, *asked.text], np.intp), return_inverse=True)
    counts = np.bincount(place, often)
    rarity = rarities.weigh(words)
    read = np.argsort(-counts, kind="stable")[:_WORDS_READ]
    known = np.zeros(len(words), bool)
    known[read] = rarity[read] < rarities.unseen
    weights = np.where(known, rarity * (1 + np.log(counts)), 0).astype(np.float32)
    pairs, of_pairs = _rarest_pairs(asked.said, place, often, weights)
    of_pairs = rarities.weigh_pairs(pairs) * of_pairs
    hashes = np.fromiter((hash_of("fb", pair) for pair in pairs), np.uint64, len(pairs))
    both = np.concatenate([weights, of_pairs]).astype(np.float32)
    chosen = np.argsort(-both, kind="stable")[:TELLING_TERMS]
    chosen = chosen[both[chosen] > 0]
    found = np.concatenate([rarities.numbering.hashes(words), hashes])[chosen]
    return _Telling(found, both[chosen], float(known.sum() / max(1, len(read))))


def _rarest_pairs(
    said: Said, place: Places, often: NDArray[np.intp], weights: NDArray[np.float32]
) -> tuple[list[str], NDArray[np.float64]]:
    """Neighbours that are both known, those of the rarest words, and what each pair weighs by how often it stands there.

    :param place: which word each of title and text is.
    """
    spelled, titled = [*said.title, *said.text], len(said.title)
    left, right = place[:-1], place[1:]
    beside = (weights[left] > 0) & (weights[right] > 0)
    if 0 < titled < len(spelled):
        beside[titled - 1] = False
    at = beside.nonzero()[0]
    if not len(at):
        return [], np.empty(0)
    _keys, first, pair = np.unique(left[at] * len(weights) + right[at], return_index=True, return_inverse=True)
    counts, first = np.bincount(pair, often[at]), at[first]
    rarest = np.argsort(-(weights[left[first]] + weights[right[first]]), kind="stable")[:_PAIRS_READ]
    return [f"{spelled[each]} {spelled[each + 1]}" for each in first[rarest].tolist()], 1 + np.log(counts[rarest])
