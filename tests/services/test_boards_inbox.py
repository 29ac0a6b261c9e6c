"""What waits for a scoring member and for the secretary, with its date."""

from datetime import timedelta

from innovations.boards import inbox
from innovations.core import clock
from innovations.core.clock import now
from tests.board_world import BoardWorld


def asked(board: BoardWorld, number: str) -> list[tuple[str, str]]:
    """Heading and note of everything that waits for the person."""
    with board.world.app.test_request_context():
        return [(item.group, item.note) for item in inbox.waiting(board.actor(number))]


def test_an_assigned_member_is_asked_for_the_sheet_until_it_is_submitted(board: BoardWorld) -> None:
    review_id = board.scoring()
    assert asked(board, "uyvien3") == [("Phiếu chấm của tôi", "")]
    board.submit(review_id, "uyvien3")
    assert asked(board, "uyvien3") == []


def test_a_sheet_that_cannot_be_written_yet_waits_for_nobody(board: BoardWorld) -> None:
    board.assign(board.accepted(), "uyvien3")
    assert asked(board, "uyvien3") == []


def test_the_secretary_is_asked_to_assign_and_then_to_call_a_meeting(board: BoardWorld) -> None:
    review_id = board.accepted()
    assert asked(board, "thuky") == [("Việc của thư ký hội đồng", "Phân công chấm")]
    board.start(review_id)
    assert asked(board, "thuky") == []
    for number in ("uyvien3", "uyvien4", "uyvien5"):
        board.submit(review_id, number)
    assert asked(board, "thuky") == [("Việc của thư ký hội đồng", "Đủ phiếu chấm, đưa ra họp")]


def test_scoring_past_its_date_is_shown_to_the_secretary_as_overdue(board: BoardWorld) -> None:
    board.scoring()
    with clock.at(now() + timedelta(days=60)):
        assert asked(board, "thuky") == [("Việc của thư ký hội đồng", "Quá hạn, cần xử lý")]


def test_other_members_are_asked_for_nothing(board: BoardWorld) -> None:
    board.scoring()
    assert asked(board, "uyvien2") == []
    assert asked(board, "chutich") == []
