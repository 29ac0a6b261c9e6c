"""Campaigns (đợt xét): opened, changed and closed by the registrar of the unit."""

from dataclasses import dataclass
from datetime import date

from innovations import audit
from innovations.core.rules.errors import N_, Forbidden, Invalid, NotVisible
from innovations.core.rules.text import clean_line
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor, Role
from innovations.regulations.models import Campaign, CriteriaSetRow, RuleSetRow
from innovations.regulations.rules.access import may_use_set
from innovations.regulations.rules.campaigns import NAME_MAX, check_campaign_period
from innovations.regulations.rules.events import AuditTag


class NotABase(Invalid):
    """Only a unit that receives applications runs campaigns."""

    message = N_("Đơn vị này không phải cơ sở nhận đơn.")


class NotASetOfTheUnit(Invalid):
    """A campaign names a set that belongs to another unit."""

    message = N_("Bộ này thuộc đơn vị khác; chọn bộ dùng chung, bộ của đơn vị mở đợt xét hoặc của cấp trên.")


@dataclass(frozen=True)
class CampaignData:
    """What a registrar types about a campaign; ``closes_on`` may stay open."""

    name: str
    year: int
    opens_on: date
    closes_on: date | None
    rule_set_id: int
    criteria_set_id: int


def check_registrar(actor: Actor, unit_id: int) -> Unit:
    """The unit, when the actor is its registrar.

    :raises NotVisible: no such unit.
    :raises Forbidden: somebody else's.
    """
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotVisible
    if not actor.holds(Role.REGISTRAR, unit.path):
        raise Forbidden
    return unit


def _check_usable(unit: Unit, row: RuleSetRow | CriteriaSetRow | None, field: str) -> None:
    if row is None or not may_use_set(unit.path, row.unit.path if row.unit else None):
        raise NotASetOfTheUnit(field)


def _set(campaign: Campaign, unit: Unit, data: CampaignData) -> None:
    check_campaign_period(data.opens_on, data.closes_on)
    _check_usable(unit, db.session.get(RuleSetRow, data.rule_set_id), "rule_set_id")
    _check_usable(unit, db.session.get(CriteriaSetRow, data.criteria_set_id), "criteria_set_id")
    campaign.name = clean_line(data.name, max_length=NAME_MAX, field="name")
    campaign.year, campaign.opens_on, campaign.closes_on = data.year, data.opens_on, data.closes_on
    campaign.rule_set_id, campaign.criteria_set_id = data.rule_set_id, data.criteria_set_id


def open_new_campaign(actor: Actor, unit_id: int, data: CampaignData) -> int:
    """Announce a campaign of a base.

    :raises NotABase: the unit takes no applications.
    :raises CampaignPeriodReversed: it closes before it opens.
    """
    with atomic() as session:
        unit = check_registrar(actor, unit_id)
        if not unit.is_base:
            raise NotABase("unit_id")
        campaign = Campaign(unit_id=unit.id)
        _set(campaign, unit, data)
        session.add(campaign)
        session.flush()
        audit.record(AuditTag.CAMPAIGN_CREATED, "campaign", campaign.id, by=actor.account_id)
        return campaign.id


def change_campaign(actor: Actor, campaign_id: int, data: CampaignData) -> None:
    """Change a campaign; reviews that have started keep what they froze."""
    with atomic() as session:
        campaign = session.get(Campaign, campaign_id)
        if campaign is None:
            raise NotVisible
        _set(campaign, check_registrar(actor, campaign.unit_id), data)
        audit.record(AuditTag.CAMPAIGN_CHANGED, "campaign", campaign.id, by=actor.account_id)
