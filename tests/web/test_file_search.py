"""Dossiers are found by their files, on every page and by everybody who may open the file, and by nobody else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from innovations import search
from innovations.documents.models import FileText
from innovations.extensions import db
from innovations.people.services.tokens import create_token
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.content import Handling
from innovations.proposals.services import attachments, drafting, quarantine
from innovations.worker.rounds import Rounds
from tests.recognised import index, recognise
from tests.world import World

CANARY = "Chimbaobao7Q4Z"
MINUTES = f"Biên bản đo lại sau ba tuần: máy nén {CANARY} chạy êm."


def read_and_index(world: World) -> None:
    """Let the worker catch up: it reads the files that wait and indexes what changed."""
    Rounds().read_files()
    index(world)


def hits(world: World, number: str, door: str = "/library/", text: str = CANARY) -> dict[str, str]:
    """Code of each hit and the line that names its file."""
    answer = world.client(number).get(f"{door}?q={quote(text)}")
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.text, "html.parser")
    lines = {hit["data-code"]: hit.select_one(".filehit") for hit in soup.select(".hit[data-code]")}
    return {code: " ".join(line.get_text().split()) if line else "" for code, line in lines.items()}


def traces(world: World) -> list[str]:
    """Files of the instance folder that hold the canary: database, its log, index, store, temporary files."""
    needles = [form.encode() for form in (CANARY, CANARY.lower())]
    paths = [path for path in sorted(Path(world.app.instance_path).rglob("*")) if path.is_file()]
    return [str(path) for path in paths if any(needle in path.read_bytes() for needle in needles)]


def kept(world: World) -> list[str]:
    found = list(db.session.scalars(select(FileText.text)))
    db.session.rollback()
    return found


def test_a_recognised_improvement_is_found_by_its_evidence_and_the_page_names_the_file(world: World) -> None:
    code = recognise(world, evidence=MINUTES)
    read_and_index(world)
    for door in ("/library/", "/proposals/"):
        found = hits(world, "docgia", door)
        assert list(found) == [code], door
        assert found[code].startswith("Trong tệp: bien-ban.txt – "), door
        assert f"máy nén {CANARY} chạy êm" in found[code], door


def test_the_words_are_marked_in_the_passage_of_the_file(world: World) -> None:
    recognise(world, evidence=MINUTES)
    read_and_index(world)
    soup = BeautifulSoup(world.client("docgia").get("/library/?q=may+nen").text, "html.parser")
    assert [mark.get_text() for mark in soup.select(".filehit mark")] == ["máy nén"]


def test_markup_in_a_file_is_shown_as_text(world: World) -> None:
    recognise(world, evidence="Ký hiệu trên vỏ máy: <b>alert</b>, đo lại sau ba tuần.")
    read_and_index(world)
    page = world.client("docgia").get("/library/?q=alert").text
    assert "&lt;b&gt;<mark>alert</mark>&lt;/b&gt;" in page


def test_the_api_names_the_file(world: World) -> None:
    code = recognise(world, evidence=MINUTES)
    read_and_index(world)
    token = create_token(world.staff.accounts["docgia"], ["library:read"], timedelta(hours=1))
    answer = world.app.test_client().get(f"/api/v1/library?q={CANARY}", headers={"Authorization": f"Bearer {token}"})
    assert [item["code"] for item in answer.json["items"]] == [code]
    file = answer.json["items"][0]["file"]
    assert file["name"] == "bien-ban.txt"
    assert [CANARY, True] in file["passage"]


def test_who_may_open_the_file_finds_by_it_and_nobody_else(world: World) -> None:
    code = world.submitted(evidence=MINUTES)
    read_and_index(world)
    file = db.session.scalars(select(Attachment.id)).one()
    db.session.rollback()
    opened = {}
    for number in ("tacgia", "tiepnhan", "chihuy2", "vanphong", "donvi", "docgia", "kiemtra", "quantri", "baomat"):
        opened[number] = world.client(number).get(f"/proposals/{code}/files/{file}").status_code == 200
        assert (list(hits(world, number, "/proposals/")) == [code]) is opened[number], number
        assert hits(world, number) == {}, number
    assert set(opened.values()) == {True, False}


@pytest.mark.parametrize("kind", ["consent", "signed_scan"])
def test_signed_pages_are_found_by_nobody_neither_by_text_nor_by_name(world: World, kind: str) -> None:
    address = world.draft()
    world.attach(address, kind=kind, text=MINUTES)
    read_and_index(world)
    for text in (CANARY, "bien-ban"):
        assert hits(world, "tacgia", "/proposals/", text) == {}
    assert kept(world) == []


def test_an_internal_improvement_is_found_by_its_file_inside_its_unit_only(world: World) -> None:
    code = recognise(world, evidence=MINUTES, handling=Handling.INTERNAL)
    read_and_index(world)
    assert list(hits(world, "tacgia")) == [code]
    assert hits(world, "donvi") == {}


def test_what_is_under_quarantine_is_not_found_by_its_file_and_leaves_the_index(world: World) -> None:
    code = recognise(world, evidence=MINUTES)
    read_and_index(world)
    quarantine.hide(world.actor("baomat"), code, reason="Có người báo trong tệp có nội dung cần xem lại.")
    assert hits(world, "docgia") == {}
    index(world)
    for number in ("docgia", "tacgia", "baomat"):
        assert hits(world, number) == hits(world, number, "/proposals/") == {}
    assert not [path for path in traces(world) if "/index/" in path]


def test_a_file_taken_off_finds_nothing_any_more(world: World) -> None:
    address = world.draft()
    file = world.attach(address, text=MINUTES)
    read_and_index(world)
    assert list(hits(world, "tacgia", "/proposals/")) == [address]
    attachments.detach(world.actor("tacgia"), address, file)
    index(world)
    assert hits(world, "tacgia", "/proposals/") == {}
    assert kept(world) == []
    assert [path for path in traces(world) if "/index/" not in path] == []


def test_of_a_purged_draft_nothing_of_its_files_is_left_in_tables_store_log_or_index(world: World) -> None:
    address = world.draft()
    world.attach(address, text=MINUTES)
    read_and_index(world)
    assert {Path(path).parent.name for path in traces(world)} >= {Path(world.app.instance_path).name}
    drafting.purge_as_secret(world.actor("tacgia"), address)
    assert kept(world) == []
    search.engine().close()
    index(world)
    assert traces(world) == []
    assert hits(world, "tacgia", "/proposals/") == {}


def test_a_draft_that_is_discarded_takes_the_text_of_its_files_along(world: World) -> None:
    address = world.draft()
    world.attach(address, text=MINUTES)
    read_and_index(world)
    drafting.discard(world.actor("tacgia"), address)
    index(world)
    assert (kept(world), traces(world)) == ([], [])
