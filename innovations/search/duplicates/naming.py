"""Which documents have the most telling words and word pairs of a text: the few that are worth comparing with it.

A term in many documents tells little and takes most of the reading.  So terms are read from the rarest on, as far as they name some
thousand documents together.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from innovations.search.answers.scoring import best_among
from innovations.search.answers.snapshot import Snapshot
from innovations.search.duplicates.likeness import Weights
from innovations.search.duplicates.numbering import Asked, Rarities
from innovations.search.files.arrays import hash_of
from innovations.search.files.bits import Bits, Places
from innovations.search.files.said import IN_TITLE

#: Words or pairs stand for the whole text: so many.
TELLING_TERMS = 30
#: Documents of these that are read at most, the rarest terms first; three terms are read whatever they take.
_READ, _READ_ANYHOW = 16_000, 3
_TITLE_WEIGHT = 3
_PAIRS_READ = 12


class Telling(NamedTuple):
    """The words and pairs of a text that say most and can be read, rarest first: under which hashes they are found, and their weights."""

    hashes: NDArray[np.uint64]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, asked: Asked, rarities: Rarities) -> Self:
        """Weighed by how rare they are, and mildly by how often they stand there.

        Only documents the reader may see are counted: what he may not see must not move a number either.  Of the pairs only those of
        the rarest words are looked up: each is a list to be read, and the others cannot tell much.
        """
        said = asked.vector
        rarity = rarities.weigh(said.words)
        known = rarity < rarities.unseen
        often = said.counts + (_TITLE_WEIGHT - 1.0) * (said.marks & IN_TITLE)
        of_words = np.where(known, rarity * (1 + np.log(often)), 0)
        pairs, often = _rarest_pairs(asked, of_words)
        of_pairs = rarities.weigh_pairs(pairs)
        weights = np.concatenate([of_words, np.where(of_pairs < rarities.unseen, of_pairs * (1 + np.log(often)), 0)]).astype(
            np.float32
        )
        hashes = np.concatenate([rarities.numbering.hashes(said.words), pairs])
        # Among equal ones never by a word's number, which hidden documents decide.
        chosen = np.lexsort((hashes, -weights))[:TELLING_TERMS]
        documents = rarities.lexicon.frequencies(np.concatenate([rarity, of_pairs]))
        read = _affordable(chosen[weights[chosen] > 0], documents)
        return cls(hashes[read], weights[read])


def named(telling: Telling, snapshot: Snapshot, among: Bits, wanted: int) -> Places:
    """At most ``wanted`` documents of ``among``, those with most of ``telling`` first, and of equal ones the shortest: they are more alike."""
    (share, room), lists = snapshot.room, snapshot.lists(telling.hashes)
    share.fill(0)
    np.add.at(share, lists.documents, telling.weights[lists.owners].repeat(lists.sizes))
    documents, shares = best_among(among, share, wanted, room)
    some = shares > 0
    held = documents[some]
    order = np.lexsort((snapshot.numbers("id")[held], snapshot.lengths("f")[held], -shares[some]))
    return held[order[:wanted]]


def _affordable(terms: Places, documents: Weights) -> Places:
    """Those of ``terms`` whose ``documents`` are read, rarest first."""
    order = terms[documents[terms].argsort(kind="stable")]
    return order[(documents[order].cumsum() <= _READ) | (np.arange(len(order)) < _READ_ANYHOW)]


def _rarest_pairs(asked: Asked, weights: Weights) -> tuple[NDArray[np.uint64], NDArray[Any]]:
    """Neighbours that are both known, those of the rarest words: under which hashes they are found, and how often each stands there."""
    spelled, titled = [*asked.said.title, *asked.said.text], len(asked.said.title)
    left, right = asked.place[:-1], asked.place[1:]
    beside = (weights[left] > 0) & (weights[right] > 0)
    if 0 < titled < len(spelled):
        beside[titled - 1] = False
    at = beside.nonzero()[0]
    _keys, first, pair = np.unique(left[at] * len(weights) + right[at], return_index=True, return_inverse=True)
    often, first = np.bincount(pair, np.where(at < titled, _TITLE_WEIGHT, 1)), at[first]
    rarest = np.lexsort((first, -(weights[left[first]] + weights[right[first]])))[:_PAIRS_READ]
    pairs = [hash_of("fb", f"{spelled[each]} {spelled[each + 1]}") for each in first[rarest].tolist()]
    return np.array(pairs, np.uint64), often[rarest]
