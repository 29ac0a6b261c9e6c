"""Attached files where authors are hidden: what names somebody does not open before the own sheet is in; the secretary decides."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from pypdf import PdfWriter
from sqlalchemy import select

from innovations import search
from innovations.audit.models import AuditEvent
from innovations.boards.models_blind import FileRuling
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.services.tokens import create_token
from innovations.proposals.models_dossier import Attachment, Contribution
from innovations.proposals.services import attachments
from innovations.worker.rounds import Rounds
from tests import canary_files
from tests.board_world import REASON, BoardWorld
from tests.web.test_blind_scoring import AUTHOR, accept_blind, at_board

NAMED = f"Biên bản đo lại sau hai tuần, máy nén chạy êm.\nNgười đo: {AUTHOR.upper()}, đã ký."
CLEAN = "Đo mười lần, trung bình nhanh hơn bốn phút; van an toàn không hỏng."
NOT_YET = "xem được sau khi chốt phiếu"


def with_header(header: str) -> bytes:
    """A Word file that names somebody in the header of its pages only."""
    made = BytesIO(canary_files.docx())
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/header1.xml", f'<w:hdr xmlns:w="{space}"><w:p><w:r><w:t>{header}</w:t></w:r></w:p></w:hdr>')
    return made.getvalue()


def scan() -> bytes:
    """A PDF whose page is a picture of paper: it has no text."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


FILES = {
    "bien-ban.txt": NAMED.encode(),
    "so-do.txt": CLEAN.encode(),
    "bao-cao.docx": with_header("TIEU DOAN 5 - Mẫu báo cáo"),
    "anh-chup.png": canary_files.picture(),
    "ban-quet.pdf": scan(),
}
#: What scorers find: the third is named in its header without accents.
OPEN, WITHHELD = {"Tệp 2.txt", "Tệp 4.png", "Tệp 5.pdf"}, {"Tệp 1.txt", "Tệp 3.docx"}


def review_with_files(board: BoardWorld) -> tuple[int, str]:
    """A review that hides its authors, with a file of every kind, being scored by three; and its code."""
    world = board.world
    address = world.draft()
    for name, content in FILES.items():
        with BytesIO(content) as source:
            attachments.attach(world.actor("tacgia"), address, name=name, source=source, kind="evidence", nothing_secret=True)
    review_id, code = accept_blind(board, address)
    board.start(review_id)
    return review_id, code


@pytest.fixture
def review(board: BoardWorld) -> int:
    review_id, _code = review_with_files(board)
    Rounds().read_files()
    return review_id


def files_on(client: FlaskClient, page: str) -> Mapping[str, bool]:
    """The files of a dossier as a page lists them, and whether each opens."""
    soup = BeautifulSoup(client.get(page).text, "html.parser")
    rows = soup.select("section[aria-labelledby=d-files] li")
    return {row.select_one(".iconlink").get_text(strip=True): row.find("a") is not None for row in rows}


def file_id(name: str) -> int:
    return db.session.scalars(select(Attachment.id).where(Attachment.name == name)).one()


def saved(client: FlaskClient, board: BoardWorld, review_id: int, name: str) -> int:
    return client.get(at_board(board, review_id, f"/files/{file_id(name)}")).status_code


def rule(client: FlaskClient, board: BoardWorld, review_id: int, name: str, do: str, reason: str = REASON) -> int:
    address = at_board(board, review_id, f"/files/{file_id(name)}/ruling")
    return client.post(address, data={"do": do, "reason": reason}).status_code


@pytest.mark.parametrize("rest", ["", "/score"])
def test_a_file_that_names_an_author_or_the_unit_is_listed_and_does_not_open(board: BoardWorld, review: int, rest: str) -> None:
    page = at_board(board, review, rest)
    scorer = board.world.client("uyvien3")
    assert files_on(scorer, page) == {**dict.fromkeys(OPEN, True), **dict.fromkeys(WITHHELD, False)}
    assert NOT_YET in scorer.get(page).text


