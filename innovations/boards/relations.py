"""What boards tell proposals about a review: who presides and keeps it, who is assigned, who is recused, what its dated phase
narrows (house rule 5).

Also which board of a unit takes a proposal.  Proposals may not import boards, so both are registered at ``init_app``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from innovations.boards.board_facts import boards_facts
from innovations.boards.conflict_queries import conflicted, counts_conflicts
from innovations.boards.models import Assignment, Board, BoardField, Recusal, ScoreSheet, Seat
from innovations.boards.models_meeting import AgendaItem, Attendance, Meeting
from innovations.boards.rules.schedule import AuthorsShown, Schedule, active_on, hidden_from, in_force
from innovations.boards.rules.seats import BoardFacts, SeatRole
from innovations.boards.schedule_facts import Schedules
from innovations.core.clock import today
from innovations.core.statements import Columns, ids, kept_statement, rows
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.queries import Human
from innovations.proposals.models import Review
from innovations.proposals.relations import BoardRelations
from innovations.proposals.rules.states import State

#: Where a rule set or a phase that hides the authors hides them: from the assignment to the reveal.
HIDING = (State.ACCEPTED, State.TRIAL, State.SCORING)


@kept_statement
def _boards() -> Columns:
    blind = Review.rules["blind_authors"].as_boolean().label("blind")
    hiding, counting = Review.state.in_(HIDING).label("hiding"), counts_conflicts().label("counting")
    return select(Review.id, Review.board_id, Review.campaign_id, blind, hiding, counting).where(Review.id.in_(ids()))


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


def _people(board: BoardFacts, seats: Set[int], on: date, *, all_seats: bool) -> frozenset[int]:
    return frozenset(seat.person_id for seat in board.active(on) if all_seats or seat.seat_id in seats)


@dataclass(frozen=True)
class _Known:
    """What was read of some reviews, by review: schedule, seats with a duty, seats that do not know the authors, who takes no part."""

    schedules: Mapping[int, Schedule]
    assigned: Mapping[int, set[int]]
    blinded: Mapping[int, Set[int]]
    recused: Mapping[int, set[int]]
    conflicted: Mapping[int, frozenset[int]]
    agenda: set[int]
    without_chair: set[int]


def _blinded(asked: list[Any], schedules: Mapping[int, Schedule], assigned: Mapping[int, set[int]]) -> Mapping[int, Set[int]]:
    """Seats that do not know the authors of a review; sheets are looked up only where it depends on them."""
    phases = {row.id: active_on(schedules[row.id], today()) for row in asked if row.hiding}
    authors = {each: phase.authors if phase else AuthorsShown.RULES for each, phase in phases.items()}
    hiding = [row for row in asked if row.hiding and (row.blind or authors[row.id] is not AuthorsShown.RULES)]
    sheet_in = _by_review(_sheet_in(), [row.id for row in hiding]) if hiding else {}
    found = {}
    for row in hiding:
        given = assigned.get(row.id, set())
        found[row.id] = hidden_from(given, given - sheet_in.get(row.id, set()), authors[row.id], rules_hide=row.blind)
    return found


def _known(asked: list[Any]) -> _Known:
    having, boards = [row.id for row in asked], Schedules(row.board_id for row in asked)
    schedules = {row.id: boards.of(row.board_id, row.campaign_id) for row in asked}
    assigned = _by_review(_assigned(), having)
    return _Known(
        schedules=schedules,
        assigned=assigned,
        blinded=_blinded(asked, schedules, assigned),
        recused=_by_review(_recused(), having),
        conflicted=conflicted([row.id for row in asked if row.counting]),
        agenda=set(rows(_on_agenda(), ids=having).scalars()),
        without_chair=set(rows(_without_chair(), ids=having).scalars()),
    )


def _relations_to(review_id: int, board: BoardFacts, known: _Known) -> BoardRelations:
    on = today()
    recused, conflicted = frozenset(known.recused.get(review_id, ())), known.conflicted.get(review_id, frozenset())
    assigned = _people(board, known.assigned.get(review_id, set()), on, all_seats=review_id in known.agenda)
    return BoardRelations(
        chair_id=board.holder(SeatRole.CHAIR, on),
        deputy_id=board.holder(SeatRole.DEPUTY, on),
        secretary_id=board.holder(SeatRole.SECRETARY, on),
        chair_absent=review_id in known.without_chair,
        assigned=assigned - recused - conflicted,
        recused=recused,
        conflicted=conflicted,
        blinded=_people(board, known.blinded.get(review_id, set()), on, all_seats=False),
        phase=in_force(known.schedules[review_id], on),
    )


def relations(review_ids: Iterable[int]) -> Mapping[int, BoardRelations]:
    """The people of each review that has a board, by the seats held today; as many queries for any number of reviews."""
    asked = [row for row in rows(_boards(), ids=list(review_ids)) if row.board_id is not None]
    if not asked:
        return {}
    boards = boards_facts(row.board_id for row in asked)
    known = _known(asked)
    return {row.id: _relations_to(row.id, boards[row.board_id], known) for row in asked}


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
