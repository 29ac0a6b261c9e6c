"""Any reader reports secret matter; it waits for the security officers, and the authors never learn who it was."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from innovations.extensions import db
from innovations.proposals.models_secrets import ContentReport
from innovations.proposals.services import quarantine
from tests.recognised import recognise
from tests.world import World

TITLE = "Giá treo ống dẫn dùng lò xo"


def reports() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(ContentReport).where(ContentReport.settled_at.is_(None))) or 0


@pytest.mark.parametrize("who", ["docgia", "donvi", "tacgia", "vanphong"])
def test_any_reader_reports_and_it_waits_for_the_officers_by_code(world: World, who: str) -> None:
    code = recognise(world, title=TITLE)
    sent = world.client(who).post(f"/proposals/{code}/report")
    assert sent.status_code == 303
    for officer in ("baomat", "baomat2"):
        inbox = world.client(officer).get("/").text
        assert "Có người báo nội dung mật" in inbox
        assert code in inbox
        assert "Cách ly để xem" in world.client(officer).get("/proposals/quarantine").text
        assert TITLE not in world.client(officer).get("/notices").text


def test_a_dossiers_page_and_the_librarys_offer_it(world: World) -> None:
    code = recognise(world, title=TITLE)
    for path in (f"/proposals/{code}", f"/library/{code}"):
        assert f'action="/proposals/{code}/report"' in world.client("docgia").get(path).text


def test_reporting_twice_is_one_report_and_hiding_settles_them_all(world: World) -> None:
    code = recognise(world, title=TITLE)
    for who in ("docgia", "docgia", "donvi"):
        assert world.client(who).post(f"/proposals/{code}/report").status_code == 303
    assert reports() == 2
    assert "2 người báo" in world.client("baomat").get("/proposals/quarantine").text
    quarantine.hide(world.actor("baomat"), code, reason="Có người báo.")
    assert reports() == 0


def test_the_reporter_stays_unnamed(world: World) -> None:
    code = recognise(world, title=TITLE)
    reader = world.client("docgia")
    name = reader.get("/account").text.split('account__name">')[1].split("<")[0]
    reader.post(f"/proposals/{code}/report")
    for who, path in (
        ("tacgia", f"/proposals/{code}"), ("tacgia", "/notices"), ("tacgia", "/"), ("baomat", "/proposals/quarantine"),
        ("baomat", "/notices"), ("kiemtra", f"/proposals/{code}/events"),
    ):  # fmt: skip
        assert name not in world.client(who).get(path).text, (who, path)
    assert "Có người báo" not in world.client("tacgia").get("/notices").text


def test_an_officer_who_found_nothing_closes_the_reports(world: World) -> None:
    code = recognise(world, title=TITLE)
    world.client("docgia").post(f"/proposals/{code}/report")
    assert world.client("baomat").post(f"/proposals/{code}/reports/settle").status_code == 303
    assert reports() == 0
    assert world.client("baomat").post(f"/proposals/{code}/reports/settle").status_code == 404


def test_what_one_may_not_see_one_cannot_report(world: World) -> None:
    code = world.submitted(title=TITLE)
    assert world.client("docgia").post(f"/proposals/{code}/report").status_code == 404
    assert reports() == 0
