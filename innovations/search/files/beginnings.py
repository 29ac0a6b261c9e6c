"""Beginnings that stand in many documents, each as one term: what a half-typed word is answered by.

Two letters stand for a thousand words, of which forty are in every other document.  Added up when somebody types them this took ten times
as long as one common word, so a beginning whose words are together as common as a common word has a row of its own, made of the sum of their
weights in every document.  Beginnings of the same words share one, such as those that only one common word has.  Of 100,000 documents there
are 1,600 rows, 160 MB.  Other beginnings have few postings, which are added up when they are asked for
(:meth:`innovations.search.files.arrayreader.ArrayFile.begun`); both ways give the same numbers.

A word with accents is half typed with or without its tone, which canonical spellings carry behind the letters, so its letters have a row
with each tone, and one without when there is an accent in them.  Without any accent folded spellings are looked for, which have no tone.

A row holds points (:func:`innovations.search.files.bm25.points_of`) and not weights: what is computed once when a file is written needs
not be computed while somebody types, and a row is used where it stands, in pages that all processes share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.arrays import common_from, has_rows
from innovations.search.files.bm25 import MOST, Codes, points_of
from innovations.search.files.names import Named, Names
from innovations.search.files.postinglists import TermLists, spread
from innovations.search.text import analysis

#: Letters of the shortest and the longest beginnings that have rows: a Vietnamese word has at most seven.
SHORTEST, LONGEST = 2, 7
#: Fields whose words have their tone behind the letters.
TONED = ("x", "ax")
#: Postings added up at once: some 20 bytes each.
_AT_ONCE = 500_000
_NO_HASHES = np.empty(0, np.uint64)


def name_of(field: str, start: str, tone: str) -> str:
    """The name of the row of the words of ``field`` that begin with ``start`` and end with ``tone``."""
    return f"{field} {start}{tone}"


class Beginnings(NamedTuple):
    """The beginnings that have a row in a file.

    :param names: those of each row; ``words`` are the hashes of their words, ascending, ``rows`` the row that each counts in.
    """

    names: Sequence[Sequence[str]]
    words: NDArray[np.uint64]
    rows: NDArray[np.intp]

    @classmethod
    def of(cls, names: Names, documents: int) -> Beginnings:
        """Those of the words ``names`` of so many ``documents``."""
        if not has_rows(documents):
            return cls((), _NO_HASHES, np.empty(0, np.intp))
        found: dict[tuple[int, ...], list[str]] = {}
        for field, named in names.items():
            for start, tone, group in _shared(_words(field, named), common_from(documents)):
                if field not in TONED or tone or not start.isascii():
                    found.setdefault(tuple([word.number for word in group]), []).append(name_of(field, start, tone))
        words = np.array([number for numbers in found for number in numbers], np.uint64)
        rows = np.arange(len(found)).repeat([*map(len, found)])
        order = np.argsort(words)
        return cls([*found.values()], words[order], rows[order])

    def text(self) -> bytes:
        """The names as they stand in a file."""
        return "\n".join(map("\t".join, self.names)).encode()

    def sizes(self) -> tuple[int, int]:
        """How many rows there are, and how many bytes their names are."""
        return len(self.names), len(self.text())

    def block(self, lists: TermLists, lengths: Mapping[str, Codes]) -> NDArray[np.uint8]:
        """The rows of some documents, whose ``lists`` have ascending hashes.

        :param lengths: field → Whoosh's byte for the length of each document.
        """
        size = len(lengths[TONED[0]])
        total = self._summed(lists, size)
        first = {field: codes.astype(np.intp) * (MOST + 1) for field, codes in lengths.items()}
        for (name, *_others), row in zip(self.names, total, strict=True):
            field = name.partition(" ")[0]
            row[:] = points_of(field).take(first[field] + row)
        return total

    def _summed(self, lists: TermLists, size: int) -> NDArray[np.uint8]:
        """In each row the sum of the weights of its words in every document."""
        hashes, counts, documents, weights = lists
        total = np.zeros(len(self.names) * size, np.uint32)
        places = np.minimum(hashes.searchsorted(self.words), max(0, len(hashes) - 1))
        held = np.flatnonzero(hashes[places] == self.words) if len(hashes) else places[:0]
        first, sizes = (np.cumsum(counts) - counts)[places[held]], counts[places[held]]
        for part in _parts(sizes):
            at = spread(first[part], sizes[part])
            cells = (self.rows[held[part]] * size).repeat(sizes[part]) + documents[at]
            np.add.at(total, cells, weights[at].astype(np.uint32))  # of one type: 25 times as fast
        return np.minimum(total, MOST).astype(np.uint8).reshape(len(self.names), size)


class _Word(NamedTuple):
    number: int
    postings: int
    letters: str
    tone: str


def _words(field: str, named: Named) -> Iterator[_Word]:
    part = analysis.letters_and_tone if field in TONED else _without_tone
    held = zip(named.hashes.tolist(), named.counts.tolist(), map(bytes.decode, named.terms()), strict=True)
    return (_Word(number, count, *part(term)) for number, count, term in held)


def _without_tone(term: str) -> tuple[str, str]:
    return term, ""


def _shared(words: Iterable[_Word], least: int, length: int = SHORTEST) -> Iterator[tuple[str, str, list[_Word]]]:
    """The letters, of ``length`` or more, and tones of words that have at least ``least`` postings together."""
    for start, group in groupby(words, key=lambda word: word.letters[:length]):
        held = [*group]
        if len(start) < length or not _enough(held, least):
            continue
        tones = {tone: [*each] for tone, each in groupby(sorted(held, key=attrgetter("tone")), key=attrgetter("tone")) if tone}
        yield from ((start, tone, each) for tone, each in tones.items() if _enough(each, least))
        yield start, "", held
        if length < LONGEST:
            yield from _shared(held, least, length + 1)


def _enough(words: Sequence[_Word], least: int) -> bool:
    return sum(word.postings for word in words) >= least


def _parts(sizes: NDArray[np.int64]) -> Sequence[NDArray[np.intp]]:
    """Which lists of these sizes are added up at once."""
    return np.split(np.arange(len(sizes)), np.flatnonzero(np.diff(sizes.cumsum() // _AT_ONCE)) + 1)
