"""A board that asks yes or no: sheet, summary, minutes, decision and papers without points; and a set tried on an old campaign."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

from sqlalchemy import func, select

from innovations.boards.models import ScoreSheet
from innovations.boards.services import correcting, deciding
from innovations.core.clock import today
from innovations.core.transactions import atomic
from innovations.documents.extract import pages_of
from innovations.extensions import db
from innovations.proposals.models import Review
from innovations.proposals.rules.states import State
from innovations.regulations.models import CriteriaSetRow
from innovations.regulations.rules.presets import GATES
from innovations.regulations.services.shipped import ensure_shipped
from tests import meeting_world as sitting
from tests.board_world import SCORERS, BoardWorld
from tests.web.test_reading_pages import revealed, row_of, scores
from tests.web.test_set_pages import changed, copied, criteria_at

YES = dict.fromkeys((f"{each.code}-level" for each in GATES.criteria), "2")
NOT_NEW = {"purpose-level": "2", "new-level": "1", "new-comment": "Đại đội bên đã làm từ năm trước."}


def gated(board: BoardWorld) -> int:
    """A review being scored whose frozen criteria are the gates."""
    review_id = board.scoring(title="Giá treo áo mưa")
    with atomic():
        board.review(review_id).criteria = GATES.to_json()
    return review_id


def answer(board: BoardWorld, review_id: int, number: str, do: str = "submit", version: int = 0, **sent: str):
    page = f"/boards/{board.board_id}/reviews/{review_id}/score"
    data = {"version": version, "proposes": "recognise", "do": do, **sent}
    return board.world.client(number).post(page, data=data, follow_redirects=True)


def paper(board: BoardWorld, number: str, path: str) -> str:
    found = board.world.client(number).get(path)
    assert found.status_code == 200
    return " ".join(" ".join(pages_of(BytesIO(found.data))).split())


def test_a_member_answers_yes_or_no_and_sees_no_points(board: BoardWorld) -> None:
    review_id = gated(board)
    page = board.world.client("uyvien3").get(f"/boards/{board.board_id}/reviews/{review_id}/score").text
    assert page.count('data-measure="gate"') == 5
    assert "data-score-total" not in page
    assert "data-points-input" not in page
    sent = answer(board, review_id, "uyvien3", **YES)
    assert "Đã chốt phiếu chấm" in sent.text
    stored = db.session.scalars(select(ScoreSheet).where(ScoreSheet.review_id == review_id)).one()
    assert (stored.total, {each.value for each in stored.scores}) == (None, {1})


def test_a_no_without_its_reason_and_a_level_a_gate_has_not_are_refused_at_their_gate(board: BoardWorld) -> None:
    review_id = gated(board)
    sent = answer(board, review_id, "uyvien3", **{**NOT_NEW, "new-comment": ""})
    assert "Mới trong cơ sở: trả lời “không” thì phải ghi lý do ở phần nhận xét." in sent.text
    assert re.search(r'name="new-level" value="1"[^>]* checked', sent.text)
    sent = answer(board, review_id, "uyvien3", **{**YES, "applied-level": "3"})
    assert "Đã áp dụng, áp dụng thử đủ lâu: chưa trả lời có hay không." in sent.text
    assert board.review(review_id).state is State.SCORING


def test_from_the_answers_to_the_recognition_nothing_needs_points_or_a_grade(board: BoardWorld) -> None:
    review_id = gated(board)
    for number in SCORERS:
        answer(board, review_id, number, **(NOT_NEW if number == "uyvien5" else YES))
    number = sitting.voted(board, review_id, agree=7)
    sitting.conclude(board, number, review_id)
    page = board.world.client("thuky").get(f"/boards/{board.board_id}/reviews/{review_id}").text
    assert "đạt các tiêu chí" in page
    assert "67 % có" in page
    summary = paper(board, "thuky", f"/boards/{board.board_id}/reviews/{review_id}/summary.pdf")
    assert "phần phiếu “có”" in summary
    data = deciding.DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng", "Thượng tá")
    decided = deciding.recognise(board.actor("chihuy"), [review_id], data)
    review = board.review(review_id)
    assert (review.state, review.total, review.grade) == (State.RECOGNISED, None, None)
    correcting.correct(board.actor("chihuy"), decided.decision_id, replace(data, number="46/QĐ-1A"))
    own = paper(board, "uyvien5", f"/boards/{board.board_id}/reviews/{review_id}/score.pdf")
    assert "có/không" in own
    assert "Tổng điểm" not in own


def test_shut_at_a_gate_it_fails_although_all_agree_and_the_gate_is_named(board: BoardWorld) -> None:
    review_id = gated(board)
    for number in SCORERS:
        answer(board, review_id, number, **(YES if number == "uyvien5" else NOT_NEW))
    sitting.conclude(board, sitting.voted(board, review_id, agree=7), review_id)
    assert board.review(review_id).state is State.FAILED
    page = board.world.client("thuky").get(f"/boards/{board.board_id}/reviews/{review_id}").text
    below = [row for row in re.findall(r'<th scope="row">.*?</tr>', page, re.S) if "dưới mức sàn" in row]
    assert len(below) == 1
    assert "Mới trong cơ sở" in below[0]


def test_blank_sheets_ask_for_one_or_nought_and_have_no_line_for_a_total(board: BoardWorld) -> None:
    review_id = gated(board)
    blank = paper(board, "thuky", f"/boards/{board.board_id}/reviews/{review_id}/paper.pdf")
    assert "có/không" in blank
    assert "Tổng điểm" not in blank


def test_a_registrar_makes_a_criterion_one_of_yes_and_no_and_another_that_counts_apart(board: BoardWorld) -> None:
    path = copied(board.world, "/admin/sets/criteria/1", "Bộ có tiêu chí an toàn")
    words = {"name": "An toàn", "measure": "gate", "maximum": "1", "pass_floor": "2/3", "bands": "Không an toàn\nAn toàn"}
    apart = {"name": "Kỹ thuật", "measure": "aside", "maximum": "10", "bands": "1\n2\n3\n4\n5"}
    sent = {f"criteria__5__{name}": value for name, value in words.items()}
    sent |= {f"criteria__6__{name}": value for name, value in apart.items()}
    assert "Đã lưu bộ tiêu chí" in changed(board.world, path, **sent).text
    assert [each.measure for each in criteria_at(path).criteria] == ["points"] * 5 + ["gate", "aside"]
    refused = changed(board.world, path, criteria__5__maximum="2")
    assert "Tiêu chí “An toàn” trả lời có hay không: điểm tối đa là 1" in refused.text


def set_id(name: str) -> int:
    return db.session.scalars(select(CriteriaSetRow.id).where(CriteriaSetRow.name.contains(name))).one()


def test_a_set_is_tried_on_a_campaign_and_changes_nothing_of_it(board: BoardWorld) -> None:
    review_id = revealed(board, "Giá treo áo mưa")
    code = board.review(review_id).proposal.code or ""
    before = db.session.execute(select(Review.criteria, Review.total, Review.version).where(Review.id == review_id)).one()
    page = board.world.client("thuky").get(f"{scores(board)}?set={set_id('40/30/30')}").text
    # 76 by the standard set; the three criteria it shares, in proportion to 40, 30 and 30.
    shown = row_of(page.split('id="trial"')[1], code)
    assert shown[1].startswith("76 · loại B, đạt")
    assert re.match(r"7\d(,\d+)? · loại B, đạt$", shown[2])
    after = db.session.execute(select(Review.criteria, Review.total, Review.version).where(Review.id == review_id)).one()
    assert tuple(before) == tuple(after)


def test_a_set_without_a_criterion_in_common_says_so(board: BoardWorld) -> None:
    code = board.review(revealed(board, "Giá treo áo mưa")).proposal.code or ""
    page = board.world.client("chihuy").get(f"{scores(board)}?set={set_id('không đạt')}").text
    assert row_of(page.split('id="trial"')[1], code)[2] == "hai bộ không có tiêu chí chung"


def test_a_set_of_another_unit_is_not_tried(board: BoardWorld) -> None:
    revealed(board, "Giá treo áo mưa")
    assert board.world.client("thuky").get(f"{scores(board)}?set=9999").status_code == 404


def test_an_installation_from_before_receives_the_set_shipped_since_once(board: BoardWorld) -> None:
    row = db.session.get_one(CriteriaSetRow, set_id("không đạt"))
    with atomic() as session:
        session.delete(row)
    assert [ensure_shipped(), ensure_shipped()] == [False, False]
    assert db.session.scalar(select(func.count()).where(CriteriaSetRow.name == GATES.name)) == 1
