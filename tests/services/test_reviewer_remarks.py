"""Phiếu nhận xét phản biện: the reviewer's own once submitted, everybody's who reads all sheets after the reveal, nobody's before."""

from __future__ import annotations

from io import BytesIO

import pytest

from innovations.boards.rules.assignments import AssignmentRole
from innovations.boards.services import assigning, recusing, scoring
from innovations.boards.services.assigning import Duty
from innovations.core.clock import today
from innovations.documents.extract import pages_of
from tests.board_world import REASON, SCORERS, BoardWorld

SAID = "Giải pháp mới trong đơn vị, minh chứng đủ; cần bổ sung hướng dẫn bảo quản trước khi nhân rộng."


def reviewed(board: BoardWorld) -> int:
    """A review that ``uyvien2`` was given as reviewer and three others to score; the reviewer has a sheet in hand."""
    review_id = board.accepted()
    assigning.assign(board.actor("thuky"), board.board_id, review_id, [board.seat("uyvien2")], Duty(AssignmentRole.REVIEWER))
    board.start(review_id)
    return review_id


def submit(board: BoardWorld, review_id: int) -> None:
    scoring.submit_score_sheet(board.actor("uyvien2"), board.board_id, review_id, board.sheet(comment=SAID))


def knock(board: BoardWorld, review_id: int, by: str, of: str = "uyvien2") -> int:
    path = f"/boards/{board.board_id}/reviews/{review_id}/remarks/{board.seat(of)}.pdf"
    return board.world.client(by).get(path).status_code


def test_it_holds_the_reviewers_words_and_no_points(board: BoardWorld) -> None:
    review_id = reviewed(board)
    submit(board, review_id)
    answer = board.world.client("uyvien2").get(
        f"/boards/{board.board_id}/reviews/{review_id}/remarks/{board.seat('uyvien2')}.pdf"
    )
    text = " ".join(" ".join(pages_of(BytesIO(answer.data))).split()).replace("- ", "-")
    review = board.review(review_id)
    expected = [
        "PHIẾU NHẬN XÉT PHẢN BIỆN", review.proposal.title, f"Mã số: {review.proposal.code}", "Đặng Quang Huy",
        "Chức danh trong hội đồng: Ủy viên phản biện", "Tính mới, sáng tạo Đã xem kỹ minh chứng.", SAID, "Kết luận của người phản biện Đề nghị công nhận",
        f"ngày {today():%d} tháng {today():%m} năm {today():%Y}", "NGƯỜI PHẢN BIỆN",
    ]  # fmt: skip
    assert [each for each in expected if each not in text] == []
    assert [each for each in ("80", "Tổng điểm", "24") if each in text.replace(str(today().year), "")] == []


def test_before_it_is_submitted_there_is_none(board: BoardWorld) -> None:
    review_id = reviewed(board)
    scoring.save_score_sheet(board.actor("uyvien2"), board.board_id, review_id, board.sheet(comment=SAID))
    assert knock(board, review_id, "uyvien2") == 404


def test_before_the_reveal_it_is_the_reviewers_alone(board: BoardWorld) -> None:
    review_id = reviewed(board)
    submit(board, review_id)
    asked = ("uyvien2", "uyvien3", "thuky", "chutich", "chihuy", "vanphong", "tiepnhan", "docgia", "quantri")
    assert {who for who in asked if knock(board, review_id, who) == 200} == {"uyvien2"}
    assert knock(board, review_id, "tacgia") in (403, 404)


def test_after_the_reveal_voting_seats_secretary_and_decider_read_it_and_nobody_else(board: BoardWorld) -> None:
    review_id = reviewed(board)
    submit(board, review_id)
    for number in SCORERS:
        board.submit(review_id, number)
    recusing.recuse_member(board.actor("thuky"), board.board_id, review_id, board.seat("uyvien5"), reason=REASON)
    board.reveal(review_id)
    reads = {"uyvien2", "uyvien3", "thuky", "chutich", "chihuy"}
    asked = (*sorted(reads), "uyvien5", "vanphong", "tiepnhan", "docgia", "quantri", "kiemtra")
    assert {who for who in asked if knock(board, review_id, who) == 200} == reads
    assert {knock(board, review_id, who) for who in ("uyvien5", "docgia", "quantri", "kiemtra")} == {404}
    page = board.world.client("thuky").get(f"/boards/{board.board_id}/reviews/{review_id}").text
    assert page.count("Nhận xét phản biện (PDF)") == 1


@pytest.mark.parametrize("of", ["uyvien3", "uyvien4"])
def test_who_only_scored_has_no_reviewers_remarks(board: BoardWorld, of: str) -> None:
    review_id = reviewed(board)
    submit(board, review_id)
    for number in SCORERS:
        board.submit(review_id, number)
    board.reveal(review_id)
    assert (knock(board, review_id, "thuky", of), knock(board, review_id, of, of)) == (404, 404)


def test_another_boards_address_leads_nowhere(board: BoardWorld) -> None:
    review_id = reviewed(board)
    submit(board, review_id)
    path = f"/boards/{board.board_id + 1}/reviews/{review_id}/remarks/{board.seat('uyvien2')}.pdf"
    assert board.world.client("uyvien2").get(path).status_code == 404


def test_the_reviewers_screen_offers_it_once_submitted(board: BoardWorld) -> None:
    review_id = reviewed(board)
    path = f"/boards/{board.board_id}/reviews/{review_id}/score"
    client = board.world.client("uyvien2")
    assert "Nhận xét phản biện (PDF)" not in client.get(path).text
    submit(board, review_id)
    assert "Nhận xét phản biện (PDF)" in client.get(path).text
