"""What a reader of English sees: no page speaks Vietnamese to them, papers stay Vietnamese, and the language chosen stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from innovations.core.clock import today
from innovations.core.web.forms import OwnSentences
from innovations.documents.extract import pages_of
from tests.board_world import BoardWorld
from tests.english_pages import both, data, leaks, messages
from tests.meeting_world import before_board, concluded, scored
from tests.recognised import index, recognise
from tests.world import PASSWORD


def english(client: FlaskClient) -> FlaskClient:
    """The same browser after its reader pressed EN."""
    client.post("/locale", data={"locale": "en", "next": "/"})
    return client


def story(board: BoardWorld) -> None:
    """Proposals in many states, a meeting, a recognised improvement with an adoption request."""
    world = board.world
    world.draft(title="Bản nháp về giá để dụng cụ của tổ trực")
    world.submitted(title="Tủ sấy khô tài liệu dùng quạt thông gió")
    board.scoring(title="Khung tập thể lực ghép từ ống thép cũ")
    before_board(board, scored(board, title="Bảng theo dõi bảo dưỡng treo tường"))
    concluded(board, title="Giá để mũ cứng có đánh số chỗ")
    code = recognise(world, title="Sổ điện tử ghi lịch tập của đơn vị")
    index(world)
    donvi = world.client("donvi")
    unit = BeautifulSoup(donvi.get(f"/library/{code}").text, "html.parser").select_one("#unit_id option[value]")
    if unit:
        sent = {"unit_id": unit["value"], "kind": "replication", "purpose": "Áp dụng cho tổ trực của tiểu đoàn, cần sớm."}
        donvi.post(f"/library/{code}/adopt", data=sent)


#: Addresses that answer with a file, or end the sign-in.
NO_PAGES = re.compile(
    r"\.(?:pdf|csv|xlsx)|/files/|/paper/|/static/|/signout|/reports/(?:register|library)|/admin/register/template"
)
STARTS = ("/", "/library/", "/proposals/", "/boards/", "/reports/", "/account", "/library/help", "/proposals/new")
PAGES_PER_READER = 45


def pages(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Addresses and pages reached by following links from the home page, each path once whatever its query."""
    waiting, seen = list(STARTS), set()
    while waiting and len(seen) < PAGES_PER_READER:
        address = waiting.pop(0)
        path = urlsplit(address).path
        if path in seen or NO_PAGES.search(path):
            continue
        answer = client.get(address, follow_redirects=True)
        if answer.mimetype != "text/html":
            continue
        seen.add(path)
        yield address, answer.text
        links = BeautifulSoup(answer.text, "html.parser").select("a[href^='/']")
        waiting += [str(link["href"]) for link in links]


READERS = (
    "tacgia", "tiepnhan", "thuky", "chutich", "uyvien3", "chihuy", "chihuy2", "vanphong", "donvi", "docgia", "baomat", "kiemtra",
    "quantri",
)  # fmt: skip


def test_no_page_speaks_vietnamese_to_a_reader_of_english(board: BoardWorld) -> None:
    story(board)
    known = data({each for message in messages() for each in both(message.id)})
    found: dict[str, set[str]] = {}
    for number in READERS:
        client = english(board.world.client(number))
        for address, page in pages(client):
            assert '<html lang="en">' in page, (number, address)
            # The list of fields shows both names to who edits them.
            wrong = leaks(page, known) if address != "/admin/fields" else set()
            if wrong:
                found.setdefault(address, set()).update(wrong)
    assert "\n".join(sorted({f"{a}: {t}" for a, ts in found.items() for t in ts})) == ""


def test_refusals_of_forms_are_english_too(board: BoardWorld) -> None:
    address = board.world.draft(title="Thử")
    known = data({each for message in messages() for each in both(message.id)})
    client = english(board.world.client("tacgia"))
    for path, sent in (
        ("/proposals/new", {}),
        (f"/proposals/{address}/submit", {}),
        (f"/proposals/{address}/edit/idea", {"version": "1", "proposal_class": "nonsense", "first_applied_on": "31/02/2026"}),
        ("/account/password", {}),
    ):
        answer = client.post(path, data=sent)
        assert answer.status_code in (200, 303, 400, 404, 405, 409, 422), path
        assert leaks(answer.text, known) == set(), path


def test_a_vietnamese_reader_is_refused_in_vietnamese_by_wtforms_too(board: BoardWorld) -> None:
    answer = board.world.client("vanphong").post("/admin/campaigns/new", data={"name": "Đợt 1", "year": "1900"})
    assert answer.status_code == 422
    assert "Nhập số từ 2000 đến 2100." in answer.text
    assert "Number must be" not in answer.text


def test_what_wtforms_may_newly_say_is_not_shown_in_its_words(board: BoardWorld) -> None:
    with board.world.app.test_request_context():
        assert OwnSentences().gettext("Some new refusal of the library.") == "Giá trị không hợp lệ; xin nhập lại."


def test_dates_in_english_name_the_month_and_numbers_take_a_point(board: BoardWorld) -> None:
    number = before_board(board, scored(board, points={"novelty": "24.5"}))
    page = english(board.world.client("thuky")).get(f"/boards/{board.board_id}/meetings/{number}").text
    day = today()
    assert f"{day.day} {day:%b} {day.year}" in page
    assert f"{day:%d/%m/%Y}" not in page


def test_a_paper_is_vietnamese_for_a_reader_of_english(board: BoardWorld) -> None:
    number = before_board(board, scored(board))
    client = english(board.world.client("thuky"))
    answer = client.get(f"/boards/{board.board_id}/meetings/{number}/minutes.pdf")
    text = " ".join(" ".join(pages_of(BytesIO(answer.data))).split())
    assert f"ngày {today():%d/%m/%Y}" in text
    assert "BIÊN BẢN" in text.upper()
    assert f"{today():%b} {today().year}" not in text


def test_the_language_chosen_before_signing_in_stays(board: BoardWorld) -> None:
    client = english(board.world.app.test_client())
    assert "Sign in" in client.get("/signin").text
    client.post("/signin", data={"service_number": "docgia", "password": PASSWORD})
    assert '<html lang="en">' in client.get("/").text


def test_an_installation_may_speak_english_to_who_chose_nothing(board: BoardWorld) -> None:
    board.world.app.config["DEFAULT_LOCALE"] = "en"
    assert '<html lang="en">' in board.world.app.test_client().get("/signin").text
