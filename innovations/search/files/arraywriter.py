"""Writes the files of :mod:`innovations.search.files.arrays`: one for each commit, and one out of several when an index is built anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.arrays import HALVES, NAMED, SUFFIX, Layout, is_common, padded, read_layout
from innovations.search.files.beginnings import Beginnings
from innovations.search.files.grouped import FieldPostings
from innovations.search.files.names import Named, Names, hashes_of
from innovations.search.files.postinglists import NO_LISTS, StoredLists, TermLists
from innovations.search.files.said import NOTHING_SAID, Compared, Vectors, numbered

#: Postings put in order at once when files are joined: about 30 bytes each.
_AT_ONCE = 2_000_000
#: Texts that are turned into numbers at once.
_TEXTS_AT_ONCE = 1000
_HASH_BITS = 64
#: All hashes as one range.
_ALL = np.array([(1 << _HASH_BITS) - 1], np.uint64)


class PostingArrays:
    """Collects the posting lists of one commit."""

    def __init__(self) -> None:
        self._parts = [NO_LISTS]
        self._names = {field: Named.of((), (), NO_LISTS.hashes) for field in NAMED}

    def add(self, field: str, held: FieldPostings) -> None:
        """All terms of a field."""
        counts = np.diff(held.starts)
        hashes = hashes_of(field, held.terms)
        halves = np.rint(held.weights * np.float32(HALVES)).astype(np.uint32)
        self._parts.append(
            TermLists(hashes, counts, held.documents.view(np.int32), halves.astype(np.min_scalar_type(halves.max(initial=0))))
        )
        if field in NAMED:
            self._names[field] = Named.of(held.terms, counts.tolist(), hashes)

    def write(self, folder: Path, segment: str, texts: Iterable[Compared]) -> None:
        """Write the file of ``segment``, whose documents have these ``texts``."""
        said = _numbered(self._names["f"], texts)
        count = len(said.sizes)
        weight = max(each.weights.dtype.str[1:] for each in self._parts)
        held, self._parts = _joined(self._parts, weight), [NO_LISTS]
        terms, common, listed = _summed([held.counts], count)
        begun = Beginnings.of(self._names, count)
        layout = Layout([segment], count, terms, common, listed, weight, _sizes(self._names), len(begun.hashes), len(said.words))
        _write(folder, layout, _Content(self._names, [held], begun, [(0, begun.block(held, count))], [said]))


def join(folder: Path, segments: Sequence[str]) -> None:
    """Make one file out of those of ``segments``, in their order, which are removed.

    55 million postings of 100,000 documents take 4 s; afterwards a word is looked up once and not in every segment.
    """
    layouts = [read_layout(folder / f"{name}{SUFFIX}") for name in segments]
    bases = accumulate((each.documents for each in layouts), initial=0)
    ends = _ends(sum(each.weights for each in layouts))
    parts = [_Part(folder / f"{name}{SUFFIX}", base, ends) for name, base in zip(segments, bases, strict=False)]
    wholes = [_Part(part.path, 0, _ALL) for part in parts]
    names = {field: _joined_names(field, wholes) for field in NAMED}
    weight, ranges = max(each.weight for each in layouts), range(len(ends))
    documents = sum(each.documents for each in layouts)
    terms, common, listed = _summed((_counts(parts, each) for each in ranges), documents)
    begun = Beginnings.of(names, documents)
    words = sum(part.layout.said for part in parts)
    layout = Layout(segments, documents, terms, common, listed, weight, _sizes(names), len(begun.hashes), words)
    lists = (_joined([part.lists(each) for part in parts], weight) for each in ranges)
    blocks = ((part.base, begun.block(whole.lists(0), part.layout.documents)) for part, whole in zip(parts, wholes, strict=True))
    _write(folder, layout, _Content(names, lists, begun, blocks, _renumbered(wholes, names["f"])))
    for name in segments[:-1]:
        (folder / f"{name}{SUFFIX}").unlink()


class _Part:
    """A file that is joined with others, range by range; its documents are counted from ``base``.

    :param ends: the last hash of each range.  Where they stand is kept, not the hashes: those of 40 parts are 140 MB.
    """

    def __init__(self, path: Path, base: int, ends: NDArray[np.uint64]) -> None:
        self.layout, self.base, self.path = read_layout(path), base, path
        self._at, self._sizes = self.layout.places(), self.layout.sizes()
        self._common = self._section("common", np.uint32)
        self._bounds = [0, *self._section("hashes", np.uint64).searchsorted(ends, "right").tolist()]

    def hashes(self, of_range: int) -> NDArray[np.uint64]:
        """The hashes of a range."""
        return self._section("hashes", np.uint64, slice(self._bounds[of_range], self._bounds[of_range + 1]))

    def counts(self, of_range: int) -> NDArray[np.int64]:
        """How many documents each of them has."""
        counts, _starts, common = self._extents(of_range)
        numbers = self._common.searchsorted(self._bounds[of_range]) + np.arange(len(common))
        counts[common] = self._section("counts", np.uint32)[numbers]
        return counts

    def lists(self, of_range: int) -> TermLists:
        """Their posting lists."""
        sizes, starts, common = self._extents(of_range)
        counts = self.counts(of_range)
        first = int(starts[0]) - int(self._common.searchsorted(self._bounds[of_range])) * self.layout.documents
        listed = int(sizes.sum()) - len(common) * self.layout.documents
        documents = self._section("documents", np.int32, slice(first, first + listed))
        weights = self._section("weights", self.layout.weight, slice(int(starts[0]), int(starts[-1])))
        found = StoredLists(self.hashes(of_range), sizes, common, counts[common], documents, weights).joined()
        return found._replace(documents=found.documents + np.int32(self.base))

    def _extents(self, of_range: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.intp]]:
        """How many weights each term of a range has, where they begin, and which of the terms are common."""
        first, end = self._bounds[of_range], self._bounds[of_range + 1]
        starts = self._section("starts", np.uint32, slice(first, end + 1)).astype(np.int64)
        common = self._common[self._common.searchsorted(first) : self._common.searchsorted(end)]
        return np.diff(starts), starts, common.astype(np.intp) - first

    def names(self, field: str) -> dict[bytes, int]:
        """Terms of a field and in how many documents each stands; of a part that is taken in one range."""
        ends = self._section(f"ends {field}", np.uint32).tolist()
        held = self._section(f"names {field}", np.uint8).tobytes()
        terms = (held[begin:end] for begin, end in pairwise((0, *ends)))
        return dict(zip(terms, self.counts(0)[self._section(f"places {field}", np.uint32)].tolist(), strict=True))

    def said(self) -> Vectors:
        """What each document says, by the numbers of words in this part."""
        words, ends = self._section("said words", np.uint32).astype(np.intp), self._section("said ends", np.uint32)
        counts, marks = (self._section(name, np.uint8) for name in ("said counts", "said marks"))
        return Vectors(np.diff(ends, prepend=np.uint32(0)).astype(np.intp), words, counts, marks)

    def hashes_of_names(self, field: str) -> NDArray[np.uint64]:
        """The hashes of the terms of a field, in their order."""
        return self._section("hashes", np.uint64)[self._section(f"places {field}", np.uint32)]

    def _section(self, name: str, dtype: Any, part: slice | None = None) -> NDArray[Any]:
        """A section, or some of its numbers; read, for what is mapped of 25 parts would count as 300 MB of the process."""
        size = np.dtype(dtype).itemsize
        wanted = part or slice(0, self._sizes[name] // size)
        return np.fromfile(self.path, dtype, wanted.stop - wanted.start, offset=self._at[name] + wanted.start * size)


def _ends(postings: int) -> NDArray[np.uint64]:
    """The last hash of each of the ranges that all are taken in, which hold about :data:`_AT_ONCE` postings each."""
    steps = postings // _AT_ONCE + 1
    return np.array([((step << _HASH_BITS) // steps) - 1 for step in range(1, steps + 1)], np.uint64)


def _joined(parts: Sequence[TermLists], weight: str) -> TermLists:
    hashes, counts, documents, weights = (np.concatenate(each) for each in zip(*parts, strict=True))
    return TermLists(hashes, counts, documents, weights.astype(weight, copy=False)).by_hash()


def _counts(parts: Sequence[_Part], of_range: int) -> NDArray[np.int64]:
    """How many documents each term of a range has in all ``parts`` together."""
    hashes, counts = (
        np.concatenate([part.hashes(of_range) for part in parts]),
        np.concatenate([part.counts(of_range) for part in parts]),
    )
    _terms, places = np.unique(hashes, return_inverse=True)
    return np.bincount(places, counts).astype(np.int64)


def _summed(counts: Iterable[NDArray[np.int64]], documents: int) -> tuple[int, int, int]:
    """How many terms there are, how many of them are common in a file of ``documents``, and how many postings the others have."""
    terms = common = listed = 0
    for each in counts:
        rows = is_common(each, documents)
        terms, common, listed = terms + len(each), common + int(rows.sum()), listed + int(each[~rows].sum())
    return terms, common, listed


def _joined_names(field: str, parts: Iterable[_Part]) -> Named:
    counted: Counter[bytes] = Counter()
    for part in parts:
        counted.update(part.names(field))
    terms = sorted(counted)
    return Named.of(terms, map(counted.__getitem__, terms), hashes_of(field, terms))


def _sizes(names: Names) -> dict[str, tuple[int, int]]:
    return {field: (len(held.ends), len(held.text)) for field, held in names.items()}


def _numbered(named: Named, texts: Iterable[Compared]) -> Vectors:
    """What documents with these texts say; a thousand at once, which is some 20 MB."""
    numbers = {term.decode(): number for number, term in enumerate(named.terms())}
    waiting, held = iter(texts), [NOTHING_SAID]
    while some := [*islice(waiting, _TEXTS_AT_ONCE)]:
        held.append(numbered(some, numbers))
    return Vectors.joined(held)


def _renumbered(parts: Iterable[_Part], named: Named) -> Iterator[Vectors]:
    """What the documents of each part say, by the numbers of the names of all parts together."""
    order = np.argsort(named.hashes)
    for part in parts:
        numbers = order[named.hashes.searchsorted(part.hashes_of_names("f"), sorter=order)]
        said = part.said()
        yield said._replace(words=numbers[said.words])


class _Content(NamedTuple):
    """What is written into a file.

    :param lists: they have ascending hashes, one part after the other.
    :param blocks: the rows of ``begun`` for some documents, and the first of these.
    :param said: what the documents say, part after part.
    """

    names: Names
    lists: Iterable[TermLists]
    begun: Beginnings
    blocks: Iterable[tuple[int, NDArray[np.uint8]]]
    said: Iterable[Vectors]


def _write(folder: Path, layout: Layout, content: _Content) -> None:
    """Write the file that ``layout`` describes."""
    path = folder / f"{layout.segments[-1]}{SUFFIX}"
    beside = path.with_suffix(".joining")
    with beside.open("w+b") as file:
        file.write(layout.header())
        _write_lists(file, layout, content.lists)
        _write_names(file, layout, content.names)
        _write_beginnings(file, layout, content.begun, content.blocks)
        _write_said(file, layout, content.said)
        file.truncate(layout.places()["end"])
    beside.replace(path)


class _Appending:
    """Writes the sections of a file side by side."""

    def __init__(self, file: IO[bytes], layout: Layout) -> None:
        self._file, self._at = file, layout.places()

    def __call__(self, section: str, held: NDArray[Any]) -> None:
        self._file.seek(self._at[section])
        self._file.write(held.tobytes())
        self._at[section] += held.nbytes


def _write_lists(file: IO[bytes], layout: Layout, lists: Iterable[TermLists]) -> None:
    write, terms, weights = _Appending(file, layout), 0, 0
    for part in (each.parted(layout.documents) for each in lists):
        write("hashes", part.hashes)
        write("starts", (weights + np.cumsum(part.sizes) - part.sizes).astype(np.uint32))
        write("common", (terms + part.common).astype(np.uint32))
        write("counts", part.counts.astype(np.uint32))
        write("documents", part.documents)
        write("weights", part.weights)
        terms, weights = terms + len(part.hashes), weights + len(part.weights)
    write("starts", np.array([weights], np.uint32))


def _write_names(file: IO[bytes], layout: Layout, names: Names) -> None:
    at = layout.places()
    file.seek(at["hashes"])
    hashes = np.frombuffer(file.read(8 * layout.terms), np.uint64)
    for field, named in names.items():
        file.seek(at[f"ends {field}"])
        places = hashes.searchsorted(named.hashes).astype(np.uint32)
        file.write(padded(named.ends.tobytes()) + padded(places.tobytes()) + named.text)


def _write_beginnings(
    file: IO[bytes], layout: Layout, begun: Beginnings, blocks: Iterable[tuple[int, NDArray[np.uint8]]]
) -> None:
    at, counts = layout.places(), np.zeros(len(begun.hashes), np.uint32)
    for base, block in blocks:
        counts += np.count_nonzero(block, axis=1).astype(np.uint32)
        for number, row in enumerate(block):
            file.seek(at["begun rows"] + number * layout.documents + base)
            file.write(row.tobytes())
    file.seek(at["begun"])
    file.write(padded(begun.hashes.tobytes()) + counts.tobytes())


def _write_said(file: IO[bytes], layout: Layout, parts: Iterable[Vectors]) -> None:
    write, before = _Appending(file, layout), 0
    for said in parts:
        write("said ends", (before + said.sizes.cumsum()).astype(np.uint32))
        write("said words", said.words.astype(np.uint32))
        write("said counts", said.counts)
        write("said marks", said.marks)
        before += len(said.words)
