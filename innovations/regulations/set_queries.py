"""Reading rule and criteria sets for the registrar who keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovations.core.rules.errors import NotVisible
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.regulations.models import CriteriaSetRow, RuleSetRow, SetRow
from innovations.regulations.rules.access import may_edit_set, may_see_set
from innovations.regulations.rules.criteria import CriteriaSet
from innovations.regulations.rules.rulesets import RuleSet
from innovations.regulations.services.sets import owner_path


@dataclass(frozen=True)
class SetLine:
    """A set in the list; ``unit`` is empty for a shipped one."""

    id: int
    name: str
    unit: str
    active: bool
    may_edit: bool
    valid_from: date | None = None


@dataclass(frozen=True)
class RuleSetShown:
    """A rule set with what its form edits; ``seen`` tells a later save which text it started from."""

    line: SetLine
    rules: RuleSet
    valid_from: date
    seen: datetime


@dataclass(frozen=True)
class CriteriaSetShown:
    """A criteria set with what its form edits."""

    line: SetLine
    criteria: CriteriaSet
    seen: datetime


def _line(actor: Actor, row: RuleSetRow | CriteriaSetRow) -> SetLine:
    unit, valid_from = row.unit.short_name if row.unit else "", getattr(row, "valid_from", None)
    return SetLine(row.id, row.name, unit, row.active, may_edit_set(actor, owner_path(row)), valid_from)


def _lines(actor: Actor, rows: Iterable[RuleSetRow | CriteriaSetRow]) -> list[SetLine]:
    return [_line(actor, row) for row in rows if may_see_set(actor, owner_path(row))]


def sets_seen(actor: Actor, kind: type[SetRow]) -> list[SetLine]:
    """The sets of one kind the actor may read: those in use first, by name."""
    chosen = select(kind).options(joinedload(kind.unit)).order_by(kind.active.desc(), kind.name)
    return _lines(actor, db.session.scalars(chosen))


def _row(actor: Actor, kind: type[SetRow], set_id: int) -> SetRow:
    row = db.session.get(kind, set_id)
    if row is None or not may_see_set(actor, owner_path(row)):
        raise NotVisible
    return row


def rule_set_shown(actor: Actor, set_id: int) -> RuleSetShown:
    """One rule set.

    :raises NotVisible: it does not exist, or not for the actor.
    """
    row = _row(actor, RuleSetRow, set_id)
    line = _line(actor, row)
    return RuleSetShown(line, RuleSet.from_json({**row.content, "name": row.name}), line.valid_from or date.min, row.updated_at)


def criteria_set_shown(actor: Actor, set_id: int) -> CriteriaSetShown:
    """One criteria set.

    :raises NotVisible: it does not exist, or not for the actor.
    """
    row = _row(actor, CriteriaSetRow, set_id)
    return CriteriaSetShown(_line(actor, row), CriteriaSet.from_json({**row.content, "name": row.name}), row.updated_at)
