"""The page of a board's dated phases, and the days on which sheets are taken."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from bench.pages import queries_of
from innovations.boards.models import ScoreSheet
from innovations.boards.models_paper import KeyedSheet
from innovations.boards.models_schedule import BoardPhase as Row
from innovations.boards.rules.phases import Phase, Watcher
from innovations.boards.schedule_queries import CAMPAIGNS_SHOWN
from innovations.core.clock import at, now
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.regulations.models import Campaign
from tests.board_world import POINTS, BoardWorld
from tests.phased import ahead, of_review, phase, plan
from tests.services.test_sheets_on_paper import code_of
from tests.web.test_sights_page import cell

SCORER = "uyvien3"
SHEET = {**{f"{code}-points": value for code, value in POINTS.items()}, "proposes": "recognise", "version": "0"}


def stored(model: type = Row) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def address(board: BoardWorld, rest: str = "") -> str:
    return f"/boards/{board.board_id}/schedule{rest}"


def filled(client: FlaskClient, page: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """The form as somebody fills it in who has the page before them."""
    seen = re.findall(r'name="seen"[^>]*value="([^"]*)"', client.get(page).text)
    usual = {"authors": "rules", "sheets": "reveal", "names": "reveal", "from_on": ""}
    lines = [{f"phases-{place}-{name}": value for name, value in {**usual, **row}.items()} for place, row in enumerate(rows)]
    return {"seen": (seen or [""])[0], **{name: value for line in lines for name, value in line.items()}}


FIRST = {"name": "Chấm điểm", "scoring": "y"}


# --- the page -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["vanphong", "thuky"])
def test_who_plans_sends_a_round_and_reads_which_phase_is_active_and_when_the_next_begins(board: BoardWorld, number: str) -> None:
    client = board.world.client(number)
    meeting = {"name": "Họp", "from_on": ahead(9).isoformat(), "names": "never"}
    answered = client.post(address(board), data=filled(client, address(board), FIRST, {"name": "", "from_on": ""}, meeting))
    assert (answered.status_code, answered.location) == (303, address(board))
    page = client.get(address(board)).text
    rows = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)[1:]]
    assert rows[0].startswith(f"Chấm điểm đang diễn ra đến hết {ahead(8):%d/%m/%Y} được chấm")
    assert rows[1].startswith(f"Họp từ {ahead(9):%d/%m/%Y} không nhận phiếu")
    assert "Không ghi tên người chấm" in rows[1]
    assert 'value="Họp"' in page
    assert 'value="Chấm điểm"' not in page  # it has begun
    assert address(board) in client.get(f"/boards/{board.board_id}").text


@pytest.mark.parametrize(
    ("number", "status", "told"),
    [
        ("chutich", 403, "do cơ quan thường trực và ủy viên thư ký"),
        ("uyvien3", 403, "do cơ quan thường trực"),
        ("docgia", 404, ""),
    ],
)
def test_others_of_the_board_read_it_and_change_nothing(board: BoardWorld, number: str, status: int, told: str) -> None:
    plan(board, phase("Chấm điểm"))
    client = board.world.client(number)
    page = client.get(address(board))
    assert page.status_code == (404 if status == 404 else 200)
    assert ("đang diễn ra" in page.text) == (status == 403)
    assert "Lưu lịch" not in page.text
    sent = client.post(address(board), data={"seen": "", "phases-0-name": "Khác"})
    assert sent.status_code == status
    assert told in sent.text
    assert stored() == 1


def test_what_is_wrong_stands_beside_each_field_with_what_was_typed(board: BoardWorld) -> None:
    client = board.world.client("thuky")
    rows = [FIRST, {"name": "", "from_on": ahead(3).isoformat()}, {"name": "Họp", "from_on": ahead(-1).isoformat()}, {"name": "Trùng", "from_on": ahead(3).isoformat()}]  # fmt: skip
    sent = client.post(address(board), data=filled(client, address(board), *rows))
    assert sent.status_code == 422
    told = dict(re.findall(r'<a href="#(phases-[^"]+)">[^:]+: ([^<]+)</a>', sent.text))
    assert told.keys() == {"phases-1-name", "phases-2-from_on", "phases-3-from_on"}
    assert "Nhập tên giai đoạn" in told["phases-1-name"]
    assert 'value="Trùng"' in sent.text
    assert stored() == 0


def test_a_round_in_which_nobody_scores_is_refused(board: BoardWorld) -> None:
    client = board.world.client("thuky")
    sent = client.post(address(board), data=filled(client, address(board), {"name": "Họp"}))
    assert sent.status_code == 422
    assert "ít nhất một giai đoạn được chấm điểm" in sent.text
    assert stored() == 0


def test_what_is_wrong_with_the_whole_stands_above_what_is_wrong_with_a_row(board: BoardWorld) -> None:
    client = board.world.client("thuky")
    sent = client.post(address(board), data=filled(client, address(board), {"name": "Họp"}, {"name": "Quyết định"}))
    assert sent.status_code == 422
    assert "ít nhất một giai đoạn được chấm điểm" in sent.text
    assert 'href="#phases-1-from_on"' in sent.text
    assert stored() == 0


def test_a_page_that_is_out_of_date_changes_nothing_and_shows_both(board: BoardWorld) -> None:
    client = board.world.client("thuky")
    data = filled(client, address(board), {"name": "Của thư ký", "scoring": "y"})
    plan(board, phase("Của cơ quan"), by="vanphong")
    sent = client.post(address(board), data=data)
    assert sent.status_code == 409
    assert "đã được người khác sửa" in sent.text
    assert "Của cơ quan" in sent.text
    assert 'value="Của thư ký"' in sent.text
    assert stored() == 1


def test_a_campaign_has_a_schedule_of_its_own(board: BoardWorld) -> None:
    campaign = db.session.scalars(select(Campaign.id).where(Campaign.unit_id == board.world.staff.units["T1A"])).first()
    client, own = board.world.client("vanphong"), address(board, f"?campaign={campaign}")
    plan(board, phase("Chung"))
    assert "theo lịch chung của hội đồng" in client.get(own).text
    assert client.post(own, data=filled(client, own, FIRST)).status_code == 303
    assert "có lịch riêng" in client.get(address(board)).text
    assert stored() == 2


def test_an_old_campaign_is_reached_by_its_address_beside_the_youngest(board: BoardWorld) -> None:
    old = db.session.scalars(select(Campaign).where(Campaign.unit_id == board.world.staff.units["T1A"])).first()
    assert old is not None
    campaign, sets = old.id, {"rule_set_id": old.rule_set_id, "criteria_set_id": old.criteria_set_id}
    with atomic() as session:
        session.add_all(
            Campaign(unit_id=board.world.staff.units["T1A"], year=2090, name=f"Đợt {day}", opens_on=date(2090, 1, day), **sets)
            for day in range(1, CAMPAIGNS_SHOWN + 1)
        )
    client = board.world.client("thuky")
    assert f'campaign={campaign}"' not in client.get(address(board)).text
    page = client.get(address(board, f"?campaign={campaign}")).text
    assert len(re.findall(r'<li><a href="[^"]*/schedule\?campaign=', page)) == CAMPAIGNS_SHOWN + 1
    assert re.search(rf'/schedule\?campaign={campaign}" aria-current="page"', page)


@pytest.mark.parametrize("named", ["x", "0", "-1", "999999", "9" * 30])
def test_a_campaign_that_is_none_is_not_found(board: BoardWorld, named: str) -> None:
    client = board.world.client("thuky")
    assert client.get(address(board, f"?campaign={named}")).status_code == 404
    assert client.post(address(board, f"?campaign={named}"), data={"phases-0-name": "X"}).status_code == 404
    assert stored() == 0


# --- scoring has its days -----------------------------------------------------------------------------------------------------


def test_before_and_after_its_days_a_sheet_is_refused_on_screen_and_on_paper(board: BoardWorld) -> None:
    review_id = board.scoring()
    plan(board, phase("Chuẩn bị", scoring=False), phase("Chấm điểm", 2), phase("Họp", 5, scoring=False))
    given, sheet = board.assignment(review_id, SCORER).id, of_review(board, review_id, "/score")
    keyed = {**SHEET, "printed_code": code_of(board, review_id)}
    cases = ((0, f"mở từ ngày {ahead(2):%d/%m/%Y}"), (5, f"chỉ nhận đến hết ngày {ahead(4):%d/%m/%Y}"))
    for days, said in cases:
        with at(now() + timedelta(days=days)):
            scorer, clerk = board.world.client(SCORER), board.world.client("thuky")
            for do in ("save", "submit"):
                sent = scorer.post(sheet, data={**SHEET, "do": do})
                assert (sent.status_code, said in sent.text) == (409, True), (days, do)
            sent = clerk.post(of_review(board, review_id, f"/paper/{given}"), data=keyed)
            assert (sent.status_code, said in sent.text) == (409, True), days
            page = scorer.get(sheet).text
            assert "data-score-sheet" not in page
            assert said in page
    assert (stored(ScoreSheet), stored(KeyedSheet)) == (0, 0)


def test_within_its_days_it_is_taken_and_the_page_says_until_when(board: BoardWorld) -> None:
    review_id = board.scoring()
    plan(board, phase("Chấm điểm"), phase("Họp", 5, scoring=False))
    scorer = board.world.client(SCORER)
    for page in ("", "/score"):
        shown = scorer.get(of_review(board, review_id, page)).text
        assert f"Giai đoạn “Chấm điểm”: chấm đến hết ngày {ahead(4):%d/%m/%Y}" in shown
        link = re.findall(r'href="(/boards/\d+/schedule[^"]*)"', shown)[-1]
        assert scorer.get(link).status_code == 200
    assert scorer.post(of_review(board, review_id, "/score"), data={**SHEET, "do": "save"}).status_code == 303
    assert stored(ScoreSheet) == 1


def test_the_page_takes_as_many_queries_for_six_phases_as_for_one(board: BoardWorld) -> None:
    client, counted = board.world.client("thuky"), []
    plan(board, phase("Chấm điểm"))
    counted.append(queries_of(client, address(board)))
    plan(board, *(phase(f"Giai đoạn {day}", day) for day in range(1, 6)))
    counted.append(queries_of(client, address(board)))
    assert counted[0] == counted[1]


def test_the_matrix_of_who_sees_what_asks_the_policy_for_a_phase_too(board: BoardWorld) -> None:
    client = board.world.client("docgia")

    def shown(query: str, watcher: Watcher, at_phase: Phase) -> str:
        return cell(client.get(f"/boards/sights?{query}").text, watcher, at_phase)

    assert "Chấm điểm" in shown("", Watcher.SCORER, Phase.SCORING)
    assert "Chấm điểm" not in shown("scoring=0", Watcher.SCORER, Phase.SCORING)
    assert "không biết tác giả" not in shown("authors=own_sheet", Watcher.SCORER, Phase.SCORED)
    assert "không biết tác giả" in shown("authors=reveal", Watcher.SCORER, Phase.SCORED)
    assert "không ghi tên người chấm" in shown("names=never", Watcher.VOTER, Phase.MEETING)
    assert "bảng tổng hợp" in shown("sheets=never", Watcher.VOTER, Phase.MEETING)
    assert "Xem mọi phiếu" in shown("sheets=never", Watcher.CHAIR, Phase.MEETING)
