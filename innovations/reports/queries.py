"""The figures of the reports page: counts over what the reader may see, narrowed to a unit and everything below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from innovations.core.clock import today
from innovations.extensions import db
from innovations.library.index_part import counted
from innovations.library.membership import recognised
from innovations.library.models import Adoption
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_by
from innovations.proposals.models import Proposal
from innovations.proposals.models_tally import ProposalTally, Stage
from innovations.proposals.rules.states import State
from innovations.proposals.tally import tallied

#: Years in the trend.
YEARS = 10
#: Units in the table.
MOST_UNITS = 30


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
    seen = [seen_by(actor), Proposal.quarantined_at.is_(None)]
    if under != "/":  # everything is below the top: nothing to ask of each row
        seen.append(Proposal.base_unit_id.in_(select(Unit.id).where(Unit.path.startswith(under, autoescape=True))))
    standing = _recognised(actor, under)
    adoptions, adopting_units = _adoptions(seen)
    return Figures(
        stages=_stages(actor, under), by_state=_by_state(actor, under), by_year=_by_year(standing), recognised=standing.total(),
        adoptions=adoptions, adopting_units=adopting_units, units=_units(standing, seen),
    )  # fmt: skip


Conditions = Sequence[ColumnElement[bool]]


def _from_proposals(columns: Any, seen: Conditions) -> Select[Any]:
    return select(*columns).select_from(Proposal).where(*seen)


def _stages(actor: Actor, under: str) -> Stages:
    came = dict(tallied(actor, [ProposalTally.stage], ~ProposalTally.quarantined, under=under))
    received, accepted, concluded, recognised = (
        sum(count for stage, count in came.items() if stage >= least) for least in Stage if least
    )
    return Stages(received, accepted, concluded, recognised)


def _by_state(actor: Actor, under: str) -> dict[State, int]:
    """Each proposal once, where its latest review stands; drafts are their authors' own affair."""
    shown = (~ProposalTally.quarantined, ProposalTally.state != State.DRAFT)
    found = {state: count for state, count in tallied(actor, [ProposalTally.state], *shown, under=under)}  # noqa: C416  (rows are no pairs)
    return {state: found[state] for state in State if state in found}


def _recognised(actor: Actor, under: str) -> Counter[tuple[int, int]]:
    """How many stand recognised by base unit and year (0: of none): three figures of the page come from this one look at all."""
    by = [ProposalTally.base_unit_id, ProposalTally.recognised_year]
    rows = tallied(actor, by, ProposalTally.recognised.is_(True), ~ProposalTally.quarantined, under=under)
    return Counter({(unit_id, year): count for unit_id, year, count in rows})


def _by_year(standing: Counter[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Recognised per year from the first one that has any to this one, at most :data:`YEARS`; empty years between are included."""
    found: Counter[int] = Counter()
    for (_unit, year), count in standing.items():
        found[year] += count
    last = today().year
    first = min((year for year in found if year > last - YEARS), default=last)  # a new register's trend is no row of zeros
    return tuple((year, found[year]) for year in range(first, last + 1))


def _adoptions(seen: Conditions) -> tuple[int, int]:
    """Uses by other units now, and how many such units there are."""
    columns = (func.count(), func.count(Adoption.unit_id.distinct()))
    uses = _from_proposals(columns, seen).join(Adoption, Adoption.proposal_id == Proposal.id)
    total, adopting = db.session.execute(uses.where(recognised(), counted())).one()
    return total, adopting


def _units(standing: Counter[tuple[int, int]], seen: Conditions) -> tuple[UnitFigures, ...]:
    """The base units with most recognised ones, and how often other units use theirs now."""
    recognised_of: Counter[int] = Counter()
    for (unit_id, _year), count in standing.items():
        recognised_of[unit_id] += count
    first = sorted(recognised_of, key=lambda unit_id: (-recognised_of[unit_id], unit_id))[:MOST_UNITS]
    names = {unit_id: name for unit_id, name in db.session.execute(select(Unit.id, Unit.short_name).where(Unit.id.in_(first)))}
    used = _used(seen)
    return tuple(UnitFigures(each, names[each], recognised_of[each], used.get(each, 0)) for each in first)


def _used(seen: Conditions) -> dict[int, int]:
    """Uses by other units now, by the base unit of what they use; a unit runs one use of an improvement at a time."""
    uses = _from_proposals((Proposal.base_unit_id, func.count()), seen).join(Adoption, Adoption.proposal_id == Proposal.id)
    chosen = uses.where(recognised(), counted()).group_by(Proposal.base_unit_id)
    return {unit_id: count for unit_id, count in db.session.execute(chosen)}  # noqa: C416  (rows are no pairs to the type checker)
