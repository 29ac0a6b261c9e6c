"""Keeps the newest snapshot open: one cheap look at the manifest for each query, new files opened only after a commit."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import whoosh
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from innovations.search.answers.snapshot import Snapshot
from innovations.search.files.arrayjoiner import joined
from innovations.search.files.arrayreader import ArrayFile
from innovations.search.files.arrays import SUFFIX, runs
from innovations.search.files.checksums import Inspection, verified_bytes
from innovations.search.files.generations import IndexFolder, IndexProblem, Manifest, Unclear, read_manifest, toc_name
from innovations.search.files.schema import FORMAT, INDEX_NAME, schema, whoosh_is_known
from innovations.search.files.segments import EXHAUSTED, Segment, reading_bytes
from innovations.search.port import Reason

#: A commit replaces files within milliseconds; a reader that meets it looks again this often, this long apart.
_TRIES, _PAUSE_SECONDS = 5, 0.02

#: Files of at most so many documents, and of at most so many, are joined in memory: a word is looked up in two instead of in ten of them.
#: Ten of one document each take 5 ms, once after a commit; larger ones would take longer, and there are few of them.
TOGETHER = (16, 64)

Stamp = tuple[str, int, int]
#: Segments that one file is of.
Run = list[str]


class Closable(Protocol):
    """Holds files open."""

    def close(self) -> None:
        """Release them."""


class IndexReader:
    """The current snapshot of the index in ``folder``.  One thread at a time."""

    def __init__(self, folder: IndexFolder) -> None:
        self.folder = folder
        self.manifest: Manifest | None = None
        self._stamp: Stamp | None = None
        self._pointer_path = str(folder.pointer)
        self._pointer: tuple[tuple[int, int], tuple[str, str]] | None = None
        self._problem: IndexProblem | None = None
        self._snapshot: Snapshot | None = None
        self.inspection = Inspection()
        self._segments: dict[tuple[str, str], Segment] = {}
        self._arrays: dict[tuple[str, ...], ArrayFile] = {}

    def snapshot(self) -> Snapshot:
        """The index after its last commit, whichever process made it.

        :raises IndexProblem: missing, damaged, or written by another version.
        """
        if not whoosh_is_known():
            raise IndexProblem(Reason.OUTDATED, f"Whoosh {whoosh.versionstring()} is none of those that are known")
        stamp = self._look()
        if stamp != self._stamp:
            self._stamp, self._problem, self._snapshot = stamp, None, None
        self._problem = self._problem or self.inspection.problem(stamp[0])
        if self._problem is not None:
            raise self._problem  # nothing was written since: reading it all again would find the same
        if self._snapshot is None:
            self._snapshot = self._open_or_remember()
        return self._snapshot

    def condemn(self, problem: IndexProblem) -> None:
        """Answer ``problem`` until something is written."""
        self._problem, self._snapshot = problem, None

    def _open_or_remember(self) -> Snapshot:
        try:
            return self._open()
        except Unclear:
            raise
        except IndexProblem as problem:
            self._problem = problem
            raise
        except OSError as error:
            if error.errno in EXHAUSTED:
                raise Unclear(Reason.DAMAGED, str(error)) from None  # too many files are open: nothing is wrong with these
            raise

    def forget(self) -> None:
        """Close everything; the next query opens it again."""
        for held in (self._segments, self._arrays):
            _close_all_but(held, ())
            held.clear()
        self.inspection.forget()
        self._snapshot = self._stamp = self._problem = self.manifest = self._pointer = None

    def _look(self) -> Stamp:
        name, manifest = self._generation()
        try:
            seen = os.stat(manifest)
        except OSError:
            raise IndexProblem(Reason.MISSING, "no manifest") from None
        return name, seen.st_mtime_ns, seen.st_ino

    def _generation(self) -> tuple[str, str]:
        """The generation in use and its manifest; the pointer is read when it was replaced (0.1 ms, a look at it takes 2 µs)."""
        try:
            seen = os.stat(self._pointer_path)
        except OSError:
            raise IndexProblem(Reason.MISSING, "no generation in use") from None
        pointer = (seen.st_mtime_ns, seen.st_ino)
        if self._pointer is None or self._pointer[0] != pointer:
            generation = self.folder.current()
            self._pointer = (pointer, (generation.name, str(generation / "meta.json")))
        return self._pointer[1]

    def _open(self) -> Snapshot:
        """Open what the manifest names, again when a commit removes it in that moment."""
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(_PAUSE_SECONDS)
            try:
                return self._open_once()
            except FileNotFoundError as error:
                missing = error.filename
            except IndexProblem as problem:
                if attempt == _TRIES - 1:
                    raise
                missing = problem.detail
        raise IndexProblem(Reason.DAMAGED, f"{missing} is missing")

    def _open_once(self) -> Snapshot:
        generation = self.folder.current()
        manifest = readable_manifest(generation)
        self.inspection.inspect(generation, manifest, {toc_name(manifest.toc)})
        with reading_bytes("table of contents"):
            toc = TOC.read(FileStorage(str(generation)), INDEX_NAME, gen=manifest.toc, schema=schema())
        held = {(generation.name, segment.segment_id()): segment for segment in toc.segments}
        filled = {name: segment for name, segment in held.items() if segment.doc_count_all()}
        self._inspect(generation, manifest, {name for _, name in filled.keys() - self._segments.keys()})
        together = _together(
            runs(generation, [name for _, name in held]), {s.segment_id(): s.doc_count_all() for s in toc.segments}
        )
        ordered = [(generation.name, name) for files in together for run in files for name in run]
        opened = {name: self._segments.get(name) or Segment(generation, filled[name]) for name in ordered if name in filled}
        arrays = self._open_arrays(generation, together, manifest)
        _close_all_but(self._segments, opened)
        _close_all_but(self._arrays, arrays)
        self._segments, self._arrays, self.manifest = opened, arrays, manifest
        deleted = [list(held[name].deleted_docs()) for name in opened]
        return Snapshot(list(opened.values()), deleted, list(arrays.values()))

    def _inspect(self, generation: Path, manifest: Manifest, segments: Collection[str]) -> None:
        self.inspection.inspect(generation, manifest, {file for file in manifest.files if file.partition(".")[0] in segments})

    def _open_arrays(
        self, generation: Path, together: Sequence[Sequence[Run]], manifest: Manifest
    ) -> dict[tuple[str, ...], ArrayFile]:
        """The files of posting lists, in the order of their documents; each is inspected with the segment of its name."""
        last = [(generation.name, *(run[-1] for run in files)) for files in together]
        return {
            each: self._arrays.get(each) or _opened(generation, [f"{name}{SUFFIX}" for name in each[1:]], manifest)
            for each in last
        }


def _together(found: Sequence[Run], sizes: Mapping[str, int]) -> list[list[Run]]:
    """The runs of segments, each with a file, that are read as one: those of many documents alone, of few as :data:`TOGETHER` says.

    :param sizes: how many documents each segment has.
    """
    counts = [sum(sizes[name] for name in run) for run in found]
    alone = [[run] for run, count in zip(found, counts, strict=True) if count > TOGETHER[-1]]
    few = (
        [run for run, count in zip(found, counts, strict=True) if low < count <= high] for low, high in pairwise((-1, *TOGETHER))
    )
    return [*alone, *filter(None, few)]


def _opened(generation: Path, names: Sequence[str], manifest: Manifest) -> ArrayFile:
    """The file of that name, or several as one.  What is joined was perhaps inspected long ago, and is held against its checksum again."""
    if len(names) == 1:
        return ArrayFile(generation / names[0])
    with reading_bytes("small files"):
        return ArrayFile(joined([verified_bytes(generation, manifest, name) for name in names]))


def readable_manifest(generation: Path) -> Manifest:
    """The manifest of a generation of this version's format.

    :raises IndexProblem: there is none, or it is of another format.
    """
    manifest = read_manifest(generation)
    if manifest.format != FORMAT:
        raise IndexProblem(Reason.OUTDATED, f"format {manifest.format}")
    return manifest


def _close_all_but(before: Mapping[Any, Closable], kept: Collection[Any]) -> None:
    for name, held in before.items():
        if name not in kept:
            held.close()
