"""Writes the files of :mod:`innovations.search.files.arrays`, one for each commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import SEEK_END
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from innovations.search.files.arrays import NAMED, SUFFIX, Layout, is_common, padded
from innovations.search.files.beginnings import Beginnings
from innovations.search.files.bm25 import HALVES, Codes
from innovations.search.files.grouped import FieldPostings
from innovations.search.files.names import Named, Names, hashes_of
from innovations.search.files.postinglists import NO_LISTS, TermLists
from innovations.search.files.said import NOTHING_SAID, Compared, Vectors, numbered

#: Texts that are turned into numbers at once.
_TEXTS_AT_ONCE = 1000


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

    def write(self, folder: Path, segment: str, texts: Iterable[Compared], lengths: Mapping[str, Codes]) -> None:
        """Write the file of ``segment``, whose documents have these ``texts`` and, by field, ``lengths`` in Whoosh's bytes."""
        said = _numbered(self._names["f"], texts)
        count = len(said.sizes)
        weight = max(each.weights.dtype.str[1:] for each in self._parts)
        held, self._parts = joined_lists(self._parts, weight), [NO_LISTS]
        terms, common, listed = totals([held.counts], count)
        begun = Beginnings.of(self._names, count)
        layout = Layout([segment], count, terms, common, listed, weight, sizes_of(self._names), begun.sizes(), len(said.words))
        write_file(folder, layout, Content(self._names, [held], lengths, begun, [(0, begun.block(held, lengths))], [said]))


def joined_lists(parts: Sequence[TermLists], weight: str) -> TermLists:
    """The lists of all ``parts`` by ascending hashes.

    :param weight: numpy's name of the type that weights have.
    """
    hashes, counts, documents, weights = (np.concatenate(each) for each in zip(*parts, strict=True))
    return TermLists(hashes, counts, documents, weights.astype(weight, copy=False)).by_hash()


def totals(counts: Iterable[NDArray[np.int64]], documents: int) -> tuple[int, int, int]:
    """How many terms there are, how many of them are common in a file of ``documents``, and how many postings the others have."""
    terms = common = listed = 0
    for each in counts:
        rows = is_common(each, documents)
        terms, common, listed = terms + len(each), common + int(rows.sum()), listed + int(each[~rows].sum())
    return terms, common, listed


def sizes_of(names: Names) -> dict[str, tuple[int, int]]:
    """How many terms each field has and how many bytes they are, as :class:`Layout` says it."""
    return {field: (len(held.ends), len(held.text)) for field, held in names.items()}


def _numbered(named: Named, texts: Iterable[Compared]) -> Vectors:
    """What documents with these texts say; a thousand at once, which is some 20 MB."""
    numbers = {term.decode(): number for number, term in enumerate(named.terms())}
    waiting, held = iter(texts), [NOTHING_SAID]
    while some := [*islice(waiting, _TEXTS_AT_ONCE)]:
        held.append(numbered(some, numbers))
    return Vectors.joined(held)


class Content(NamedTuple):
    """What is written into a file.

    :param lists: they have ascending hashes, one part after the other.
    :param lengths: field → Whoosh's byte for the length of each document.
    :param blocks: the rows of ``begun`` for some documents, and the first of these.
    :param said: what the documents say, part after part.
    """

    names: Names
    lists: Iterable[TermLists]
    lengths: Mapping[str, Codes]
    begun: Beginnings
    blocks: Iterable[tuple[int, NDArray[np.uint8]]]
    said: Iterable[Vectors]


def write_file(folder: Path, layout: Layout, content: Content) -> None:
    """Write the file that ``layout`` describes."""
    path = folder / f"{layout.segments[-1]}{SUFFIX}"
    beside = path.with_suffix(".joining")
    with beside.open("w+b") as file:
        write(file, layout, content)
    beside.replace(path)


def write(file: IO[bytes], layout: Layout, content: Content) -> None:
    """Write what is in it into ``file``, which can be read as well."""
    file.write(layout.header())
    _write_lists(file, layout, content.lists)
    _write_names(file, layout, content.names)
    _write_lengths(file, layout, content.lengths)
    _write_beginnings(file, layout, content.begun, content.blocks)
    _write_said(file, layout, content.said)
    file.seek(0, SEEK_END)
    file.write(bytes(layout.places()["end"] - file.tell()))


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


def _write_lengths(file: IO[bytes], layout: Layout, lengths: Mapping[str, Codes]) -> None:
    at = layout.places()
    for field, codes in lengths.items():
        file.seek(at[f"lengths {field}"])
        file.write(codes.tobytes())


def _write_beginnings(
    file: IO[bytes], layout: Layout, begun: Beginnings, blocks: Iterable[tuple[int, NDArray[np.uint8]]]
) -> None:
    at, counts = layout.places(), np.zeros(len(begun.names), np.uint32)
    for base, block in blocks:
        counts += np.count_nonzero(block, axis=1).astype(np.uint32)
        for number, row in enumerate(block):
            file.seek(at["begun rows"] + number * layout.documents + base)
            file.write(row.tobytes())
    file.seek(at["begun"])
    file.write(padded(begun.text()) + counts.tobytes())


def _write_said(file: IO[bytes], layout: Layout, parts: Iterable[Vectors]) -> None:
    write, before = _Appending(file, layout), 0
    for said in parts:
        write("said ends", (before + said.sizes.cumsum()).astype(np.uint32))
        write("said words", said.words.astype(np.uint32))
        write("said counts", said.counts)
        write("said marks", said.marks)
        before += len(said.words)
