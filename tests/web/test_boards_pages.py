"""The boards' pages: who opens them, what they show before the reveal, and that a refusal leaves everything as it was."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from innovations.boards.models import Assignment, Board, Recusal, ScoreSheet
from innovations.boards.rules.seats import SeatRole
from innovations.boards.services import recusing, seats
from innovations.boards.services.seats import SeatData
from innovations.boards.views import scoring as scoring_views
from innovations.core.clock import today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.proposals.rules.states import State
from tests.board_world import FIRST_DAY, REASON, BoardWorld

COMPLETE = {
    "version": "0",
    "proposes": "recognise",
    "novelty-points": "24",
    "effect-points": "24",
    "replicability-points": "20",
    "economy-na": "1",
    "dossier-level": "4",
}


def stored(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def address(board: BoardWorld, review_id: int, rest: str = "") -> str:
    return f"/boards/{board.board_id}/reviews/{review_id}{rest}"


@pytest.mark.parametrize("number", ["thuky", "chutich", "uyvien3", "vanphong", "chihuy", "tiepnhan"])
def test_people_of_the_board_and_its_offices_open_its_pages(board: BoardWorld, number: str) -> None:
    client = board.world.client(number)
    for page in ("/boards/", f"/boards/{board.board_id}", f"/boards/{board.board_id}/queue"):
        answered = client.get(page)
        assert answered.status_code == 200, page
        assert "Hội đồng sáng kiến Trung đoàn 1A" in answered.text


def test_a_reader_finds_an_empty_list_and_no_board(board: BoardWorld) -> None:
    client = board.world.client("docgia")
    assert "Chưa có hội đồng nào liên quan" in client.get("/boards/").text
    assert client.get(f"/boards/{board.board_id}").status_code == 404
    assert client.get(f"/boards/{board.board_id}/queue").status_code == 404


READERS = ("tiepnhan", "thuky", "chutich", "uyvien2", "uyvien3", "chihuy", "chihuy2", "vanphong")


def test_nobody_is_led_from_a_proposal_to_a_board_page_that_is_not_there(board: BoardWorld) -> None:
    """The commander of the author's sub-unit reads the proposal but has nothing to do at the board: the link answered 404."""
    review_id = board.scoring()
    code = board.review(review_id).proposal.code
    shown, opened = {}, {}
    for number in READERS:
        client = board.world.client(number)
        page = client.get(f"/proposals/{code}")
        shown[number] = page.status_code == 200 and address(board, review_id) in page.text
        opened[number] = page.status_code == 200 and client.get(address(board, review_id)).status_code == 200
    assert shown == opened
    assert (shown["thuky"], shown["chihuy2"]) == (True, False)


def test_the_registrar_sets_up_a_board_by_form(board: BoardWorld) -> None:
    client, unit = board.world.client("vanphong"), board.world.staff.units["T1A"]
    sent = client.post("/boards/new", data={"unit": unit, "name": "Hội đồng chuyên ngành", "term_from": "01/01/2020"})
    made = db.session.scalars(select(Board).where(Board.name == "Hội đồng chuyên ngành")).one()
    assert (sent.status_code, sent.location) == (303, f"/boards/{made.id}")


def test_a_board_without_a_name_comes_back_with_the_sentence(board: BoardWorld) -> None:
    before = stored(Board)
    sent = board.world.client("vanphong").post(
        "/boards/new", data={"unit": board.world.staff.units["T1A"], "term_from": "01/01/2020"}
    )
    assert sent.status_code == 422
    assert "Nhập tên hội đồng." in sent.text
    assert stored(Board) == before


def test_the_registrar_finds_a_person_without_accents_and_seats_them(board: BoardWorld) -> None:
    client, person_id = board.world.client("vanphong"), board.world.staff.people["demo23"]
    page = f"/boards/{board.board_id}/seats"
    assert "Quách Thị Hạnh" in client.get(page, query_string={"q": "hanh"}).text
    data = {"q": "hanh", "person_id": person_id, "role": "member", "since": "01/02/2020", "may_score": "y"}
    assert client.post(page, data=data).status_code == 303
    assert "Quách Thị Hạnh" in client.get(f"/boards/{board.board_id}").text


def test_seats_are_closed_to_the_secretary(board: BoardWorld) -> None:
    assert board.world.client("thuky").get(f"/boards/{board.board_id}/seats").status_code == 403


def test_the_queue_is_filtered_by_its_address(board: BoardWorld) -> None:
    board.accepted(title="Giá treo dụng cụ sửa chữa")
    board.scoring(title="Hộp đựng phụ tùng có ngăn chia")
    client, page = board.world.client("thuky"), f"/boards/{board.board_id}/queue"
    everything, accepted = client.get(page).text, client.get(page, query_string={"state": "accepted"}).text
    assert "Giá treo" in everything
    assert "Hộp đựng" in everything
    assert "Giá treo" in accepted
    assert "Hộp đựng" not in accepted


