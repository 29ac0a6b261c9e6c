"""Large imports by page: kept as an order with its file, carried out by the worker in a process of its own.

An order is carried out by the rights its giver has then.  Killed anywhere it is begun again, or finished when it was being shown.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, BinaryIO

from sqlalchemy import select

from innovations.core.clock import now
from innovations.core.rules.errors import Forbidden, Invalid, NotVisible, Unavailable
from innovations.core.transactions import atomic
from innovations.exchange import uploads
from innovations.exchange.models import RegisterJob
from innovations.exchange.reading import read_sheet
from innovations.exchange.rules.jobs import CRASHES, SMALL_ROWS, Ending
from innovations.exchange.services import following
from innovations.exchange.services.cleaning import clean_unfinished
from innovations.exchange.services.following import JobFollower
from innovations.exchange.services.importing import check_importer, import_register
from innovations.extensions import db
from innovations.people.identity import actor_of
from innovations.people.rules.roles import Actor

_WAITING = select(RegisterJob).where(RegisterJob.ending == Ending.WAITING).order_by(RegisterJob.id)


def is_small(source: BinaryIO) -> bool:
    """Whether the file is imported while its reader waits; one that cannot be read is, for it is refused at once."""
    try:
        rows = sum(1 for _row in islice(read_sheet(source).rows, SMALL_ROWS + 1))
    except Invalid:
        rows = 0
    source.seek(0)
    return rows <= SMALL_ROWS


def ask_import(actor: Actor, unit_id: int, source: BinaryIO, *, create_units: bool, skip_bad_rows: bool) -> int:
    """Have the worker import the file; returns the job's id.  The same order given again while it waits is the same job.

    :raises NotVisible: Forbidden: see :func:`~innovations.exchange.services.importing.check_importer`.
    :raises Unavailable: the disk is full; nothing was kept.
    """
    check_importer(actor, unit_id)
    try:
        upload, digest = uploads.keep(source)
    except OSError as error:
        raise Unavailable from error
    kept = False
    try:
        with atomic() as session:
            check_importer(actor, unit_id)
            order = {
                "unit_id": unit_id,
                "by_id": actor.account_id,
                "digest": digest,
                "create_units": create_units,
                "skip_bad_rows": skip_bad_rows,
            }
            job = session.scalar(_WAITING.filter_by(**order))
            if job is None:
                job = RegisterJob(**order, upload=upload, asked_at=now())
                session.add(job)
                session.flush()
            kept, job_id = job.upload == upload, job.id
    finally:
        if not kept:
            uploads.forget(upload)
    return job_id


def next_waiting() -> int | None:
    """Id of the order that waits longest."""
    job = db.session.scalar(_WAITING.limit(1))
    db.session.rollback()
    return job.id if job is not None else None


def run(job_id: int) -> None:
    """Carry out an order; nothing happens when it is over.

    :raises ImportRunning: an import by command is at it; the order goes on waiting.
    :raises Unavailable: the disk ran full; the order goes on waiting.
    """
    clean_unfinished()  # which ends an order that was killed while it was being shown
    job = db.session.get(RegisterJob, job_id)
    if job is None or job.ending is not Ending.WAITING:
        db.session.rollback()
        return
    try:
        ending, report = _carried_out(job)
    except (Forbidden, NotVisible):
        ending, report = Ending.FORBIDDEN, None
    _end(job_id, ending, report)


def _carried_out(job: RegisterJob) -> tuple[Ending, dict[str, Any] | None]:
    if not job.by.active:
        raise Forbidden
    actor, unit_id, path = actor_of(job.by), job.unit_id, uploads.path_of(job.upload)
    create_units, skip_bad_rows = job.create_units, job.skip_bad_rows
    if not path.is_file():
        return Ending.LOST, None
    follower = JobFollower(job.id)
    db.session.rollback()
    with path.open("rb") as source:
        done = import_register(actor, unit_id, source, create_units=create_units, skip_bad_rows=skip_bad_rows, follower=follower)
    if done.batch_id is not None:
        return Ending.DONE, None
    refused = done.report.errors and not skip_bad_rows
    return (Ending.REFUSED if refused else Ending.NOTHING), done.kept


def _end(job_id: int, ending: Ending, report: dict[str, Any] | None) -> None:
    """The file goes after the commit; one that a kill leaves behind, :func:`forget_uploads` finds."""
    with atomic() as session:
        job = session.get_one(RegisterJob, job_id)
        if job.ending is Ending.WAITING:
            following.end(job, ending, report)
        upload = job.upload
    uploads.forget(upload)


def count_crash(job_id: int) -> None:
    """The process that carried the order out ended before its time, by itself: after :data:`CRASHES` of them it is given up."""
    with atomic() as session:
        job = session.get(RegisterJob, job_id)
        if job is None or job.ending is not Ending.WAITING:
            return
        job.crashes += 1
        if job.crashes >= CRASHES:
            following.end(job, Ending.FAILED)


def forget_uploads() -> int:
    """Remove files whose job was never stored; returns how many."""
    named = set(db.session.scalars(select(RegisterJob.upload).where(RegisterJob.ending == Ending.WAITING)))
    db.session.rollback()
    return uploads.forget_all_but(named)
