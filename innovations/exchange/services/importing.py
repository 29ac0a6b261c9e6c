"""Bringing an existing register in: checked whole first, then written in chunks that one last commit makes visible.

One transaction for 100,000 rows would hold every other writer for seconds; small chunks do not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, TypeVar

from sqlalchemy import select

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import Forbidden, NotVisible
from innovations.core.transactions import atomic
from innovations.exchange.lock import importing
from innovations.exchange.report import Report, report_of, stored_form
from innovations.exchange.rules.events import AuditTag
from innovations.exchange.rules.plan import Plan
from innovations.exchange.services import writing
from innovations.exchange.services.cleaning import remove_unfinished
from innovations.exchange.services.comparing import Compare
from innovations.exchange.services.matching import plan_import
from innovations.exchange.services.writing import Batch
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.models import ImportBatch, Proposal
from innovations.search import outbox

#: Rows in one commit: the write lock is held for some 16 ms (100 rows: 32, 500: 400) at 1,300 rows per second (100: 1,350, 25: 1,040).
#: Between two commits the next rows are made ready, which lets whoever waits for the lock have it.
CHUNK = 50
T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """What an import did; ``batch_id`` is None when nothing was stored."""

    report: Report
    batch_id: int | None


def check_importer(actor: Actor, unit_id: int, roles: Collection[Role] = (Role.REGISTRAR,)) -> Unit:
    """The unit a register is imported under.

    :param roles: one of which the actor must hold there; the command also takes the admin's.
    :raises NotVisible: no such unit.
    :raises Forbidden: another registrar's unit.
    """
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotVisible
    if not any(actor.holds(role, unit.path) for role in roles):
        raise Forbidden
    return unit


def check_register(
    actor: Actor,
    unit_id: int,
    source: BinaryIO,
    *,
    create_units: bool = False,
    roles: Collection[Role] = (Role.REGISTRAR,),
    compare: Compare | None = None,
) -> Report:
    """Say what importing the file would do, and store nothing.

    :param compare: also say which new rows may repeat what is there: see :mod:`innovations.exchange.services.comparing`.
    """
    plan = plan_import(source, check_importer(actor, unit_id, roles), create_units=create_units)
    db.session.rollback()
    report = report_of(plan)
    if compare is None:
        return report
    similar, compared = compare(actor, plan.created)
    return replace(report, similar=tuple(similar), compared=compared)


def import_register(
    actor: Actor,
    unit_id: int,
    source: BinaryIO,
    *,
    create_units: bool = False,
    skip_bad_rows: bool = False,
    roles: Collection[Role] = (Role.REGISTRAR,),
) -> Outcome:
    """Import a register file under a unit.

    :param skip_bad_rows: store the sound rows although others have faults; otherwise one fault stores nothing.
    :raises ImportRunning: another import is being written.
    :raises Unavailable: the disk ran full; nobody sees what was written, and the next import or start removes it.
    """
    with importing():
        remove_unfinished()  # rows that nobody sees would be taken for rows that are there
        plan = plan_import(source, check_importer(actor, unit_id, roles), create_units=create_units)
        db.session.rollback()
        report = report_of(plan)
        if plan.errors and not skip_bad_rows:
            return Outcome(report, None)
        return Outcome(report, _write(actor, unit_id, plan))


def _write(actor: Actor, unit_id: int, plan: Plan) -> int | None:
    if not plan.created and not plan.updated:
        return None
    batch = _begin(actor, unit_id, plan)
    for chunk in _chunks(plan.created):
        columns = writing.columns_of(chunk, batch)
        with atomic():
            writing.add_records(chunk, columns, batch)
    for changes in _chunks(plan.updated):
        columns = writing.columns_of([record for record, _stored in changes], batch)
        with atomic():
            # Each chunk is seen at once, so it is queued at once: a killed import leaves no row changed but not indexed.
            outbox.enqueue_many(writing.change_records(changes, columns, batch), batch_name(batch.id), of=len(plan.updated))
    _publish(actor, batch.id, plan)
    return batch.id


def _chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))


def _begin(actor: Actor, unit_id: int, plan: Plan) -> Batch:
    """The batch, the units to be made, the codes the file brings, and who will see its records."""
    records = [*plan.created, *(record for record, _stored in plan.updated)]
    units = {record.unit.identity: record.unit for record in reversed(records)}  # the first spelling names a new unit
    with atomic() as session:
        target = session.get_one(Unit, unit_id)
        units |= writing.make_units([unit for unit in units.values() if unit.id is None], target)
        writing.reserve_codes(records)
        row = ImportBatch(unit_id=unit_id, by_id=actor.account_id, started_at=now(), rows=plan.rows)
        session.add(row)
        session.flush()
        batch = Batch(row.id, actor.person_id, units, writing.field_ids())
        writing.find_audiences(records, batch)
        return batch


def _publish(actor: Actor, batch_id: int, plan: Plan) -> None:
    """The one small commit that lets everybody see the batch."""
    with atomic() as session:
        row = session.get_one(ImportBatch, batch_id)
        row.published_at, row.report = now(), stored_form(plan)
        ids = session.scalars(select(Proposal.id).where(Proposal.import_batch_id == batch_id)).all()
        outbox.enqueue_many(ids, batch_name(batch_id))
        audit.record(AuditTag.REGISTER_IMPORTED, "import_batch", batch_id, by=actor.account_id, **plan.counts())


def batch_name(batch_id: int) -> str:
    """What the search calls the batch in its progress."""
    return f"import-{batch_id}"
