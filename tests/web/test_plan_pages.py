"""Assigning many reviews at once: the balanced dry run, edited and applied, a file, and members who are kept apart."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from sqlalchemy import func, select

from bench.pages import queries_of
from innovations.audit.models import AuditEvent
from innovations.boards.models import Assignment, KeptApart
from innovations.boards.planning_queries import plan_shown
from innovations.boards.rules.events import AuditTag
from innovations.boards.services import assigning, planning, recusing
from innovations.boards.services.planning import Pick
from innovations.core.rules.errors import Several
from innovations.extensions import db
from innovations.notifications.models import Notice
from tests.board_world import REASON, BoardWorld

SEVEN = ("chutich", "uyvien1", "thuky", "uyvien2", "uyvien3", "uyvien4", "uyvien5")


def stored(model: type = Assignment) -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def address(board: BoardWorld, rest: str = "") -> str:
    return f"/boards/{board.board_id}/plan{rest}"


def ticked(page: str) -> list[str]:
    return re.findall(r'name="pick" value="(\d+-\d+)" checked', page)


def code_of(board: BoardWorld, review_id: int) -> str:
    return board.review(review_id).proposal.address


def sent(board: BoardWorld, text: str, name: str = "phan-cong.csv") -> str:
    """The answer's text to a file that is refused."""
    answered = board.world.client("thuky").post(address(board, "/file"), data={"file": (BytesIO(text.encode()), name)})
    assert answered.status_code == 422
    return answered.text


def test_the_dry_run_stores_nothing_and_applied_it_gives_even_loads(board: BoardWorld) -> None:
    for title in ("Giá treo áo mưa", "Hộp đựng sổ trực", "Thang gấp kho quân trang"):
        board.accepted(title=title)
    client = board.world.client("thuky")
    page = client.get(address(board, "?per=3")).text
    assert (len(ticked(page)), stored()) == (9, 0)
    answered = client.post(address(board), data={"pick": ticked(page)})
    assert answered.status_code == 303
    loads = db.session.execute(select(func.count()).select_from(Assignment).group_by(Assignment.seat_id)).scalars().all()
    assert sorted(loads) == [1, 1, 1, 1, 1, 2, 2]
    assert len(db.session.scalars(select(Notice.id).where(Notice.kind == "boards.assigned")).all()) == 9


def test_the_plan_is_applied_as_it_was_edited(board: BoardWorld) -> None:
    review_id = board.accepted()
    chosen = [f"{review_id}-{board.seat(number)}" for number in ("uyvien4", "uyvien5")]
    board.world.client("thuky").post(address(board), data={"pick": chosen, "due_on": ""})
    assert set(db.session.scalars(select(Assignment.seat_id))) == {board.seat("uyvien4"), board.seat("uyvien5")}


def test_who_has_a_conflict_is_neither_planned_nor_taken_from_a_page_that_is_out_of_date(board: BoardWorld) -> None:
    first, second = board.accepted(title="Giá treo áo mưa"), board.accepted(title="Hộp đựng sổ trực")
    picks = [f"{review}-{board.seat('uyvien3')}" for review in (first, second)]
    recusing.recuse_member(board.actor("thuky"), board.board_id, second, board.seat("uyvien3"), reason=REASON)
    client = board.world.client("thuky")
    assert picks[1] not in ticked(client.get(address(board, "?per=7")).text)
    answered = client.post(address(board), data={"pick": picks})
    assert answered.status_code == 422
    assert code_of(board, second) in answered.text
    assert "Tự khai xung đột lợi ích" in answered.text
    assert stored() == 0
    tried = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == AuditTag.ASSIGNMENT_REFUSED.value)).one()
    assert tried.data["seats"] == [board.seat("uyvien3")]


def test_what_lacks_scorers_is_listed_with_its_reason(board: BoardWorld) -> None:
    board.accepted()
    page = board.world.client("thuky").get(address(board, "?per=8")).text
    assert "thiếu 1 người" in page
    assert "Quá nhiều ủy viên vướng xung đột" in page


def test_reviews_that_left_the_stage_refuse_the_whole_plan(board: BoardWorld) -> None:
    gone, waits = board.scoring(title="Giá treo áo mưa"), board.accepted(title="Hộp đựng sổ trực")
    board.reveal(gone)
    before = stored()
    with pytest.raises(Several, match="không ở bước phân công"):
        planning.apply_plan(
            board.actor("thuky"), board.board_id, [Pick(waits, board.seat("uyvien3")), Pick(gone, board.seat("uyvien2"))]
        )
    assert stored() == before


def test_loads_count_what_a_member_has_already(board: BoardWorld) -> None:
    board.scoring(title="Giá treo áo mưa")
    board.accepted(title="Hộp đựng sổ trực")
    plan = plan_shown(board.actor("thuky"), board.board_id, per=3)
    assert sorted((load.now, load.then) for load in plan.loads) == [(0, 0), (0, 1), (0, 1), (0, 1), (1, 1), (1, 1), (1, 1)]


def test_by_hand_the_secretary_sees_what_each_member_scores_already(board: BoardWorld) -> None:
    board.scoring(title="Giá treo áo mưa")
    review_id = board.accepted(title="Hộp đựng sổ trực")
    page = board.world.client("thuky").get(f"/boards/{board.board_id}/reviews/{review_id}").text
    assert (page.count("đang chấm 1 hồ sơ"), page.count("đang chấm 0 hồ sơ")) == (3, 4)


