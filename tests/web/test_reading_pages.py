"""Reading the scores on the pages: who may, from when on, what is told, and how many queries a whole campaign takes."""

from __future__ import annotations

import re

import pytest

from bench.pages import queries_of
from innovations.boards import reading_queries
from innovations.boards.services import recusing
from innovations.core.clock import today
from innovations.regulations.queries import open_campaign
from tests.board_world import REASON, BoardWorld

HARSH = {"novelty": "20", "effect": "20", "replicability": "16"}  # 68 points instead of 80
SCORERS = ("uyvien3", "uyvien4", "uyvien5")


def campaign_of(board: BoardWorld) -> int:
    found = open_campaign(board.world.staff.units["T1A"], today())
    assert found is not None
    return found.id


def scores(board: BoardWorld) -> str:
    return f"/boards/{board.board_id}/scores"


def sheets_in(board: BoardWorld, title: str, harsh: str = "uyvien3", lift: str = "8") -> int:
    """A review whose three sheets are in, one of them harsher by 12 points."""
    review_id = board.scoring(title=title)
    for number in SCORERS:
        board.submit(review_id, number, **({**HARSH, "economy": lift} if number == harsh else {"economy": lift}))
    return review_id


def revealed(board: BoardWorld, title: str, **more: str) -> int:
    review_id = sheets_in(board, title, **more)
    board.reveal(review_id)
    return review_id


def row_of(page: str, code: str) -> list[str]:
    """The cells of a proposal's row."""
    row = re.search(rf'<tr data-code="{code}">(.*?)</tr>', page, re.S)
    assert row is not None
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row[1], re.S)]


@pytest.mark.parametrize("number", ["thuky", "chutich", "chihuy"])
def test_secretary_chair_and_decider_read_what_one_sheet_weighs_after_the_reveal(board: BoardWorld, number: str) -> None:
    review_id = revealed(board, "Giá treo áo mưa")
    page = board.world.client(number).get(f"/boards/{board.board_id}/reviews/{review_id}").text
    assert "Nếu bỏ từng phiếu" in page
    # 80, 80 and 68: without the harsh one 80, without another 74.
    left = page.split("Nếu bỏ từng phiếu")[1].split("</details>")[0]
    assert [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r'<td class="num">(.*?)</td>', left)].count("74") == 2
    assert "thấp nhất" in left


def test_a_member_who_reads_the_sheets_is_not_shown_what_each_of_them_weighs(board: BoardWorld) -> None:
    review_id = revealed(board, "Giá treo áo mưa")
    page = board.world.client("uyvien4").get(f"/boards/{board.board_id}/reviews/{review_id}").text
    assert "Tổng hợp điểm" in page
    assert "Nếu bỏ từng phiếu" not in page


def test_before_the_reveal_nothing_is_told_of_the_scores(board: BoardWorld) -> None:
    review_id = sheets_in(board, "Giá treo áo mưa")
    client = board.world.client("thuky")
    assert "Nếu bỏ từng phiếu" not in client.get(f"/boards/{board.board_id}/reviews/{review_id}").text
    page = client.get(scores(board)).text
    assert "Chưa có điểm nào được công bố" in page
    assert "Giá treo áo mưa" not in page


@pytest.mark.parametrize(
    ("number", "status"),
    [("thuky", 200), ("chutich", 200), ("uyvien1", 200), ("chihuy", 200), ("uyvien3", 403), ("vanphong", 403), ("docgia", 404)],
)
def test_the_page_of_a_campaigns_scores_is_for_those_who_run_the_board_and_decide(
    board: BoardWorld, number: str, status: int
) -> None:
    revealed(board, "Giá treo áo mưa")
    answered = board.world.client(number).get(scores(board))
    assert answered.status_code == status
    # The deputy runs meetings, but reads the scores of a review only when standing in for somebody.
    assert ("Giá treo áo mưa" in answered.text) == (number in ("thuky", "chutich", "chihuy"))


def test_leniency_and_both_orders_stand_side_by_side_as_advice(board: BoardWorld) -> None:
    first, second = revealed(board, "Giá treo áo mưa"), revealed(board, "Hộp đựng sổ trực", lift="6")
    page = board.world.client("thuky").get(scores(board)).text
    assert "Để tham khảo" in page
    # Harsh by 12 against two others: −8, and they +4 each.
    assert [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r'<td class="num">([+−][\d,]+)</td>', page)] == ["−8", "+4", "+4"]
    code = board.review(first).proposal.code
    assert row_of(page, code or "")[1:] == ["76 · thứ 1", "12", "76 · thứ 1"]
    assert row_of(page, board.review(second).proposal.code or "")[1:] == ["74 · thứ 2", "12", "74 · thứ 2"]
    # Two proposals 2 points apart, members 12 apart: worse than chance.
    assert "Không hơn chấm ngẫu nhiên" in page


def test_a_campaign_that_is_not_the_boards_does_not_exist(board: BoardWorld) -> None:
    revealed(board, "Giá treo áo mưa")
    assert board.world.client("thuky").get(f"{scores(board)}?campaign=987").status_code == 404


def test_a_review_with_a_conflict_enters_no_figure_of_the_one_who_has_it(board: BoardWorld) -> None:
    revealed(board, "Giá treo áo mưa")
    barred = revealed(board, "Hộp đựng sổ trực", harsh="uyvien4")
    recusing.recuse_myself(board.actor("chutich"), board.board_id, barred, reason=REASON)
    chair = reading_queries.campaign_reading(board.actor("chutich"), board.board_id, campaign_of(board))
    keeper = reading_queries.campaign_reading(board.actor("thuky"), board.board_id, campaign_of(board))
    assert [case.title for case in chair.groups[0].cases] == ["Giá treo áo mưa"]
    assert {member.sheets for member in chair.groups[0].members} == {1}
    assert len(keeper.groups[0].cases) == 2


def test_a_sheet_that_does_not_count_enters_no_figure(board: BoardWorld) -> None:
    review_id = board.scoring("uyvien2", *SCORERS, title="Giá treo áo mưa")
    for number in ("uyvien2", *SCORERS):
        board.submit(review_id, number, **(HARSH if number == "uyvien2" else {}))
    recusing.recuse_member(board.actor("thuky"), board.board_id, review_id, board.seat("uyvien2"), reason=REASON)
    board.reveal(review_id)
    reading = reading_queries.campaign_reading(board.actor("thuky"), board.board_id, campaign_of(board))
    assert [(case.sheets, str(case.total)) for case in reading.groups[0].cases] == [(3, "80.00")]
    assert {str(member.leniency) for member in reading.groups[0].members} == {"0.00"}


def test_a_campaign_takes_as_many_queries_for_three_reviews_as_for_one(board: BoardWorld) -> None:
    client, counted = board.world.client("thuky"), []
    for titles in (("Giá treo áo mưa",), ("Hộp đựng sổ trực", "Thang gấp kho quân trang")):
        for title in titles:
            revealed(board, title)
        counted.append(queries_of(client, scores(board)))
    assert "Thang gấp kho quân trang" in client.get(scores(board)).text
    assert counted[1] == counted[0]