def test_the_file_itself_is_refused_like_the_page_says(board: BoardWorld, review: int) -> None:
    scorer = board.world.client("uyvien3")
    assert {name: saved(scorer, board, review, name) for name in FILES} == {
        "bien-ban.txt": 409, "so-do.txt": 200, "bao-cao.docx": 409, "anh-chup.png": 200, "ban-quet.pdf": 200,
    }  # fmt: skip
    answer = scorer.get(at_board(board, review, f"/files/{file_id('bien-ban.txt')}"))
    assert "có thể cho biết tác giả" in answer.text
    assert AUTHOR.upper() not in answer.text


def test_no_other_door_gives_a_scorer_the_file_or_a_passage_of_it(board: BoardWorld) -> None:
    review_id, code = review_with_files(board)
    Rounds().read_files()
    search.drain_once()
    scorer, number = board.world.client("uyvien3"), file_id("bien-ban.txt")
    doors = (f"/proposals/{code}/files/{number}", f"/proposals/{code}/dossier.zip", f"/library/{code}")
    assert {scorer.get(door).status_code for door in doors} == {404}
    token = create_token(board.world.staff.accounts["uyvien3"], ["proposals:read", "library:read"], timedelta(hours=1))
    api, own = board.world.app.test_client(), {"Authorization": f"Bearer {token}"}
    assert api.get(f"/api/v1/proposals/{code}", headers=own).status_code == 404
    assert api.get("/api/v1/library?q=may+nen+chay+em", headers=own).json["items"] == []
    for door in ("/proposals/", "/library/", "/library/suggest"):
        assert "chạy êm" not in scorer.get(f"{door}?q=may+nen+chay+em").text, door
    assert "chạy êm" in board.world.client("tiepnhan").get("/proposals/?q=may+nen+chay+em").text


def test_until_the_worker_has_read_a_file_it_does_not_open(board: BoardWorld) -> None:
    review_id, _code = review_with_files(board)
    scorer = board.world.client("uyvien3")
    assert saved(scorer, board, review_id, "so-do.txt") == 409
    Rounds().read_files()
    assert saved(scorer, board, review_id, "so-do.txt") == 200


def test_with_the_own_sheet_in_every_file_opens(board: BoardWorld, review: int) -> None:
    board.submit(review, "uyvien3")
    scorer = board.world.client("uyvien3")
    assert files_on(scorer, at_board(board, review)) == dict.fromkeys(FILES, True)
    assert saved(scorer, board, review, "bien-ban.txt") == 200


def test_the_secretary_sees_the_passage_and_what_nobody_but_a_person_can_read(board: BoardWorld, review: int) -> None:
    page = BeautifulSoup(board.world.client("thuky").get(at_board(board, review)).text, "html.parser")
    panel = page.select_one("#blind-files")
    told = {row.b.get_text(): " ".join(row.get_text(" ", strip=True).split()) for row in panel.select("li[data-file]")}
    assert "máy nén chạy êm. Người đo: NGUYỄN VĂN AN , đã ký" in told["bien-ban.txt"]
    assert [mark.get_text() for mark in panel.select("mark")] == ["NGUYỄN VĂN AN", "TIEU DOAN 5"]
    for name in ("anh-chup.png", "ban-quet.pdf"):
        assert "được xem không đọc được chữ, xin tự xem" in told[name]
    assert "được xem không thấy nêu tên" in told["so-do.txt"]
    assert "2 tệp chưa cho xem" in panel.summary.get_text()
    assert "2 tệp đồng chí cần tự xem" in panel.summary.get_text()


def test_the_secretary_gives_a_file_and_keeps_another_with_a_reason_that_stands_in_no_event(
    board: BoardWorld, review: int
) -> None:
    secretary, scorer = board.world.client("thuky"), board.world.client("uyvien3")
    assert rule(secretary, board, review, "bien-ban.txt", "release") == 303
    assert rule(secretary, board, review, "anh-chup.png", "withhold") == 303
    assert (saved(scorer, board, review, "bien-ban.txt"), saved(scorer, board, review, "anh-chup.png")) == (200, 409)
    page = secretary.get(at_board(board, review)).text
    assert page.count(f": {REASON}") == 2
    events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(2)).all()
    assert [event.tag for event in events] == ["boards.file_withheld", "boards.file_released"]
    assert all(REASON not in str(event.data) for event in events)
    assert rule(secretary, board, review, "anh-chup.png", "release") == 303  # a later word goes before
    assert saved(scorer, board, review, "anh-chup.png") == 200


