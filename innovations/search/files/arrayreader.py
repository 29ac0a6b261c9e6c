"""Reads the files of :mod:`innovations.search.files.arrays`."""

from __future__ import annotations

import mmap
import os
from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.arrays import read_layout, read_layout_of
from innovations.search.files.beginnings import name_of
from innovations.search.files.bm25 import MOST, bytes_of_points, points_of
from innovations.search.files.generations import IndexProblem
from innovations.search.files.postinglists import NOWHERE, Begun, Lists, Stored, spread
from innovations.search.files.said import Vectors
from innovations.search.port import Reason

#: Documents above which lists are put one behind the other as wholes to be counted, and above which each is counted by itself.
_LONG, _LONGEST = 256, 4096
#: Stands behind every letter in UTF-8.
_LAST = b"\xff"
#: Words that most beginnings without a row have fewer of, and postings.
_FEW_WORDS, _FEW_POSTINGS = 16, 256


class ArrayFile:
    """A file, open for reading.

    Hashes, names and rows of beginnings are mapped, so a search touches a few pages of them and they are no memory of the process.
    Postings are read.

    :param source: where it is, or what is in it.
    :raises FileNotFoundError: it is not there.
    :raises IndexProblem: it is not what its header says.
    """

    def __init__(self, source: Path | bytes) -> None:
        self._mapped: mmap.mmap | bytes
        self._read_at: Callable[[int, int], bytes]
        self._closing: list[Callable[[], object]] = []
        if isinstance(source, bytes):
            self.layout, self._mapped = read_layout_of(BytesIO(source), len(source)), source
            self._read_at = lambda size, at: source[at : at + size]
        else:
            self.layout = read_layout(source)
            with source.open("rb") as opened:
                mapped, file = mmap.mmap(opened.fileno(), 0, prot=mmap.PROT_READ), os.dup(opened.fileno())
            self._mapped, self._read_at, self._closing = mapped, partial(os.pread, file), [mapped.close, partial(os.close, file)]
        self._at = self.layout.places()
        self._hashes = self._section("hashes").cast("Q")
        self._starts = self._section("starts").cast("I")
        self._common = self._section("common").cast("I")
        self._common_counts = self._section("counts").cast("I")
        self._weight = np.dtype(self.layout.weight)
        self._ends = {field: self._section(f"ends {field}").cast("I") for field in self.layout.names}
        self._names = {field: self._section(f"places {field}").cast("I") for field in self.layout.names}
        self._rows = self._named_rows()
        self._begun_counts = self._section("begun df").cast("I")

    def _named_rows(self) -> dict[str, int]:
        text = self._section("begun").tobytes().decode("utf-8", "replace")
        lines = text.split("\n") if text else []
        if len(lines) != self.layout.begun[0]:
            raise IndexProblem(Reason.DAMAGED, "begun: other beginnings")
        return {name: row for row, line in enumerate(lines) for name in line.split("\t")}

    def stored(self, number: int) -> Stored | None:
        """The posting list of the term with that hash; None when there is none."""
        place = bisect_left(self._hashes, number)
        if place == len(self._hashes) or self._hashes[place] != number:
            return None
        return self._stored_at(place)

    def _stored_at(self, place: int) -> Stored:
        begin, end = self._starts[place], self._starts[place + 1]
        halves, common = self._read("weights", begin, end, self._weight), bisect_left(self._common, place)
        if common < len(self._common) and self._common[common] == place:
            return Stored(self._common_counts[common], None, halves)
        first = begin - common * self.layout.documents
        return Stored(end - begin, self._read("documents", first, first + end - begin, np.dtype(np.int32)), halves)

    def lists(self, numbers: NDArray[np.uint64]) -> Lists:
        """The lists of the terms with these hashes."""
        found, places = self._found(numbers)
        if not len(found):
            return Lists(NOWHERE, NOWHERE, NOWHERE)
        (begin, sizes), (before, common) = self._extents(places), self._common_before(places)
        documents, weights, first = self._documents(), self._weights(), begin - before
        bounds = zip(begin.tolist(), first.tolist(), sizes.tolist(), common.tolist(), strict=True)
        parts = [
            weights[begin : begin + size].nonzero()[0] if is_row else documents[first : first + size]
            for begin, first, size, is_row in bounds
        ]
        return Lists(found, np.fromiter(map(len, parts), np.intp, len(parts)), np.concatenate(parts, dtype=np.intp))

    def _found(self, numbers: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Which of the hashes there are, and where."""
        held = np.frombuffer(self._hashes, np.uint64)
        if not len(held):
            return NOWHERE, NOWHERE
        places = np.minimum(held.searchsorted(numbers), len(held) - 1)
        found = (held[places] == numbers).nonzero()[0]
        return found, places[found]

    def _extents(self, places: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the weights of the terms at ``places`` begin, and how many each has."""
        starts = np.frombuffer(self._starts, np.uint32)
        begin = starts[places].astype(np.int64)
        return begin, starts[places + 1] - begin

    def _common_before(self, places: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """How many weights before those of the terms at ``places`` are of common terms, of which no documents are listed;
        and which of the terms are common."""
        held = np.frombuffer(self._common, np.uint32)
        before = held.searchsorted(places)
        common = held.take(before, mode="clip") == places if len(held) else np.zeros(len(places), bool)
        return before * self.layout.documents, common

    def _documents(self) -> NDArray[np.int32]:
        return np.frombuffer(self._mapped, np.int32, self.layout.listed, self._at["documents"])

    def _weights(self) -> NDArray[Any]:
        return np.frombuffer(self._mapped, self._weight, self.layout.weights, self._at["weights"])

    def counts_in(self, numbers: NDArray[np.uint64], visible: NDArray[np.bool_]) -> NDArray[np.int64]:
        """In how many ``visible`` documents each of the hashes stands."""
        counts = np.zeros(len(numbers), np.int64)
        found, places = self._found(numbers)
        if len(found):
            counts[found] = self._counted(places, visible)
        return counts

    def _counted(self, places: NDArray[np.intp], visible: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The same for the terms at ``places``; the longest lists one by one (1 ns a document), others together (each alone 3 µs)."""
        counts, (begin, sizes), (before, common) = (
            np.zeros(len(places), np.int64),
            self._extents(places),
            self._common_before(places),
        )
        documents, weights, first, ends = self._documents(), self._weights(), begin - before, begin + sizes
        for place in common.nonzero()[0].tolist():
            counts[place] = np.count_nonzero(np.logical_and(weights[begin[place] : ends[place]], visible))
        for place in ((sizes > _LONGEST) & ~common).nonzero()[0].tolist():
            listed = documents[first[place] : first[place] + sizes[place]]
            counts[place] = np.count_nonzero(visible.take(listed, mode="clip"))
        if len(long := ((sizes > _LONG) & (sizes <= _LONGEST) & ~common).nonzero()[0]):
            bounds = zip(first[long].tolist(), (first + sizes)[long].tolist(), strict=True)
            seen = visible.take(np.concatenate([documents[begin:end] for begin, end in bounds]), mode="clip")
            counts[long] = np.add.reduceat(seen, sizes[long].cumsum() - sizes[long], dtype=np.int64)
        if len(short := ((sizes <= _LONG) & ~common).nonzero()[0]):
            first, sizes = first[short], sizes[short]
            seen = visible[documents[spread(first, sizes)]]
            counts[short] = np.add.reduceat(seen, sizes.cumsum() - sizes, dtype=np.int64)
        return counts

    def begun(self, field: str, starts: Sequence[str], tone: str) -> Begun | None:
        """The words of ``field`` that begin with one of ``starts`` and end with ``tone``, as one term; None when there is none.

        The points of several starts are added up, to as many as there can be.
        """
        if not len(self._names[field]):
            return None
        found = [part for start in starts if (part := self._begun_with(field, start, tone)) is not None]
        if len(found) < 2:
            return found[0] if found else None
        total = np.zeros(self.layout.documents, np.uint32)
        for part in found:
            total[slice(None) if part.documents is None else part.documents] += part.points
        points = np.minimum(total, MOST).astype(np.uint8)
        return Begun(int(np.count_nonzero(points)), None, points)

    def _begun_with(self, field: str, start: str, tone: str) -> Begun | None:
        row = self._rows.get(name_of(field, start, tone))
        if row is not None:
            return Begun(self._begun_counts[row], None, self._mapped_bytes("begun rows", row * self.layout.documents))
        places = self._beginning(field, start.encode(), tone.encode())
        return self._together(field, places) if places else None

    def _mapped_bytes(self, section: str, first: int = 0) -> NDArray[np.uint8]:
        """A byte for each document, where they stand."""
        return np.frombuffer(self._mapped, np.uint8, self.layout.documents, self._at[section] + first)

    def _beginning(self, field: str, start: bytes, tone: bytes) -> list[int]:
        """Where the hashes of the words stand that begin and end so."""
        count, name = len(self._names[field]), self._namer(field)
        low = bisect_left(range(count), start, key=name)
        near, behind = low + _FEW_WORDS, start + _LAST
        bounds = (low, near) if near < count and name(near) > behind else (low, count)
        high = bisect_left(range(count), behind, *bounds, key=name)
        places = self._names[field]
        return [places[number] for number in range(low, high) if not tone or name(number).endswith(tone)]

    def _together(self, field: str, places: Sequence[int]) -> Begun:
        """The terms at ``places`` as one: the points of the sum of their weights."""
        sizes = [self._starts[place + 1] - self._starts[place] for place in places]
        lengths = f"lengths {field}"
        if sum(sizes) <= _FEW_POSTINGS:
            weights, table, first = self._few_summed(places), bytes_of_points(field), self._at[lengths]
            held = sorted(weights)
            points = bytes([table[(MOST + 1) * self._mapped[first + each] + min(weights[each], MOST)] for each in held])
            return Begun(len(held), np.array(held, np.int32), np.frombuffer(points, np.uint8))
        total = np.minimum(self._summed(np.array(places, np.intp)), MOST)
        documents = total.nonzero()[0]
        rows = self._mapped_bytes(lengths).take(documents).astype(np.intp)
        found = points_of(field).take((MOST + 1) * rows + total.take(documents))
        return Begun(len(documents), documents.astype(np.int32), found)

    def _few_summed(self, places: Sequence[int]) -> dict[int, int]:
        """The sum of the weights of the terms at ``places`` in each document: of a few postings numpy takes ten times as long."""
        total = dict[int, int]()
        for held in map(self._stored_at, places):
            for document, weight in zip(held.listed().tolist(), held.halves_listed().tolist(), strict=True):
                total[document] = total.get(document, 0) + weight
        return total

    def _summed(self, places: NDArray[np.intp]) -> NDArray[np.uint32]:
        """The same of many postings, in every document."""
        begin, sizes = self._extents(places)
        before, common = self._common_before(places)
        documents, weights, rare = self._documents(), self._weights(), ~common
        total = np.zeros(self.layout.documents, np.uint32)
        for place in common.nonzero()[0].tolist():
            total += weights[begin[place] : begin[place] + sizes[place]]
        first = (begin - before)[rare]
        at, added = documents[spread(first, sizes[rare])], weights[spread(begin[rare], sizes[rare])]
        np.add.at(total, at.astype(np.intp), added.astype(np.uint32))  # of one type: 25 times as fast
        return total

    # What documents say

    def said(self, documents: NDArray[np.intp]) -> Vectors:
        """What each of ``documents`` says, by the numbers of the names of ``f``.

        :raises IndexProblem: there is no such number.
        """
        size = self.layout.said
        ends = np.frombuffer(self._mapped, np.uint32, self.layout.documents, self._at["said ends"])
        words = np.frombuffer(self._mapped, np.uint32, size, self._at["said words"])
        counts, marks = (np.frombuffer(self._mapped, np.uint8, size, self._at[f"said {name}"]) for name in ("counts", "marks"))
        first = np.where(documents > 0, ends[documents - 1], 0).astype(np.intp)
        sizes = ends[documents].astype(np.intp) - first
        if (sizes < 0).any() or (first + sizes > size).any():
            raise IndexProblem(Reason.DAMAGED, "said: no such words")
        at = spread(first, sizes)
        found = words[at].astype(np.intp)
        if found.max(initial=-1) >= len(self._names["f"]):
            raise IndexProblem(Reason.DAMAGED, "said: no such word")
        return Vectors(sizes, found, counts[at], marks[at])

    def numbers_of(self, hashes: NDArray[np.uint64]) -> NDArray[np.intp]:
        """The numbers of the names of ``f`` with these hashes; -1 for none."""
        numbers, (places, order) = np.full(len(hashes), -1, np.intp), self._by_place
        found, wanted = self._found(hashes)
        if len(places):
            at = np.minimum(places.searchsorted(wanted.astype(np.uint32)), len(places) - 1)  # of one type: the list is not copied
            numbers[found] = np.where(places[at] == wanted, order[at], -1)
        return numbers

    def hashes_at(self, numbers: NDArray[np.intp]) -> NDArray[np.uint64]:
        """The hashes of the names of ``f`` with these numbers."""
        return np.frombuffer(self._hashes, np.uint64)[np.frombuffer(self._names["f"], np.uint32)[numbers]]

    @cached_property
    def _by_place(self) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
        """Where the hashes of the names of ``f`` stand, ascending, and which name each is."""
        places = np.frombuffer(self._names["f"], np.uint32)
        order = np.argsort(places).astype(np.int32)
        return places[order], order

    def close(self) -> None:
        """Release the file; no use afterwards.  What an error that is being told still looks at goes with that error."""
        by_field = (*self._ends.values(), *self._names.values())
        views = (self._hashes, self._starts, self._common, self._common_counts, self._begun_counts, *by_field)
        for release in (*(view.release for view in views), *self._closing):
            with suppress(BufferError):
                release()

    def _namer(self, field: str) -> Callable[[int], bytes]:
        """What finds the name of a number."""
        at, ends, held = self._at[f"names {field}"], self._ends[field], self._mapped
        return lambda number: held[at + (ends[number - 1] if number else 0) : at + ends[number]]

    def _section(self, name: str) -> memoryview:
        return memoryview(self._mapped)[self._at[name] : self._at[name] + self.layout.sizes()[name]]

    def _read(self, section: str, begin: int, end: int, dtype: np.dtype[Any]) -> NDArray[Any]:
        size, at = (end - begin) * dtype.itemsize, self._at[section] + begin * dtype.itemsize
        held = self._read_at(size, at)
        if len(held) != size:
            raise IndexProblem(Reason.DAMAGED, f"{section}: cut off")
        return np.frombuffer(held, dtype)
