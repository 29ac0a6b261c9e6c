"""Keeps the newest snapshot open: one cheap look at the manifest for each query, new files opened only after a commit."""

from __future__ import annotations

import time
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from innovations.search.cache import ByteLru
from innovations.search.generations import IndexFolder, IndexProblem, Manifest, read_manifest, toc_name, verify
from innovations.search.port import Reason
from innovations.search.schema import FORMAT, INDEX_NAME, schema
from innovations.search.segments import Postings, Segment, reading_bytes
from innovations.search.snapshot import Snapshot

#: Decoded postings kept in memory: only the first query after a commit needs them again.
_POSTINGS_BYTES = 32 << 20
#: A commit replaces files within milliseconds; a reader that meets it looks again this often, this long apart.
_TRIES, _PAUSE_SECONDS = 5, 0.02

Stamp = tuple[str, int, int]


def _decoded() -> ByteLru[Postings]:
    """An empty memory of decoded postings."""
    return ByteLru(_POSTINGS_BYTES, lambda p: 500 + p.documents.nbytes + p.weights.nbytes)


class IndexReader:
    """The current snapshot of the index in ``folder``.  One thread at a time."""

    def __init__(self, folder: IndexFolder) -> None:
        self.folder = folder
        self.manifest: Manifest | None = None
        self._stamp: Stamp | None = None
        self._problem: IndexProblem | None = None
        self._snapshot: Snapshot | None = None
        self._segments: dict[tuple[str, str], Segment] = {}
        self._raw = _decoded()

    def snapshot(self) -> Snapshot:
        """The index after its last commit, whichever process made it.

        :raises IndexProblem: missing, damaged, or written by another version.
        """
        stamp = self._look()
        if stamp != self._stamp:
            self._stamp, self._problem, self._snapshot = stamp, None, None
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
        except IndexProblem as problem:
            self._problem = problem
            raise

    def forget(self) -> None:
        """Close everything; the next query opens it again."""
        for segment in self._segments.values():
            segment.close()
        self._segments.clear()
        self._snapshot = self._stamp = self._problem = self.manifest = None

    def _look(self) -> Stamp:
        generation = self.folder.current()
        try:
            seen = (generation / "meta.json").stat()
        except OSError:
            raise IndexProblem(Reason.MISSING, "no manifest") from None
        return generation.name, seen.st_mtime_ns, seen.st_ino

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
        manifest = read_manifest(generation)
        if manifest.format != FORMAT:
            raise IndexProblem(Reason.OUTDATED, f"format {manifest.format}")
        verify(generation, manifest, {toc_name(manifest.toc)})
        with reading_bytes("table of contents"):
            toc = TOC.read(FileStorage(str(generation)), INDEX_NAME, gen=manifest.toc, schema=schema())
        held = [segment for segment in toc.segments if segment.doc_count_all()]
        segments = {(generation.name, s.segment_id()): s for s in held}
        opened = {
            name: self._segments.get(name) or self._open_segment(generation, manifest, segment)
            for name, segment in segments.items()
        }
        if not self._segments.keys() & opened.keys():
            self._raw = _decoded()  # a rebuild replaced every segment: what was decoded of them would only fill the memory
        for name in self._segments.keys() - opened.keys():
            self._segments[name].close()
        self._segments, self.manifest = opened, manifest
        return Snapshot(list(opened.values()), [list(s.deleted_docs()) for s in held], self._raw)

    def _open_segment(self, generation: Path, manifest: Manifest, segment: object) -> Segment:
        name = segment.segment_id()  # type: ignore[attr-defined]  # Whoosh has no types
        verify(generation, manifest, {file for file in manifest.files if file.partition(".")[0] == name})
        return Segment(generation, segment)
