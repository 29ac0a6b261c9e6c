"""Bringing an existing register in: checked whole first, then written in chunks that nobody sees, then shown (:mod:`.settling`).

One transaction for 100,000 rows would hold every other writer for seconds; small chunks do not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, TypeVar

from innovations.core.clock import now
from innovations.core.rules.errors import Forbidden, NotVisible
from innovations.core.transactions import atomic, check_attempt
from innovations.exchange.lock import importing
from innovations.exchange.report import Report, report_from, report_of, stored_form
from innovations.exchange.rules.plan import Plan
from innovations.exchange.services import changing, settling, writing
from innovations.exchange.services.cleaning import end_unfinished
from innovations.exchange.services.comparing import Compare
from innovations.exchange.services.following import Follower
from innovations.exchange.services.matching import plan_import
from innovations.exchange.services.writing import Batch
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.models import ImportBatch

#: Rows in one commit: the write lock is held for some 16 ms (100 rows: 32, 500: 400) at 1,300 rows per second (100: 1,350, 25: 1,040).
#: Between two commits the next rows are made ready, which lets whoever waits for the lock have it.
CHUNK = 50
NOBODY = Follower()
T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """What an import did; ``batch_id`` is None when nothing was stored, ``kept`` is the report in no language."""

    report: Report
    batch_id: int | None
    kept: dict[str, Any]


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
    follower: Follower = NOBODY,
    wait_seconds: float = 0,
) -> Outcome:
    """Import a register file under a unit.

    :param skip_bad_rows: store the sound rows although others have faults; otherwise one fault stores nothing.
    :param follower: is told how far it is.
    :param wait_seconds: so long another import may go on before it is said that one runs.
    :raises ImportRunning: another import is being written.
    :raises AlreadyDone: the same form was sent before, perhaps while this one waited.
    :raises Unavailable: the disk ran full; nobody sees what was written, and the next import or start removes it;
        what was being shown already, it finishes.
    """
    with importing(wait_seconds=wait_seconds):
        check_attempt()
        end_unfinished()  # rows that nobody sees would be taken for rows that are there
        unit = check_importer(actor, unit_id, roles)
        plan = plan_import(source, unit, create_units=create_units, on_row=follower.read)
        db.session.rollback()
        batch_id = None if plan.errors and not skip_bad_rows else _write(actor, unit_id, plan, follower)
        kept = stored_form(plan) if batch_id is None else _kept_of(batch_id)
        return Outcome(report_from(kept), batch_id, kept)


def _kept_of(batch_id: int) -> dict[str, Any]:
    """What became of the rows: somebody may have edited a record since the check."""
    kept = db.session.get_one(ImportBatch, batch_id).report or {}
    db.session.rollback()
    return kept


def _write(actor: Actor, unit_id: int, plan: Plan, follower: Follower) -> int | None:
    if not plan.created and not plan.updated:
        return None
    batch_id = write_unseen(actor, unit_id, plan, follower)
    settling.decide(batch_id, stored_form(plan))
    settling.settle(batch_id)
    return batch_id


def write_unseen(actor: Actor, unit_id: int, plan: Plan, follower: Follower = NOBODY) -> int:
    """Store new rows and stage changed ones as a batch that nobody sees; returns its id.  The caller holds the import lock."""
    batch = _begin(actor, unit_id, plan, follower)
    for chunk in _chunks(plan.created):
        columns = writing.columns_of(chunk, batch)
        with atomic(final=False):
            writing.add_records(chunk, columns, batch)
            follower.wrote(len(chunk))
    for changes in _chunks(plan.updated):
        columns = writing.columns_of([record for record, _stored in changes], batch)
        with atomic(final=False):
            changing.stage(changes, columns, batch)
            follower.wrote(len(changes))
    return batch.id


def _chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))


def _begin(actor: Actor, unit_id: int, plan: Plan, follower: Follower) -> Batch:
    """The batch, the units to be made, the codes the file brings, and who will see its records."""
    records = [*plan.created, *(record for record, _stored in plan.updated)]
    units = {record.unit.identity: record.unit for record in reversed(records)}  # the first spelling names a new unit
    with atomic(final=False) as session:
        target = session.get_one(Unit, unit_id)
        units |= writing.make_units([unit for unit in units.values() if unit.id is None], target)
        writing.reserve_codes(records)
        row = ImportBatch(unit_id=unit_id, by_id=actor.account_id, started_at=now(), rows=plan.rows)
        session.add(row)
        session.flush()
        batch = Batch(row.id, actor.person_id, units, writing.field_ids())
        writing.find_audiences(records, batch)
        follower.begun(row.id, len(records))
        return batch
