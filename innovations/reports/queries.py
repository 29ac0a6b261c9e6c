"""The figures of the reports page: counts over what the reader may see, narrowed to a unit and everything below it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from innovations.core.clock import today
from innovations.extensions import db
from innovations.library.index_part import counted
from innovations.library.membership import in_library
from innovations.library.models import Adoption
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor
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
    standing, uses = _recognised(actor, under), _uses(actor, under)
    return Figures(
        stages=_stages(actor, under), by_state=_by_state(actor, under), by_year=_by_year(standing), recognised=standing.total(),
        adoptions=uses.total(), adopting_units=len({user for _base, user in uses}), units=_units(standing, uses),
    )  # fmt: skip


def _stages(actor: Actor, under: str) -> Stages:
    came = dict(tallied(actor, [ProposalTally.stage], ~ProposalTally.quarantined, under=under))
    received, accepted, concluded, recognised = (
        sum(count for stage, count in came.items() if stage >= least) for least in Stage if least
    )
    return Stages(received, accepted, concluded, recognised)


def _by_state(actor: Actor, under: str) -> dict[State, int]:
    """Each proposal once, where its latest review stands; drafts are their authors' own affair."""
    shown = (~ProposalTally.quarantined, ProposalTally.state != State.DRAFT)
    found = dict(tallied(actor, [ProposalTally.state], *shown, under=under))
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


def _uses(actor: Actor, under: str) -> Counter[tuple[int, int]]:
    """Uses by other units now, by the base unit of what they use and by who uses it; a unit runs one use of an improvement at a time."""
    by = (Proposal.base_unit_id, Adoption.unit_id)
    uses = select(*by, func.count()).select_from(Proposal).join(Adoption, Adoption.proposal_id == Proposal.id)
    uses = uses.where(in_library(actor), counted()).group_by(*by)
    if under != "/":  # everything is below the top: nothing to ask of each row
        uses = uses.where(Proposal.base_unit_id.in_(select(Unit.id).where(Unit.path.startswith(under, autoescape=True))))
    rows = db.session.execute(uses)
    return Counter({(base_id, unit_id): count for base_id, unit_id, count in rows})


def _units(standing: Counter[tuple[int, int]], uses: Counter[tuple[int, int]]) -> tuple[UnitFigures, ...]:
    """The base units with most recognised ones, and how often other units use theirs now."""
    recognised_of: Counter[int] = Counter()
    for (unit_id, _year), count in standing.items():
        recognised_of[unit_id] += count
    first = sorted(recognised_of, key=lambda unit_id: (-recognised_of[unit_id], unit_id))[:MOST_UNITS]
    names = {unit_id: name for unit_id, name in db.session.execute(select(Unit.id, Unit.short_name).where(Unit.id.in_(first)))}
    used: Counter[int] = Counter()
    for (base_id, _user), count in uses.items():
        used[base_id] += count
    return tuple(UnitFigures(each, names[each], recognised_of[each], used[each]) for each in first)
