"""What a phase keeps from a reader on every page, list, search, paper and operation: the authors, sheets, their writers."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest

from innovations import search
from innovations.boards.rules.schedule import AuthorsShown, NamesShown, SheetsShown
from innovations.documents.extract import pages_of
from innovations.extensions import db
from innovations.people.services.tokens import create_token
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.services import checking, submitting
from innovations.worker.rounds import Rounds
from tests.board_world import SCORERS, BoardWorld
from tests.phased import of_review, phase, plan
from tests.services.test_reviewer_remarks import knock, reviewed, submit
from tests.web.test_blind_scoring import AUTHOR, TITLE, doors, names, pages, plain, statuses
from tests.web.test_earlier_rounds import handed_in_again

SCORER = "uyvien3"


# --- the authors until the reveal ---------------------------------------------------------------------------------------------


@pytest.fixture
def hidden(board: BoardWorld) -> tuple[int, str]:
    """A review whose rule set hides nobody, in a phase that hides the authors until the reveal; one scorer's sheet is in."""
    world = board.world
    draft = world.draft(
        title=TITLE, content=f"Đồng chí Văn An hàn giá ba tầng, Tiểu đoàn 5 dùng thử hai tháng. {'Dùng tốt. ' * 30}"
    )
    world.attach(draft)
    review_id, code = accepted(board, draft)
    board.start(review_id)
    plan(board, phase("Chấm kín", authors=AuthorsShown.REVEAL))
    board.submit(review_id, SCORER)
    Rounds().read_files()
    search.drain_once()
    db.session.rollback()
    return review_id, code


def accepted(board: BoardWorld, draft: str) -> tuple[int, str]:
    code = submitting.submit(board.world.actor("tacgia"), draft, nothing_secret=True)
    checking.accept(board.world.actor("tiepnhan"), code, {item: FormalAnswer(True) for item in FormalItem})
    return board.review_of(code), code


def test_the_own_sheet_names_nobody_on_any_page_list_search_or_operation(board: BoardWorld, hidden: tuple[int, str]) -> None:
    review_id, code = hidden
    scorer, unknown = board.world.client(SCORER), board.world.client("donvi")
    assert statuses(scorer, code) == statuses(unknown, code)
    for door, nowhere in zip(doors(code), doors("SK-T1A-2026-9999"), strict=True):
        assert plain(scorer.get(door).text, code) == plain(scorer.get(nowhere).text, "SK-T1A-2026-9999"), door
    for question in ("", "?q=gia+xep+dung+cu", "?q=nguyen+van+an", "?q=Tiểu+đoàn+5"):
        assert code not in scorer.get(f"/proposals/{question}").text, question
    token = create_token(board.world.staff.accounts[SCORER], ["proposals:read"], timedelta(hours=1))
    api = board.world.app.test_client()
    api.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    assert api.get(f"/api/v1/proposals/{code}").status_code == 404
    assert code not in api.get("/api/v1/proposals").text
    shown = {page: scorer.get(page) for page in pages(board, review_id)}
    assert {page: (answer.status_code, names(answer.text)) for page, answer in shown.items()} == dict.fromkeys(shown, (200, []))
    assert "Tác giả được ẩn đến khi công bố điểm" in shown[of_review(board, review_id)].text
    paper = " ".join(pages_of(BytesIO(scorer.get(of_review(board, review_id, "/score.pdf")).data)))
    assert names(paper) == []


def test_the_reveal_names_them(board: BoardWorld, hidden: tuple[int, str]) -> None:
    review_id, code = hidden
    for number in ("uyvien4", "uyvien5"):
        board.submit(review_id, number)
    board.reveal(review_id)
    scorer = board.world.client(SCORER)
    assert scorer.get(f"/proposals/{code}").status_code == 200
    assert AUTHOR in scorer.get(of_review(board, review_id)).text


def test_the_secretary_covers_words_where_a_phase_hides_the_authors(board: BoardWorld, hidden: tuple[int, str]) -> None:
    review_id, _code = hidden
    secretary, page = board.world.client("thuky"), of_review(board, review_id)
    assert AUTHOR in secretary.get(page).text
    assert secretary.post(f"{page}/covers", data={"words": "ba tầng"}).status_code == 303
    assert "ba tầng" not in board.world.client(SCORER).get(page).text


# --- sheets and their writers after the reveal --------------------------------------------------------------------------------


