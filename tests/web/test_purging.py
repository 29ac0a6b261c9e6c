"""A purge takes two security officers; until the second one confirms it nothing is lost, and afterwards number and dates stay."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from innovations.audit.models import AuditEvent
from innovations.cli import backup
from innovations.core.clock import at, now
from innovations.extensions import db
from innovations.people.models import Grant
from innovations.people.services import grants, persons
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Proposal
from innovations.proposals.services import checking, purges, quarantine
from tests.recognised import index
from tests.world import World

TITLE = "Giá treo ống dẫn dùng lò xo"
REASON = {"reason": "classified"}


def hidden(world: World, by: str = "tacgia") -> str:
    code = world.submitted(by, title=TITLE)
    quarantine.hide(world.actor("baomat"), code, reason="Có người báo.")
    return code


def row_of(code: str) -> Proposal:
    db.session.rollback()
    db.session.expire_all()
    found = proposal_at(code)
    assert found is not None
    return found


def tags() -> list[str]:
    db.session.rollback()
    chosen = select(AuditEvent.tag).where(AuditEvent.tag.startswith("proposal.")).order_by(AuditEvent.id)
    return list(db.session.scalars(chosen))


def test_one_officer_proposes_and_another_confirms(world: World) -> None:
    code = hidden(world)
    first, second = world.client("baomat"), world.client("baomat2")
    assert first.post(f"/proposals/{code}/purge", data=REASON).status_code == 303
    assert row_of(code).title == TITLE
    assert "Chờ xóa sạch" in first.get("/proposals/quarantine").text
    assert "Chờ xác nhận xóa sạch" in second.get("/").text
    assert "Xác nhận xóa sạch" in second.get("/proposals/quarantine").text
    assert second.post(f"/proposals/{code}/purge/confirm").status_code == 303
    left = row_of(code)
    assert (left.code, left.title, left.content, left.situation) == (code, "", "", "")
    assert left.first_filed_at is not None
    assert left.reviews[-1].receipt_number is not None
    page = second.get("/proposals/quarantine").text
    assert "Đã xóa sạch" in page
    assert code in page
    assert "Đang dọn đĩa" in page
    assert tags()[-2:] == ["proposal.purge_proposed", "proposal.purged"]


def test_who_proposed_it_does_not_confirm_it(world: World) -> None:
    code, client = hidden(world), world.client("baomat")
    client.post(f"/proposals/{code}/purge", data=REASON)
    assert "Xác nhận xóa sạch" not in client.get("/proposals/quarantine").text
    refused = client.post(f"/proposals/{code}/purge/confirm")
    assert refused.status_code == 403
    assert "cần một cán bộ bảo mật khác" in refused.text
    assert row_of(code).title == TITLE


def test_nor_through_a_second_account_of_the_same_human_being(world: World) -> None:
    code = hidden(world)
    world.client("baomat").post(f"/proposals/{code}/purge", data=REASON)
    people = world.staff.people
    persons.link_persons(world.actor("quantri"), people["baomat2"], people["baomat"], reason="Cùng một người, hai tài khoản.")
    assert world.client("baomat2").post(f"/proposals/{code}/purge/confirm").status_code == 403
    assert row_of(code).title == TITLE


@pytest.mark.parametrize("step", ["", "/confirm"])
def test_an_author_purges_nothing_of_their_own(world: World, step: str) -> None:
    code = hidden(world, "baomat2")
    if step:
        world.client("baomat").post(f"/proposals/{code}/purge", data=REASON)
    refused = world.client("baomat2").post(f"/proposals/{code}/purge{step}", data=REASON)
    assert refused.status_code == 403
    assert "Đồng chí là tác giả" in refused.text
    assert row_of(code).title == TITLE


@pytest.mark.parametrize("who", ["baomat", "baomat2"])
def test_either_officer_takes_it_back_and_then_it_can_be_released(world: World, who: str) -> None:
    code = hidden(world)
    world.client("baomat").post(f"/proposals/{code}/purge", data=REASON)
    client = world.client(who)
    assert client.post(f"/proposals/{code}/purge/cancel").status_code == 303
    assert world.client("baomat2").post(f"/proposals/{code}/purge/confirm").status_code == 409
    assert client.post(f"/proposals/{code}/release").status_code == 303
    assert row_of(code).title == TITLE
    assert tags()[-2:] == ["proposal.purge_taken_back", "proposal.released"]


def test_the_state_forbids_what_is_out_of_turn(world: World) -> None:
    code, client, second = hidden(world), world.client("baomat"), world.client("baomat2")
    assert second.post(f"/proposals/{code}/purge/confirm").status_code == 409  # nobody proposed it
    assert second.post(f"/proposals/{code}/purge/cancel").status_code == 409
    client.post(f"/proposals/{code}/purge", data=REASON)
    assert second.post(f"/proposals/{code}/purge", data=REASON).status_code == 409  # one waits
    assert second.post(f"/proposals/{code}/release").status_code == 409  # it is to be taken back first
    second.post(f"/proposals/{code}/purge/confirm")
    for act in ("purge", "purge/confirm", "purge/cancel", "release"):
        assert client.post(f"/proposals/{code}/{act}", data=REASON).status_code == 409, act


def test_only_what_is_hidden_and_only_officers(world: World) -> None:
    code = world.submitted(title=TITLE)
    assert (
        world.client("baomat").post(f"/proposals/{code}/purge", data=REASON).status_code == 404
    )  # not hidden: not theirs to know
    quarantine.hide(world.actor("baomat"), code, reason="Có người báo.")
    for who in ("tacgia", "quantri", "chihuy", "kiemtra"):
        assert world.client(who).post(f"/proposals/{code}/purge", data=REASON).status_code == 403
    assert row_of(code).title == TITLE


def test_a_reason_in_words_is_not_taken(world: World) -> None:
    code = hidden(world)
    refused = world.client("baomat").post(f"/proposals/{code}/purge", data={"reason": "Lý do tự viết"})
    assert refused.status_code == 422
    assert "Chờ xóa sạch" not in world.client("baomat").get("/proposals/quarantine").text


def test_with_one_officer_the_page_says_that_a_second_one_is_needed(world: World) -> None:
    hidden(world)
    assert "Chưa có cán bộ bảo mật thứ hai" not in world.client("baomat").get("/proposals/quarantine").text
    held = db.session.scalars(select(Grant.id).where(Grant.person_id == world.staff.people["baomat2"])).one()
    db.session.rollback()
    grants.end(world.actor("quantri"), held)
    assert "Chưa có cán bộ bảo mật thứ hai" in world.client("baomat").get("/proposals/quarantine").text


def test_authors_are_told_without_a_title_and_the_second_officer_by_code(world: World) -> None:
    code = hidden(world)
    world.client("baomat").post(f"/proposals/{code}/purge", data=REASON)
    told = world.client("baomat2").get("/notices").text
    assert "Có đề nghị xóa sạch" in told
    assert code in told
    assert TITLE not in told
    world.client("baomat2").post(f"/proposals/{code}/purge/confirm")
    assert "đã bị xóa theo quy định bảo vệ bí mật" in world.client("tacgia").get("/notices").text


def test_a_refusal_that_cites_the_purged_title_is_blanked_there(world: World) -> None:
    code = hidden(world)
    later = world.submitted(title="Hồ sơ nộp sau")
    checking.reject(world.actor("tiepnhan"), later, reason=f"Giải pháp đã có trong hồ sơ {code} “{TITLE}”.")
    world.client("baomat").post(f"/proposals/{code}/purge", data=REASON)
    world.client("baomat2").post(f"/proposals/{code}/purge/confirm")
    assert row_of(later).reviews[-1].reason == f"Giải pháp đã có trong hồ sơ {code} “–”."


def exported(world: World) -> None:
    index(world)
    assert world.client("docgia").get("/reports/library.csv").status_code == 200


def copies(world: World, code: str) -> list[str]:
    """What the officers' page lists under the proposal, in order."""
    soup = BeautifulSoup(world.client("baomat").get("/proposals/quarantine").text, "html.parser")
    listed = soup.find(id=code)
    assert listed is not None
    return [" ".join(line.get_text().split()) for line in listed.select("details.more ul.list > li")]


