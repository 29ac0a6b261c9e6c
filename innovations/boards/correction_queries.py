"""Corrections of decisions that wait for a second person: what would change, who proposed it, for whom it waits."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from innovations.boards.models_decision import Decision, DecisionCorrection
from innovations.boards.rules.decisions import CorrectionCode
from innovations.core.formats import day
from innovations.core.rules.errors import N_
from innovations.extensions import db
from innovations.people.queries import names_of
from innovations.people.rules.roles import Actor, Role

#: What is typed of a decision, with its name on the form.
FIELDS = {
    "number": N_("Số quyết định"),
    "decided_on": N_("Ngày ký"),
    "delegated": N_("Ký thay"),
    "signer_name": N_("Người ký"),
    "signer_rank": N_("Cấp bậc"),
    "signer_position": N_("Chức vụ"),
    "superior_number": N_("Số văn bản đồng ý của cấp trên"),
    "superior_on": N_("Ngày văn bản đồng ý của cấp trên"),
    "superior_signer": N_("Người ký văn bản"),
}
DAYS = ("decided_on", "superior_on")


@dataclass(frozen=True)
class Change:
    """One value: ``label`` names it."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class CorrectionShown:
    """A proposed correction.  ``own``: the reader proposed it, and may not confirm it."""

    code: CorrectionCode
    by: str
    at: datetime
    own: bool
    changes: tuple[Change, ...]


def values_of(typed: object) -> dict[str, str]:
    """What was typed, of a row or of a form's data: as text, days as ISO."""
    return {name: str(getattr(typed, name) or "").strip() for name in FIELDS}


def waiting_correction(decision_id: int) -> DecisionCorrection | None:
    """What is proposed for a decision and not answered."""
    chosen = select(DecisionCorrection).where(DecisionCorrection.decision_id == decision_id)
    return db.session.scalar(chosen.where(DecisionCorrection.answered_at.is_(None)))


def _written(name: str, value: str) -> str:
    return day(date.fromisoformat(value)) if name in DAYS and value else value


def correction_shown(actor: Actor, decision: Decision) -> CorrectionShown | None:
    """The correction that waits, beside what stands now."""
    row = waiting_correction(decision.id)
    if row is None:
        return None
    now = values_of(decision)
    changed = (name for name in FIELDS if row.data[name] != now[name])
    changes = tuple(Change(FIELDS[name], _written(name, now[name]), _written(name, row.data[name])) for name in changed)
    by = names_of({row.proposed_by_id})[row.proposed_by_id].titled
    return CorrectionShown(CorrectionCode(row.code), by, row.proposed_at, row.proposed_by_id == actor.person_id, changes)


def to_confirm(actor: Actor) -> list[Decision]:
    """Decisions with a correction that another person proposed and the reader, as deciding head, may confirm."""
    if not actor.holds_anywhere(Role.DECIDER):
        return []
    waiting = select(DecisionCorrection.decision_id).where(
        DecisionCorrection.answered_at.is_(None), DecisionCorrection.proposed_by_id != actor.person_id
    )
    rows = db.session.scalars(select(Decision).where(Decision.id.in_(waiting)).order_by(Decision.id))
    return [row for row in rows if actor.holds(Role.DECIDER, row.unit.path)]
