"""The whole index as one set of arrays, as it stood after one commit; documents are numbered across segments.

A snapshot never changes.  What is asked of it often (postings, impacts, masks) it remembers.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Sequence
from itertools import accumulate
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from innovations.search.answers.cache import ByteLru
from innovations.search.answers.impacts import K1, MOST_POINTS, Impacts, Mask, Room, kept
from innovations.search.files.arrays import NO_POSTINGS, ArrayFile, Listed, Postings, hash_of
from innovations.search.files.filepack import PackedFile
from innovations.search.files.schema import NUMBERS
from innovations.search.files.segments import Pairs, Segment
from innovations.search.files.terms import FILES, SORT_KEY_BYTES, key

V = TypeVar("V")

#: BM25's ``b``, tuned with :data:`K1`.
B = 0.9
#: Levels of recognition from low to high.
LEVELS = ("subunit", "base", "division", "branch", "ministry")
#: At most this much a document gains by each, as a share of its score: mild, so that words decide.
BOOSTS = {"level": 0.06, "adoptions": 0.06, "fresh": 0.06, "documented": 0.03}
_FRESH_HALF_LIFE_DAYS = 3 * 365
_FULL_ADOPTIONS = 10
#: Rows of common words are 0.2 MB each at 100,000 documents: some 320 of them stay.
_REMEMBERED_BYTES = 64 << 20


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
        self._arrays = list(zip(firsts, arrays, strict=False))
        self.room = Room(self.size)
        self._memory: ByteLru[Any] = ByteLru(_REMEMBERED_BYTES, _bytes)

    def remember(self, name: Hashable, make: Callable[[], V]) -> V:
        """What ``make`` gave when it was last asked for under ``name``; arrays or lists of them."""
        value: V = self._memory.get(name, make)
        return value

    # Terms

    def postings(self, field: str, term: str) -> Postings:
        """Documents and weights of a term, deleted documents included; not remembered, for they are read in 0.05 ms."""
        number = hash_of(field, term)
        found = ((base, arrays.postings(number)) for base, arrays in self._arrays)
        held = [(base, part) for base, part in found if part is not None]
        if not held:
            return NO_POSTINGS
        if len(held) == 1 and not held[0][0]:
            return held[0][1]
        documents = np.concatenate([part.documents + np.int32(base) for base, part in held])
        return Postings(documents, np.concatenate([part.weights for _, part in held]))

    def documents_of(self, field: str, terms: Sequence[str]) -> list[NDArray[np.intp]]:
        """The documents alone of each term: half as much to read, and one step in each file for all of them."""
        numbers = np.fromiter((hash_of(field, term) for term in terms), np.uint64, len(terms))
        held: list[list[NDArray[np.intp]]] = [[] for _ in terms]
        for base, arrays in self._arrays:
            for place, documents in arrays.documents_of(numbers):
                held[place].append(documents + np.intp(base))
        return [parts[0] if len(parts) == 1 else np.concatenate([*parts, np.empty(0, np.intp)]) for parts in held]

    def impacts(self, field: str, term: str, mean: float) -> Impacts:
        """How much of each document a term is: its BM25 score without the term's rarity, which is every reader's own.

        :param mean: the length of a middling document.
        """
        return self.remember((field, term, mean), lambda: self._impacts(field, term, mean))

    def _impacts(self, field: str, term: str, mean: float) -> Impacts:
        found, weights = self.postings(field, term)  # remembered once, as impacts
        documents, norms, most = found.astype(np.intp), self._norms(field, mean), np.float32(MOST_POINTS)
        return kept(documents, most * weights / (weights + norms.take(documents, mode="clip")), MOST_POINTS, self.size)

    def _norms(self, field: str, mean: float) -> NDArray[np.float32]:
        return self.remember(("norms", field, mean), lambda: self._make_norms(field, mean))

    def _make_norms(self, field: str, mean: float) -> NDArray[np.float32]:
        lengths = self._joined([segment.lengths[field] for segment in self.segments], np.float32)
        return (K1 * ((1 - B) + B * lengths / mean)).astype(np.float32)

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
        numbers = np.fromiter((hash_of(field, term) for term in terms), np.uint64, len(terms))
        counts = np.zeros(len(terms), np.int64)
        for base, arrays in self._arrays:
            counts += arrays.counts_in(numbers, visible[base : base + arrays.layout.documents])
        return counts

    def beginnings(self, field: str, prefix: str) -> list[tuple[slice, Listed]]:
        """The terms that begin so, a list for each file that has any, and where that file's documents stand."""
        return [
            (slice(base, base + arrays.layout.documents), listed)
            for base, arrays in self._arrays
            if len((listed := self._beginning(arrays, base, field, prefix)).totals)
        ]

    def _beginning(self, arrays: ArrayFile, base: int, field: str, prefix: str) -> Listed:
        return self.remember(("beginning", base, field, prefix), lambda: arrays.beginning(field, prefix))

    # Masks

    def mask(self, documents: NDArray[np.int32]) -> Mask:
        """True at ``documents``."""
        mask = np.zeros(self.size, bool)
        mask[documents] = True
        return mask

    def having(self, kind: str, values: Collection[str]) -> Mask:
        """Documents with one of ``values``; not to be changed."""
        return self.remember(("having", kind, tuple(sorted(values))), lambda: self._having(kind, values))

    def _having(self, kind: str, values: Collection[str]) -> Mask:
        mask = np.zeros(self.size, bool)
        for value in values:
            mask[self.postings("k", key(kind, value)).documents.astype(np.intp)] = True
        return mask

    def visible(self, reader_tokens: Collection[str]) -> Mask:
        """Live documents that share a token with the reader."""
        tokens = frozenset(reader_tokens)
        return self.remember(("visible", tokens), lambda: self.having("token", tokens) & self.live)

    # Columns

    def numbers(self, column: str) -> NDArray[Any]:
        """A number of every document: ``id``, ``digest``, ``day``, ``adoptions``, ``documented``."""
        dtype = np.dtype(NUMBERS[column]).newbyteorder("=")
        return self.remember(("column", column), lambda: self._joined([s.numbers[column] for s in self.segments], dtype))

    def title_keys(self) -> NDArray[np.bytes_]:
        """The sorting key of every title."""
        dtype = np.dtype(f"S{SORT_KEY_BYTES}")
        return self.remember(("titles",), lambda: self._joined([s.title_keys for s in self.segments], dtype))

    def pairs(self, kind: str) -> Pairs:
        """Every (document, value) of one kind of key; values in byte order."""
        return self.remember(("pairs", kind), lambda: self._pairs(kind))

    def _pairs(self, kind: str) -> Pairs:
        parts = [segment.pairs(kind) for segment in self.segments]
        values = sorted({value for part in parts for value in part.values})
        place = {value: number for number, value in enumerate(values)}
        codes = [np.array([place[v] for v in part.values], np.int32)[part.codes] for part in parts]
        documents = [part.documents + np.int32(base) for base, part in zip(self.bases, parts, strict=False)]
        return Pairs(values, self._joined(codes, np.int32), self._joined(documents, np.int32))

    def ranks(self, kind: str, order: Sequence[str]) -> NDArray[np.int32]:
        """Place of each document's value in ``order``, counted from 1; 0 for none and for values not in it."""
        values, codes, documents = self.pairs(kind)
        ranks = np.zeros(self.size, np.int32)
        place = np.array([order.index(value) + 1 if value in order else 0 for value in values], np.int32)
        if len(documents):
            ranks[documents] = place[codes]
        return ranks

    def prior(self, newest: int) -> NDArray[np.float32]:
        """What each score is multiplied by: level, adoptions, freshness and evidence, see :data:`BOOSTS`."""
        return self.remember(
            ("prior", newest), lambda: (1.0 + np.sum(list(self.boosts(newest).values()), axis=0)).astype(np.float32)
        )

    def boosts(self, newest: int) -> dict[str, NDArray[Any]]:
        """What each document gains by each of :data:`BOOSTS`, as a share of its score.

        :param newest: the day from which age is counted, that of the newest document the reader may see.
        """
        days = self.numbers("day")
        age = (newest - days) / _FRESH_HALF_LIFE_DAYS
        gains = {
            "level": self.ranks("level", LEVELS) / len(LEVELS),
            "adoptions": np.minimum(1.0, np.log1p(self.numbers("adoptions")) / math.log1p(_FULL_ADOPTIONS)),
            "fresh": np.where(days > 0, np.exp2(-age), 0.0),
            "documented": self.numbers("documented") > 0,
        }
        return {name: BOOSTS[name] * gain for name, gain in gains.items()}

    # Texts

    def stored(self, document: int) -> dict[str, str]:
        """What a hit shows."""
        segment, number = self._place(document)
        return segment.stored(number)

    def compared(self, document: int) -> tuple[bytes, bytes, list[str]]:
        """Words of title and text, and the abbreviations among them: by what it is compared with others."""
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
    def _joined(parts: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
        return np.concatenate(parts) if parts else np.empty(0, dtype)


def _bytes(value: Any) -> int:
    """Memory of an array or of a tuple or list of arrays; 200 for anything small."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    return 200 + sum(part.nbytes for part in value if isinstance(part, np.ndarray)) if isinstance(value, tuple) else 200
