"""The secretary's queue: a board's reviews by state, what is late first, who holds what.  Only what the reader may see."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from innovations.boards.blinding import titles_for
from innovations.boards.loading import load_board
from innovations.boards.models import Assignment, ScoreSheet, Seat
from innovations.boards.relations import without_part
from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_at_board
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.states import AWAITING_DECISION, WITH_BOARD, State

#: What a queue shows unless a state is chosen: everything that still needs the board or the decision.
OPEN_STATES = WITH_BOARD | AWAITING_DECISION


@dataclass(frozen=True)
class QueueRow:
    """A review in the queue; sheets are counted, never opened."""

    review_id: int
    code: str
    title: str
    state: State
    due_on: date | None
    held_by: str
    held_since: datetime | None
    assigned: int
    excused: int
    submitted: int

    @property
    def all_in(self) -> bool:
        """Whether every sheet that is still expected is submitted."""
        return bool(self.assigned) and self.submitted + self.excused >= self.assigned


def _conditions(actor: Actor, board_id: int) -> list[ColumnElement[bool]]:
    humans = select(Person.id).where((Person.id == actor.person_id) | (Person.same_as_id == actor.person_id))
    own = select(Contribution.proposal_id).where(Contribution.person_id.in_(humans))
    return [Review.board_id == board_id, seen_at_board(actor), Proposal.id.not_in(own), Review.id.not_in(without_part(actor))]


def _joined(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(Review).join(Proposal, Proposal.id == Review.proposal_id)


def _sheets() -> tuple[Any, Any, Any]:
    """How many are assigned, how many of them excused, and how many sheets on the present revision are submitted."""
    running = (
        select(func.count()).select_from(Assignment).where(Assignment.review_id == Review.id, Assignment.declined_at.is_(None))
    )
    given = select(func.count()).select_from(ScoreSheet)
    given = given.where(ScoreSheet.review_id == Review.id, ScoreSheet.revision_id == Review.revision_id)
    given = given.where(ScoreSheet.submitted_at.is_not(None))
    excused = running.where(Assignment.excused_reason != "")
    return tuple(each.correlate(Review).scalar_subquery() for each in (running, excused, given))  # type: ignore[return-value]


def queue(actor: Actor, board_id: int, *, state: State | None = None, overdue: bool = False) -> list[QueueRow]:
    """The board's reviews, the most urgent first; without ``state`` those that are not decided yet.

    :param overdue: only those whose date is past.
    :raises NotVisible: not a board of the reader.
    """
    load_board(actor, board_id)
    chosen = _joined(Review, Proposal.code, Proposal.title, *_sheets()).where(*_conditions(actor, board_id))
    chosen = chosen.where(Review.state == state if state else Review.state.in_(OPEN_STATES))
    if overdue:
        chosen = chosen.where(Review.due_on < today())
    rows = db.session.execute(chosen.order_by(Review.due_on.is_(None), Review.due_on, Review.id).limit(500)).all()
    titles = titles_for(actor, {review.id: title for review, _code, title, *_counts in rows})
    return [
        QueueRow(
            review.id, code or "", titles[review.id], review.state, review.due_on, review.held_by, review.held_since, *counts
        )
        for review, code, _title, *counts in rows
    ]


def queue_counts(actor: Actor, board_id: int) -> dict[State, int]:
    """How many of the board's reviews the reader sees in each state, in the order of a review's life."""
    chosen = _joined(Review.state, func.count()).where(*_conditions(actor, board_id)).group_by(Review.state)
    found: dict[State, int] = dict(db.session.execute(chosen).all())
    return {state: found[state] for state in State if state in found}


@dataclass(frozen=True)
class MySheet:
    """A review assigned to the reader, in the left pane of the scoring screen."""

    board_id: int
    review_id: int
    code: str
    title: str
    due_on: date
    submitted: bool
    total: Decimal | None
    may_score: bool


def my_sheets(actor: Actor, board_id: int | None = None) -> list[MySheet]:
    """The reader's running assignments with the state of the own sheet, by date; of one board or of all."""
    humans = select(Person.id).where((Person.id == actor.person_id) | (Person.same_as_id == actor.person_id))
    on_present = (ScoreSheet.review_id == Review.id) & (ScoreSheet.revision_id == Review.revision_id)
    chosen = (
        _joined(Review, Proposal.code, Proposal.title, Assignment.due_on, ScoreSheet.submitted_at, ScoreSheet.total)
        .join(Assignment, Assignment.review_id == Review.id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .outerjoin(ScoreSheet, on_present & (ScoreSheet.seat_id == Assignment.seat_id))
        .where(
            Assignment.declined_at.is_(None),
            Seat.person_id.in_(humans),
            seen_at_board(actor),
            Review.id.not_in(without_part(actor)),
        )
        .where(Review.state.in_(WITH_BOARD))
        .order_by(Assignment.due_on, Review.id)
    )
    if board_id is not None:
        chosen = chosen.where(Review.board_id == board_id)
    rows = db.session.execute(chosen).all()
    titles = titles_for(actor, {review.id: title for review, _code, title, *_sheet in rows})
    return [
        MySheet(
            review.board_id, review.id, code or "", titles[review.id], due_on, submitted_at is not None, total,
            review.state is State.SCORING,
        )
        for review, code, _title, due_on, submitted_at, total in rows
    ]  # fmt: skip