def test_the_secretary_assigns_and_opens_scoring_by_form(board: BoardWorld) -> None:
    review_id, client = board.accepted(), board.world.client("thuky")
    chosen = [board.seat(number) for number in ("uyvien3", "uyvien4", "uyvien5")]
    assert client.post(address(board, review_id, "/assignments"), data={"seat_id": chosen, "role": "scorer"}).status_code == 303
    assert client.post(address(board, review_id, "/open")).status_code == 303
    assert board.review(review_id).state is State.SCORING


def test_a_conflict_is_refused_with_its_reason_beside_the_members(board: BoardWorld) -> None:
    people = board.world.staff.people
    seats.seat_person(board.actor("vanphong"), board.board_id, SeatData(people["tacgia"], SeatRole.MEMBER, FIRST_DAY))
    review_id, client = board.accepted(), board.world.client("thuky")
    assert "Là tác giả chính" in client.get(address(board, review_id)).text
    sent = client.post(address(board, review_id, "/assignments"), data={"seat_id": board.seat("tacgia"), "role": "scorer"})
    assert sent.status_code == 422
    assert "Nguyễn Văn An: Là tác giả chính; xin chọn ủy viên khác." in sent.text
    assert stored(Assignment) == 0


def test_an_author_is_sent_away_from_the_boards_page(board: BoardWorld) -> None:
    review_id = board.scoring()
    assert board.world.client("tacgia").get(address(board, review_id)).status_code == 403


def test_a_member_without_the_assignment_does_not_know_of_the_review(board: BoardWorld) -> None:
    review_id, client = board.scoring(), board.world.client("uyvien2")
    assert client.get(address(board, review_id)).status_code == 404
    assert client.get(address(board, review_id, "/score")).status_code == 404


def test_the_sheet_is_filled_by_levels_points_and_not_applicable(board: BoardWorld) -> None:
    review_id, client = board.scoring(), board.world.client("uyvien3")
    page = address(board, review_id, "/score")
    assert "data-score-sheet" in client.get(page).text
    sent = client.post(page, data={**COMPLETE, "do": "submit"})
    assert (sent.status_code, sent.location) == (303, page)
    shown = client.get(page).text
    assert "Đã chốt lúc" in shown
    assert "data-score-sheet" not in shown
    sheet = db.session.scalars(select(ScoreSheet)).one()
    assert {each.criterion: each.value for each in sheet.scores}["dossier"] == 4
    assert (str(sheet.total), sheet.submitted_at is not None) == ("80.00", True)


def test_without_script_a_newly_pressed_level_wins_over_the_points_already_there(board: BoardWorld) -> None:
    review_id, client = board.scoring(), board.world.client("uyvien3")
    page = address(board, review_id, "/score")
    client.post(page, data={"version": "0", "novelty-level": "4", "do": "save"})
    client.post(page, data={"version": "1", "novelty-level": "5", "novelty-points": "24", "novelty-was": "24", "do": "save"})
    (score,) = [each for each in db.session.scalars(select(ScoreSheet)).one().scores if each.criterion == "novelty"]
    assert score.value == 30


def test_an_incomplete_sheet_tells_beside_each_criterion_what_is_missing(board: BoardWorld) -> None:
    review_id, client = board.scoring(), board.world.client("uyvien3")
    sent = client.post(address(board, review_id, "/score"), data={"version": "0", "novelty-points": "30", "do": "submit"})
    assert sent.status_code == 422
    assert sent.text.count("Hồ sơ, mức độ hoàn thiện: chưa chấm điểm") == 2  # in the list at the top, and beside it
    assert "Tính mới, sáng tạo: điểm quá thấp hoặc quá cao" in sent.text
    assert "Xin chọn đề nghị" in sent.text
    assert 'value="30"' in sent.text
    assert stored(ScoreSheet) == 0


def test_points_that_are_no_number_come_back_as_typed(board: BoardWorld) -> None:
    review_id, client = board.scoring(), board.world.client("uyvien3")
    sent = client.post(address(board, review_id, "/score"), data={"version": "0", "novelty-points": "hai mươi", "do": "save"})
    assert sent.status_code == 422
    assert "“hai mươi” không phải số" in sent.text
    assert stored(ScoreSheet) == 0


def test_a_stale_sheet_shows_both_texts(board: BoardWorld) -> None:
    review_id, client = board.scoring(), board.world.client("uyvien3")
    page = address(board, review_id, "/score")
    client.post(page, data={"version": "0", "novelty-points": "20", "do": "save"})
    sent = client.post(page, data={"version": "0", "novelty-points": "11", "do": "save"})
    assert sent.status_code == 409
    assert "Tính mới, sáng tạo: 11." in sent.text
    assert "Tính mới, sáng tạo: 20." in sent.text


def test_nobody_reads_anothers_points_before_the_reveal(board: BoardWorld) -> None:
    review_id = board.scoring()
    for number in ("uyvien3", "uyvien4", "uyvien5"):
        board.submit(review_id, number, novelty="23.75")
    for number in ("thuky", "chutich", "chihuy", "uyvien4"):
        text = board.world.client(number).get(address(board, review_id)).text
        assert "Tổng hợp điểm" not in text
        assert "23,75" not in text
    assert board.world.client("thuky").get(address(board, review_id, "/summary.pdf")).status_code == 404


