"""The order of a result list.  Equal places go to the newer decision, then to the newer record: no order is left to chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innovations.search.impacts import Mask
from innovations.search.port import Sort
from innovations.search.snapshot import Snapshot

Numbers = NDArray[np.int64]
#: Documents of one stack.
_STACK = 64


def best(snapshot: Snapshot, documents: Numbers, scores: NDArray[np.float32], sort: Sort, count: int) -> Numbers:
    """The places among ``documents`` of the first ``count`` in the order asked for.

    :param scores: one for each of them; all zero when the query has no words.
    """
    places = _best_placed(scores, count) if sort is Sort.RELEVANCE else np.arange(len(documents))
    documents, scores = documents[places], scores[places]
    newest = (-snapshot.numbers("id")[documents], -snapshot.numbers("day")[documents])
    first = {
        Sort.RELEVANCE: lambda: -scores,
        Sort.DATE: lambda: newest[1],
        Sort.GRADE: lambda: _grades(snapshot)[documents],
        Sort.ADOPTIONS: lambda: -snapshot.numbers("adoptions")[documents],
        Sort.TITLE: lambda: _alphabetical(snapshot, documents),
    }[sort]()
    return places[np.lexsort((*newest, -scores, first))[:count]]


def _best_placed(scores: NDArray[np.float32], count: int) -> Numbers:
    """The places of the ``count`` highest scores, and of those equal to the last of them."""
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.flatnonzero(scores >= np.partition(scores, len(scores) - count)[len(scores) - count])


def good_enough(matching: Mask, scores: NDArray[np.float32], count: int) -> Numbers:
    """The ``matching`` documents that can be among the first ``count`` by relevance, and few others.

    :param scores: one for every document of the snapshot; those of others are set to zero.

    The documents are dealt into stacks: at least ``count`` documents are as good as the best one of the ``count``-th best stack.
    At 100,000 documents this takes 0.1 ms, to find the ``count``-th best document itself 1 ms.
    """
    scores *= matching
    stacks = len(scores) // _STACK
    if stacks < 2 * count:
        return np.flatnonzero(matching)
    tops = scores[: stacks * _STACK].reshape(_STACK, stacks).max(axis=0)
    threshold = np.partition(tops, stacks - count)[stacks - count]
    return np.flatnonzero(matching & (scores >= threshold))


def _grades(snapshot: Snapshot) -> NDArray[np.int32]:
    """Place by the grade's name, A first; without a grade last."""
    values = snapshot.pairs("grade").values
    places = snapshot.ranks("grade", values)
    return np.where(places == 0, len(values) + 1, places).astype(np.int32)


def _alphabetical(snapshot: Snapshot, found: Numbers) -> Numbers:
    """Place of each title among those found."""
    _, places = np.unique(snapshot.title_keys()[found], return_inverse=True)
    return places.astype(np.int64)
