"""The whole index as one set of arrays, as it stood after one commit; documents are numbered across segments.

A snapshot never changes.  What is asked of it often (postings, impacts, masks) it remembers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Sequence
from functools import reduce
from itertools import accumulate
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from innovations.search.answers.cache import ByteLru
from innovations.search.answers.impacts import BYTE_UNIT, COMMON, Impacts, Listed, Norms, Points, Rows
from innovations.search.files import bm25
from innovations.search.files.arrayreader import ArrayFile
from innovations.search.files.arrays import hash_of
from innovations.search.files.bits import Bits, Mask, Places, bits_at, nothing, packed, words_for
from innovations.search.files.filepack import PackedFile
from innovations.search.files.postinglists import NO_POSTINGS, NOWHERE, Lists, Postings, Stored
from innovations.search.files.said import Compared
from innovations.search.files.schema import NUMBERS
from innovations.search.files.segments import Segment
from innovations.search.files.terms import FILES, SORT_KEY_BYTES, key

V = TypeVar("V")

#: Levels of recognition from low to high.
LEVELS = ("subunit", "base", "division", "branch", "ministry")
#: At most this much a document gains by each, as a share of its score: mild, so that words decide.
BOOSTS = {"level": 0.06, "adoptions": 0.06, "fresh": 0.06, "documented": 0.03}
_FRESH_HALF_LIFE_DAYS = 3 * 365
_FULL_ADOPTIONS = 10
#: What so many adoptions are worth, from none on.
_ADOPTED = (np.log1p(np.arange(_FULL_ADOPTIONS + 1)) / np.log1p(_FULL_ADOPTIONS)).astype(np.float32)
#: Of each document, and of all at most and at least.  Rows of common words take two bytes of a document each: some 400 of them stay.
#: With 64 MB for 100,000 documents sentences took an eighth longer.
_REMEMBERED_OF_EACH, _REMEMBERED_BYTES, _REMEMBERED_LEAST = 800, 80 << 20, 24 << 20


class Snapshot:
    """The live documents of ``segments``.

    :param deleted: per segment, the numbers of deleted documents.
    :param arrays: their posting lists, each file of one segment or of several in a row.
    """

    def __init__(self, segments: Sequence[Segment], deleted: Sequence[Collection[int]], arrays: Sequence[ArrayFile]) -> None:
        self.segments = segments
        self.bases = np.cumsum([0, *(segment.count for segment in segments)]).tolist()
        self.size: int = self.bases[-1]
        self.live: Mask = np.ones(self.size, bool)
        for base, numbers in zip(self.bases, deleted, strict=False):
            self.live[[base + number for number in numbers]] = False
        self.documents = int(self.live.sum())
        firsts = accumulate((file.layout.documents for file in arrays), initial=0)
        self.arrays = list(zip(firsts, arrays, strict=False))
        self._kept: dict[Hashable, Any] = {}
        self._nowhere = Listed(self.size, NOWHERE, np.empty(0, np.uint16))
        self.room: Points = np.empty((2, self.size), np.float32)
        self._memory: ByteLru[Any] = ByteLru(
            min(_REMEMBERED_BYTES, max(_REMEMBERED_LEAST, _REMEMBERED_OF_EACH * self.size)), _bytes
        )

    def remember(self, name: Hashable, make: Callable[[], V]) -> V:
        """What ``make`` gave when it was last asked for under ``name``; arrays or lists of them."""
        value: V = self._memory.get(name, make)
        return value

    def forget(self, name: Hashable) -> None:
        """Forget what :meth:`remember` keeps under ``name``."""
        self._memory.forget(name)

    def _keep(self, name: Hashable, make: Callable[[], V]) -> V:
        """The same for what every query needs and there are few of: it gives way to no words."""
        if name not in self._kept:
            self._kept[name] = make()
        kept: V = self._kept[name]
        return kept

    # Terms

    def postings(self, field: str, term: str) -> Postings:
        """Documents and weights of a term, deleted documents included; not remembered, for they are read in 0.05 ms."""
        held = self._stored(field, term)
        if not held:
            return NO_POSTINGS
        halves = np.concatenate([part.halves_listed() for _, part in held])
        return Postings(self._documents(held), np.divide(halves, bm25.HALVES, dtype=np.float32))

    def _stored(self, field: str, term: str) -> list[tuple[int, Stored]]:
        """What each file has of a term, and where the file's documents begin."""
        return self._stored_as(hash_of(field, term))

    def _stored_as(self, number: int) -> list[tuple[int, Stored]]:
        found = ((base, arrays.stored(number)) for base, arrays in self.arrays)
        return [(base, part) for base, part in found if part is not None]

    def impacts(self, field: str, term: str, mean: float) -> Impacts:
        """How much of each document a term is: its BM25 score without the term's rarity, which is every reader's own.

        :param mean: the length of a middling document.
        """
        return self.remember((field, term, mean), lambda: self._impacts(self._stored(field, term), field, mean))

    def begun(self, field: str, starts: Sequence[str], tone: str) -> Impacts:
        """The same of all words that begin with one of ``starts`` and end with ``tone``, as if they were one."""
        return self.remember((field, *starts, tone), lambda: self._begun(field, starts, tone))

    def _begun(self, field: str, starts: Sequence[str], tone: str) -> Impacts:
        found = ((base, file.layout.documents, file.begun(field, starts, tone)) for base, file in self.arrays)
        held = [(base, count, part) for base, count, part in found if part is not None]
        df = sum(part.df for _base, _count, part in held)
        if not df:
            return self._nowhere
        if df * COMMON > self.size:
            return Rows.of_bytes(self.size, df, [(base, part.row(count)) for base, count, part in held])
        lists = [(base, *part.listed()) for base, _count, part in held]
        documents = self._joined([documents + base for base, documents, _points in lists], np.intp)
        points = self._joined([points for _base, _documents, points in lists], np.uint8)
        return Listed(self.size, documents, points, BYTE_UNIT)

    def _impacts(self, held: Sequence[tuple[int, Stored]], field: str, mean: float) -> Impacts:
        if not held:
            return self._nowhere
        df, norms = sum(part.df for _, part in held), self.norms(field, mean)
        if df * COMMON > self.size:
            return Rows.of(df, self._row(held), norms, self.room)
        halves = self._joined([part.halves_listed() for _, part in held], np.uint8)
        return Listed.of(self._documents(held), halves, norms)

    def _row(self, held: Sequence[tuple[int, Stored]]) -> NDArray[np.unsignedinteger]:
        """The weight of a term in every document."""
        if len(held) == 1 and len(held[0][1].halves) == self.size and held[0][1].documents is None:
            return held[0][1].halves
        row = np.zeros(self.size, max(part.halves.dtype for _, part in held))
        for base, part in held:
            if part.documents is None:
                row[base : base + len(part.halves)] = part.halves
            else:
                row[part.documents + np.intp(base)] = part.halves
        return row

    @staticmethod
    def _documents(held: Sequence[tuple[int, Stored]]) -> Places:
        return Snapshot._joined([part.listed() + np.intp(base) for base, part in held], np.intp)

    def bits(self, field: str, term: str) -> Bits:
        """The documents of a term whose weights nobody asks for."""
        return self.remember(("bits", field, term), lambda: self._bits(self._stored(field, term)))

    def _bits(self, held: Sequence[tuple[int, Stored]]) -> Bits:
        if any(part.documents is None for _, part in held):
            return packed(self._row(held))
        return bits_at(self._documents(held), self.size)

    def lists(self, numbers: NDArray[np.uint64]) -> Lists:
        """The posting lists of the terms with these hashes, in one step for each file."""
        return Lists.joined([arrays.lists(numbers).behind(base) for base, arrays in self.arrays])

    def norms(self, field: str, mean: float) -> Norms:
        """What each document's length takes from the weights of its words, in halves.

        :param mean: the length of a middling document.
        """
        return self.remember(("norms", field, mean), lambda: bm25.norms(self.lengths(field), mean))

    def lengths(self, field: str) -> NDArray[np.float32]:
        """How long each document is in a field, by the weights of its words."""
        return self._keep(
            ("lengths", field), lambda: self._joined([segment.lengths[field] for segment in self.segments], np.float32)
        )

    def mean_length(self, field: str, visible: Mask) -> float:
        """Mean length of ``field`` in the ``visible`` documents; of files among those that have any, for most have none."""
        held = [
            segment.lengths[field][visible[base : base + segment.count]]
            for base, segment in zip(self.bases, self.segments, strict=False)
        ]
        count = sum(int(np.count_nonzero(lengths)) if field in FILES.values() else len(lengths) for lengths in held)
        return sum(float(lengths.sum(dtype=np.float64)) for lengths in held) / max(1, count)

    def counts(self, field: str, terms: Sequence[str], visible: Mask) -> NDArray[np.int64]:
        """In how many of the ``visible`` documents each term stands, in one step for all of them."""
        return self.counts_of(np.fromiter((hash_of(field, term) for term in terms), np.uint64, len(terms)), visible)

    def counts_of(self, numbers: NDArray[np.uint64], visible: Mask) -> NDArray[np.int64]:
        """The same of the terms with these hashes."""
        counts = np.zeros(len(numbers), np.int64)
        for base, arrays in self.arrays:
            counts += arrays.counts_in(numbers, visible[base : base + arrays.layout.documents])
        return counts

    # Sets of documents

    def having(self, kind: str, values: Collection[str]) -> Bits:
        """Documents with one of ``values``; not to be changed."""
        return self.remember(("having", kind, tuple(sorted(values))), lambda: self._having(kind, values))

    def _having(self, kind: str, values: Collection[str]) -> Bits:
        return reduce(np.bitwise_or, (self.bits("k", key(kind, value)) for value in values), nothing(self.size))

    def visible(self, reader_tokens: Collection[str]) -> Bits:
        """Live documents that share a token with the reader."""
        tokens = frozenset(reader_tokens)
        return self.remember(("visible", tokens), lambda: self.having("token", tokens) & packed(self.live))

    # Columns

    def numbers(self, column: str) -> NDArray[Any]:
        """A number of every document: ``id``, ``digest``, ``day``, ``adoptions``, ``documented``."""
        return self._keep(("column", column), lambda: self._column(column))

    def _column(self, column: str) -> NDArray[Any]:
        dtype = np.dtype(NUMBERS[column]).newbyteorder("=")
        return self._joined([segment.numbers[column] for segment in self.segments], dtype)

    def title_keys(self) -> NDArray[np.bytes_]:
        """The sorting key of every title."""
        dtype = np.dtype(f"S{SORT_KEY_BYTES}")
        return self._keep(("titles",), lambda: self._joined([s.title_keys for s in self.segments], dtype))

    def values(self, kind: str) -> Sequence[str]:
        """The values of one kind of key, such as ``year``, that any document has, in byte order."""
        return self._keep(("values", kind), lambda: sorted({value for s in self.segments for value in s.values(kind)}))

    def rows(self, kind: str) -> NDArray[np.uint64]:
        """For each of these values the documents that have it, as bits."""
        return self._keep(("rows", kind), lambda: self._rows(kind))

    def _rows(self, kind: str) -> NDArray[np.uint64]:
        rows = np.zeros((len(self.values(kind)), words_for(self.size)), np.uint64)
        for row, value in zip(rows, self.values(kind), strict=True):
            row[:] = self._bits(self._stored("k", key(kind, value)))
        return rows

    def ranks(self, kind: str, order: Sequence[str]) -> NDArray[np.int32]:
        """Place of each document's value in ``order``, counted from 1; 0 for none and for values not in it."""
        ranks = np.zeros(self.size, np.int32)
        for place, value in enumerate(order, 1):
            ranks[self._documents(self._stored("k", key(kind, value)))] = place
        return ranks

    def prior(self, newest: int) -> Points:
        """What each score is multiplied by: level, adoptions, freshness and evidence, see :data:`BOOSTS`."""
        return self.remember(("prior", newest), lambda: np.float32(1) + reduce(np.add, self.boosts(newest).values()))

    def boosts(self, newest: int) -> dict[str, NDArray[Any]]:
        """What each document gains by each of :data:`BOOSTS`, as a share of its score.

        :param newest: the day from which age is counted, that of the newest document the reader may see.
        """
        days = self.numbers("day")
        gains = {
            "level": self.ranks("level", LEVELS).astype(np.float32) / len(LEVELS),
            "adoptions": _ADOPTED.take(self.numbers("adoptions"), mode="clip"),
            "fresh": np.exp2((days - newest).astype(np.float32) / _FRESH_HALF_LIFE_DAYS) * (days > 0),
            "documented": self.numbers("documented") > 0,
        }
        return {name: np.float32(BOOSTS[name]) * gain for name, gain in gains.items()}

    # Texts

    def stored(self, document: int) -> dict[str, str]:
        """What a hit shows."""
        segment, number = self._place(document)
        return segment.stored(number)

    def compared(self, document: int) -> Compared:
        """By what it is compared with others."""
        segment, number = self._place(document)
        return segment.compared(number)

    def sequence(self, document: int) -> str:
        """The canonical syllables in reading order."""
        segment, number = self._place(document)
        return segment.sequence(number)

    def file_words(self, document: int, *, folded: bool) -> bytes:
        """The syllables of the files in reading order, each name and text parted by a break; empty without files.

        As bytes: to decode fifty pages takes six times as long as to look for a phrase in them.
        """
        segment, number = self._place(document)
        return segment.file_words(number, "fbare" if folded else "fseq")

    def files(self, document: int) -> list[PackedFile]:
        """Names and texts of the files."""
        segment, number = self._place(document)
        return segment.files(number)

    def with_phrase(self, documents: NDArray[np.int64], phrase: str) -> NDArray[np.bool_]:
        """Which of ``documents`` have canonical ``phrase`` in their text."""
        wanted = phrase.encode("utf-8", "replace")
        segments = np.searchsorted(self.bases, documents, side="right") - 1
        numbers = documents - np.array(self.bases)[segments]
        read = [segment.raw_sequence for segment in self.segments]
        places = zip(segments.tolist(), numbers.tolist(), strict=True)
        return np.array([wanted in read[segment](number) for segment, number in places], bool)

    def _place(self, document: int) -> tuple[Segment, int]:
        number = bisect_right(self.bases, document) - 1
        return self.segments[number], document - self.bases[number]

    @staticmethod
    def _joined(parts: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
        """The parts one after the other; a single one is not copied."""
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts) if parts else np.empty(0, dtype)


def _bytes(value: Any) -> int:
    """Memory of what says how much it takes, such as an array, or of a tuple of such; 200 for anything small."""
    parts = value if isinstance(value, tuple) else (value,)
    return 200 + sum(getattr(part, "nbytes", 0) for part in parts)
