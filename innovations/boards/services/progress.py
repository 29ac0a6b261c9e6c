"""The secretary moves a review on: opens scoring, or closes one whose authors did not hand in what the board asked for."""

from sqlalchemy import select

from innovations.boards.board_facts import board_facts
from innovations.boards.conflict_queries import conflicts_on
from innovations.boards.loading import load_review
from innovations.boards.models import Assignment, Board
from innovations.boards.rules.assignments import check_enough_scorers
from innovations.boards.rules.seats import check_board_active
from innovations.core.clock import today
from innovations.core.rules.errors import N_, StateForbids
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals import lifecycle
from innovations.proposals.loading import Loaded
from innovations.proposals.rules.access import check_may
from innovations.proposals.rules.content import check_reasons
from innovations.proposals.rules.states import Action


class NotOverdue(StateForbids):
    """The authors still have time."""

    message = N_("Chưa quá hạn hoàn thiện (%(due)s) nên chưa kết thúc hồ sơ được.")


def _free_scorers(loaded: Loaded) -> list[Assignment]:
    """Running assignments of seats held today, may score, and without any conflict."""
    active = {seat.seat_id for seat in board_facts(loaded.review.board_id or 0).active(today()) if seat.may_score}
    able = active - set(conflicts_on(loaded))
    chosen = select(Assignment).where(Assignment.review_id == loaded.review.id, Assignment.declined_at.is_(None))
    return list(db.session.scalars(chosen.where(Assignment.seat_id.in_(able))))


def open_scoring(actor: Actor, board_id: int, review_id: int) -> None:
    """Let the assigned members score; the next date is that of the last sheet.

    :raises NotSecretary: somebody else; :raises ActionNotAllowed: it is not accepted.
    :raises BoardNotActive: the board is outside its term.
    :raises TooFewScorers: fewer members without conflict than a result needs.
    """
    with atomic() as session:
        loaded = load_review(actor, board_id, review_id)
        check_may(Action.OPEN_SCORING, actor, loaded.facts, loaded.at)
        board = session.get_one(Board, board_id)
        check_board_active(board.active, board.term_from, board.term_to, today())
        free = _free_scorers(loaded)
        check_enough_scorers(len(free), loaded.rules)
        due_on = max(each.due_on for each in free)
        lifecycle.apply(loaded.review, Action.OPEN_SCORING, by=actor, due_on=due_on, tell=loaded.at.assigned)


def close_overdue(actor: Actor, board_id: int, review_id: int, *, reason: str) -> None:
    """End a review whose authors did not hand in the completed text in time.

    :raises NotOverdue: the date is not past.
    :raises ReasonsMissing: without a reason.
    """
    with atomic():
        loaded = load_review(actor, board_id, review_id)
        check_may(Action.CLOSE_OVERDUE, actor, loaded.facts, loaded.at)
        due = loaded.review.due_on
        if due is None or due >= today():
            raise NotOverdue(due=due or today())
        loaded.review.reason = check_reasons(reason)
        lifecycle.apply(
            loaded.review, Action.CLOSE_OVERDUE, by=actor, due_on=loaded.review.result_due_on, note=loaded.review.reason
        )