@pytest.mark.parametrize(
    ("number", "status"), [("thuky", 200), ("uyvien1", 200), ("chutich", 403), ("vanphong", 403), ("docgia", 404)]
)
def test_the_plan_is_the_secretarys_or_the_deputys(board: BoardWorld, number: str, status: int) -> None:
    board.accepted(title="Giá treo áo mưa")
    answered = board.world.client(number).get(address(board))
    assert answered.status_code == status
    # The deputy plans what the secretary may not; this review is the secretary's.
    assert ("Giá treo áo mưa" in answered.text) == (number == "thuky")


def test_a_plan_takes_as_many_queries_for_three_reviews_as_for_one(board: BoardWorld) -> None:
    client, counted = board.world.client("thuky"), []
    for titles in (("Giá treo áo mưa",), ("Hộp đựng sổ trực", "Thang gấp kho quân trang")):
        for title in titles:
            board.accepted(title=title)
        counted.append(queries_of(client, address(board)))
    assert counted[1] == counted[0]


# --- kept apart ---------------------------------------------------------------------------------------------------------------


def apart(board: BoardWorld, one: str = "uyvien3", other: str = "uyvien4") -> None:
    planning.keep_apart(board.actor("thuky"), board.board_id, board.seat(one), board.seat(other), reason=REASON)


def test_two_kept_apart_are_never_planned_or_assigned_together_by_any_door(board: BoardWorld) -> None:
    review_id = board.accepted()
    apart(board)
    both = [board.seat("uyvien3"), board.seat("uyvien4")]
    planned = ticked(board.world.client("thuky").get(address(board, "?per=6")).text)
    assert len(planned) == 6
    assert not {f"{review_id}-{seat}" for seat in both} <= set(planned)
    with pytest.raises(Several, match="không chấm chung"):
        assigning.assign(board.actor("thuky"), board.board_id, review_id, both, assigning.Duty())
    with pytest.raises(Several, match="không chấm chung"):
        planning.apply_plan(board.actor("thuky"), board.board_id, [Pick(review_id, seat) for seat in both])
    code = code_of(board, review_id)
    assert "phan-cong.csv:3" in sent(board, f"Mã số,Số hiệu\n{code},uyvien3\n{code},uyvien4\n")
    assert stored() == 0
    board.assign(review_id, "uyvien3")
    with pytest.raises(Several, match="không chấm chung"):
        board.assign(review_id, "uyvien4")


def test_a_pair_is_written_once_with_a_reason_and_can_be_taken_back(board: BoardWorld) -> None:
    client = board.world.client("thuky")
    data = {"one": board.seat("uyvien4"), "other": board.seat("uyvien3"), "reason": REASON}
    assert client.post(f"/boards/{board.board_id}/apart", data={**data, "reason": ""}).status_code == 422
    assert client.post(f"/boards/{board.board_id}/apart", data=data).status_code == 303
    again = client.post(f"/boards/{board.board_id}/apart", data={**data, "one": data["other"], "other": data["one"]})
    assert (again.status_code, stored(KeptApart)) == (422, 1)
    pair = db.session.scalars(select(KeptApart.id)).one()
    assert client.post(f"/boards/{board.board_id}/apart/remove", data={"pair_id": pair}).status_code == 303
    assert stored(KeptApart) == 0


# --- a file -------------------------------------------------------------------------------------------------------------------


def test_a_file_assigns_all_its_lines(board: BoardWorld) -> None:
    codes = [code_of(board, board.accepted(title=title)) for title in ("Giá treo áo mưa", "Hộp đựng sổ trực")]
    text = f"﻿Mã số;Số hiệu;Hạn nộp\n{codes[0]};uyvien3;31/12/2099\n\n{codes[1]};uyvien4;\n"
    data = {"file": (BytesIO(text.encode()), "phan-cong.csv")}
    assert board.world.client("thuky").post(address(board, "/file"), data=data).status_code == 303
    rows = db.session.execute(select(Assignment.seat_id, Assignment.due_on).order_by(Assignment.id)).all()
    assert [seat for seat, _due in rows] == [board.seat("uyvien3"), board.seat("uyvien4")]
    assert rows[0].due_on.isoformat() == "2099-12-31"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("SK-T1A-1999-0001,uyvien3,", "không ở bước phân công"),
        ("CODE,khongco,", "Không có ủy viên nào"),
        ("CODE,uyvien3,31/13/2026", "không đọc được"),
        ("CODE,uyvien3,01/01/2020", "phải từ hôm nay"),
        ("CODE,uyvien5,", "đã có trong danh sách"),
        ("CODE,tacgia,", "Không có ủy viên nào"),
    ],
)
def test_one_bad_line_refuses_the_whole_file_and_names_file_and_line(board: BoardWorld, line: str, said: str) -> None:
    code = code_of(board, board.accepted())
    page = sent(board, f"code,service_number,due_on\n{code},uyvien5,\n{line.replace('CODE', code)}\n")
    assert "phan-cong.csv:3" in page
    assert said in page
    assert stored() == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "phan-cong.csv:1"),
        ("Mã số,Số hiệu\n", "từ 1 đến 5000"),
        ('Mã số,Số hiệu\n"SK,uyvien3\n', "dấu nháy"),
        ("", "từ 1 đến 5000"),
    ],
)
def test_what_is_no_plan_is_refused_with_the_repair(board: BoardWorld, text: str, said: str) -> None:
    board.accepted()
    assert said in sent(board, text)
    assert stored() == 0


def test_a_proposal_one_may_not_know_is_answered_like_one_that_does_not_exist(board: BoardWorld) -> None:
    board.accepted()
    hidden = board.world.submitted(title="Chưa thụ lý, chưa phân công")
    shown = [sent(board, f"Mã số,Số hiệu\n{code},uyvien3\n") for code in (hidden, "SK-T1A-1999-0001")]
    assert all("không ở bước phân công" in page for page in shown)
