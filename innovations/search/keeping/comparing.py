"""Holding the whole index against its checksums and against the database, in short steps between which the worker does other work.

Every file is read once for its SHA-256, and every document's digest is compared with that of the document in the database: texts,
rights, grade, adoptions, whatever a document has.  What waits to be indexed may differ and is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import select

from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.search import registry
from innovations.search.documents import Document
from innovations.search.engine import WhooshEngine
from innovations.search.files.checksums import verify_in_use
from innovations.search.files.generations import IndexProblem, read_manifest
from innovations.search.keeping import outbox
from innovations.search.models import IndexJob, Lane

#: Documents compared in one step: about half a second.
CHUNK = 250


class Comparison:
    """One look at the whole index of ``engine``; call :meth:`step` until it says that nothing is left.

    :param mend: have documents that differ indexed again, and a damaged index rebuilt.
    """

    def __init__(self, engine: WhooshEngine, *, mend: bool) -> None:
        self._engine, self._mend = engine, mend
        self.problems: list[str] = []
        self.drifted: set[int] = set()
        self.expected = 0
        self._files: list[str] = []
        self._ids: list[int] = []
        self._surplus_left = True
        self._generation: Path | None = None
        try:
            self._generation = engine.folder.current()
            self._files = list(read_manifest(self._generation).files)
        except IndexProblem as problem:
            self._damaged(problem)
        else:
            self._ids = registry.all_ids()
            db.session.rollback()

    def step(self) -> bool:
        """Compare one file or one chunk of documents; False when all is done, or when a rebuild replaced what was compared."""
        try:
            if self._generation is None or self._engine.folder.current() != self._generation:
                return False
            if self._files:
                verify_in_use(self._generation, self._files.pop())
            elif self._ids:
                chunk, self._ids = self._ids[:CHUNK], self._ids[CHUNK:]
                self._compare(chunk)
            elif self._surplus_left:
                self._surplus_left = False
                self._drift(self._surplus())
            else:
                self._engine.folder.note_check(self._generation, at=now().isoformat(), drift=len(self.drifted))
                self._generation = None
                return False
        except IndexProblem as problem:
            self._damaged(problem)
            return False
        return True

    def _damaged(self, problem: IndexProblem) -> None:
        self.problems.append(str(problem))
        self._generation = None
        if self._mend:
            self._engine.trouble(problem)

    def _compare(self, ids: Sequence[int]) -> None:
        documents = self._load(ids)
        self.expected += len(documents)
        held = self._engine.digests(ids)
        suspects = [number for number in ids if held.get(number) != _digest(documents.get(number))]
        again = self._load(suspects)  # a change between the two looks is no drift
        held = self._engine.digests(suspects)
        self._drift(number for number in suspects if held.get(number) != _digest(again.get(number)))

    def _load(self, ids: Sequence[int]) -> dict[int, Document]:
        documents = registry.load(ids) if ids else {}
        db.session.rollback()
        return documents

    def _surplus(self) -> set[int]:
        indexed = self._engine.document_ids()
        known = set(registry.all_ids())
        db.session.rollback()
        return indexed - known

    def _drift(self, ids: Iterable[int]) -> None:
        differing = set(ids)
        if not differing:
            return
        differing -= set(db.session.scalars(select(IndexJob.document_id)))
        db.session.rollback()
        self.drifted |= differing
        if self._mend and differing:
            with atomic():
                for number in sorted(differing):
                    outbox.enqueue(number, lane=Lane.BATCH)


def _digest(document: Document | None) -> int | None:
    return document.digest() if document else None
