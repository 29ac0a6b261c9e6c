"""The secretary's queue: a board's reviews by state, what is late first, who holds what.  Only what the reader may see."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from innovations.boards.blinding import titles_for
from innovations.boards.loading import load_board
from innovations.boards.models import Assignment, ScoreSheet, Seat
from innovations.boards.planning_queries import WAITING
from innovations.boards.rules.schedule import in_force
from innovations.boards.schedule_facts import Schedules
from innovations.boards.sight import in_sight, without_part
from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_at_board
from innovations.proposals.models import Proposal, Review
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
    return [Review.board_id == board_id, in_sight(actor)]


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


def _queued(actor: Actor, board_id: int, state: State | None, overdue: bool) -> list[ColumnElement[bool]]:
    chosen = [*_conditions(actor, board_id), Review.state == state if state else Review.state.in_(OPEN_STATES)]
    return [*chosen, Review.due_on < today()] if overdue else chosen


def queue(
    actor: Actor, board_id: int, *, state: State | None = None, overdue: bool = False, limit: int = 500, offset: int = 0
) -> list[QueueRow]:
    """The board's reviews, the most urgent first; without ``state`` those that are not decided yet.

    :param overdue: only those whose date is past.
    :raises NotVisible: not a board of the reader.
    """
    load_board(actor, board_id)
    # Not whole reviews: each carries the rules it was started with.
    shown = (Review.id, Proposal.code, Proposal.title, Review.state, Review.due_on, Review.held_by, Review.held_since)
    chosen = _joined(*shown, *_sheets()).where(*_queued(actor, board_id, state, overdue))
    ordered = chosen.order_by(Review.due_on.is_(None), Review.due_on, Review.id)
    rows = db.session.execute(ordered.limit(limit).offset(offset)).all()
    titles = titles_for(actor, {review_id: title for review_id, _code, title, *_rest in rows})
    return [QueueRow(review_id, code or "", titles[review_id], *rest) for review_id, code, _title, *rest in rows]


def queue_length(actor: Actor, board_id: int, *, state: State | None = None, overdue: bool = False) -> int:
    """How many :func:`queue` has in all."""
    return db.session.scalar(_joined(func.count()).where(*_queued(actor, board_id, state, overdue))) or 0


def queue_counts(actor: Actor, board_id: int) -> dict[State, int]:
    """How many of the board's reviews the reader sees in each state, in the order of a review's life."""
    chosen = _joined(Review.state, func.count()).where(*_conditions(actor, board_id)).group_by(Review.state)
    found: dict[State, int] = dict(db.session.execute(chosen).all())
    return {state: found[state] for state in State if state in found}


@dataclass(frozen=True)
class MySheet:
    """A review assigned to the reader, in the left pane of the scoring screen."""

    assignment_id: int
    board_id: int
    review_id: int
    code: str
    title: str
    due_on: date
    submitted: bool
    total: Decimal | None
    may_score: bool
    revealed: bool  # too late for a sheet


def my_sheets(actor: Actor, board_id: int | None = None) -> list[MySheet]:
    """The reader's running assignments with the state of the own sheet, by date; of one board or of all."""
    humans = select(Person.id).where((Person.id == actor.person_id) | (Person.same_as_id == actor.person_id))
    on_present = (ScoreSheet.review_id == Review.id) & (ScoreSheet.revision_id == Review.revision_id)
    chosen = (
        _joined(
            Assignment.id.label("assignment_id"),
            Review.board_id,
            Review.id,
            Review.campaign_id,
            Review.state,
            Proposal.code,
            Proposal.title,
            Assignment.due_on,
            ScoreSheet.submitted_at,
            ScoreSheet.total,
        )
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
    titles, schedules = titles_for(actor, {row.id: row.title for row in rows}), Schedules(row.board_id for row in rows)
    return [
        MySheet(
            row.assignment_id, row.board_id, row.id, row.code or "", titles[row.id], row.due_on, row.submitted_at is not None, row.total,
            row.state is State.SCORING and in_force(schedules.of(row.board_id, row.campaign_id), today()).scoring,
            row.state not in WAITING,
        )
        for row in rows
    ]  # fmt: skip
