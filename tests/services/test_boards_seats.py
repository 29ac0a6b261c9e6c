"""Boards and seats: who may set them up, one chair at a time, and who sees the reviews once a seat changes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from innovations.boards.board_queries import board_shown, boards_of
from innovations.boards.models import Board, Seat
from innovations.boards.queue_queries import queue
from innovations.boards.relations import find_board
from innovations.boards.rules.seats import RoleHeld, SeatEnded, SeatEndsBeforeItStarts, SeatRole, SeatTakenTwice, TermReversed
from innovations.boards.services import boards, seats
from innovations.boards.services.boards import BoardBusy, BoardData
from innovations.boards.services.seats import SeatData
from innovations.core import clock
from innovations.core.clock import now, today
from innovations.core.rules.errors import NotVisible, Several
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Person
from innovations.proposals.audience import seen_by
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.access import NotRegistrar
from innovations.regulations.models import FieldOfWork
from tests.board_world import FIRST_DAY, BoardWorld
from tests.world import World


def stored(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("number", ["quantri", "thuky", "tacgia", "demo26"])
def test_only_the_registrar_of_the_unit_sets_up_a_board(world: World, number: str) -> None:
    before = stored(Board)
    with pytest.raises(NotRegistrar):
        boards.create_board(world.actor(number), world.staff.units["T1A"], BoardData("Hội đồng", FIRST_DAY))
    assert stored(Board) == before


def test_a_term_does_not_end_before_it_starts(world: World) -> None:
    before = stored(Board)
    with pytest.raises(TermReversed):
        boards.create_board(
            world.actor("vanphong"), world.staff.units["T1A"], BoardData("Hội đồng", FIRST_DAY, FIRST_DAY - timedelta(days=1))
        )
    assert stored(Board) == before


def test_a_board_of_seven_with_chair_and_secretary_has_no_warning(board: BoardWorld) -> None:
    assert board_shown(board.actor("vanphong"), board.board_id).warnings == ()


def test_a_board_without_enough_members_or_secretary_is_warned_of_both(board: BoardWorld) -> None:
    for number in ("thuky", "uyvien4", "uyvien5"):
        seats.end_seat(board.actor("vanphong"), board.board_id, board.seat(number), last_day=FIRST_DAY)
    found = board_shown(board.actor("vanphong"), board.board_id).warnings
    assert [type(each).__name__ for each in found] == ["BoardSizeWrong", "NotOneOf"]


@pytest.mark.parametrize("role", [SeatRole.CHAIR, SeatRole.SECRETARY])
def test_there_is_one_chair_and_one_secretary_at_a_time(board: BoardWorld, role: SeatRole) -> None:
    before = stored(Seat)
    with pytest.raises(Several) as refused:
        seats.seat_person(board.actor("vanphong"), board.board_id, SeatData(board.world.staff.people["demo23"], role, today()))
    assert [type(error) for error in refused.value.errors] == [RoleHeld]
    assert stored(Seat) == before


def test_a_second_account_gives_nobody_a_second_seat(board: BoardWorld) -> None:
    people = board.world.staff.people
    with atomic() as session:
        session.get_one(Person, people["demo23"]).same_as_id = people["uyvien5"]
    with pytest.raises(Several) as refused:
        seats.seat_person(board.actor("vanphong"), board.board_id, SeatData(people["demo23"], SeatRole.MEMBER, today()))
    assert [type(error) for error in refused.value.errors] == [SeatTakenTwice]


def test_a_new_chair_follows_on_the_day_after_the_old_one(board: BoardWorld) -> None:
    registrar, people = board.actor("vanphong"), board.world.staff.people
    seats.end_seat(registrar, board.board_id, board.seat("chutich"), last_day=today())
    tomorrow = today() + timedelta(days=1)
    seats.seat_person(registrar, board.board_id, SeatData(people["demo23"], SeatRole.CHAIR, tomorrow))
    held = [seat.name for seat in board_shown(registrar, board.board_id).seats if seat.role is SeatRole.CHAIR and seat.held]
    assert held == ["Trung tá Hoàng Đức Giang"]


def test_the_end_of_a_seat_is_written_once_and_not_before_its_start(board: BoardWorld) -> None:
    registrar, seat_id = board.actor("vanphong"), board.seat("uyvien5")
    with pytest.raises(SeatEndsBeforeItStarts):
        seats.end_seat(registrar, board.board_id, seat_id, last_day=FIRST_DAY - timedelta(days=1))
    seats.end_seat(registrar, board.board_id, seat_id, last_day=today())
    with pytest.raises(SeatEnded):
        seats.end_seat(registrar, board.board_id, seat_id, last_day=FIRST_DAY)
    assert db.session.get_one(Seat, seat_id).to_on == today()


def test_a_new_secretary_sees_the_reviews_and_the_old_one_no_longer(board: BoardWorld) -> None:
    registrar, people = board.actor("vanphong"), board.world.staff.people
    review_id = board.accepted()
    seats.end_seat(registrar, board.board_id, board.seat("thuky"), last_day=today() - timedelta(days=1))
    seats.seat_person(registrar, board.board_id, SeatData(people["demo23"], SeatRole.SECRETARY, today()))
    assert [row.review_id for row in queue(board.actor("demo23"), board.board_id)] == [review_id]
    with pytest.raises(NotVisible):
        queue(board.actor("thuky"), board.board_id)


def test_a_seat_with_a_date_ahead_opens_the_reviews_on_that_date(board: BoardWorld) -> None:
    registrar, people = board.actor("vanphong"), board.world.staff.people
    board.accepted()
    seats.end_seat(registrar, board.board_id, board.seat("thuky"), last_day=today())
    tomorrow = today() + timedelta(days=1)
    seats.seat_person(registrar, board.board_id, SeatData(people["demo23"], SeatRole.SECRETARY, tomorrow))

    def seen(number: str) -> int:
        return db.session.scalar(select(func.count()).select_from(Proposal).where(seen_by(board.actor(number)))) or 0

    assert (seen("thuky"), seen("demo23")) == (1, 0)
    with clock.at(now() + timedelta(days=1)):
        assert seats.follow_the_calendar() == 1
        assert (seen("thuky"), seen("demo23")) == (0, 1)


def test_days_on_which_no_worker_ran_are_followed_when_one_runs_again(board: BoardWorld) -> None:
    registrar, people = board.actor("vanphong"), board.world.staff.people
    board.accepted()
    seats.follow_the_calendar()
    seats.end_seat(registrar, board.board_id, board.seat("thuky"), last_day=today() + timedelta(days=1))
    day_after = today() + timedelta(days=2)
    seats.seat_person(registrar, board.board_id, SeatData(people["demo23"], SeatRole.SECRETARY, day_after))

    def seen(number: str) -> int:
        return db.session.scalar(select(func.count()).select_from(Proposal).where(seen_by(board.actor(number)))) or 0

    with clock.at(now() + timedelta(days=9)):  # nobody was there on the second day, nor on the third
        assert seats.follow_the_calendar() == 1
        assert (seen("thuky"), seen("demo23")) == (0, 1)
        assert seats.follow_the_calendar() == 0  # and it is not done every day from then on
    assert seats.follow_the_calendar() == 0  # nor does a clock set right again look into what is to come
    with clock.at(now() + timedelta(days=4)):
        assert seats.follow_the_calendar() == 1  # what was recomputed under the wrong clock is recomputed under the right one


def test_a_board_that_names_the_field_comes_before_one_that_takes_all(board: BoardWorld) -> None:
    field = db.session.scalars(select(FieldOfWork.id).order_by(FieldOfWork.id)).all()
    unit_id = board.world.staff.units["T1A"]
    data = BoardData("Hội đồng chuyên ngành", FIRST_DAY, field_ids=(field[0],))
    special = boards.create_board(board.actor("vanphong"), unit_id, data)
    assert find_board(unit_id, field[0]) == special
    assert find_board(unit_id, field[1]) == board.board_id


def test_a_review_accepted_before_there_was_a_board_goes_to_the_first_one(world: World) -> None:
    for row in list(db.session.scalars(select(Board))):
        row.active = False
    db.session.commit()
    world.accepted()
    data = BoardData("Hội đồng đầu tiên", FIRST_DAY)
    board_id = boards.create_board(world.actor("vanphong"), world.staff.units["T1A"], data)
    assert len(queue(world.actor("vanphong"), board_id)) == 1


def test_a_board_with_reviews_is_not_closed(board: BoardWorld) -> None:
    board.accepted()
    with pytest.raises(BoardBusy):
        boards.close_board(board.actor("vanphong"), board.board_id)
    assert db.session.get_one(Board, board.board_id).active


def test_a_reader_without_seat_or_office_knows_of_no_board(board: BoardWorld) -> None:
    assert boards_of(board.actor("docgia")) == []
    with pytest.raises(NotVisible):
        board_shown(board.actor("docgia"), board.board_id)


def test_a_member_finds_the_board_with_the_own_role(board: BoardWorld) -> None:
    assert [(row.id, row.role) for row in boards_of(board.actor("uyvien1"))] == [(board.board_id, "Phó chủ tịch")]


def test_late_reviews_come_first_in_the_queue(board: BoardWorld) -> None:
    first, second = board.accepted(), board.accepted(title="Tủ sạc dùng chung cho máy bộ đàm")
    with atomic() as session:
        session.get_one(Review, second).due_on = date(2020, 1, 6)
    rows = queue(board.actor("thuky"), board.board_id)
    assert [row.review_id for row in rows] == [second, first]
    assert [row.review_id for row in queue(board.actor("thuky"), board.board_id, overdue=True)] == [second]
