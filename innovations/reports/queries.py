"""The figures of the reports page: counts over what the reader may see, narrowed to a unit and everything below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from innovations.core.clock import today
from innovations.extensions import db
from innovations.library.index_part import counted
from innovations.library.membership import recognised
from innovations.library.models import Adoption
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_by
from innovations.proposals.models import Proposal, Review
from innovations.proposals.queries import IS_LATEST
from innovations.proposals.rules.content import Origin
from innovations.proposals.rules.states import State

#: Years in the trend.
YEARS = 10
#: Units in the table.
MOST_UNITS = 30
_CONCLUDED = (State.PASSED, State.FAILED, State.RECOGNISED, State.NOT_RECOGNISED, State.REVOKED)


@dataclass(frozen=True)
class UnitFigures:
    """A base unit: what it had recognised, and how often other units use it now."""

    id: int
    name: str
    recognised: int
    adoptions: int


@dataclass(frozen=True)
class Stages:
    """How many proposals came how far; imported records never went that way and are not counted."""

    received: int
    accepted: int
    concluded: int
    recognised: int


@dataclass(frozen=True)
class Figures:
    """Everything the page shows."""

    stages: Stages
    by_state: dict[State, int]
    by_year: tuple[tuple[int, int], ...]
    recognised: int
    adoptions: int
    adopting_units: int
    units: tuple[UnitFigures, ...]


def figures(actor: Actor, under: str = "/") -> Figures:
    """The figures of the subtree at path ``under``, as far as the actor may see."""
    seen = (seen_by(actor), Proposal.quarantined_at.is_(None), Unit.path.startswith(under, autoescape=True))
    adoptions, adopting_units = _adoptions(seen)
    return Figures(
        stages=_stages(seen), by_state=_by_state(seen), by_year=_by_year(seen), recognised=_recognised(seen),
        adoptions=adoptions, adopting_units=adopting_units, units=_units(seen),
    )  # fmt: skip


Conditions = Sequence[ColumnElement[bool]]


def _from_proposals(columns: Any, seen: Conditions) -> Select[Any]:
    return select(*columns).select_from(Proposal).join(Unit, Unit.id == Proposal.base_unit_id).where(*seen)


def _stages(seen: Conditions) -> Stages:
    def proposals(condition: ColumnElement[bool]) -> Any:
        return func.count(case((condition, Proposal.id)).distinct())

    columns = (
        proposals(Review.received_at.is_not(None)),
        proposals(or_(Review.accepted_at.is_not(None), Review.state.in_(_CONCLUDED))),
        proposals(Review.state.in_(_CONCLUDED)),
        proposals(Review.state == State.RECOGNISED),
    )
    chosen = _from_proposals(columns, seen).join(Review, Review.proposal_id == Proposal.id)
    return Stages(*db.session.execute(chosen.where(Proposal.origin != Origin.IMPORTED)).one())


def _by_state(seen: Conditions) -> dict[State, int]:
    """Each proposal once, where its latest review stands; drafts are their authors' own affair."""
    chosen = _from_proposals((Review.state, func.count().label("proposals")), seen).join(
        Review, Review.proposal_id == Proposal.id
    )
    latest = chosen.where(IS_LATEST, Review.state != State.DRAFT).group_by(Review.state)
    found = {row.state: row.proposals for row in db.session.execute(latest)}
    return {state: found[state] for state in State if state in found}


def _by_year(seen: Conditions) -> tuple[tuple[int, int], ...]:
    """Recognised per year from the first one that has any to this one, at most :data:`YEARS`; empty years between are included."""
    chosen = (
        _from_proposals((Proposal.recognised_year, func.count()), seen).where(recognised()).group_by(Proposal.recognised_year)
    )
    found = {year: count for year, count in db.session.execute(chosen)}  # noqa: C416  (rows are no pairs to the type checker)
    last = today().year
    first = min((year for year in found if year > last - YEARS), default=last)  # a new register's trend is no row of zeros
    return tuple((year, found.get(year, 0)) for year in range(first, last + 1))


def _recognised(seen: Conditions) -> int:
    return db.session.scalar(_from_proposals((func.count(),), seen).where(recognised())) or 0


def _adoptions(seen: Conditions) -> tuple[int, int]:
    """Uses by other units now, and how many such units there are."""
    columns = (func.count(), func.count(Adoption.unit_id.distinct()))
    uses = _from_proposals(columns, seen).join(Adoption, Adoption.proposal_id == Proposal.id)
    total, adopting = db.session.execute(uses.where(recognised(), counted())).one()
    return total, adopting


def _units(seen: Conditions) -> tuple[UnitFigures, ...]:
    used = select(Adoption.proposal_id, func.count(Adoption.unit_id.distinct()).label("units"))
    used = used.join(Proposal, Proposal.id == Adoption.proposal_id).where(counted()).group_by(Adoption.proposal_id)
    by_proposal = used.subquery()
    adoptions = func.coalesce(func.sum(by_proposal.c.units), 0)
    chosen = (
        _from_proposals((Unit.id, Unit.short_name, func.count(), adoptions), seen)
        .outerjoin(by_proposal, by_proposal.c.proposal_id == Proposal.id)
        .where(recognised())
        .group_by(Unit.id)
        .order_by(func.count().desc(), Unit.id)
        .limit(MOST_UNITS)
    )
    return tuple(UnitFigures(*row) for row in db.session.execute(chosen))
