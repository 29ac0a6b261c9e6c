"""Reading what was imported: batches of the units an actor keeps the register of, and how far indexing is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy import ColumnElement, select

from innovations import search
from innovations.core.rules.errors import NotVisible
from innovations.exchange.models import RegisterJob
from innovations.exchange.report import Report, report_from
from innovations.exchange.rules.jobs import Ending
from innovations.exchange.services.settling import batch_name
from innovations.extensions import db
from innovations.notifications import Subject
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.models import ImportBatch

#: Batches listed.
LATEST = 20


@dataclass(frozen=True)
class BatchShown:
    """One import; ``indexed`` of ``to_index`` records can be searched already, both None when all can."""

    id: int
    unit: str
    at: datetime
    report: Report
    indexed: int | None = None
    to_index: int | None = None


def batches_of(actor: Actor, batch_id: int | None = None) -> list[BatchShown]:
    """The latest imports of the actor's units, youngest first; with ``batch_id`` that one only."""
    chosen = select(ImportBatch, Unit.short_name, Unit.path).join(Unit, Unit.id == ImportBatch.unit_id)
    chosen = chosen.where(ImportBatch.published_at.is_not(None)).order_by(ImportBatch.id.desc())
    if batch_id is not None:
        chosen = chosen.where(ImportBatch.id == batch_id)
    running = {batch["batch"]: batch for batch in search.status()["batches"]}
    shown = []
    for row, unit, path in db.session.execute(chosen):
        if actor.holds(Role.REGISTRAR, path) and row.published_at and row.report:
            progress = running.get(batch_name(row.id), {})
            shown.append(
                BatchShown(row.id, unit, row.published_at, report_from(row.report), progress.get("done"), progress.get("size"))
            )
    return shown[:LATEST]


def batch_shown(actor: Actor, batch_id: int) -> BatchShown:
    """One import.

    :raises NotVisible: there is none, or it belongs to a unit whose register somebody else keeps.
    """
    found = batches_of(actor, batch_id)
    if not found:
        raise NotVisible
    return found[0]


@dataclass(frozen=True)
class JobShown:
    """An import in the worker's hands: ``done`` rows were read, and once ``total`` is known, so many of them written."""

    id: int
    unit: str
    asked_at: datetime
    ending: Ending
    done: int
    total: int
    batch_id: int | None
    report: Report | None

    @property
    def runs(self) -> bool:
        """Whether it waits or is being carried out."""
        return self.ending is Ending.WAITING


def jobs_of(actor: Actor, *where: ColumnElement[bool]) -> list[JobShown]:
    """Imports handed to the worker for the units whose register the actor keeps, youngest first."""
    chosen = select(RegisterJob, Unit.short_name, Unit.path).join(Unit, Unit.id == RegisterJob.unit_id).where(*where)
    return [
        JobShown(
            row.id, unit, row.asked_at, row.ending, row.done, row.total, row.batch_id if row.ending is Ending.DONE else None,
            report_from(row.report) if row.report else None,
        )
        for row, unit, path in db.session.execute(chosen.order_by(RegisterJob.id.desc()).limit(LATEST))
        if actor.holds(Role.REGISTRAR, path)
    ]  # fmt: skip


def running_jobs(actor: Actor) -> list[JobShown]:
    """Those that are not over."""
    return jobs_of(actor, RegisterJob.ending == Ending.WAITING)


def job_shown(actor: Actor, job_id: int) -> JobShown:
    """One of them.

    :raises NotVisible: there is none, or it belongs to a unit whose register somebody else keeps.
    """
    found = jobs_of(actor, RegisterJob.id == job_id)
    if not found:
        raise NotVisible
    return found[0]


def job_subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """Label and address of each import that a notice is about, as far as the reader may still see it."""
    return {
        job.id: Subject(job.unit, url_for("admin.register_job", job_id=job.id))
        for job in jobs_of(actor, RegisterJob.id.in_(list(ids)))
    }