def test_after_the_reveal_the_summary_shows_means_and_remarks_without_names(board: BoardWorld) -> None:
    review_id = board.scoring()
    for number in ("uyvien3", "uyvien4", "uyvien5"):
        board.submit(review_id, number, novelty="23.75")
    board.reveal(review_id)
    client = board.world.client("thuky")
    text = client.get(address(board, review_id)).text
    assert "Tổng hợp điểm" in text
    assert "23,75" in text
    assert "Đã xem kỹ minh chứng." in text
    paper = client.get(address(board, review_id, "/summary.pdf"))
    assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-")


def test_a_receiver_reads_no_points_after_the_reveal_either(board: BoardWorld) -> None:
    review_id = board.scoring()
    for number in ("uyvien3", "uyvien4", "uyvien5"):
        board.submit(review_id, number, novelty="23.75")
    board.reveal(review_id)
    client = board.world.client("tiepnhan")
    assert "23,75" not in client.get(address(board, review_id)).text
    assert client.get(address(board, review_id, "/summary.pdf")).status_code == 404


def test_a_member_prints_the_own_sheet_only(board: BoardWorld) -> None:
    review_id = board.scoring()
    board.submit(review_id, "uyvien3")
    paper = board.world.client("uyvien3").get(address(board, review_id, "/score.pdf"))
    assert (paper.status_code, paper.mimetype, paper.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert board.world.client("chutich").get(address(board, review_id, "/score.pdf")).status_code == 403


def test_a_member_withdraws_from_the_screen_and_is_led_away(board: BoardWorld) -> None:
    review_id, client = board.scoring(), board.world.client("uyvien3")
    sent = client.post(address(board, review_id, "/withdraw-from"), data={"reason": REASON})
    assert (sent.status_code, sent.location) == (303, f"/boards/{board.board_id}")
    assert client.get(address(board, review_id, "/score")).status_code == 404


def test_nobody_is_excused_who_has_withdrawn(board: BoardWorld) -> None:
    review_id = board.scoring("uyvien2", "uyvien3", "uyvien4", "uyvien5")
    recusing.recuse_myself(board.actor("uyvien3"), board.board_id, review_id, reason=REASON)
    page = board.world.client("thuky").get(f"/boards/{board.board_id}/reviews/{review_id}").text
    assert "đã rút do có liên quan" in page
    assert page.count("Miễn phiếu này") == page.count("Bỏ phân công</button>") == 3


def test_withdrawing_without_a_reason_changes_nothing(board: BoardWorld) -> None:
    review_id, client = board.scoring(), board.world.client("uyvien3")
    sent = client.post(address(board, review_id, "/withdraw-from"), data={"reason": ""})
    assert sent.status_code == 422
    assert "Ghi lý do." in sent.text
    assert stored(Recusal) == 0


def test_two_clicks_on_assign_assign_once(board: BoardWorld) -> None:
    review_id, client = board.accepted(), board.world.client("thuky")
    data = {"seat_id": board.seat("uyvien3"), "role": "scorer", "_once": "one-click"}
    assert [client.post(address(board, review_id, "/assignments"), data=data).status_code for _click in range(2)] == [303, 303]
    assert stored(Assignment) == 1


def test_a_long_queue_has_pages_and_its_counts_are_of_all(board: BoardWorld) -> None:
    ids = [board.accepted() for _ in range(3)]
    with atomic():
        board.review(ids[0]).due_on = today() - timedelta(days=1)
    client, address = board.world.client("thuky"), f"/boards/{board.board_id}/queue"
    first, second = client.get(f"{address}?per_page=2").text, client.get(f"{address}?per_page=2&page=2").text
    assert [page.count("data-code=") for page in (first, second)] == [2, 1]
    assert f"/reviews/{ids[0]}" in first  # what is late comes first
    for page in (first, second):
        assert "Chưa quyết định (3)" in page
    late = client.get(f"{address}?overdue=1&per_page=2").text
    assert late.count("data-code=") == 1


def test_the_pane_beside_a_sheet_shows_the_own_sheets_around_it(board: BoardWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring_views, "SHOWN", 2)
    ids = [board.scoring() for _ in range(3)]
    client, seen = board.world.client("uyvien3"), []
    for review_id in ids:
        page = client.get(f"/boards/{board.board_id}/reviews/{review_id}/score").text
        pane = page.split("queue__pane", 1)[1].split("</nav>", 1)[0]
        assert f'reviews/{review_id}/score" aria-current="page"' in pane
        assert "0/3" in pane
        assert "Tất cả 3 hồ sơ" in pane
        seen.append([each for each in ids if f"reviews/{each}/score" in pane])
    assert [len(each) for each in seen] == [2, 2, 2]
