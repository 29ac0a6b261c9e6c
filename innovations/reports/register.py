"""Rows of the register and of the library as the reader may have them, read in pieces and never as a whole.

A register holds what has an outcome; what is still considered is no entry yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from werkzeug.datastructures import MultiDict

from innovations.boards.models_decision import Decision, DecisionLine
from innovations.boards.rules.decisions import DecisionKind
from innovations.core.rules.calendar import local_date
from innovations.core.rules.errors import N_, Forbidden
from innovations.core.rules.money import format_decimal
from innovations.extensions import db
from innovations.library.asking import asked_for
from innovations.library.membership import in_library
from innovations.library.searching import every_id
from innovations.people.models import Person, Unit
from innovations.people.queries import units
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.audience import published, seen_by
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.content import SolutionType
from innovations.proposals.rules.states import ENDED, State
from innovations.regulations.models import FieldOfWork
from innovations.reports.columns import LEVEL_WORDS, RegisterRow

#: Whose subtree a register export holds.
REGISTER_ROLES = (Role.REGISTRAR, Role.DECIDER, Role.COMMANDER)
#: Records read at once.
CHUNK = 500
_LATEST = select(func.max(Review.id)).group_by(Review.proposal_id)
_DECISION_OF = {
    State.RECOGNISED: DecisionKind.RECOGNISE,
    State.REVOKED: DecisionKind.REVOKE,
    State.NOT_RECOGNISED: DecisionKind.NOT_RECOGNISE,
}


class NoRegister(Forbidden):
    """The reader keeps no unit's register."""

    message = N_("Sổ sáng kiến do cơ quan thường trực, chỉ huy và thủ trưởng quyết định của đơn vị xuất.")


def may_export_register(actor: Actor) -> bool:
    """Say whether a register export would hold anything the actor keeps."""
    return any(actor.holds_anywhere(role) for role in REGISTER_ROLES)


def subtree(actor: Actor) -> ColumnElement[bool]:
    """SQL condition on :class:`Unit`: at or below a unit whose register the actor keeps (domain case 20)."""
    paths = {path for role in REGISTER_ROLES for path in actor.paths_of(role)}
    return or_(false(), *(Unit.path.startswith(path, autoescape=True) for path in paths))


def register_rows(actor: Actor) -> Iterator[RegisterRow]:
    """The register of the actor's units, in the order of the codes' making.

    :raises NoRegister: the actor keeps none.
    """
    if not may_export_register(actor):
        raise NoRegister
    return _rows_where(subtree(actor), seen_by(actor, first=True))


def whole_register() -> Iterator[RegisterRow]:
    """The register of every unit, for commands run by who owns the machine; quarantined and unpublished rows are not in it."""
    return _rows_where(published(first=True))


def library_rows(actor: Actor, args: MultiDict[str, str]) -> Iterator[RegisterRow]:
    """What the library shows the actor under the same address, in the same order.

    :param args: the query string of the library page.
    :raises SearchDown: the index cannot be asked now (503); before the first row.
    """
    asked = asked_for(args, {unit.code: unit.id for unit in units(only_active=False)})
    batches = every_id(actor, asked)
    first = next(batches, [])  # asks the engine at once, so that a refusal comes before the file begins
    return _library_rows(actor, first, batches)


def _library_rows(actor: Actor, first: list[int], others: Iterable[list[int]]) -> Iterator[RegisterRow]:
    for ids in (first, *others):
        rows = _read(ids, in_library(actor))
        yield from (rows[each] for each in ids if each in rows)


def _rows_where(*conditions: ColumnElement[bool]) -> Iterator[RegisterRow]:
    outcome = Proposal.id.in_(select(Review.proposal_id).where(Review.id.in_(_LATEST), Review.state.in_(ENDED)))
    standing = Proposal.id.in_(select(Review.proposal_id).where(Review.state == State.RECOGNISED))
    chosen = (
        select(Proposal.id)
        .join(Unit, Unit.id == Proposal.base_unit_id)
        .where(Proposal.code.is_not(None), Proposal.quarantined_at.is_(None), or_(outcome, standing), *conditions)
    )
    ids = list(db.session.scalars(chosen.order_by(Proposal.id)))
    for start in range(0, len(ids), CHUNK):
        piece = ids[start : start + CHUNK]
        yield from _read(piece).values()


