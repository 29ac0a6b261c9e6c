"""Counts beside the results: exact, over what the reader may see, each facet blind to its own choice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from innovations.core.rules.numbers import whole_or
from innovations.search.answers.snapshot import LEVELS, Snapshot
from innovations.search.files.bits import Bits, count
from innovations.search.port import Facet, FacetValue, Filters

#: Values counted at once.
_ROWS = 64


class Narrowed:
    """``matching`` narrowed by the page's filters, with the part of each filter kept apart for its own facet."""

    def __init__(self, snapshot: Snapshot, matching: Bits, filters: Filters) -> None:
        self.snapshot = snapshot
        self.chosen = filters.chosen()
        self.matching = matching
        self._masks = {name: snapshot.having(name, values) for name, values in self.chosen.items()}
        self.found = self._all_but(None) if self._masks else matching
        self._total: int | None = None

    @property
    def total(self) -> int:
        """How many documents are left."""
        if self._total is None:
            self._total = count(self.found)
        return self._total

    def _all_but(self, name: str | None) -> Bits:
        found = self.matching.copy()
        for other, mask in self._masks.items():
            if other != name:
                found &= mask
        return found

    def counts(self, facets: Collection[Facet]) -> Mapping[str, tuple[FacetValue, ...]]:
        """Values of each facet with their counts; a chosen value stays in the list even at 0."""
        return {facet.value: self._counted(facet) for facet in facets}

    def _counted(self, facet: Facet) -> tuple[FacetValue, ...]:
        chosen = self.chosen.get(facet.value, ())
        base = self._all_but(facet.value) if chosen else self.found
        by_value = dict.fromkeys(chosen, 0) | self._counts(facet.value, base)
        listed = [FacetValue(value, count, value in chosen) for value, count in by_value.items() if count or value in chosen]
        return tuple(sorted(listed, key=lambda entry: _place(facet, entry)))

    def _counts(self, kind: str, base: Bits) -> dict[str, int]:
        """Each value of ``kind`` with the number of documents of ``base`` that have it: 33 values of 100,000 documents take 0.1 ms."""
        values, rows = self.snapshot.values(kind), self.snapshot.rows(kind)
        blocks = (rows[start : start + _ROWS] for start in range(0, len(rows), _ROWS))
        counts = [count for block in blocks for count in np.bitwise_count(block & base).sum(axis=1, dtype=np.int64).tolist()]
        return dict(zip(values, counts, strict=True))


def _place(facet: Facet, entry: FacetValue) -> tuple[float, str]:
    """Years newest first, levels from high to low, grades by name, the rest by count."""
    if facet is Facet.YEAR:
        return (-whole_or(entry.value, 0), entry.value)
    if facet is Facet.LEVEL:
        return (-LEVELS.index(entry.value) if entry.value in LEVELS else 1, entry.value)
    if facet is Facet.GRADE:
        return (0, entry.value)
    return (-entry.count, entry.value)
