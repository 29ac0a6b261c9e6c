"""What every document says, as numbers of its folded words: by what it is compared with others without its text being read again.

Each word stands once for a document, with how often it stands in title and text, and where.  Of 100,000 documents this is 5 % of the
index; to split and number the texts of forty of them when they are compared took two fifths of the time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.postinglists import spread
from innovations.search.text import analysis

#: Words of a text that are read: it has said by then what it is about.
READ_WORDS = 800
#: Words in which a text says what it is about; a long one has the words of any title somewhere.
HEAD_WORDS = 60
#: Marks of a word: it stands in the head of the text; it is written in capitals like an abbreviation; how often it stands in the title.
IN_HEAD, SHORT, IN_TITLE = 0x80, 0x40, 0x3F
#: The most that a count holds.
_MOST = 255


class Compared(NamedTuple):
    """Title and text as canonical syllables parted by spaces, and the abbreviations in them."""

    title: bytes
    text: bytes
    shorts: Sequence[str]


class Vectors(NamedTuple):
    """Some documents, one after the other.

    :param sizes: how many different words each has.
    :param words: their numbers, ascending within a document; ``counts`` is how often each stands in title and text.
    :param marks: see :data:`IN_HEAD` and the others.
    """

    sizes: NDArray[np.intp]
    words: NDArray[np.intp]
    counts: NDArray[np.uint8]
    marks: NDArray[np.uint8]

    def chosen(self, places: NDArray[np.intp]) -> Vectors:
        """Those at ``places``."""
        ends = self.sizes.cumsum()
        at = spread((ends - self.sizes)[places], self.sizes[places])
        return Vectors(self.sizes[places], self.words[at], self.counts[at], self.marks[at])

    def titled(self) -> Vectors:
        """The titles alone."""
        held = (self.marks & IN_TITLE).nonzero()[0]
        sizes = np.bincount(self.rows()[held], minlength=len(self.sizes))
        marks = self.marks[held] & np.uint8(IN_TITLE)
        return Vectors(sizes, self.words[held], marks, marks)

    def rows(self) -> NDArray[np.intp]:
        """Which document each word belongs to."""
        return np.arange(len(self.sizes)).repeat(self.sizes)

    def reduced(self, joining: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
        """The ``values`` of each document's words joined, such as added; 0 for a document without words."""
        found, held = np.zeros(len(self.sizes), values.dtype), self.sizes.nonzero()[0]
        if len(held):
            found[held] = joining.reduceat(values, (self.sizes.cumsum() - self.sizes)[held])
        return found

    @classmethod
    def joined(cls, parts: Sequence[Vectors]) -> Vectors:
        """One behind the other."""
        return cls(*(np.concatenate(each) for each in zip(*parts, strict=True)))


NOTHING_SAID = Vectors(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.uint8), np.empty(0, np.uint8))


def vectors(titles: Sequence[Sequence[int]], texts: Sequence[Sequence[int]], shorts: Sequence[Collection[int]]) -> Vectors:
    """Documents with these words, as numbers, in reading order; of a text the first :data:`READ_WORDS` count."""
    texts = [text[:READ_WORDS] for text in texts]
    size = 1 + max((max(part, default=0) for part in (*titles, *texts)), default=0)
    keys = np.concatenate([_keys(titles, size), _keys(texts, size)])
    titled, lengths = sum(map(len, titles)), np.array([*map(len, texts)], np.intp)
    in_head = spread(np.zeros_like(lengths), lengths) < HEAD_WORDS
    held, counts, marks, _place = _counted(keys, titled, in_head)
    marks[np.isin(held, _keys([[word for word in each if word < size] for each in shorts], size))] |= SHORT
    rows, words = np.divmod(held, size)
    return Vectors(np.bincount(rows, minlength=len(titles)), words, counts, marks)


def vector(words: NDArray[np.intp], titled: int) -> tuple[Vectors, NDArray[np.intp]]:
    """One document of these words, the first ``titled`` of them its title, and which of its different words each is."""
    held, counts, marks, place = _counted(words, titled, np.arange(len(words) - titled) < HEAD_WORDS)
    return Vectors(np.array([len(held)]), held, counts, marks), place


def _counted(
    keys: NDArray[np.intp], titled: int, in_head: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.uint8], NDArray[np.uint8], NDArray[np.intp]]:
    """The different ``keys``, ascending; how often each stands there; its marks; and which of them each is.

    :param titled: so many come first, those of titles; ``in_head`` says of each of the others whether it stands in the head of a text.
    """
    held, place = np.unique(keys, return_inverse=True)
    counts, in_title = (np.bincount(part, minlength=len(held)) for part in (place, place[:titled]))
    marks = np.minimum(in_title, IN_TITLE).astype(np.uint8)
    marks[place[titled:][in_head]] |= IN_HEAD
    return held, np.minimum(counts, _MOST).astype(np.uint8), marks, place


def _keys(documents: Sequence[Collection[int]], size: int) -> NDArray[np.intp]:
    """A number for each word of each document, ascending from document to document."""
    lengths = [len(each) for each in documents]
    words = np.fromiter((word for each in documents for word in each), np.intp, sum(lengths))
    return np.arange(len(documents)).repeat(lengths) * size + words


def numbered(texts: Sequence[Compared], numbers: Mapping[str, int]) -> Vectors:
    """Documents by the numbers of their folded words; a word without one is left out."""
    known = _Canonical(numbers)
    titles, bodies = [[*_all_of(known, each.title)] for each in texts], [[*_all_of(known, each.text)] for each in texts]
    return vectors(titles, bodies, [[numbers[short] for short in each.shorts if short in numbers] for each in texts])


def _all_of(known: _Canonical, text: bytes) -> Iterator[int]:
    return (number for number in map(known.__getitem__, text.split()) if number >= 0)


class _Canonical(dict[bytes, int]):
    """Canonical syllables as UTF-8, with the number of the folded word; -1 for none."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        super().__init__()
        self._numbers = numbers

    def __missing__(self, canonical: bytes) -> int:
        self[canonical] = number = self._numbers.get(analysis.fold(canonical.decode("utf-8", "replace")), -1)
        return number
