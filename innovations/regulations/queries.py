"""Reading the regulations in force: open campaigns, sets, fields, working days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from innovations.core.rules.calendar import WorkingCalendar
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.regulations.models import Campaign, CriteriaSetRow, FieldOfWork, RuleSetRow, SpecialDay
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


def sets_of(campaign: Campaign) -> Frozen:
    """The sets a campaign names, as they stand now."""
    return Frozen(RuleSet.from_json(campaign.rule_set.content), CriteriaSet.from_json(campaign.criteria_set.content))


def standing_sets(on: date) -> Frozen:
    """What applies without a campaign: the youngest active rule set valid on ``on``, the oldest active criteria set."""
    rules = select(RuleSetRow).where(RuleSetRow.active, RuleSetRow.valid_from <= on).order_by(RuleSetRow.valid_from.desc())
    rule_row = db.session.scalar(rules.limit(1))
    criteria_row = db.session.scalar(select(CriteriaSetRow).where(CriteriaSetRow.active).order_by(CriteriaSetRow.id).limit(1))
    return Frozen(
        RuleSet.from_json(rule_row.content) if rule_row else RuleSet(),
        CriteriaSet.from_json(criteria_row.content) if criteria_row else STANDARD,
    )


def fields_of_work(*, only_active: bool = True) -> list[FieldOfWork]:
    """The editable list of fields, in its order."""
    chosen = select(FieldOfWork).order_by(FieldOfWork.position, FieldOfWork.id)
    return list(db.session.scalars(chosen.where(FieldOfWork.active) if only_active else chosen))


def bases_with_campaign(on: date) -> list[Unit]:
    """Units that take proposals on ``on``."""
    running = select(Campaign.unit_id).where(Campaign.opens_on <= on, or_(Campaign.closes_on.is_(None), Campaign.closes_on >= on))
    return list(db.session.scalars(select(Unit).where(Unit.id.in_(running), Unit.active).order_by(Unit.path)))
