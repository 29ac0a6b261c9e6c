"""Outcomes that wait to be published, for those who decide, register and keep the board; nobody else learns of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from innovations.boards.board_queries import kept_boards
from innovations.boards.models_decision import PendingOutcome
from innovations.boards.rules.decisions import DecisionKind
from innovations.boards.rules.pending import Outcome, departs
from innovations.boards.services.publishing import RECORDERS
from innovations.core.formats import written
from innovations.core.rules.errors import N_, Forbidden
from innovations.core.scoping import unscoped
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_by, written_by
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import State


class NotAmongThem(Forbidden):
    """Neither head, standing office nor secretary."""

    message = N_("Kết quả chờ công bố chỉ thủ trưởng quyết định, cơ quan thường trực và thư ký hội đồng được xem.")


@dataclass(frozen=True)
class HeldRow:
    """An outcome that waits."""

    review_id: int
    code: str
    title: str
    unit: str
    state: State
    outcome: Outcome
    reason: str
    departs: bool
    total: str
    grade: str
    by: str
    at: datetime


def reads_pending(actor: Actor) -> bool:
    """Whether there may be pending outcomes for the reader."""
    return any(actor.holds_anywhere(role) for role in RECORDERS) or bool(kept_boards(actor))


def held(actor: Actor) -> list[HeldRow]:
    """What waits to be published where the reader decides, registers or keeps the board; never the reader's own work.

    :raises NotAmongThem: the reader is none of them.
    """
    if not reads_pending(actor):
        raise NotAmongThem
    paths = sorted({path for role in RECORDERS for path in actor.paths_of(role)})
    served = [Unit.path.startswith(path, autoescape=True) for path in paths]
    chosen = (
        select(PendingOutcome, Review, Proposal.code, Proposal.title, Unit.short_name, Person.full_name)
        .join(Review, Review.id == PendingOutcome.review_id)
        .join(Proposal, Proposal.id == Review.proposal_id)
        .join(Unit, Unit.id == Review.unit_id)
        .join(Person, Person.id == PendingOutcome.recorded_by_id)
        .where(or_(Review.board_id.in_(kept_boards(actor)), *served), seen_by(actor), Proposal.id.not_in(written_by(actor)))
        .where(Proposal.quarantined_at.is_(None), Review.id.in_(select(PendingOutcome.review_id)))  # begins at the few that wait
        .order_by(PendingOutcome.outcome.desc(), Review.due_on, Review.id)
    )
    return [
        HeldRow(
            review.id, code or "", title, unit, review.state, Outcome(row.outcome), row.reason,
            row.outcome == Outcome.DECLINE.value and departs(DecisionKind.NOT_RECOGNISE, review.state),
            written(review.total) if review.total else "", review.grade or "", by, row.recorded_at,
        )
        for row, review, code, title, unit, by in db.session.execute(chosen)
    ]  # fmt: skip


def held_ids() -> set[int]:
    """Reviews with an outcome that waits, to tell them from those that await one."""
    return set(db.session.scalars(unscoped(select(PendingOutcome.review_id), because="ids of what is left out of a list")))
