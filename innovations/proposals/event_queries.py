"""What the auditor reads: code, state, dates and events of proposals, nothing anybody wrote and nobody's name (domain §3)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from innovations import audit
from innovations.core.rules.errors import N_, NotVisible
from innovations.core.scoping import unscoped
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.audience import published
from innovations.proposals.facts import facts_of
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.access import may_see_events
from innovations.proposals.rules.content import Origin
from innovations.proposals.rules.states import State


@dataclass(frozen=True)
class Audited:
    """A proposal in the auditor's list, with its latest consideration."""

    code: str
    unit: str
    state: State
    received_at: datetime | None
    due_on: date | None
    changed_at: datetime


@dataclass(frozen=True)
class EventShown:
    """One event.

    :param at_unit: where, when the proposal was considered at more than one level; else empty.
    :param moved: the states it led from and to, if it did.
    :param counts: numbers told with it, each under its label.
    """

    label: str
    at: datetime
    at_unit: str
    moved: tuple[State, State] | None
    counts: tuple[tuple[str, object], ...]


def _audited_by(actor: Actor) -> ColumnElement[bool]:
    """SQL condition on :class:`Proposal`: received, or imported, at a level the actor audits."""
    considered, level = aliased(Review), aliased(Unit)
    paths = [level.path.startswith(path, autoescape=True) for path in actor.paths_of(Role.AUDITOR)]
    at_level = (
        select(considered.id)
        .join(level, level.id == considered.unit_id)
        .where(considered.proposal_id == Proposal.id, or_(*paths))
    )
    received = or_(Proposal.origin == Origin.IMPORTED, considered.received_at.is_not(None))
    return at_level.where(received).correlate(Proposal).exists() & published()


def audited(actor: Actor, *, page: int, per_page: int) -> tuple[list[Audited], int]:
    """A page of what the actor audits, what changed last first, and the total."""
    mine = (Proposal.code.is_not(None), _audited_by(actor))
    why = "auditors have what was received or imported at their level, whoever else reads it"
    total = db.session.scalar(unscoped(select(func.count()).select_from(Proposal).where(*mine), because=why)) or 0
    newest = unscoped(select(Proposal.id).where(*mine), because=why).order_by(Proposal.updated_at.desc(), Proposal.id.desc())
    ids = list(db.session.scalars(newest.limit(per_page).offset((page - 1) * per_page)))
    chosen = select(Proposal.code, Unit.short_name, Review).join(Review, Review.proposal_id == Proposal.id)
    chosen = chosen.join(Unit, Unit.id == Review.unit_id).where(Review.latest, Proposal.id.in_(ids))
    rows = db.session.execute(chosen.order_by(Proposal.updated_at.desc(), Proposal.id.desc()))
    return [
        Audited(
            code or "", unit, review.state, review.received_at, review.due_on, review.held_since or review.proposal.updated_at
        )
        for code, unit, review in rows
    ], total


def events(actor: Actor, address: str) -> tuple[str, State, list[EventShown]]:
    """Code, state and events of one proposal, oldest first.

    :raises NotVisible: there is none, or not at a level the actor audits.
    """
    proposal = proposal_at(address)
    if proposal is None or proposal.code is None or not may_see_events(actor, facts_of(proposal.id)):
        raise NotVisible
    found = audit.events_of("proposal", proposal.id)
    levels = {review.id: review.unit.short_name for review in proposal.reviews} if len(proposal.reviews) > 1 else {}
    return proposal.code, proposal.reviews[-1].state, [_shown(each.tag, each.at, each.data, levels) for each in found]


#: Numbers of an event under the words of the meeting's page; ids say nothing to a reader and are left out.
COUNTS = {
    "base": N_("Số ủy viên biểu quyết"),
    "present": N_("Có mặt"),
    "needed": N_("Cần đồng ý"),
    "agree": N_("Đồng ý"),
    "disagree": N_("Không đồng ý"),
    "blank": N_("Không có ý kiến"),
    "invalid": N_("Không hợp lệ"),
}


def _shown(tag: str, at: datetime, data: dict[str, Any], levels: dict[int, str]) -> EventShown:
    states = [State(name) for name in (data.get("from"), data.get("to")) if name in set(State)]
    # Forwarding leaves the first review where it is; passing on the lead keeps a person's id under "to".
    moved = (states[0], states[1]) if len(states) == 2 and states[0] != states[1] else None
    counts = tuple((label, data[name]) for name, label in COUNTS.items() if name in data)
    return EventShown(audit.label_of(tag), at, levels.get(data.get("review", 0), ""), moved, counts)