def revealed(board: BoardWorld, **kept: object) -> int:
    """A review with three sheets that differ, revealed in a phase that keeps something from members."""
    review_id = board.scoring()
    for number, points in zip(SCORERS, ("24", "26", "20"), strict=True):
        board.submit(review_id, number, novelty=points)
    plan(board, phase("Họp", **kept))
    board.reveal(review_id)
    return review_id


def sheets(page: str) -> list[str]:
    """The rows of the table of single sheets: who, and the total."""
    table = page.split("Từng phiếu", 1)[-1].split("</table>", 1)[0] if "Từng phiếu" in page else ""
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_where_names_are_never_shown_members_read_the_sheets_without_them_the_highest_first(board: BoardWorld) -> None:
    review_id = revealed(board, names=NamesShown.NEVER)
    member, keeper = (board.world.client(number).get(of_review(board, review_id)).text for number in (SCORER, "thuky"))
    assert [row.split()[:3] for row in sheets(member)] == [["Phiếu", "thứ", str(number)] for number in (1, 2, 3)]
    assert [row.split()[-1] for row in sheets(member)] == ["82", "80", "76"]
    assert [row.split()[-1] for row in sheets(keeper)] == ["80", "82", "76"]
    assert not any("Phiếu thứ" in row for row in sheets(keeper))


def test_sheets_of_one_total_do_not_stand_in_the_order_of_the_seats(board: BoardWorld) -> None:
    review_id = board.scoring()
    for number, novelty, effect in zip(SCORERS, ("24", "26", "25"), ("24", "22", "23"), strict=True):
        board.submit(review_id, number, novelty=novelty, effect=effect)
    plan(board, phase("Họp", names=NamesShown.NEVER))
    board.reveal(review_id)
    rows = [row.split() for row in sheets(board.world.client(SCORER).get(of_review(board, review_id)).text)]
    assert [(row[3], row[-1]) for row in rows] == [("26", "80"), ("25", "80"), ("24", "80")]


def test_where_sheets_are_never_shown_members_read_the_summary_and_their_own(board: BoardWorld) -> None:
    review_id = revealed(board, sheets=SheetsShown.NEVER)
    member = board.world.client(SCORER)
    page = member.get(of_review(board, review_id)).text
    assert "Tổng hợp điểm" in page
    assert "79,33" in page  # the mean
    assert (sheets(page), "Độ phân tán" in page) == ([], False)
    assert member.get(of_review(board, review_id, "/summary.pdf")).status_code == 200
    assert "80" in member.get(of_review(board, review_id, "/score")).text
    assert len(sheets(board.world.client("chutich").get(of_review(board, review_id)).text)) == 3


@pytest.mark.parametrize("kept", [{"names": NamesShown.NEVER}, {"sheets": SheetsShown.NEVER}], ids=["names", "sheets"])
def test_a_reviewers_remarks_name_their_writer_so_they_stay_the_writers_and_of_who_leads(
    board: BoardWorld, kept: dict[str, object]
) -> None:
    review_id = reviewed(board)
    submit(board, review_id)
    for number in SCORERS:
        board.submit(review_id, number)
    plan(board, phase("Họp", **kept))
    board.reveal(review_id)
    found = {number: knock(board, review_id, number) for number in ("uyvien2", "thuky", "chutich", "chihuy", "uyvien3")}
    assert found == {"uyvien2": 200, "thuky": 200, "chutich": 200, "chihuy": 200, "uyvien3": 404}
    assert "/remarks/" not in board.world.client("uyvien3").get(of_review(board, review_id)).text


@pytest.mark.parametrize(
    ("kept", "shown", "named"), [({}, 3, 3), ({"names": NamesShown.NEVER}, 3, 1), ({"sheets": SheetsShown.NEVER}, 1, 1)]
)
def test_the_sheets_of_earlier_rounds_are_read_like_the_present_ones(
    board: BoardWorld, kept: dict[str, object], shown: int, named: int
) -> None:
    review_id = handed_in_again(board)
    for number in SCORERS:
        board.submit(review_id, number)
    plan(board, phase("Họp", **kept))
    board.reveal(review_id)
    page = board.world.client(SCORER).get(of_review(board, review_id, "/rounds")).text
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>', page)
    assert len(rows) == shown
    assert sum(1 for row in rows if "Phiếu thứ" not in row) == named