def test_words_that_the_secretary_covers_keep_files_away_too(board: BoardWorld, review: int) -> None:
    secretary, scorer = board.world.client("thuky"), board.world.client("uyvien3")
    secretary.post(at_board(board, review, "/covers"), data={"words": "trung bình nhanh hơn"})
    assert saved(scorer, board, review, "so-do.txt") == 409


def test_who_knows_the_authors_is_kept_from_no_file(board: BoardWorld, review: int) -> None:
    assert saved(board.world.client("thuky"), board, review, "bien-ban.txt") == 200


def test_without_a_reason_nothing_is_decided(board: BoardWorld, review: int) -> None:
    secretary = board.world.client("thuky")
    sent = secretary.post(
        at_board(board, review, f"/files/{file_id('bien-ban.txt')}/ruling"), data={"do": "release", "reason": ""}
    )
    assert sent.status_code == 422
    assert "Ghi lý do" in sent.text
    assert db.session.scalars(select(FileRuling)).all() == []


@pytest.mark.parametrize(("who", "status"), [("uyvien3", 403), ("chutich", 403), ("tacgia", 403), ("donvi", 404)])
def test_nobody_but_the_secretary_decides_on_a_file(board: BoardWorld, review: int, who: str, status: int) -> None:
    assert rule(board.world.client(who), board, review, "bien-ban.txt", "release") == status
    assert db.session.scalars(select(FileRuling)).all() == []


def test_there_is_nothing_to_decide_where_authors_are_known_or_the_points_are_out(board: BoardWorld, review: int) -> None:
    secretary = board.world.client("thuky")
    board.reveal(review)
    assert rule(secretary, board, review, "bien-ban.txt", "withhold") == 409
    known = board.scoring()
    assert re.search("blind-files", secretary.get(at_board(board, known)).text) is None
    number = db.session.scalars(select(Attachment.id).order_by(Attachment.id.desc())).first()
    sent = secretary.post(at_board(board, known, f"/files/{number}/ruling"), data={"do": "withhold", "reason": REASON})
    assert sent.status_code == 409


def test_a_file_of_another_dossier_is_none_of_this_one(board: BoardWorld, review: int) -> None:
    board.scoring()
    number = db.session.scalars(select(Attachment.id).order_by(Attachment.id.desc())).first()
    sent = board.world.client("thuky").post(
        at_board(board, review, f"/files/{number}/ruling"), data={"do": "release", "reason": REASON}
    )
    assert sent.status_code == 404


def test_the_base_that_considers_it_is_everybodys_and_keeps_no_file_away(board: BoardWorld) -> None:
    """An author who serves in the base itself: its name stands on every page of every file."""
    world = board.world
    address = world.draft("uyvien2", place="Trung đoàn 1A")
    world.attach(address, "uyvien2", text="Biên bản áp dụng thử tại Trung đoàn 1A.")
    with atomic() as session:
        line = session.scalars(select(Contribution).order_by(Contribution.id.desc())).first()
        assert line is not None
        line.unit_name = "Trung đoàn 1A"
    review_id, _code = accept_blind(board, address, by="uyvien2")
    board.start(review_id)
    Rounds().read_files()
    scorer = board.world.client("uyvien3")
    assert files_on(scorer, at_board(board, review_id)) == {"Tệp 1.txt": True}
    assert "Trung đoàn 1A" in scorer.get(at_board(board, review_id)).text


def test_of_a_very_long_file_the_secretary_looks_at_what_no_program_read(board: BoardWorld) -> None:
    board.world.app.config["FILE_TEXT_CHARACTERS"] = 30
    review_id, _code = review_with_files(board)
    Rounds().read_files()
    page = board.world.client("thuky").get(at_board(board, review_id)).text
    assert "chỉ đọc được phần đầu, xin tự xem phần sau" in page
    assert saved(board.world.client("uyvien3"), board, review_id, "so-do.txt") == 200
