"""All certificates of a decision in one file: while it is made a bar says so, and a second click makes it no second time."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from innovations.boards.services import certificates, deciding
from innovations.boards.services.deciding import DecisionData
from innovations.cli.demo.staff import find
from innovations.core.clock import today
from innovations.extensions import db
from tests import meeting_world as sitting
from tests.board_world import BoardWorld
from tests.browser.conftest import SignIn, Site
from tests.browser.screen import DESK, PHONE
from tests.world import World

pytestmark = pytest.mark.browser


def decided(site: Site) -> int:
    """A decision with its certificates."""
    with site.app.app_context():
        board = BoardWorld(World(site.app, find()), site.board_id)
        data = DecisionData("45/QĐ-1A", today(), "Dương Văn Nam", "Trung đoàn trưởng", "Thượng tá")
        decision_id = deciding.recognise(board.actor("chihuy"), [sitting.concluded(board)], data).decision_id
        certificates.issue_certificates(board.actor("vanphong"), decision_id)
        db.session.remove()
    return decision_id


def test_a_bar_is_shown_until_the_file_is_there(site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    decision_id = decided(site)
    screen = sign_in("vanphong", PHONE)
    screen.go(f"/boards/decisions/{decision_id}")
    link = screen.page.get_by_role("link", name="Mọi giấy chứng nhận (PDF)")
    waiting: list[Route] = []
    screen.page.route("**/certificates.pdf", lambda route: waiting.append(route))
    link.click()
    expect(screen.page.get_by_role("progressbar")).to_be_visible()
    expect(screen.page.get_by_role("status").filter(has_text="Đang làm 1 giấy chứng nhận")).to_be_visible()
    link.click()
    assert screen.audit_at(PHONE, DESK) == []
    with screen.page.expect_download() as download:
        waiting[0].continue_()
    download.value.save_as(tmp_path / "all.pdf")
    assert (tmp_path / "all.pdf").read_bytes().startswith(b"%PDF")
    assert download.value.suggested_filename.endswith(".pdf")
    expect(screen.page.get_by_role("progressbar")).to_have_count(0)
    assert len(waiting) == 1
