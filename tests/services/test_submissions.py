"""Tờ trình: what a meeting concluded and nobody decided yet, from the board to the deciding head."""

from __future__ import annotations

from io import BytesIO

import pytest

from innovations.boards.services import deciding, meetings, recusing
from innovations.boards.services.deciding import DecisionData
from innovations.core.clock import today
from innovations.documents.extract import pages_of
from innovations.proposals.services import quarantine
from tests import meeting_world as sitting
from tests.board_world import NAME, REASON, BoardWorld

LOW = {"novelty": "12", "effect": "6", "replicability": "8", "economy": "4", "dossier": "2"}


def printed(board: BoardWorld, number: int, by: str = "thuky") -> str:
    """All the text of the paper on one line."""
    answer = board.world.client(by).get(f"/boards/{board.board_id}/meetings/{number}/submission.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return " ".join(" ".join(pages_of(BytesIO(answer.data))).split()).replace("- ", "-")


def knocked(board: BoardWorld, number: int, by: str) -> int:
    return board.world.client(by).get(f"/boards/{board.board_id}/meetings/{number}/submission.pdf").status_code


def lacking(text: str, *expected: str) -> list[str]:
    return [each for each in expected if each not in text]


def both(board: BoardWorld) -> tuple[int, int, int]:
    """A meeting that passed one and refused another: its number and the reviews."""
    good = sitting.scored(board, title="Giá xếp dụng cụ có bánh xe")
    bad = sitting.scored(board, points=LOW, title="Mẫu báo cáo tuần rút gọn")
    number = sitting.called(board, good, bad)
    sitting.attended(board, number)
    for review_id, agree in ((good, 6), (bad, 3)):
        sitting.items.reveal(board.actor("thuky"), board.board_id, number, review_id)
        sitting.open_vote(board, number, review_id)
        for place, who in enumerate(sitting.SEATED):
            sitting.cast(board, number, review_id, who, sitting.Opinion.AGREE if place < agree else sitting.Opinion.DISAGREE)
        sitting.close_vote(board, number, review_id)
        sitting.conclude(board, number, review_id)
    return number, good, bad


def test_it_proposes_what_passed_with_points_votes_and_grade_and_says_why_the_rest_failed(board: BoardWorld) -> None:
    number, good, bad = both(board)
    text = printed(board, number)
    passed, failed = (board.review(each).proposal for each in (good, bad))
    assert lacking(
        text, "TỜ TRÌNH", "Số: ………/TTr", "ngày …… tháng …… năm 20……", "Kính gửi: Thủ trưởng Trung đoàn 1A",
        f"Biên bản họp {NAME}, phiên số {number}, ngày {today():%d/%m/%Y}", "kết luận 02 hồ sơ", "1. Đề nghị công nhận: 01 hồ sơ",
        passed.title, passed.code or "", "6/7 (cần 5)", "80", "2. Đề nghị không công nhận: 01 hồ sơ", failed.title, failed.code or "",
        "3/7 (cần 5)", "số ý kiến đồng ý 3 (cần 5)", "tổng điểm 32 (cần 50)", "dưới mức sàn của tiêu chí: Hiệu quả huấn luyện",
        "Căn cứ Nghị định số 13/2012/NĐ-CP", "TM. HỘI ĐỒNG", "Cơ quan thường trực",
    ) == []  # fmt: skip
    assert text.index(passed.title) < text.index("Đề nghị không công nhận") < text.index(failed.title)


def test_it_is_a_draft_until_the_meeting_is_closed(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.voted(board, review_id, agree=7)
    sitting.conclude(board, number, review_id)
    assert "DỰ THẢO" in printed(board, number)
    meetings.close_meeting(board.actor("thuky"), board.board_id, number)
    assert "DỰ THẢO" not in printed(board, number)


def test_what_is_decided_is_no_longer_submitted(board: BoardWorld) -> None:
    number, good, bad = both(board)
    data = DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng")
    deciding.recognise(board.actor("chihuy"), [good], data)
    text = printed(board, number)
    assert board.review(good).proposal.title not in text
    assert "1. Đề nghị không công nhận: 01 hồ sơ" in text
    deciding.decline(board.actor("chihuy"), [bad], data, reason=REASON)
    answer = board.world.client("thuky").get(f"/boards/{board.board_id}/meetings/{number}/submission.pdf")
    assert answer.status_code == 409
    assert "chưa có gì để trình" in answer.text


def test_the_meetings_page_offers_it_to_those_who_lead_while_something_awaits(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.voted(board, review_id, agree=7)
    path = f"/boards/{board.board_id}/meetings/{number}"
    assert "submission.pdf" not in board.world.client("thuky").get(path).text
    sitting.conclude(board, number, review_id)
    offered = {
        who: "submission.pdf" in board.world.client(who).get(path).text for who in ("thuky", "chutich", "uyvien4", "chihuy")
    }
    assert offered == {"thuky": True, "chutich": True, "uyvien4": False, "chihuy": False}


@pytest.mark.parametrize(
    ("who", "status"),
    [("thuky", 200), ("chutich", 200), ("uyvien1", 200), ("uyvien4", 403), ("chihuy", 403), ("vanphong", 403), ("tacgia", 404), ("quantri", 404)],
)  # fmt: skip
def test_those_who_lead_the_board_submit(board: BoardWorld, who: str, status: int) -> None:
    review_id = sitting.scored(board)
    number = sitting.voted(board, review_id, agree=7)
    sitting.conclude(board, number, review_id)
    assert knocked(board, number, who) == status


def test_who_takes_no_part_in_an_item_submits_the_others_and_says_how_many_are_left(board: BoardWorld) -> None:
    first, second = sitting.scored(board, title="Giá xếp dụng cụ có bánh xe"), sitting.scored(board, title="Sổ điện tử nhà bếp")
    recusing.recuse_myself(board.actor("chutich"), board.board_id, second, reason=REASON)
    number = sitting.called(board, first, second)
    sitting.attended(board, number)
    for review_id in (first, second):
        sitting.items.reveal(board.actor("thuky"), board.board_id, number, review_id)
        sitting.open_vote(board, number, review_id)
        for who in sitting.SEATED:
            if (who, review_id) != ("chutich", second):
                sitting.cast(board, number, review_id, who)
        sitting.close_vote(board, number, review_id)
        sitting.conclude(board, number, review_id, chair="uyvien1" if review_id == second else "chutich")
    text, hidden = printed(board, number, "chutich"), board.review(second).proposal
    assert (hidden.title in text, (hidden.code or "") in text) == (False, False)
    assert "Ngoài ra 01 hồ sơ của phiên họp được trình riêng" in text
    assert hidden.title in printed(board, number)


def test_what_is_under_quarantine_is_neither_named_nor_counted(board: BoardWorld) -> None:
    number, good, _bad = both(board)
    hidden = board.review(good).proposal
    quarantine.hide(board.actor("baomat"), hidden.code or "", reason="Có người báo.")
    text = printed(board, number)
    assert (hidden.title in text, "Ngoài ra" in text, "kết luận 01 hồ sơ" in text) == (False, False, True)
