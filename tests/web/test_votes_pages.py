"""Votes by page: the roll of an open vote, the count of printed ballots, and who finds neither."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from innovations.boards.models import Seat
from innovations.boards.models_meeting import CountSettlement, OpenOpinion, TellerCount
from innovations.boards.services import votes
from innovations.core.transactions import atomic
from innovations.extensions import db
from tests import meeting_world as sitting
from tests.board_world import REASON, BoardWorld

COUNTED = {"issued": 7, "collected": 7, "valid": 7, "invalid": 0, "agree": 5, "disagree": 1, "blank": 1}


def stored(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def review_id(board: BoardWorld) -> int:
    return sitting.scored(board)


@pytest.fixture
def here(board: BoardWorld, review_id: int) -> str:
    """The running meeting's address."""
    return f"/boards/{board.board_id}/meetings/{sitting.before_board(board, review_id)}"


@pytest.fixture
def count(board: BoardWorld, review_id: int, here: str) -> str:
    """The page of a running count of printed ballots."""
    votes.open_vote(board.actor("thuky"), board.board_id, 1, review_id, on_paper=True)
    return f"{here}/vote/{review_id}/count"


def test_the_roll_keeps_what_was_chosen_and_skips_seats_left_out_and_words_it_does_not_know(board: BoardWorld) -> None:
    review_id = sitting.scored(board, mode="open")
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    roll = {f"opinion-{board.seat('uyvien1')}": "agree", f"opinion-{board.seat('uyvien2')}": "none"}
    odd = {f"opinion-{board.seat('uyvien3')}": "maybe", f"opinion-{board.seat('uyvien4')}": "", "opinion-x": "agree"}
    address = f"/boards/{board.board_id}/meetings/{number}/items/{review_id}/vote/roll"
    assert board.world.client("thuky").post(address, data={**roll, **odd}).status_code == 303
    rows = db.session.scalars(select(OpenOpinion))
    assert {row.seat_id: row.opinion for row in rows} == {board.seat("uyvien1"): "agree", board.seat("uyvien2"): "none"}


def test_a_seat_without_vote_finds_neither_ballot_nor_count(board: BoardWorld, review_id: int, here: str, count: str) -> None:
    with atomic() as session:
        session.get_one(Seat, board.seat("uyvien5")).may_vote = False
    member = board.world.client("uyvien5")
    assert [member.get(address).status_code for address in (f"{here}/vote/{review_id}", count)] == [403, 403]


def test_where_no_ballots_were_printed_nobody_counts(board: BoardWorld, review_id: int, here: str) -> None:
    sitting.open_vote(board, 1, review_id)
    page = board.world.client("thuky").get(f"{here}/vote/{review_id}/count")
    assert page.status_code == 200
    assert 'name="issued"' not in page.text
    sent = board.world.client("thuky").post(f"{here}/vote/{review_id}/count", data=COUNTED)
    assert (sent.status_code, stored(TellerCount)) == (409, 0)


def test_a_count_with_an_empty_figure_comes_back_with_what_was_typed(board: BoardWorld, count: str) -> None:
    sent = board.world.client("thuky").post(count, data={**COUNTED, "blank": ""})
    assert sent.status_code == 422
    assert "Nhập số phiếu, không có thì nhập 0." in sent.text
    assert 'value="5"' in sent.text
    assert stored(TellerCount) == 0


def test_two_counts_that_differ_are_settled_by_who_presides_with_a_reason(board: BoardWorld, here: str, count: str) -> None:
    for who, figures in (("thuky", COUNTED), ("uyvien3", {**COUNTED, "agree": 4, "disagree": 2})):
        sent = board.world.client(who).post(count, data=figures)
        assert (sent.status_code, sent.location) == (303, count)
    chair = board.world.client("chutich")
    assert 'name="place"' in chair.get(count).text
    for lacking in ({"place": "2"}, {"reason": REASON}, {"place": "3", "reason": REASON}):
        assert chair.post(f"{count}/settle", data=lacking).status_code == 422
    assert (sitting.vote(board, 1).state, stored(CountSettlement)) == ("open", 0)
    sent = chair.post(f"{count}/settle", data={"place": "2", "reason": REASON})
    assert (sent.status_code, sent.location) == (303, here)
    assert (sitting.vote(board, 1).state, sitting.vote(board, 1).agree) == ("closed", 4)


def test_a_count_that_cannot_be_right_is_held_again_on_new_ballots(
    board: BoardWorld, review_id: int, here: str, count: str
) -> None:
    secretary = board.world.client("thuky")
    void = f"{here}/items/{review_id}/vote/void"
    assert secretary.post(void, data={"reason": ""}).status_code == 422
    assert sitting.vote(board, 1).state == "open"
    assert secretary.post(void, data={"reason": REASON}).status_code == 303
    assert (sitting.vote(board, 1).state, sitting.vote(board, 1).void_reason) == ("void", REASON)
    assert secretary.post(f"{here}/items/{review_id}/vote/open", data={"way": "paper"}).status_code == 303
    assert (sitting.vote(board, 1).state, sitting.vote(board, 1).on_paper) == ("open", True)
