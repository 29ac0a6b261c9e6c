"""A meeting through its pages, from the call to the confirmed conclusion; refusals are shown and store nothing."""

from bs4 import BeautifulSoup
from sqlalchemy import func, select

from innovations.boards import inbox
from innovations.boards.models_meeting import Attendance, HasVoted, Meeting
from innovations.boards.services import meetings
from innovations.core.clock import today
from innovations.extensions import db
from innovations.proposals.rules.states import State
from tests import meeting_world as sitting
from tests.board_world import REASON, SEATED, BoardWorld


def stored(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_meeting_runs_through_its_pages_to_the_confirmed_conclusion(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    secretary, base = board.world.client("thuky"), f"/boards/{board.board_id}/meetings"
    assert "Bảng kiểm tra" in secretary.get(f"{base}/new").text
    sent = secretary.post(f"{base}/new", data={"on": today().isoformat(), "starts": "08:30", "review_ids": [review_id]})
    assert (sent.status_code, sent.location) == (303, f"{base}/1")
    here, item = f"{base}/1", f"{base}/1/items/{review_id}"
    everybody = [board.seat(who) for who in SEATED]
    for address, data in (
        (f"{here}/start", {}),
        (f"{here}/attendance", {"here": everybody}),
        (f"{item}/reveal", {}),
        (f"{item}/discussion", {"discussion": "Hội đồng đánh giá tốt."}),
        (f"{item}/vote/open", {}),
    ):
        assert secretary.post(address, data=data).status_code == 303, address
    assert "Đã bỏ phiếu: 0/7" in secretary.get(here).text
    for who in SEATED:
        member = board.world.client(who)
        assert "Bỏ phiếu kín" in member.get(f"{here}/vote/{review_id}").text
        assert member.post(f"{here}/vote/{review_id}", data={"opinion": "agree"}).status_code == 303
    for address in (f"{item}/vote/close", f"{item}/conclusion"):
        assert secretary.post(address, data={}).status_code == 303, address
    chair = board.world.client("chutich")
    assert "Xác nhận kết luận" in chair.get(here).text
    assert chair.post(f"{item}/confirm").status_code == 303
    assert secretary.post(f"{here}/close").status_code == 303
    assert board.review(review_id).state is State.PASSED
    assert "Đã bế mạc" in secretary.get(here).text
    assert f'href="{here}"' in secretary.get(f"/boards/{board.board_id}").text


def test_who_may_do_nothing_any_more_sees_no_empty_strip_of_buttons(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.voted(board, review_id, agree=7)
    sitting.conclude(board, number, review_id)
    meetings.close_meeting(board.actor("thuky"), board.board_id, number)
    here = f"/boards/{board.board_id}/meetings/{number}"
    for who in ("thuky", "uyvien3"):
        for path in (here, f"/boards/{board.board_id}/reviews/{review_id}"):
            page = BeautifulSoup(board.world.client(who).get(path).text, "html.parser")
            assert page.select(".card") and [each for each in page.select(".actions") if not each.find_all(True)] == [], (
                who,
                path,
            )


def test_a_running_vote_shows_how_many_have_voted_and_no_count(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    sitting.cast(board, number, review_id, "uyvien1")
    page = board.world.client("thuky").get(f"/boards/{board.board_id}/meetings/{number}").text
    assert "Đã bỏ phiếu: 1/7" in page
    assert 'class="tally"' not in page


def test_an_absence_without_reason_comes_back_with_the_sentence(board: BoardWorld) -> None:
    number = sitting.called(board, sitting.scored(board))
    secretary, here = board.world.client("thuky"), f"/boards/{board.board_id}/meetings/{number}"
    secretary.post(f"{here}/start")
    sent = secretary.post(f"{here}/attendance", data={"here": [board.seat("thuky")]})
    assert sent.status_code == 422
    assert "Xin ghi lý do vắng mặt" in sent.text
    assert stored(Attendance) == 0


def test_an_empty_ballot_is_refused(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    sent = board.world.client("uyvien1").post(f"/boards/{board.board_id}/meetings/{number}/vote/{review_id}", data={})
    assert sent.status_code == 422
    assert "Chọn một ý kiến" in sent.text
    assert stored(HasVoted) == 0


def test_a_member_calls_no_meeting_and_an_outsider_finds_none(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    address = f"/boards/{board.board_id}/meetings/new"
    sent = board.world.client("uyvien3").post(address, data={"on": today().isoformat(), "review_ids": [review_id]})
    assert (sent.status_code, stored(Meeting)) == (403, 0)
    assert "chủ tịch, phó chủ tịch hoặc ủy viên thư ký" in sent.text
    number = sitting.called(board, review_id)
    assert board.world.client("docgia").get(f"/boards/{board.board_id}/meetings/{number}").status_code == 404


def test_an_author_with_a_seat_sees_that_there_is_an_item_but_not_which(board: BoardWorld) -> None:
    review_id = sitting.scored(board, by="uyvien2")
    number = sitting.called(board, review_id)
    page = board.world.client("uyvien2").get(f"/boards/{board.board_id}/meetings/{number}")
    assert page.status_code == 200
    assert "không tham gia xét mục này" in page.text
    assert "Bảng kiểm tra" not in page.text


def test_what_waits_in_a_meeting_leads_to_it(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    with board.world.app.test_request_context():
        asked = inbox.waiting(board.actor("uyvien1"))
    assert [(each.note, each.url) for each in asked] == [
        ("Đang biểu quyết, chờ ý kiến của đồng chí", f"/boards/{board.board_id}/meetings/{number}")
    ]


def test_a_postponement_without_reason_is_refused_on_the_page(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    item = f"/boards/{board.board_id}/meetings/{number}/items/{review_id}"
    secretary = board.world.client("thuky")
    assert secretary.post(f"{item}/postpone", data={"reason": ""}).status_code == 422
    assert sitting.meeting(board, number).items[0].conclusion == ""
    assert secretary.post(f"{item}/postpone", data={"reason": REASON}).status_code == 303


def test_who_is_there_stands_before_the_items_until_it_is_registered(board: BoardWorld) -> None:
    number = sitting.called(board, sitting.scored(board))
    path, secretary = f"/boards/{board.board_id}/meetings/{number}", board.world.client("thuky")
    assert secretary.post(f"{path}/start", data={}).status_code == 303
    page = secretary.get(path).text
    assert page.index('id="attendance"') < page.index('id="item-')
    sitting.attend(board, number)
    page = secretary.get(path).text
    assert page.index('id="item-') < page.index('id="attendance"')


def test_an_item_that_was_voted_on_is_not_begun_any_more(board: BoardWorld) -> None:
    number = sitting.before_board(board, review_id := sitting.scored(board))
    path, secretary = f"/boards/{board.board_id}/meetings/{number}", board.world.client("thuky")
    assert f"items/{review_id}/take-up" in secretary.get(path).text
    sitting.open_vote(board, number, review_id)
    assert "/take-up" not in secretary.get(path).text


def test_a_vote_that_failed_says_by_how_many(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.voted(board, review_id, agree=4)
    page = board.world.client("thuky").get(f"/boards/{board.board_id}/meetings/{number}").text
    assert "thiếu 1 ý kiến đồng ý" in page
