"""What every installation starts with: the shipped rule set, the shipped criteria sets and the nine fields of work."""

from datetime import date

from sqlalchemy import func, select

from innovations.core.clock import now
from innovations.core.rules.errors import N_
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.regulations.models import CriteriaSetRow, FieldOfWork, RuleSetRow
from innovations.regulations.rules.campaigns import SHIPPED_FIELDS
from innovations.regulations.rules.presets import PRESETS
from innovations.regulations.rules.rulesets import DEFAULT

#: Decree 13/2012/NĐ-CP has been in force since then; no proposal can be older than the rule.
VALID_FROM = date(2012, 4, 30)
FIELDS_IN_ENGLISH = {
    "training": "Training",
    "readiness": "Combat readiness",
    "technical": "Technical support",
    "logistics": "Logistics",
    "administration": "Management, administrative reform",
    "digital": "Digital transformation",
    "political": "Party and political work",
    "safety": "Safety",
    "other": "Other",
}


def ensure_shipped() -> bool:
    """Store the shipped sets and fields on an empty installation, on any other the criteria sets shipped since.

    :returns: whether the installation was empty.
    """
    if db.session.scalar(select(func.count()).select_from(RuleSetRow)):
        _ship_later_sets()
        return False
    with atomic() as session:
        session.add(RuleSetRow(name=N_("Quy chế mặc định"), valid_from=VALID_FROM, content=DEFAULT.to_json(), updated_at=now()))
        for criteria in PRESETS:
            session.add(CriteriaSetRow(name=criteria.name, content=criteria.to_json(), updated_at=now()))
        for position, (code, name) in enumerate(SHIPPED_FIELDS.items()):
            shown = name[:1].upper() + name[1:]
            session.add(FieldOfWork(code=code, name=shown, name_en=FIELDS_IN_ENGLISH[code], position=position))
    return True


def _ship_later_sets() -> None:
    """Whoever keeps a set of the same name keeps it; without a new one nothing is written."""
    known = set(db.session.scalars(select(CriteriaSetRow.name)))
    later = [each for each in PRESETS if each.name not in known]
    if later:
        with atomic() as session:
            session.add_all(CriteriaSetRow(name=each.name, content=each.to_json(), updated_at=now()) for each in later)
