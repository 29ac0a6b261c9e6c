"""Reading what was imported: batches of the units an actor keeps the register of, and how far indexing is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from innovations import search
from innovations.core.rules.errors import NotVisible
from innovations.exchange.report import Report, report_from
from innovations.exchange.services.settling import batch_name
from innovations.extensions import db
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
