"""Reading the regulations in force: open campaigns, sets, fields, working days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select

from innovations.core.formats import named
from innovations.core.rules.calendar import WorkingCalendar
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.units import ancestors
from innovations.regulations.models import Campaign, CriteriaSetRow, FieldOfWork, RuleSetRow, SetRow, SpecialDay
from innovations.regulations.rules.criteria import CriteriaSet
from innovations.regulations.rules.presets import STANDARD
from innovations.regulations.rules.rulesets import RuleSet


def working_calendar() -> WorkingCalendar:
    """The working days as edited by the registrar."""
    rows = db.session.execute(select(SpecialDay.on, SpecialDay.works)).all()
    return WorkingCalendar(
        holidays=frozenset(on for on, works in rows if not works), extra_working=frozenset(on for on, works in rows if works)
    )


def open_campaign(unit_id: int, on: date) -> Campaign | None:
    """The campaign of the unit that takes proposals on ``on``; the youngest when several do."""
    running = select(Campaign).where(Campaign.unit_id == unit_id, Campaign.opens_on <= on)
    running = running.where(or_(Campaign.closes_on.is_(None), Campaign.closes_on >= on))
    return db.session.scalar(running.order_by(Campaign.opens_on.desc(), Campaign.id.desc()).limit(1))


@dataclass(frozen=True)
class Frozen:
    """The rules and criteria a review starts with; it keeps its own copy (domain §4, invariant 5)."""

    rules: RuleSet
    criteria: CriteriaSet
    campaign_id: int | None = None


def sets_in_force(unit_id: int, on: date) -> Frozen:
    """What a review of the unit that starts on ``on`` freezes: the sets of the open campaign, else the standing ones."""
    campaign = open_campaign(unit_id, on)
    if campaign is None:
        return standing_sets(db.session.get_one(Unit, unit_id).path, on)
    rules, criteria = RuleSet.from_json(campaign.rule_set.content), CriteriaSet.from_json(campaign.criteria_set.content)
    return Frozen(rules, criteria, campaign.id)


def standing_sets(unit_path: str, on: date) -> Frozen:
    """What applies without a campaign: of the unit's own sets, else those of the nearest unit above, else the shipped ones,
    the youngest active rule set valid on ``on`` and the oldest active criteria set."""
    nearest = func.length(func.coalesce(Unit.path, "")).desc()
    rules = _usable(RuleSetRow, unit_path).where(RuleSetRow.valid_from <= on)
    rule_row = db.session.scalar(rules.order_by(nearest, RuleSetRow.valid_from.desc(), RuleSetRow.id.desc()).limit(1))
    criteria_row = db.session.scalar(_usable(CriteriaSetRow, unit_path).order_by(nearest, CriteriaSetRow.id).limit(1))
    return Frozen(
        RuleSet.from_json(rule_row.content) if rule_row else RuleSet(),
        CriteriaSet.from_json(criteria_row.content) if criteria_row else STANDARD,
    )


def _usable(kind: type[SetRow], unit_path: str) -> Select[SetRow]:
    """Active sets a unit may work by: shipped ones, its own, those of the units above it."""
    chosen = select(kind).outerjoin(Unit, Unit.id == kind.unit_id).where(kind.active)
    return chosen.where(or_(kind.unit_id.is_(None), kind.unit_id.in_(ancestors(unit_path))))


def usable_sets(kind: type[SetRow], unit_path: str) -> list[SetRow]:
    """Active sets a campaign of the unit may name, by name."""
    return list(db.session.scalars(_usable(kind, unit_path).order_by(kind.name)))


def fields_of_work(*, only_active: bool = True) -> list[FieldOfWork]:
    """The editable list of fields, in its order."""
    chosen = select(FieldOfWork).order_by(FieldOfWork.position, FieldOfWork.id)
    return list(db.session.scalars(chosen.where(FieldOfWork.active) if only_active else chosen))


def field_name(field: FieldOfWork | None) -> str:
    """A field in the reader's language, as far as its list says it in English; empty for none."""
    return named(field.name, field.name_en) if field else ""


def bases_with_campaign(on: date) -> list[Unit]:
    """Units that take proposals on ``on``."""
    running = select(Campaign.unit_id).where(Campaign.opens_on <= on, or_(Campaign.closes_on.is_(None), Campaign.closes_on >= on))
    return list(db.session.scalars(select(Unit).where(Unit.id.in_(running), Unit.active).order_by(Unit.path)))
