"""What the authors, the offices and everybody else read of an outcome on the proposal's own page (domain §3, §7)."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from innovations.boards.services import certificates, deciding
from innovations.boards.services.deciding import DecisionData
from innovations.core.clock import today
from innovations.extensions import db
from innovations.proposals.models import Proposal
from tests import meeting_world as sitting
from tests.board_world import BoardWorld

REMARK = "Đã xem kỹ minh chứng."
REFUSAL = "Giải pháp chưa mới: tổ kỹ thuật đã dùng cách này từ năm trước."


def decided(board: BoardWorld, *, refused: bool = False) -> tuple[str, int]:
    """A decided proposal, its certificates issued when recognised; returns its address and the review."""
    review_id = sitting.concluded(board)
    data = DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng")
    if refused:
        deciding.decline(board.actor("chihuy"), [review_id], data, reason=REFUSAL)
    else:
        decision_id = deciding.recognise(board.actor("chihuy"), [review_id], data).decision_id
        certificates.issue_certificates(board.actor("vanphong"), decision_id)
    code = db.session.get_one(Proposal, board.review(review_id).proposal_id).address
    db.session.rollback()
    return code, review_id


def page(board: BoardWorld, code: str, number: str) -> str:
    return board.world.client(number).get(f"/proposals/{code}").text


def test_the_author_reads_decision_points_remarks_and_finds_the_certificate(board: BoardWorld) -> None:
    code, review_id = decided(board)
    text = page(board, code, "tacgia")
    for expected in ("45/QĐ-1A", "Dương Văn Nam", "Điểm trung bình từng tiêu chí", "Tính mới, sáng tạo", REMARK, "GCN-T1A-"):
        assert expected in text, expected
    assert f"/boards/results/{code}/{review_id}.pdf" in text


def test_nobody_who_scored_is_named_to_the_author(board: BoardWorld) -> None:
    code, review_id = decided(board)
    notice = board.world.client("tacgia").get(f"/boards/results/{code}/{review_id}.pdf")
    words = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(notice.data)).pages)
    for name in ("Vũ Hải Hà", "Đặng Quang Huy", "Bùi Thanh Lâm"):
        assert name not in page(board, code, "tacgia")
        assert name not in words


def test_the_notice_of_the_result_says_decision_grade_and_until_when_to_complain(board: BoardWorld) -> None:
    code, review_id = decided(board)
    answer = board.world.client("tacgia").get(f"/boards/results/{code}/{review_id}.pdf")
    words = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.data)).pages)
    assert answer.mimetype == "application/pdf"
    assert "45/QĐ-1A" in words
    assert code in words
    assert "khiếu nại" in words


def test_a_refusal_is_read_with_its_reasons(board: BoardWorld) -> None:
    code, review_id = decided(board, refused=True)
    assert REFUSAL in page(board, code, "tacgia")
    answer = board.world.client("tacgia").get(f"/boards/results/{code}/{review_id}.pdf")
    words = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.data)).pages).split())
    assert "chưa mới" in words


@pytest.mark.parametrize("number", ["docgia", "donvi"])
def test_other_readers_see_that_it_was_recognised_but_no_points_and_no_certificate(board: BoardWorld, number: str) -> None:
    code, review_id = decided(board)
    text = page(board, code, number)
    assert "45/QĐ-1A" in text
    for hidden in ("Điểm trung bình", REMARK, "GCN-T1A-", "/boards/results/"):
        assert hidden not in text, hidden
    assert board.world.client(number).get(f"/boards/results/{code}/{review_id}.pdf").status_code == 404


def test_before_the_decision_there_is_no_outcome_and_no_notice(board: BoardWorld) -> None:
    review_id = sitting.concluded(board)
    code = db.session.get_one(Proposal, board.review(review_id).proposal_id).address
    db.session.rollback()
    assert "Điểm trung bình" not in page(board, code, "tacgia")
    assert board.world.client("tacgia").get(f"/boards/results/{code}/{review_id}.pdf").status_code == 404


def test_a_result_of_another_proposal_is_not_found_under_this_address(board: BoardWorld) -> None:
    code, _review = decided(board)
    other = sitting.concluded(board, by="tacgia2", title="Giá treo dụng cụ theo bộ")
    assert board.world.client("tacgia").get(f"/boards/results/{code}/{other}.pdf").status_code == 404


def test_the_auditor_reads_events_in_words_without_codes_or_ids(board: BoardWorld) -> None:
    code, _review = decided(board)
    shown = BeautifulSoup(board.world.client("kiemtra").get(f"/proposals/{code}/events").text, "html.parser").main.get_text(" ")
    assert "Nộp hồ sơ" in shown
    assert "Đồng ý: 7" in shown
    assert "Cần đồng ý: 5" in shown
    assert not re.search(r"\b(review|from|to|submitted|meeting|vote|needed|decision)\b", shown)
