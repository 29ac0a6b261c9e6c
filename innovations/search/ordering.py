"""The order of a result list.  Equal places go to the newer decision, then to the newer record: no order is left to chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from innovations.search.port import Sort
from innovations.search.snapshot import Snapshot

Numbers = NDArray[np.int64]


def best(snapshot: Snapshot, found: Numbers, scores: NDArray[np.float32], sort: Sort, count: int) -> Numbers:
    """The first ``count`` of the ``found`` documents in the order asked for.

    :param scores: one per document of the snapshot; all zero when the query has no words.
    """
    if sort is Sort.RELEVANCE and len(found) > 4 * count:
        found = _at_least_as_good(found, scores, count)
    newest = (-snapshot.numbers("id")[found], -snapshot.numbers("day")[found])
    first = {
        Sort.RELEVANCE: lambda: -scores[found],
        Sort.DATE: lambda: newest[1],
        Sort.GRADE: lambda: _grades(snapshot)[found],
        Sort.ADOPTIONS: lambda: -snapshot.numbers("adoptions")[found],
        Sort.TITLE: lambda: _alphabetical(snapshot, found),
    }[sort]()
    order = np.lexsort((*newest, -scores[found], first))
    return found[order[:count]]


def _at_least_as_good(found: Numbers, scores: NDArray[np.float32], count: int) -> Numbers:
    """Those that can be among the first ``count``; sorting only them saves most of the work."""
    held = scores[found]
    threshold = np.partition(held, len(held) - count)[len(held) - count]
    return found[held >= threshold]


def _grades(snapshot: Snapshot) -> NDArray[np.int32]:
    """Place by the grade's name, A first; without a grade last."""
    values = snapshot.pairs("grade").values
    places = snapshot.ranks("grade", values)
    return np.where(places == 0, len(values) + 1, places).astype(np.int32)


def _alphabetical(snapshot: Snapshot, found: Numbers) -> Numbers:
    """Place of each title among those found."""
    _, places = np.unique(snapshot.title_keys()[found], return_inverse=True)
    return places.astype(np.int64)
