"""The registrar's page of Word templates: every fault of an upload stands on it, and other units' pages do not open."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from bs4 import BeautifulSoup
from sqlalchemy import select

from innovations.core.clock import at
from innovations.documents.papers.word import WordPaper
from innovations.extensions import db
from innovations.people.models import Person, Unit
from tests.board_world import BoardWorld
from tests.documents.test_word_filling import changed, paragraph


def test_the_page_lists_fields_and_faults_and_takes_a_sound_template(board: BoardWorld, tmp_path: Path) -> None:
    client, unit = board.world.client("vanphong"), board.world.staff.units["T1A"]
    address = f"/admin/word-templates/{unit}/minutes"
    page = client.get(address).get_data(as_text=True)
    assert "items[].conclusion" in page
    assert "Đang dùng mẫu gốc." in page
    bad = changed(tmp_path, add=paragraph("{{ chari }}") + paragraph("{{ items }}")).read_bytes()
    refused = client.post(address, data={"file": (BytesIO(bad), "mau.docx"), "nothing_secret": "y"})
    text = refused.get_data(as_text=True)
    assert (refused.status_code, "chair" in text, "gồm nhiều giá trị" in text) == (422, True, True)
    good = client.get(f"{address}/shipped.docx").data
    assert client.post(address, data={"file": (BytesIO(good), "mau.docx"), "nothing_secret": "y"}).status_code == 303
    assert "Đang dùng mẫu riêng, bản số 1" in client.get(address).get_data(as_text=True)
    assert client.get(f"{address}/1.docx").data == good
    assert client.post(f"{address}/withdraw").status_code == 303
    assert "Đang dùng mẫu gốc." in client.get(address).get_data(as_text=True)


def test_the_page_says_who_withdrew_a_version_and_when(board: BoardWorld) -> None:
    client, unit = board.world.client("vanphong"), board.world.staff.units["T1A"]
    address = f"/admin/word-templates/{unit}/minutes"
    good = client.get(f"{address}/shipped.docx").data
    with at(datetime(2026, 3, 10, 2, tzinfo=UTC)):
        board.world.client("vanphong").post(address, data={"file": (BytesIO(good), "mau.docx"), "nothing_secret": "y"})
    assert "bỏ mẫu này" not in client.get(address).text
    with at(datetime(2026, 3, 12, 3, 30, tzinfo=UTC)):
        assert board.world.client("vanphong").post(f"{address}/withdraw").status_code == 303
    name = db.session.get_one(Person, board.world.staff.people["vanphong"]).full_name
    db.session.rollback()
    [version] = BeautifulSoup(client.get(address).text, "html.parser").select(".files li")
    assert [" ".join(each.text.split()) for each in version.select("small")][1] == f"{name} bỏ mẫu này, 10:30, 12/03/2026"


def test_pages_of_other_units_and_unknown_papers_do_not_exist(board: BoardWorld) -> None:
    client = board.world.client("vanphong")
    own = db.session.get_one(Unit, board.world.staff.units["T1A"])
    other = db.session.scalars(select(Unit.id).where(~Unit.path.startswith(own.path))).first()
    for paper in WordPaper:
        assert client.get(f"/admin/word-templates/{other}/{paper}").status_code == 404
    assert client.get(f"/admin/word-templates/{board.world.staff.units['T1A']}/khac").status_code == 404
    assert board.world.client("thuky").get("/admin/word-templates").status_code == 403
