"""Reading what the registrar edits: campaigns, sets to choose from, special days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from innovations.core.rules.errors import NotVisible
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor, Role
from innovations.regulations.models import Campaign, SpecialDay


@dataclass(frozen=True)
class CampaignLine:
    """A campaign in the list."""

    id: int
    name: str
    unit: str
    year: int
    opens_on: date
    closes_on: date | None


@dataclass(frozen=True)
class Day:
    """A holiday, or a weekend day that is worked."""

    on: date
    works: bool
    name: str


def campaigns_of(actor: Actor) -> list[CampaignLine]:
    """Campaigns of the units whose registrar the actor is, youngest first."""
    chosen = select(Campaign, Unit.short_name, Unit.path).join(Unit, Unit.id == Campaign.unit_id)
    rows = db.session.execute(chosen.order_by(Campaign.opens_on.desc(), Campaign.id.desc()))
    return [
        CampaignLine(row.id, row.name, unit, row.year, row.opens_on, row.closes_on)
        for row, unit, path in rows
        if actor.holds(Role.REGISTRAR, path)
    ]


def campaign_values(actor: Actor, campaign_id: int) -> dict[str, object]:
    """What the form edits.

    :raises NotVisible: there is none, or somebody else keeps it.
    """
    row = db.session.get(Campaign, campaign_id)
    if row is None or not actor.holds(Role.REGISTRAR, row.unit.path):
        raise NotVisible
    names = ("name", "year", "unit_id", "opens_on", "closes_on", "rule_set_id", "criteria_set_id")
    return {name: getattr(row, name) for name in names}


def special_days() -> list[Day]:
    """Holidays and worked weekend days, youngest first."""
    rows = db.session.execute(select(SpecialDay.on, SpecialDay.works, SpecialDay.name).order_by(SpecialDay.on.desc()))
    return [Day(row.on, row.works, row.name) for row in rows]
