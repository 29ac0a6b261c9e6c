"""Changed rows of an import: staged where nobody looks, then written over their records in a few short transactions.

A record is never half old and half new, and an import that began to show its changes is finished, whatever kills it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from innovations.boards.models_decision import DecisionLine
from innovations.core.clock import now
from innovations.exchange.models import StagedChange
from innovations.exchange.rules.plan import Stored
from innovations.exchange.rules.records import Record
from innovations.exchange.services.writing import (
    Batch,
    Columns,
    audience_of,
    author_columns,
    find_decisions,
    line_columns,
    review_columns,
)
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals import lifecycle
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.states import State

#: Changes written in one transaction: 45 to 57 ms of work while the write lock is held (100: 67 to 79).
AT_ONCE = 50


@dataclass(frozen=True)
class Applied:
    """What one transaction did: ids of the changed records, and (row, code) of those that somebody edited since the check."""

    changed: tuple[int, ...]
    edited: tuple[tuple[int, str], ...]


def stage(changes: Sequence[tuple[Record, Stored]], columns: Sequence[Columns], batch: Batch) -> None:
    """Keep one chunk of changed rows for :func:`apply_some`.  A step.

    :param columns: of the records, from :func:`~innovations.exchange.services.writing.columns_of`.
    """
    find_decisions((record for record, _stored in changes), batch)
    rows = [
        {"batch_id": batch.id, "proposal_id": stored.id, "row": record.row, "before": stored.digest, "held": _held(record, held, batch)}
        for (record, stored), held in zip(changes, columns, strict=True)
    ]  # fmt: skip
    db.session.execute(insert(StagedChange), rows)


def _held(record: Record, columns: Columns, batch: Batch) -> dict[str, Any]:
    """Everything that changes, as JSON; when it changes and who sees it is known only then."""
    proposal = {name: value for name, value in columns.items() if name not in ("updated_at", "audience_id")}
    day = proposal["recognised_on"]
    authors = author_columns(record)
    for author in authors:
        author["share"] = None if author["share"] is None else str(author["share"])
    return {
        "proposal": {**proposal, "recognised_on": day.isoformat() if isinstance(day, date) else None}, "authors": authors,
        "state": record.state.value, "review": review_columns(record, batch), "line": line_columns(record, batch),
    }  # fmt: skip


def left_of(batch_id: int) -> int:
    """How many changes of a batch wait to be written."""
    return db.session.scalar(select(func.count()).where(StagedChange.batch_id == batch_id)) or 0


def next_of(batch_id: int) -> list[StagedChange]:
    """The changes that the next transaction takes; read before it begins, for others wait meanwhile."""
    chosen = select(StagedChange).where(StagedChange.batch_id == batch_id).order_by(StagedChange.id).limit(AT_ONCE)
    found = list(db.session.scalars(chosen))
    db.session.expunge_all()
    return found


def apply_some(staged: Sequence[StagedChange]) -> Applied:
    """Write staged changes over their records, except what somebody edited since the check.  A step.

    Not through the mapper: the version tells an edit made here from what a file brought.
    """
    untouched, reviews = _untouched(staged), _reviews_of(staged)
    fit = [each for each in staged if each.proposal_id in untouched and len(reviews[each.proposal_id]) == 1]
    if fit:
        _write(fit, {proposal_id: ids[0] for proposal_id, ids in reviews.items()}, now())
    db.session.execute(delete(StagedChange).where(StagedChange.id.in_([each.id for each in staged])))
    written = {each.id for each in fit}
    left = {each.proposal_id: each.row for each in staged if each.id not in written}
    codes = db.session.execute(select(Proposal.id, Proposal.code).where(Proposal.id.in_(left))) if left else ()
    return Applied(tuple(each.proposal_id for each in fit), tuple((left[row.id], row.code or "") for row in codes))


def _untouched(staged: Sequence[StagedChange]) -> set[int]:
    """Ids of the records that are still what the check saw."""
    before = {each.proposal_id: each.before for each in staged}
    chosen = select(Proposal.id, Proposal.import_digest).where(
        Proposal.id.in_(before), Proposal.edited_here.is_(False), Proposal.version == 1, Proposal.quarantined_at.is_(None)
    )
    return {row.id for row in db.session.execute(chosen) if row.import_digest == before[row.id]}


def _reviews_of(staged: Sequence[StagedChange]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {each.proposal_id: [] for each in staged}
    for row in db.session.execute(select(Review.id, Review.proposal_id).where(Review.proposal_id.in_(found))):
        found[row.proposal_id].append(row.id)
    return found


def _write(staged: Sequence[StagedChange], reviews: dict[int, int], at: datetime) -> None:
    session, connection = db.session, db.session.connection()
    ids = [each.proposal_id for each in staged]
    audiences = _audiences(staged)
    proposal, review = Proposal.__table__, Review.__table__
    connection.execute(
        update(proposal).where(proposal.c.id == bindparam("of")),
        [{"of": each.proposal_id, **_proposal_columns(each, audiences, at)} for each in staged],
    )
    connection.execute(
        update(review).where(review.c.id == bindparam("of")),
        [
            {"of": reviews[each.proposal_id], **each.held["review"], **lifecycle.past(State(each.held["state"]), at)}
            for each in staged
        ],
    )
    session.execute(delete(DecisionLine).where(DecisionLine.review_id.in_(list(reviews.values()))))
    session.execute(delete(Contribution).where(Contribution.proposal_id.in_(ids)))
    authors = [
        {"proposal_id": each.proposal_id, **author, "share": None if author["share"] is None else Decimal(author["share"])}
        for each in staged
        for author in each.held["authors"]
    ]
    lines = [{"review_id": reviews[each.proposal_id], **each.held["line"]} for each in staged if each.held["line"]]
    if authors:
        session.execute(insert(Contribution), authors)
    if lines:
        session.execute(insert(DecisionLine), lines)


def _proposal_columns(staged: StagedChange, audiences: dict[tuple[int, str], int], at: datetime) -> dict[str, Any]:
    held = staged.held["proposal"]
    day = held["recognised_on"]
    return {
        **held, "recognised_on": date.fromisoformat(day) if day else None, "updated_at": at,
        "audience_id": audiences[held["base_unit_id"], staged.held["state"]],
    }  # fmt: skip


def _audiences(staged: Sequence[StagedChange]) -> dict[tuple[int, str], int]:
    """Who sees the records of each unit and state now: a unit may have moved since the check."""
    pairs = {(each.held["proposal"]["base_unit_id"], each.held["state"]) for each in staged}
    paths = {unit.id: unit.path for unit in db.session.scalars(select(Unit).where(Unit.id.in_({unit for unit, _state in pairs})))}
    return {(unit, state): audience_of(unit, paths[unit], State(state)) for unit, state in pairs}
