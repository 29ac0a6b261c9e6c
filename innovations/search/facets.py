"""Counts beside the results: exact, over what the reader may see, each facet blind to its own choice."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from innovations.search.impacts import Mask
from innovations.search.port import Facet, FacetValue, Filters
from innovations.search.snapshot import LEVELS, Snapshot


class Narrowed:
    """``matching`` narrowed by the page's filters, with the part of each filter kept apart for its own facet."""

    def __init__(self, snapshot: Snapshot, matching: Mask, filters: Filters) -> None:
        self.snapshot = snapshot
        self.chosen = filters.chosen()
        self.matching = matching
        self._masks = {name: snapshot.having(name, values) for name, values in self.chosen.items()}
        self.found = self._all_but(None)

    def _all_but(self, name: str | None) -> Mask:
        found = self.matching.copy()
        for other, mask in self._masks.items():
            if other != name:
                found &= mask
        return found

    def counts(self, facets: Collection[Facet]) -> Mapping[str, tuple[FacetValue, ...]]:
        """Values of each facet with their counts; a chosen value stays in the list even at 0."""
        return {facet.value: self._counted(facet) for facet in facets}

    def _counted(self, facet: Facet) -> tuple[FacetValue, ...]:
        values, codes, documents = self.snapshot.pairs(facet.value)
        chosen = self.chosen.get(facet.value, ())
        base = self._all_but(facet.value) if chosen else self.found
        counts = np.bincount(codes[base[documents]], minlength=len(values)).tolist()
        by_value = dict.fromkeys(chosen, 0) | dict(zip(values, counts, strict=True))
        listed = [FacetValue(value, count, value in chosen) for value, count in by_value.items() if count or value in chosen]
        return tuple(sorted(listed, key=lambda entry: _place(facet, entry)))


def _place(facet: Facet, entry: FacetValue) -> tuple[float, str]:
    """Years newest first, levels from high to low, grades by name, the rest by count."""
    if facet is Facet.YEAR:
        return (-int(entry.value) if entry.value.isdecimal() else 0, entry.value)
    if facet is Facet.LEVEL:
        return (-LEVELS.index(entry.value) if entry.value in LEVELS else 1, entry.value)
    if facet is Facet.GRADE:
        return (0, entry.value)
    return (-entry.count, entry.value)