@dataclass(frozen=True)
class _Outcome:
    """How a proposal ended, and the decision that says so when one is known."""

    state: State
    level: str
    number: str = ""
    decided_on: date | None = None


def _read(ids: Sequence[int], *conditions: ColumnElement[bool]) -> dict[int, RegisterRow]:
    """Rows by proposal id, in ascending order: four queries for any number."""
    chosen = (
        select(
            Proposal.id, Proposal.code, Proposal.title, Proposal.content, Proposal.solution_types, Proposal.recognised_on,
            Proposal.recognised_year, Proposal.recognised_level, Proposal.grade, Proposal.author_benefit, Proposal.tags,
            Proposal.external_id, Proposal.first_filed_at, Proposal.register_year, Unit.code.label("unit"),
            FieldOfWork.name.label("field"),
        )
        .join(Unit, Unit.id == Proposal.base_unit_id)
        .outerjoin(FieldOfWork, FieldOfWork.id == Proposal.field_id)
        .where(Proposal.id.in_(ids), and_(True, *conditions))
        .order_by(Proposal.id)
    )  # fmt: skip
    outcomes, authors = _outcomes(ids), _authors(ids)
    return {row.id: _row(row, outcomes[row.id], authors[row.id]) for row in db.session.execute(chosen)}


def _row(row: Any, outcome: _Outcome, authors: list[str]) -> RegisterRow:
    decided_on = outcome.decided_on or row.recognised_on
    filed = local_date(row.first_filed_at).year if row.first_filed_at else None
    return RegisterRow(
        code=row.code or "", title=row.title, description=row.content, field=row.field or "",
        solution_type="; ".join(SolutionType(each).label for each in row.solution_types), unit=row.unit,
        authors="; ".join(authors),
        year=row.recognised_year or row.register_year or (decided_on.year if decided_on else filed),
        level=LEVEL_WORDS.get(row.recognised_level or outcome.level, ""), grade=row.grade or "", decision_number=outcome.number,
        decision_date=decided_on, status=outcome.state.label, benefit=row.author_benefit, tags="; ".join(row.tags),
        external_id=row.external_id or "",
    )  # fmt: skip


def _authors(ids: Sequence[int]) -> dict[int, list[str]]:
    """Rank, name and share of each author, the lead first as filed: ``Thượng úy Nguyễn Văn An 60 %``."""
    chosen = (
        select(
            Contribution.proposal_id, Contribution.rank, Contribution.share,
            func.coalesce(Person.full_name, Contribution.free_name).label("name"),
        )
        .outerjoin(Person, Person.id == Contribution.person_id)
        .where(Contribution.proposal_id.in_(ids))
        .order_by(Contribution.proposal_id, Contribution.position)
    )  # fmt: skip
    found: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(chosen):
        share = f" {format_decimal(row.share)} %" if row.share is not None else ""
        found[row.proposal_id].append(f"{row.rank} {row.name}".strip() + share)
    return found


def _outcomes(ids: Sequence[int]) -> dict[int, _Outcome]:
    """Of several reviews the highest recognition counts (domain §5), without any the latest review."""
    chosen = (
        select(
            Review.proposal_id,
            Review.id,
            Review.state,
            Review.level,
            Decision.number,
            Decision.decided_on,
            Unit.level.label("at"),
        )
        .join(Unit, Unit.id == Review.unit_id)
        .outerjoin(DecisionLine, DecisionLine.review_id == Review.id)
        .outerjoin(Decision, Decision.id == DecisionLine.decision_id)
        .where(Review.proposal_id.in_(ids))
        .order_by(Review.id)
    )
    chosen = chosen.add_columns(DecisionLine.kind)
    best: dict[int, tuple[tuple[bool, int, int, bool], _Outcome]] = {}
    for row in db.session.execute(chosen):
        fits = row.kind is not None and row.kind == _DECISION_OF.get(row.state)
        recognised = row.state is State.RECOGNISED
        place = (recognised, row.at.order if recognised else 0, row.id, fits)
        outcome = _Outcome(row.state, row.level, row.number if fits else "", row.decided_on if fits else None)
        if row.proposal_id not in best or place > best[row.proposal_id][0]:
            best[row.proposal_id] = (place, outcome)
    return {proposal_id: outcome for proposal_id, (_place, outcome) in best.items()}
