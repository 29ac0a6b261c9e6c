"""Reading adoptions: the lists of a reader's units, one adoption with its timeline, labels for notices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from innovations.core.aliases import lasting_alias
from innovations.core.clock import today
from innovations.core.rules.calendar import local_date
from innovations.core.rules.errors import N_
from innovations.extensions import db
from innovations.library.loading import load
from innovations.library.models import Adoption, AdoptionStep
from innovations.library.rules.adoptions import (
    REQUEST,
    RUNNING,
    AdoptionAction,
    AdoptionKind,
    AdoptionPaper,
    AdoptionState,
    allowed_actions,
    next_follow_up,
    papers_of,
)
from innovations.notifications import Subject
from innovations.people.models import Unit
from innovations.people.queries import names_of
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.audience import seen_by, written_by
from innovations.proposals.effects import EffectRow, effect_row
from innovations.proposals.models import Proposal
from innovations.proposals.rules.clocks import follow_ups
from innovations.regulations.queries import working_calendar

Owner = lasting_alias(Unit)
STAFF_ROLES = (Role.COMMANDER, Role.REGISTRAR, Role.DECIDER)
#: Words of the timeline that the table of actions does not have.
REQUESTED = N_("Đề nghị áp dụng")


@dataclass(frozen=True)
class AdoptionRow:
    """An adoption in a list."""

    id: int
    code: str
    title: str
    unit: str
    owner: str
    kind: AdoptionKind
    state: AdoptionState
    requested_on: date
    from_on: date | None
    unit_id: int


@dataclass(frozen=True)
class StepShown:
    """One move in the timeline."""

    label: str
    at: datetime
    who: str
    note: str


@dataclass(frozen=True)
class AdoptionShown:
    """An adoption's page."""

    id: int
    code: str
    title: str
    unit: str
    owner: str
    kind: AdoptionKind
    state: AdoptionState
    purpose: str
    answer: str
    place: str
    responsible: str
    from_on: date | None
    to_on: date | None
    result: str
    effects: tuple[EffectRow, ...]
    lines: tuple[dict[str, Any], ...]
    confirmed_at: datetime | None
    confirmed_by: str
    follow_ups: tuple[date, ...]
    next_follow_up: date | None
    steps: tuple[StepShown, ...]
    actions: tuple[AdoptionAction, ...]
    papers: tuple[AdoptionPaper, ...]


def _under(column: Any, actor: Actor, roles: Iterable[Role]) -> ColumnElement[bool]:
    paths = {path for role in roles for path in actor.paths_of(role)}
    return or_(false(), *(column.startswith(path, autoescape=True) for path in paths))


def incoming(actor: Actor) -> ColumnElement[bool]:
    """SQL condition: asked of a unit the actor serves, or of an improvement the actor co-authored."""
    return or_(_under(Owner.path, actor, STAFF_ROLES), Proposal.id.in_(written_by(actor)))


def outgoing(actor: Actor) -> ColumnElement[bool]:
    """SQL condition: asked by a unit the actor serves, or by the actor."""
    return or_(_under(Unit.path, actor, STAFF_ROLES), Adoption.requested_by_id == actor.person_id)


def commanded(actor: Actor) -> ColumnElement[bool]:
    """SQL condition: the adopting unit is under the actor's command."""
    return _under(Unit.path, actor, (Role.COMMANDER,))


def owned(actor: Actor) -> ColumnElement[bool]:
    """SQL condition: the owning unit is under the actor's command."""
    return _under(Owner.path, actor, (Role.COMMANDER,))


def chosen(columns: Any, actor: Actor, *conditions: ColumnElement[bool]) -> Select[Any]:
    """Adoptions with adopting unit, owning unit and improvement, as far as the actor may see the improvement."""
    joined = (
        select(*columns)
        .select_from(Adoption)
        .join(Unit, Unit.id == Adoption.unit_id)
        .join(Proposal, Proposal.id == Adoption.proposal_id)
        .join(Owner, Owner.id == Proposal.owning_unit_id)
    )
    return joined.where(seen_by(actor), Proposal.quarantined_at.is_(None), *conditions)


def listing(
    actor: Actor, *, side: str = "", state: AdoptionState | None = None, page: int = 1, per_page: int = 20
) -> tuple[list[AdoptionRow], int]:
    """A page of the adoptions that concern the actor's units, newest first, and the total.

    :param side: ``in`` (asked of us), ``out`` (asked by us) or empty for both.
    """
    sides = {"in": incoming(actor), "out": outgoing(actor)}
    conditions = [sides.get(side, or_(*sides.values()))]
    if state is not None:
        conditions.append(Adoption.state == state)
    total = db.session.scalar(chosen([func.count()], actor, *conditions)) or 0
    columns = (Adoption, Proposal, Unit.short_name.label("unit"), Owner.short_name.label("owner"))
    ordered = chosen(columns, actor, *conditions).order_by(Adoption.id.desc())
    rows = db.session.execute(ordered.limit(per_page).offset((page - 1) * per_page))
    return [_row(adoption, proposal, unit, owner) for adoption, proposal, unit, owner in rows], total


