"""Writes one generation of the index: one commit for many documents.  Only the worker calls it, under the writer lock."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import SegmentReader
from whoosh.writing import NO_MERGE

from innovations.core.clock import now
from innovations.search.documents import Document
from innovations.search.files import terms
from innovations.search.files.arrayjoiner import join
from innovations.search.files.bulk import BulkWriter
from innovations.search.files.checksums import digests
from innovations.search.files.filepack import packed_files
from innovations.search.files.generations import Manifest, forget_unfinished, read_manifest, write_manifest
from innovations.search.files.schema import FILE_COLUMNS, FORMAT, INDEX_NAME, schema
from innovations.search.files.segments import read_numbers

_EPOCH = date(1900, 1, 1)
_NOBODY = -1


class GenerationWriter:
    """Adds, replaces and removes documents in ``folder``; nothing is visible before :meth:`commit`.

    Use it in a ``with`` block.

    :param fresh: start an empty generation instead of continuing the one there.
    """

    def __init__(self, folder: Path, *, fresh: bool = False, built_because: str = "") -> None:
        self.folder = folder
        self._before = Manifest(FORMAT, 0, 0, built_because=built_because) if fresh else read_manifest(folder)
        forget_unfinished(folder, self._before)
        self._writer = BulkWriter(folder, fresh=fresh)

    def remove(self, ids: Collection[int]) -> int:
        """Take committed documents out; unknown ids are ignored.  Returns how many there were."""
        wanted = np.fromiter(ids, dtype=np.int64, count=len(ids))
        removed = base = 0
        for segment in self._writer.segments:
            held = read_numbers(self.folder, segment, "id")
            for docnum in np.flatnonzero(np.isin(held, wanted)).tolist():
                if not segment.is_deleted(docnum):
                    self._writer.delete_document(base + docnum)
                    removed += 1
            base += segment.doc_count_all()
        return removed

    def add(self, documents: Iterable[Document]) -> int:
        """Add documents that are not in the index; to replace one, :meth:`remove` it first.  Returns how many."""
        count = 0
        for document in documents:
            self._add(document)
            count += 1
        return count

    def adopt(self, part: Path) -> None:
        """Take over the committed segments of the small index in ``part``, whose files are moved here."""
        for segment in _segments_of(part):
            for file in part.glob(f"{segment.segment_id()}.*"):
                file.rename(self.folder / file.name)
            self._writer.segments.append(segment)

    def copy(self, generation: Path, segment: Any) -> None:
        """Add the documents of a committed segment of ``generation``, as they stand in its files."""
        reader = SegmentReader(FileStorage(str(generation)), schema(), segment)
        self._writer.add_reader(reader)
        reader.close()

    def replace(self, names: Collection[str], part: Path) -> bool:
        """Put the one segment in ``part``, made of the segments ``names``, in their place, without what was removed since.

        :returns: False when some of them are not there any more: nothing was done.
        """
        old = [segment for segment in self._writer.segments if segment.segment_id() in names]
        if len(old) < len(names):
            return False
        alive = [_living(self.folder, segment) for segment in old]
        self._writer.segments = [segment for segment in self._writer.segments if segment not in old]
        if not any(segment.doc_count_all() for segment in _segments_of(part)):
            return True  # all their documents had been removed
        self.adopt(part)
        merged = self._writer.segments[-1]
        stays = np.isin(read_numbers(self.folder, merged, "id"), np.concatenate(alive))
        for document in np.flatnonzero(~stays).tolist():
            merged.delete_document(document)
        return True

    def join(self) -> None:
        """Keep the postings of all segments in one file: a word is then looked up once."""
        names = [segment.segment_id() for segment in self._writer.segments]
        if len(names) > 1:
            join(self.folder, names)

    def commit(self, *, fingerprint: str | None = None, sequence: int | None = None) -> Manifest:
        """Make everything visible at once and write the manifest; returns it.

        :param fingerprint: of the database; it and ``sequence`` stay what they were when not given.
        """
        self._writer.commit(mergetype=NO_MERGE)
        toc = TOC.read(FileStorage(str(self.folder)), INDEX_NAME, schema=schema())
        manifest = replace(
            self._before,
            toc=toc.generation,
            documents=sum(s.doc_count_all() - s.deleted_count() for s in toc.segments),
            fingerprint=self._before.fingerprint if fingerprint is None else fingerprint,
            sequence=self._before.sequence if sequence is None else sequence,
            committed_at=now().isoformat(),
            files=digests(self.folder, toc.generation, {s.segment_id() for s in toc.segments}, self._before.files),
        )
        write_manifest(self.folder, manifest)
        self._writer.tidy()
        return manifest

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Without a commit everything stays as it was."""
        if not self._writer.is_closed:
            self._writer.cancel()

    def _add(self, document: Document) -> None:
        analysed = terms.analyse(document)
        held = {**analysed.by_field(), "k": dict.fromkeys(terms.keys(document), 1.0)}
        columns = _columns(document, analysed.sequence)
        if document.files:
            files = terms.analyse_files(document.files)
            held |= files.by_field()
            columns |= _file_columns(document, files)
        self._writer.add_counted(held, _shown(document), columns)


def _segments_of(part: Path) -> list[Any]:
    """The committed segments of the small index in ``part``."""
    return list(TOC.read(FileStorage(str(part)), INDEX_NAME, schema=schema()).segments)


def _living(folder: Path, segment: Any) -> NDArray[np.int64]:
    """Ids of the documents of a segment that were not removed."""
    held = read_numbers(folder, segment, "id").astype(np.int64)
    held[list(segment.deleted_docs())] = _NOBODY
    return held[held != _NOBODY]


def days(day: date | None) -> int:
    """A date as the index holds it: days since 1900, 0 when there is none."""
    return (day - _EPOCH).days if day else 0


def _shown(document: Document) -> dict[str, str]:
    names = ("code", "title", "problem", "solution", "rest")
    return {name: getattr(document, name) for name in names}


def _columns(document: Document, sequence: str) -> dict[str, Any]:
    return {
        "id": document.id,
        "digest": document.digest(),
        "day": days(document.decided_on or document.filed_on),
        "adoptions": document.adoptions,
        "documented": int(document.documented),
        "title": terms.sort_key(document.title),
        "seq": sequence.encode("utf-8", "replace"),
        "shorts": " ".join(sorted(terms.shorts(document))).encode("utf-8", "replace"),
        **dict.fromkeys(FILE_COLUMNS, b""),
    }


def _file_columns(document: Document, files: terms.AnalysedFiles) -> dict[str, bytes]:
    return {
        "fseq": files.sequence.encode("utf-8", "replace"),
        "fbare": files.bare.encode("utf-8", "replace"),
        "files": packed_files(zip((name for name, _text in document.files), files.blocks, strict=True)),
    }
