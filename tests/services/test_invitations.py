"""Invitations to a meeting: as a calendar file and on paper; neither names what its reader takes no part in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from io import BytesIO

import pytest

from innovations.boards.rules.calendar_file import Invitation, calendar_file
from innovations.boards.rules.meetings import ItemSettled
from innovations.boards.rules.refusals import NotOnBoard
from innovations.boards.services import items, recusing
from innovations.core.rules.calendar import VIETNAM
from innovations.documents.extract import pages_of
from tests import meeting_world as sitting
from tests.board_world import REASON, SEATED, BoardWorld

MEETING = Invitation(
    uid="meeting-7@host", sequence=3, stamped=datetime(2026, 11, 28, 8, 0, tzinfo=UTC), on=date(2026, 12, 1), starts=time(8, 30),
    summary="Họp Hội đồng sáng kiến Trung đoàn 1A, phiên số 4", place="Phòng 2; tầng 1", address="http://host/boards/1/meetings/4",
)  # fmt: skip


def test_a_calendar_gets_local_time_as_an_instant_and_signs_escaped() -> None:
    lines = calendar_file(MEETING).split("\r\n")
    assert "DTSTART:20261201T013000Z" in lines
    assert "LOCATION:Phòng 2\\; tầng 1" in lines
    assert ("SEQUENCE:3" in lines, "UID:meeting-7@host" in lines, lines[-1]) == (True, True, "")


def test_long_lines_are_folded_between_letters() -> None:
    text = calendar_file(MEETING)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "SUMMARY:Họp Hội đồng sáng kiến Trung đoàn 1A\\, phiên số 4" in text.replace("\r\n ", "")


def test_a_meeting_without_an_hour_takes_the_day() -> None:
    whole = Invitation(**{**vars(MEETING), "starts": None})
    assert "DTSTART;VALUE=DATE:20261201\r\n" in calendar_file(whole)


def test_every_member_takes_the_meeting_into_the_own_calendar_and_it_names_no_proposal(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.called(board, review_id)
    answer = board.world.client("uyvien4").get(f"/boards/{board.board_id}/meetings/{number}/invitation.ics")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    text = answer.text.replace("\r\n ", "")
    assert "Phòng giao ban" in text
    proposal = board.review(review_id).proposal
    assert (proposal.title in text, proposal.code in text) == (False, False)


def test_each_member_has_a_page_and_with_a_conflict_the_item_has_no_title(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    recusing.recuse_member(board.actor("thuky"), board.board_id, review_id, board.seat("uyvien2"), reason=REASON)
    number = sitting.called(board, review_id)
    path = f"/boards/{board.board_id}/meetings/{number}"
    answer = board.world.client("thuky").get(f"{path}/invitations.pdf")
    pages = [" ".join(page.split()).replace("- ", "-") for page in pages_of(BytesIO(answer.data))]
    code = board.review(review_id).proposal.code
    assert (answer.status_code, len(pages)) == (200, len(SEATED))
    without = [page for page in pages if code not in page]
    assert len(without) == 1
    assert "Đặng Quang Huy" in without[0]
    assert "không tham gia xét" in without[0]
    meeting = board.world.client("thuky").get(path).text
    assert "Ra ngoài khi xét mục này" in meeting
    assert board.world.client("uyvien4").get(f"{path}/invitations.pdf").status_code == 403


def test_the_clock_of_an_item_runs_from_when_its_turn_came_and_the_minutes_say_when(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    items.take_up(board.actor("chutich"), board.board_id, number, review_id)
    with pytest.raises(ItemSettled):
        items.take_up(board.actor("thuky"), board.board_id, number, review_id)
    begun = sitting.meeting(board, number).items[0].taken_up_at
    assert begun is not None
    path = f"/boards/{board.board_id}/meetings/{number}"
    assert f'datetime="{begun.isoformat()}" data-running-since' in board.world.client("uyvien4").get(path).text
    minutes = " ".join(" ".join(pages_of(BytesIO(board.world.client("thuky").get(f"{path}/minutes.pdf").data))).split())
    assert f"Bắt đầu xét lúc {begun.astimezone(VIETNAM):%H giờ %M}" in minutes


def test_a_member_does_not_call_up_an_item(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    with pytest.raises(NotOnBoard):
        items.take_up(board.actor("uyvien3"), board.board_id, number, review_id)
    assert sitting.meeting(board, number).items[0].taken_up_at is None
