"""Draining the outbox: the worker's side of indexing, the only writer of the index.

Read jobs → load the *current* documents → one index commit → delete those jobs.  A crash repeats work and loses nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import case, delete, select, update

from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.search import registry
from innovations.search.documents import Document
from innovations.search.files.writer import GenerationWriter
from innovations.search.keeping import state
from innovations.search.models import IndexJob, Lane

#: Jobs taken at once: a single change is seen at once, a batch is committed in larger steps.
TAKEN = {Lane.SINGLE: 200, Lane.BATCH: 500}
#: A job that failed this often waits for a person; ``status`` shows it.
MAX_ATTEMPTS = 5
_log = logging.getLogger(__name__)


@dataclass
class Drained:
    """What one round did: jobs done, documents written, documents gone, and why which document failed.

    ``erased`` of the gone ones stood in the index, whose files still hold their text until it is rebuilt.
    """

    jobs: int = 0
    written: int = 0
    gone: int = 0
    erased: int = 0
    touched: set[int] = field(default_factory=set)
    failed: dict[int, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For a command to print."""
        return {"jobs": self.jobs, "written": self.written, "gone": self.gone, "failed": len(self.failed)}


def drain_into(generation: Path, lanes: Sequence[Lane] = (Lane.SINGLE, Lane.BATCH)) -> Drained:
    """Write one round of waiting jobs of the first of ``lanes`` that has any.  The caller holds the writer lock."""
    jobs = _waiting(lanes)
    if not jobs:
        return Drained()
    ids = set(jobs.values())
    sequence, fingerprint = _next_commit()
    documents, failed = load_each(ids)
    with GenerationWriter(generation) as writer:
        gone = ids - documents.keys() - failed.keys()
        erased = writer.remove(gone)
        writer.remove(documents.keys())
        written = add_each(writer, documents.values(), failed)
        writer.commit(fingerprint=fingerprint, sequence=sequence)
    _settle(jobs, failed, sequence)
    return Drained(len(jobs), written, len(gone), erased, touched=ids, failed=failed)


def load_each(ids: Iterable[int]) -> tuple[dict[int, Document], dict[int, str]]:
    """The documents, and why the others could not be loaded; one that fails does not hold the rest up."""
    wanted = list(ids)
    try:
        return registry.load(wanted), {}
    except Exception:
        if len(wanted) > 1:
            _log.warning("loading %d documents failed; loading them one by one", len(wanted), exc_info=True)
    finally:
        db.session.rollback()  # ends the read transaction
    documents: dict[int, Document] = {}
    failed: dict[int, str] = {}
    for number in wanted:
        try:
            documents |= registry.load([number])
        except Exception as error:
            _log.exception("document %d cannot be loaded for the index", number)
            failed[number] = type(error).__name__
        finally:
            db.session.rollback()
    return documents, failed


def add_each(writer: GenerationWriter, documents: Iterable[Document], failed: dict[int, str]) -> int:
    """Add what can be analysed; the rest goes into ``failed``."""
    written = 0
    for document in documents:
        try:
            written += writer.add([document])
        except (TypeError, ValueError, AttributeError) as error:
            _log.exception("document %d cannot be indexed", document.id)
            failed[document.id] = type(error).__name__
    return written


def _waiting(lanes: Sequence[Lane]) -> dict[int, int]:
    """Job id → document id of the next round."""
    try:
        for lane in lanes:
            query = select(IndexJob.id, IndexJob.document_id).where(IndexJob.lane == lane, IndexJob.attempts < MAX_ATTEMPTS)
            rows = db.session.execute(query.order_by(IndexJob.id).limit(TAKEN[lane])).all()
            if rows:
                return {job: document for job, document in rows}  # noqa: C416  (rows are no pairs to the type checker)
        return {}
    finally:
        db.session.rollback()


def _next_commit() -> tuple[int, str]:
    held = state.current()
    try:
        return held.sequence + 1, held.fingerprint
    finally:
        db.session.rollback()


def _settle(jobs: dict[int, int], failed: dict[int, str], sequence: int) -> None:
    """After the index commit: delete the jobs that are done, count the attempts of the others."""
    done = [job for job, document in jobs.items() if document not in failed]
    tried = {job: failed[document] for job, document in jobs.items() if document in failed}
    with atomic() as session:
        session.execute(delete(IndexJob).where(IndexJob.id.in_(done)))
        if tried:
            why = case(tried, value=IndexJob.id)
            counted = update(IndexJob).where(IndexJob.id.in_(tried)).values(attempts=IndexJob.attempts + 1, last_error=why)
            session.execute(counted)
        state.note_commit(sequence)
