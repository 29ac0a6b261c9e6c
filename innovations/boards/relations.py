"""What boards tell proposals about a review: who presides and keeps it, who is assigned, who is recused (house rule 5).

Also which board of a unit takes a proposal.  Proposals may not import boards, so both are registered at ``init_app``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import and_, func, or_, select

from innovations.boards.board_facts import boards_facts
from innovations.boards.models import Assignment, Board, BoardField, Recusal, ScoreSheet, Seat
from innovations.boards.models_meeting import AgendaItem, Attendance, Meeting
from innovations.boards.rules.seats import BoardFacts, SeatRole
from innovations.core.clock import today
from innovations.core.statements import Columns, ids, kept_statement, rows
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.queries import Human
from innovations.proposals.models import Review
from innovations.proposals.relations import BoardRelations
from innovations.proposals.rules.states import State

#: Where a rule set that hides the authors hides them: from the assignment to the reveal.
_HIDING = (State.ACCEPTED, State.SCORING)


@kept_statement
def _boards() -> Columns:
    blind = and_(Review.rules["blind_authors"].as_boolean(), Review.state.in_(_HIDING))
    return select(Review.id, Review.board_id, blind).where(Review.id.in_(ids()))


@kept_statement
def _assigned() -> Columns:
    chosen = select(Assignment.review_id, Assignment.seat_id).where(Assignment.review_id.in_(ids()))
    return chosen.where(Assignment.declined_at.is_(None))


@kept_statement
def _sheet_in() -> Columns:
    """Seats whose sheet on the text as it stands is submitted."""
    chosen = select(ScoreSheet.review_id, ScoreSheet.seat_id).join(Review, Review.id == ScoreSheet.review_id)
    chosen = chosen.where(ScoreSheet.revision_id == Review.revision_id, ScoreSheet.submitted_at.is_not(None))
    return chosen.where(ScoreSheet.review_id.in_(ids()))


@kept_statement
def _on_agenda() -> Columns:
    return select(AgendaItem.review_id).where(AgendaItem.review_id.in_(ids()))


@kept_statement
def _recused() -> Columns:
    chosen = select(Recusal.review_id, Human).join(Person, Person.id == Recusal.person_id)
    return chosen.where(Recusal.review_id.in_(ids()))


@kept_statement
def _without_chair() -> Columns:
    """Reviews on the agenda of a meeting that is open now and that the chair does not attend."""
    return (
        select(AgendaItem.review_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .join(Seat, Seat.id == Attendance.seat_id)
        .where(AgendaItem.review_id.in_(ids()), Meeting.state == "open")
        .where(Seat.role == SeatRole.CHAIR.value, ~Attendance.present)
    )


def _by_review(statement: Columns, review_ids: list[int]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for review_id, other in rows(statement, ids=review_ids):
        found[review_id].add(other)
    return found


def _people(board: BoardFacts, seats: set[int], on: date, *, all_seats: bool) -> frozenset[int]:
    return frozenset(seat.person_id for seat in board.active(on) if all_seats or seat.seat_id in seats)


def relations(review_ids: Iterable[int]) -> Mapping[int, BoardRelations]:
    """The people of each review that has a board, by the seats held today; as many queries for any number of reviews."""
    asked = rows(_boards(), ids=list(review_ids)).all()
    board_of = {review_id: board_id for review_id, board_id, _blind in asked if board_id is not None}
    if not board_of:
        return {}
    having, on = list(board_of), today()
    boards = boards_facts(board_of.values())
    assigned, recused = _by_review(_assigned(), having), _by_review(_recused(), having)
    agenda, without_chair = (set(rows(each, ids=having).scalars()) for each in (_on_agenda(), _without_chair()))
    hidden = sorted(review_id for review_id, _board, blind in asked if blind)
    sheet_in = _by_review(_sheet_in(), hidden) if hidden else {}
    waiting = {each: assigned.get(each, set()) - sheet_in.get(each, set()) for each in hidden}
    return {
        review_id: BoardRelations(
            chair_id=boards[board_id].holder(SeatRole.CHAIR, on),
            deputy_id=boards[board_id].holder(SeatRole.DEPUTY, on),
            secretary_id=boards[board_id].holder(SeatRole.SECRETARY, on),
            chair_absent=review_id in without_chair,
            assigned=_people(boards[board_id], assigned.get(review_id, set()), on, all_seats=review_id in agenda),
            recused=frozenset(recused.get(review_id, ())),
            blinded=_people(boards[board_id], waiting.get(review_id, set()), on, all_seats=False),
        )
        for review_id, board_id in board_of.items()
    }


def find_board(unit_id: int, field_id: int | None) -> int | None:
    """The active board of the unit for a field: one that names it before one that takes all; the youngest of several."""
    on = today()
    takes = select(func.count()).where(BoardField.board_id == Board.id)
    named = takes.where(BoardField.field_id == field_id).scalar_subquery()
    chosen = (
        select(Board.id)
        .where(Board.unit_id == unit_id, Board.active, Board.term_from <= on)
        .where(or_(Board.term_to.is_(None), Board.term_to >= on))
        .where(or_(named > 0, takes.scalar_subquery() == 0))
        .order_by(named.desc(), Board.id.desc())
    )
    return db.session.scalar(chosen.limit(1))
