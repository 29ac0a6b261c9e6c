"""One number for each folded word of a snapshot, and how telling the words are for a reader.

The largest file of arrays numbers its words already; words of the others, and words that nobody wrote, are numbered behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from innovations.search.answers.lexicon import Lexicon
from innovations.search.answers.snapshot import Snapshot
from innovations.search.duplicates.likeness import Numbers, Room, Weights
from innovations.search.duplicates.wording import Said
from innovations.search.files.arrays import hash_of
from innovations.search.files.said import Vectors, vector

#: Pairs whose rarity is remembered for a reader: some 0.5 MB.
_PAIRS_KEPT, _BYTES_OF_A_PAIR = 5000, 100
#: Asked words that the largest file does not have, before all are numbered anew, and words whose numbers are remembered.
_MOST_STRANGE, _MOST_KNOWN = 20_000, 40_000
_BYTES_OF_A_WORD = 100
_KEPT_AS = ("numbering",)


class Numbering:
    """The numbers of the words of ``snapshot``."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._files = snapshot.arrays
        self._bases = np.array([base for base, _ in self._files], np.intp)
        self._largest = int(np.argmax([file.layout.documents for _, file in self._files]))
        self._own = self._files[self._largest][1].layout.names["f"][0]
        self._others: dict[int, int] = {}
        self._strange = 0
        self._known: dict[str, int] = {}
        self._of_file: dict[int, Numbers] = {}
        self._room: Room = np.empty(0, np.int16)

    @classmethod
    def of_snapshot(cls, snapshot: Snapshot) -> Numbering:
        """Its numbering, the same for all readers; another one when this one has many words that nobody wrote."""
        held = snapshot.remember(_KEPT_AS, lambda: cls(snapshot))
        if held._strange <= _MOST_STRANGE:
            return held
        snapshot.forget(_KEPT_AS)
        return snapshot.remember(_KEPT_AS, lambda: cls(snapshot))

    @property
    def nbytes(self) -> int:
        """Memory that the words of all but the largest file take, when all are numbered, and those that were asked."""
        names = sum(file.layout.names["f"][0] for _, file in self._files)
        return (names - self._own + _MOST_STRANGE + _MOST_KNOWN) * _BYTES_OF_A_WORD

    @property
    def size(self) -> int:
        """How many words have a number."""
        return self._own + len(self._others)

    @property
    def room(self) -> Room:
        """-1 for each number there is."""
        if len(self._room) < self.size:
            self._room = np.full(self.size + self.size // 8, -1, np.int16)
        return self._room

    def of(self, words: Sequence[str]) -> list[int]:
        """The numbers of folded words."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        if new := [word for word in dict.fromkeys(words) if word not in self._known]:
            hashes = np.fromiter((hash_of("f", word) for word in new), np.uint64, len(new))
            before = self.size
            self._known |= zip(new, self._of_hashes(hashes).tolist(), strict=True)
            self._strange += self.size - before
        return [self._known[word] for word in words]

    def of_documents(self, documents: NDArray[np.intp]) -> Vectors:
        """What ``documents`` say, of which there are some."""
        files = self._bases.searchsorted(documents, side="right") - 1
        if (files == files[0]).all():
            return self._said(int(files[0]), documents)
        order = files.argsort(kind="stable")
        parts = [self._said(number, documents[files == number]) for number in np.unique(files).tolist()]
        return Vectors.joined(parts).chosen(order.argsort())

    def _said(self, number: int, documents: NDArray[np.intp]) -> Vectors:
        base, file = self._files[number]
        said = file.said(documents - base)
        if number == self._largest:
            return said
        if number not in self._of_file:
            self._of_file[number] = self._of_hashes(file.hashes_at(np.arange(file.layout.names["f"][0])))
        return Vectors(said.sizes, self._of_file[number][said.words], said.counts, said.marks)

    def hashes(self, numbers: Numbers) -> NDArray[np.uint64]:
        """Under which hashes the words with these numbers are found in the index."""
        own = numbers < self._own
        if own.all():
            return self._files[self._largest][1].hashes_at(numbers)
        found = np.empty(len(numbers), np.uint64)
        found[own] = self._files[self._largest][1].hashes_at(numbers[own])
        others = np.fromiter(self._others, np.uint64, len(self._others))
        found[~own] = others[numbers[~own] - self._own]
        return found

    def _of_hashes(self, hashes: NDArray[np.uint64]) -> Numbers:
        numbers = self._files[self._largest][1].numbers_of(hashes)
        for place in (numbers < 0).nonzero()[0].tolist():
            numbers[place] = self._others.setdefault(int(hashes[place]), self.size)
        return numbers


class Asked(NamedTuple):
    """A text in its words and as a document among others.

    :param place: which of the words of ``vector`` each of its words is.
    """

    said: Said
    vector: Vectors
    place: NDArray[np.intp]

    @classmethod
    def of(cls, said: Said, numbering: Numbering) -> Asked:
        """``said`` with the numbers of its words."""
        numbers = np.array(numbering.of([*said.title, *said.text]), np.intp)
        return cls(said, *vector(numbers, len(said.title)))


class Rarities:
    """How telling words and pairs are by the documents that one reader may see, remembered with the snapshot."""

    def __init__(self, snapshot: Snapshot, lexicon: Lexicon, numbering: Numbering) -> None:
        self.snapshot, self.lexicon, self.numbering = snapshot, lexicon, numbering
        self._weights: NDArray[np.float32] = np.full(numbering.size, np.nan, np.float32)
        self._pairs: dict[int, float] = {}

    @classmethod
    def of(cls, snapshot: Snapshot, lexicon: Lexicon) -> Rarities:
        """Those of the reader of ``lexicon``."""
        numbering = Numbering.of_snapshot(snapshot)
        name = ("rarities", lexicon.tokens)
        held = snapshot.remember(name, lambda: cls(snapshot, lexicon, numbering))
        if held.numbering is numbering:
            return held
        snapshot.forget(name)
        return snapshot.remember(name, lambda: cls(snapshot, lexicon, numbering))

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        return self._weights.nbytes + _PAIRS_KEPT * _BYTES_OF_A_PAIR

    @property
    def unseen(self) -> np.float32:
        """The weight of a word that the reader's documents do not have, be it in hidden ones: more than that of any other."""
        return np.float32(self.lexicon.idf(0))

    def weigh(self, words: Numbers) -> Weights:
        """How telling the words of these numbers are."""
        if len(self._weights) < self.numbering.size:
            more = np.full(self.numbering.size - len(self._weights), np.nan, np.float32)
            self._weights = np.concatenate([self._weights, more])
        found = self._weights[words]
        if (unknown := np.isnan(found)).any():
            new = np.unique(words[unknown])
            self._weights[new] = self._idf(self.numbering.hashes(new))
            found = self._weights[words]
        return found

    def weigh_pairs(self, hashes: NDArray[np.uint64]) -> Weights:
        """The same of the pairs with these hashes."""
        if len(self._pairs) > _PAIRS_KEPT:
            self._pairs.clear()
        pairs = hashes.tolist()
        if new := [pair for pair in pairs if pair not in self._pairs]:
            self._pairs |= zip(new, self._idf(np.array(new, np.uint64)).tolist(), strict=True)
        return np.array([self._pairs[pair] for pair in pairs], np.float32)

    def _idf(self, hashes: NDArray[np.uint64]) -> NDArray[Any]:
        return self.lexicon.idfs(self.snapshot.counts_of(hashes, self.lexicon.mask)).astype(np.float32)