def purged(world: World, code: str) -> None:
    world.client("baomat").post(f"/proposals/{code}/purge", data=REASON)
    assert world.client("baomat2").post(f"/proposals/{code}/purge/confirm").status_code == 303


def test_the_purge_lists_the_backups_and_exports_made_while_the_content_was_here(world: World, tmp_path: Path) -> None:
    with at(now() - timedelta(days=2)):
        exported(world)  # before there was anything to export
    code = hidden(world)
    backup.create(tmp_path / "backup.sealed")
    exported(world)
    told = copies(world, code)
    assert [line.split(" ")[0] for line in told] == ["Sao", "Xuất"]
    assert hashlib.sha256((tmp_path / "backup.sealed").read_bytes()).hexdigest()[:16] in told[0]
    purged(world, code)
    index(world)
    assert purges.clean_up() == 1
    with at(now() + timedelta(days=2)):
        exported(world)  # nothing of it was here any more
    assert len(copies(world, code)) == 2


def test_the_purge_lists_who_saved_this_dossier_and_not_who_saved_another(world: World) -> None:
    code, other = world.submitted(), world.submitted(title="Giá để ủng tháo lắp nhanh")
    for address in (code, other):
        assert world.client("tacgia").get(f"/proposals/{address}/dossier.zip").status_code == 200
    quarantine.hide(world.actor("baomat"), code, reason="Có người báo.")
    told = copies(world, code)
    assert [line.split(" ")[:4] for line in told] == [["Tải", "cả", "bộ", "hồ"]]


def test_a_copy_is_ticked_off_once_destroyed_and_that_is_recorded(world: World) -> None:
    code = hidden(world)
    exported(world)
    event = db.session.scalars(select(AuditEvent.id).where(AuditEvent.tag == "library.exported")).one()
    db.session.rollback()
    path = f"/proposals/{code}/purge/copies/{event}"
    assert world.client("baomat").post(path).status_code == 409  # the content itself is still here
    purged(world, code)
    for _twice in range(2):
        assert world.client("baomat").post(path).status_code == 303
    assert "Đã hủy, ghi nhận lúc" in copies(world, code)[0]
    assert tags().count("proposal.copy_destroyed") == 1
    assert world.client("baomat").post(f"/proposals/{code}/purge/copies/{event - 1}").status_code == 404
