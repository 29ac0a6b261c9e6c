"""Rule sets and criteria sets: copied, changed and retired by the registrar of the unit that owns them.

Reviews that have started keep what they froze (domain §4, invariant 5).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, select

from innovations import audit
from innovations.core.clock import now, today
from innovations.core.rules.errors import N_, Forbidden, Invalid, NotVisible, Stale
from innovations.core.rules.text import clean_line
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.regulations.models import CriteriaSetRow, RuleSetRow, SetRow
from innovations.regulations.rules.access import may_edit_set, may_see_set
from innovations.regulations.rules.criteria import CriteriaSet, check_criteria_set
from innovations.regulations.rules.events import AuditTag
from innovations.regulations.rules.rulesets import RuleSet, check_rule_set
from innovations.regulations.services.campaigns import check_registrar

SET_NAME_MAX = 120
_CREATED = {"rule_set": AuditTag.RULE_SET_CREATED, "criteria_set": AuditTag.CRITERIA_SET_CREATED}


class SetNameMissing(Invalid):
    """A set needs a name."""

    message = N_("Nhập tên bộ quy tắc hoặc bộ tiêu chí.")


class SetNameTaken(Invalid):
    """Another set has the name."""

    message = N_("Đã có bộ mang tên “%(name)s”; xin chọn tên khác.")


def _name(kind: type[SetRow], set_id: int | None, name: str) -> str:
    cleaned = clean_line(name, max_length=SET_NAME_MAX, field="name")
    if not cleaned:
        raise SetNameMissing("name")
    taken = db.session.scalar(select(kind.id).where(func.lower(kind.name) == cleaned.lower()))
    if taken is not None and taken != set_id:
        raise SetNameTaken("name", name=cleaned)
    return cleaned


def owner_path(row: RuleSetRow | CriteriaSetRow) -> str | None:
    """Path of the unit that owns the set; ``None`` for a shipped one."""
    return row.unit.path if row.unit else None


def _to_change(actor: Actor, kind: type[SetRow], set_id: int) -> SetRow:
    row = db.session.get(kind, set_id)
    if row is None or not may_see_set(actor, owner_path(row)):
        raise NotVisible
    if not may_edit_set(actor, owner_path(row)):
        raise Forbidden
    return row


def copy_set(actor: Actor, kind: type[SetRow], set_id: int, *, unit_id: int, name: str) -> int:
    """Make a unit's own copy of a set, to be changed freely; returns the copy's id.

    :raises NotVisible: the set does not exist, or not for the actor.
    :raises Forbidden: the actor is not the unit's registrar.
    :raises SetNameTaken: SetNameMissing: the name cannot be used.
    """
    with atomic() as session:
        row = session.get(kind, set_id)
        if row is None or not may_see_set(actor, owner_path(row)):
            raise NotVisible
        unit, cleaned = check_registrar(actor, unit_id), _name(kind, None, name)
        copy = kind(name=cleaned, content={**row.content, "name": cleaned}, unit_id=unit.id, updated_at=now())
        if isinstance(copy, RuleSetRow):
            copy.valid_from = today()
        session.add(copy)
        session.flush()
        audit.record(
            _CREATED[kind.__tablename__], kind.__tablename__, copy.id, by=actor.account_id, copied_from=set_id, unit=unit.id
        )
        return copy.id


def _check_current(row: RuleSetRow | CriteriaSetRow, seen: datetime | None) -> None:
    if row.updated_at != seen:
        raise Stale("seen")


def change_rule_set(actor: Actor, set_id: int, rules: RuleSet, *, valid_from: date, active: bool, seen: datetime | None) -> None:
    """Store the numbers of a rule set.

    :param seen: ``updated_at`` of the set the actor had before them.
    :raises Stale: somebody saved it meanwhile.
    :raises Several: every number out of range, each naming its field.
    """
    with atomic():
        row = _to_change(actor, RuleSetRow, set_id)
        _check_current(row, seen)
        name = _name(RuleSetRow, set_id, rules.name)
        check_rule_set(rules)
        row.name, row.content, row.updated_at, row.active = name, replace(rules, name=name).to_json(), now(), active
        row.valid_from = valid_from
        audit.record(AuditTag.RULE_SET_CHANGED, "rule_set", set_id, by=actor.account_id, active=active)


def change_criteria_set(actor: Actor, set_id: int, criteria: CriteriaSet, *, active: bool, seen: datetime | None) -> None:
    """Store a criteria set.

    :param seen: ``updated_at`` of the set the actor had before them.
    :raises Stale: somebody saved it meanwhile.
    :raises Several: maxima that do not add up to 100, unsound criteria or grades.
    """
    with atomic():
        row = _to_change(actor, CriteriaSetRow, set_id)
        _check_current(row, seen)
        name = _name(CriteriaSetRow, set_id, criteria.name)
        check_criteria_set(criteria)
        row.name, row.content, row.updated_at, row.active = name, replace(criteria, name=name).to_json(), now(), active
        audit.record(AuditTag.CRITERIA_SET_CHANGED, "criteria_set", set_id, by=actor.account_id, active=active)