def _row(adoption: Adoption, proposal: Proposal, unit: str, owner: str) -> AdoptionRow:
    return AdoptionRow(
        adoption.id, proposal.address, proposal.title, unit, owner, AdoptionKind(adoption.kind), AdoptionState(adoption.state),
        local_date(adoption.requested_at), adoption.from_on, adoption.unit_id,
    )  # fmt: skip


def adoption_shown(actor: Actor, adoption_id: int) -> AdoptionShown:
    """One adoption with its timeline and what the actor may do.

    :raises NotVisible: see :func:`innovations.library.loading.load`.
    """
    loaded = load(actor, adoption_id)
    row = loaded.adoption
    due = follow_ups(row.from_on, working_calendar()) if row.from_on else ()
    steps = list(db.session.scalars(select(AdoptionStep).where(AdoptionStep.adoption_id == row.id).order_by(AdoptionStep.id)))
    names = names_of({step.person_id for step in steps} | ({row.confirmed_by_id} if row.confirmed_by_id else set()))
    return AdoptionShown(
        id=row.id, code=row.proposal.address, title=row.proposal.title, unit=row.unit.name, owner=row.proposal.owning_unit.name,
        kind=AdoptionKind(row.kind), state=loaded.facts.state, purpose=row.purpose, answer=row.answer, place=row.place,
        responsible=row.responsible, from_on=row.from_on, to_on=row.to_on, result=row.result,
        effects=tuple(effect_row(line) for line in row.benefits),
        lines=tuple(
            {"kind": line.kind.value, "label": line.label, "before": line.before, "after": line.after, "measure": line.measure,
             "money_per_year": line.money_per_year}
            for line in row.benefits
        ),
        confirmed_at=row.confirmed_at, confirmed_by=names[row.confirmed_by_id].titled if row.confirmed_by_id else "",
        follow_ups=due,
        next_follow_up=next_follow_up(due, row.reported_on) if loaded.facts.state is AdoptionState.IN_USE else None,
        steps=tuple(StepShown(_step_label(step), step.at, names[step.person_id].titled, step.note) for step in steps),
        actions=allowed_actions(actor, loaded.facts), papers=papers_of(AdoptionKind(row.kind), loaded.facts.state),
    )  # fmt: skip


def _step_label(step: AdoptionStep) -> str:
    return gettext(REQUESTED if step.action == REQUEST else AdoptionAction(step.action).label)


def subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """Label and address of each adoption that a notice is about, as far as the reader may still see it."""
    wanted = Adoption.id.in_(list(ids))
    columns = (Adoption.id, Proposal.code, Proposal.title, Unit.short_name.label("unit"))
    rows = db.session.execute(chosen(columns, actor, wanted, or_(incoming(actor), outgoing(actor))))
    return {
        row.id: Subject(f"{row.code} “{row.title}” ({row.unit})", url_for("library.adoption", adoption_id=row.id)) for row in rows
    }


def unanswered(actor: Actor, ids: Collection[int]) -> Collection[int]:
    """The adoptions among ``ids`` that the reader sees and nobody has answered yet."""
    wanted = and_(Adoption.id.in_(ids), Adoption.state == AdoptionState.REQUESTED)
    return {row.id for row in db.session.execute(chosen((Adoption.id,), actor, wanted, or_(incoming(actor), outgoing(actor))))}


def unreported(actor: Actor, ids: Collection[int]) -> Collection[int]:
    """The adoptions among ``ids`` that the reader sees and whose results are due."""
    wanted = and_(Adoption.id.in_(ids), Adoption.state == AdoptionState.IN_USE)
    rows = db.session.execute(chosen((Adoption,), actor, wanted, or_(incoming(actor), outgoing(actor))))
    return due_dates([row.Adoption for row in rows], today()).keys()


def running_on(actor: Actor, proposal_id: int) -> list[AdoptionRow]:
    """What the units under the actor's command have asked for or use of this improvement."""
    columns = (Adoption, Proposal, Unit.short_name.label("unit"), Owner.short_name.label("owner"))
    mine = (Adoption.proposal_id == proposal_id, Adoption.state.in_(RUNNING), commanded(actor))
    rows = db.session.execute(chosen(columns, actor, *mine).order_by(Adoption.id))
    return [_row(adoption, proposal, unit, owner) for adoption, proposal, unit, owner in rows]


def due_dates(rows: Iterable[Adoption], on: date) -> dict[int, date]:
    """By adoption id, the follow-up date that has come by ``on`` without a report."""
    calendar = working_calendar()
    due = {row.id: next_follow_up(follow_ups(row.from_on, calendar), row.reported_on) for row in rows if row.from_on is not None}
    return {adoption_id: day for adoption_id, day in due.items() if day is not None and day <= on}
