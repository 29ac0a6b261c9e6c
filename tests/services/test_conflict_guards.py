"""Whatever writes past the use cases, the database refuses the part of an author or of a person whose conflict is on record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from innovations.boards.models import Assignment, ScoreSheet, Seat
from innovations.boards.models_meeting import HasVoted, OpenOpinion, Vote
from innovations.boards.services import assigning, recusing
from innovations.core.clock import now, today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Person
from tests import meeting_world as sitting
from tests.board_world import FIRST_DAY, REASON, BoardWorld

REFUSED = "takes no part in the review"


def duty(review_id: int, seat_id: int) -> None:
    with atomic() as session:
        session.execute(insert(Assignment).values(review_id=review_id, seat_id=seat_id, due_on=today(), assigned_at=now()))


def sheet(board: BoardWorld, review_id: int, seat_id: int) -> None:
    revision = board.review(review_id).revision_id
    with atomic() as session:
        values = {"review_id": review_id, "revision_id": revision, "seat_id": seat_id, "updated_at": now()}
        session.execute(insert(ScoreSheet).values(**values))


def recused(board: BoardWorld, review_id: int, number: str = "uyvien2") -> int:
    """A member whose conflict is on record, by seat."""
    recusing.recuse_member(board.actor("thuky"), board.board_id, review_id, board.seat(number), reason=REASON)
    return board.seat(number)


def authors_seat(board: BoardWorld, *, second_record: bool = False) -> int:
    """A seat of the author, or of another record of the same human being."""
    author = board.world.staff.people["tacgia"]
    with atomic() as session:
        if second_record:
            own = session.get_one(Person, author)
            other = Person(full_name=own.full_name, sort_key=own.sort_key, category=own.category, unit_id=own.unit_id)
            other.same_as_id = author
            session.add(other)
            session.flush()
            author = other.id
        seat = Seat(board_id=board.board_id, person_id=author, role="member", from_on=FIRST_DAY)
        session.add(seat)
        session.flush()
        return seat.id


WHO: dict[str, Callable[[BoardWorld, int], int]] = {
    "recused": recused,
    "author": lambda board, _review: authors_seat(board),
    "author's second record": lambda board, _review: authors_seat(board, second_record=True),
}


@pytest.mark.parametrize("who", WHO)
def test_no_duty_and_no_sheet_is_stored(board: BoardWorld, who: str) -> None:
    review_id = board.accepted()
    seat_id = WHO[who](board, review_id)
    with pytest.raises(IntegrityError, match=REFUSED):
        duty(review_id, seat_id)
    with pytest.raises(IntegrityError, match=REFUSED):
        sheet(board, review_id, seat_id)
    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 0
    assert db.session.scalar(select(func.count()).select_from(ScoreSheet)) == 0


def test_somebody_without_a_conflict_is_stored(board: BoardWorld) -> None:
    review_id = board.accepted()
    recused(board, review_id)
    duty(review_id, board.seat("uyvien3"))
    sheet(board, review_id, board.seat("uyvien3"))
    assert db.session.scalar(select(func.count()).select_from(ScoreSheet)) == 1


def test_neither_a_declined_duty_comes_back_nor_a_draft_is_submitted_after_the_conflict(board: BoardWorld) -> None:
    review_id = board.scoring("uyvien2", "uyvien3", "uyvien4", "uyvien5")
    sheet(board, review_id, board.seat("uyvien2"))
    seat_id = recused(board, review_id)
    with atomic() as session:
        session.execute(update(Assignment).where(Assignment.seat_id == seat_id).values(declined_at=now()))
    with pytest.raises(IntegrityError, match=REFUSED), atomic() as session:
        session.execute(update(Assignment).where(Assignment.seat_id == seat_id).values(declined_at=None))
    with pytest.raises(IntegrityError, match=REFUSED), atomic() as session:
        session.execute(update(ScoreSheet).where(ScoreSheet.seat_id == seat_id).values(submitted_at=now()))


def test_the_secretary_still_takes_a_duty_back_after_the_conflict(board: BoardWorld) -> None:
    review_id = board.scoring("uyvien2", "uyvien3", "uyvien4", "uyvien5")
    recused(board, review_id)
    given = board.assignment(review_id, "uyvien2").id
    assigning.excuse(board.actor("thuky"), board.board_id, review_id, given, reason=REASON)
    assigning.unassign(board.actor("thuky"), board.board_id, review_id, given)
    assert db.session.get(Assignment, given) is None


@pytest.mark.parametrize("mode", ["open", "secret"])
def test_no_vote_is_stored(board: BoardWorld, mode: str) -> None:
    review_id = sitting.scored(board, mode=mode)
    number = sitting.before_board(board, review_id)
    seat_id = recused(board, review_id, "uyvien4")
    sitting.open_vote(board, number, review_id)
    vote = db.session.scalars(select(Vote.id)).one()
    row = {"vote_id": vote, "seat_id": seat_id}
    for model, values in ((OpenOpinion, {**row, "opinion": "agree"}), (HasVoted, row)):
        with pytest.raises(IntegrityError, match=REFUSED), atomic() as session:
            session.execute(insert(model).values(**values))
    with atomic() as session:
        session.execute(insert(OpenOpinion).values(vote_id=vote, seat_id=board.seat("uyvien5"), opinion="agree"))
    with pytest.raises(IntegrityError, match=REFUSED), atomic() as session:
        session.execute(update(OpenOpinion).values(seat_id=seat_id))
    with atomic() as session:
        session.execute(delete(OpenOpinion))
