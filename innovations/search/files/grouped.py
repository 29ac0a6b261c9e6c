"""The postings of a commit, kept as numbers in the order in which documents come, and put in the order of terms at its end.

A posting is three numbers of four bytes; the terms of a field are numbered as they turn up.  Put in order at once by numpy, two million
postings take 0.2 s; a list for each term, made longer posting by posting, took ten times as long and three times the memory.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class FieldPostings(NamedTuple):
    """All terms of one field in byte order; ``documents[starts[i]:starts[i + 1]]``, ascending, are those of ``terms[i]``."""

    terms: list[bytes]
    starts: NDArray[np.int64]
    documents: NDArray[np.uint32]
    weights: NDArray[np.float32]


class _Numbers(dict[str, int]):
    """Term → its number; a new one gets the next.  ``names`` are the terms by number."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[bytes] = []

    def __missing__(self, term: str) -> int:
        name = term.encode("utf-8", "replace")
        if (sound := name.decode()) != term:  # half a character: it is found as what is written instead
            self[term] = self[sound]
            return self[term]
        self[term] = len(self.names)
        self.names.append(name)
        return self[term]


class _Field:
    """The postings of one field as they came: ``counts`` of them to each of ``documents`` in turn."""

    def __init__(self) -> None:
        self.numbers = _Numbers()
        self.documents, self.counts, self.terms, self.weights = array("I"), array("I"), array("I"), array("f")

    def in_order(self) -> FieldPostings:
        """The same by term."""
        names = self.numbers.names
        order = sorted(range(len(names)), key=names.__getitem__)
        place = np.empty(len(names), np.uint32)
        place[order] = np.arange(len(names), dtype=np.uint32)
        placed = place[np.frombuffer(self.terms, np.uint32)]
        by_term = np.argsort(placed, kind="stable")
        documents = np.repeat(np.frombuffer(self.documents, np.uint32), np.frombuffer(self.counts, np.uint32))
        starts = np.zeros(len(names) + 1, np.int64)
        np.cumsum(np.bincount(placed, minlength=len(names)), out=starts[1:])
        weights = np.frombuffer(self.weights, np.float32)[by_term]
        return FieldPostings([names[number] for number in order], starts, documents[by_term], weights)


class GroupedPostings:
    """Stands in for Whoosh's posting pool, which makes a tuple of every posting, sorts them all and spills them to disk as pickles."""

    def __init__(self) -> None:
        self._fields: dict[str, _Field] = defaultdict(_Field)

    def add_term(self, field: str, term: bytes, documents: Sequence[int], weights: Sequence[float]) -> None:
        """The postings of a term of a segment that is merged; documents follow those that were added before."""
        held = self._fields[field]
        held.terms.extend(repeat(held.numbers[term.decode()], len(documents)))
        held.weights.extend(weights)
        held.documents.extend(documents)
        held.counts.extend(repeat(1, len(documents)))

    def add_all(self, field: str, document: int, weights: Mapping[str, float]) -> None:
        """All terms of one field of one document; documents come in ascending order."""
        held = self._fields[field]
        held.terms.extend(map(held.numbers.__getitem__, weights))
        held.weights.extend(weights.values())
        held.documents.append(document)
        held.counts.append(len(weights))

    def fields(self) -> Iterator[tuple[str, FieldPostings]]:
        """Each field in Whoosh's order; what was given out is forgotten."""
        for field in sorted(self._fields):
            yield field, self._fields.pop(field).in_order()

    def cleanup(self) -> None:
        """Forget everything; Whoosh calls it when the segment is closed."""
        self._fields.clear()
