"""Break-glass: an admin reads one proposal with a second person of another office, for an hour, and the authors are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from innovations.audit.models import AuditEvent
from innovations.core.clock import at, now
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Grant
from innovations.people.rules.roles import Role
from innovations.people.rules.second_person import PutThere
from innovations.people.services import grants, persons, signing_in
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.models_secrets import BreakGlass
from innovations.proposals.rules.glass import GlassReason
from innovations.proposals.services import glass, quarantine, submitting
from tests.board_world import BoardWorld
from tests.meeting_world import scored
from tests.world import TEXT, World

TITLE = "Giá treo ống dẫn dùng lò xo"
SECRET_RECIPE = "bí quyết pha dung dịch"
NOTE = "Tác giả khiếu nại về số liệu trong hồ sơ."


def ask(client: FlaskClient, code: str, **changes: str) -> int:
    return client.post("/proposals/glass", data={"code": code, "reason": "complaint", "note": NOTE, **changes}).status_code


def last() -> int:
    db.session.rollback()
    found = db.session.scalars(select(BreakGlass.id).order_by(BreakGlass.id.desc())).first()
    db.session.rollback()
    return found or 0


def opened(world: World, by: str = "quantri", second: str = "baomat") -> tuple[str, str]:
    """Code of a proposal and the address where ``by`` reads it, confirmed by ``second``."""
    code = world.submitted(title=TITLE, confidential=SECRET_RECIPE)
    assert ask(world.client(by), code) == 303
    path = f"/proposals/glass/{last()}"
    assert world.client(second).post(f"{path}/confirm").status_code == 303
    return code, path


def tags() -> list[str]:
    db.session.rollback()
    chosen = select(AuditEvent.tag).where(AuditEvent.tag.startswith("proposal.glass")).order_by(AuditEvent.id)
    return list(db.session.scalars(chosen))


def test_an_admin_reads_with_a_second_person_for_an_hour_and_then_not_any_more(world: World) -> None:
    code = world.submitted(title=TITLE, confidential=SECRET_RECIPE)
    admin, second = world.client("quantri"), world.client("baomat")
    assert admin.get(f"/proposals/{code}").status_code == 404
    assert ask(admin, code) == 303
    path = f"/proposals/glass/{last()}"
    assert admin.get(path).status_code == 404  # nobody confirmed it yet
    assert "Chờ xác nhận mở khẩn cấp" in second.get("/").text
    assert second.post(f"{path}/confirm").status_code == 303
    page = admin.get(path).text
    assert TITLE in page
    assert TEXT[:60] in page
    assert SECRET_RECIPE not in page
    assert admin.get(f"/proposals/{code}").status_code == 404  # no other door opens by it
    assert second.get(path).status_code == 404  # who confirms does not read
    with at(now() + timedelta(minutes=61)):
        assert world.client("quantri").get(path).status_code == 404
    assert tags() == ["proposal.glass_asked", "proposal.glass_opened", "proposal.glass_read"]


def test_the_authors_are_told_at_once_who_reads_when_and_why(world: World) -> None:
    _code, _path = opened(world)
    told = world.client("tacgia").get("/notices").text
    assert "Nội dung được mở khẩn cấp" in told
    assert "Giải quyết khiếu nại, tố cáo: Tác giả khiếu nại về số liệu" in told
    assert "(Quản trị hệ thống)" in told
    assert "Nội dung được mở khẩn cấp" not in world.client("docgia").get("/notices").text


def test_each_page_and_file_read_is_an_event_the_auditor_sees(world: World) -> None:
    code, path = opened(world)
    admin = world.client("quantri")
    file = db.session.scalars(select(Attachment.id)).one()
    db.session.rollback()
    for _time in range(2):
        assert admin.get(path).status_code == 200
    assert admin.get(f"{path}/files/{file}").status_code == 200
    assert tags().count("proposal.glass_read") == 3
    assert world.client("kiemtra").get(f"/proposals/{code}/events").text.count("Đọc nội dung khi mở khẩn cấp") == 3


def test_a_request_that_nobody_confirms_within_a_day_lapses(world: World) -> None:
    code = world.submitted(title=TITLE)
    assert ask(world.client("quantri"), code) == 303
    path = f"/proposals/glass/{last()}"
    with at(now() + timedelta(hours=23, minutes=59)):
        assert "Xác nhận mở" in world.client("baomat").get("/proposals/glass").text
    with at(now() + timedelta(hours=24)):
        late = world.client("baomat")
        assert "Xác nhận mở" not in late.get("/proposals/glass").text
        assert "Chờ xác nhận mở khẩn cấp" not in late.get("/").text
        assert late.post(f"{path}/confirm").status_code == 409
    assert world.client("baomat").post(f"{path}/confirm").status_code == 303  # in time it is confirmed


@pytest.mark.parametrize("who", ["quantri", "baomat"])
def test_either_ends_it(world: World, who: str) -> None:
    _code, path = opened(world)
    assert world.client(who).post(f"{path}/end").status_code == 303
    assert world.client("quantri").get(path).status_code == 404
    assert world.client(who).post(f"{path}/end").status_code == 409
    assert world.client("baomat").post(f"{path}/confirm").status_code == 409


def test_a_security_officer_needs_the_deciding_head_not_another_officer(world: World) -> None:
    code = world.submitted(title=TITLE)
    assert ask(world.client("baomat"), code) == 303
    path = f"/proposals/glass/{last()}"
    assert world.client("baomat2").post(f"{path}/confirm").status_code == 404  # the same office: not theirs to know
    assert world.client("donvi").post(f"{path}/confirm").status_code == 404  # decides elsewhere
    assert world.client("chihuy").post(f"{path}/confirm").status_code == 303
    assert TITLE in world.client("baomat").get(path).text


def test_one_human_being_with_two_offices_or_two_accounts_is_not_two_people(world: World) -> None:
    code = world.submitted(title=TITLE)
    with atomic():
        grants.add_grant(world.staff.people["quantri"], Role.DECIDER, world.staff.units["T1A"], from_on=now().date())
    assert ask(world.client("quantri"), code) == 303
    path = f"/proposals/glass/{last()}"
    assert world.client("quantri").post(f"{path}/confirm").status_code == 403
    persons.link_persons(
        world.actor("quantri"), world.staff.people["baomat2"], world.staff.people["baomat"], reason="Cùng một người."
    )
    assert ask(world.client("baomat2"), code) == 303
    path = f"/proposals/glass/{last()}"
    assert world.client("baomat").post(f"{path}/confirm").status_code == 403
    assert world.client("baomat2").get(path).status_code == 404


def lets_in(world: World, how: str) -> None:
    """The admin gives the reader the confirming office, or puts a password of their choice where the security officer signed in."""
    admin = world.actor("quantri")
    if how == "office":
        grants.give(admin, world.staff.people["docgia"], Role.SECURITY_OFFICER, world.staff.units["T1A"], from_on=now().date())
    else:
        signing_in.issue_one_time_password(admin, world.actor("baomat").account_id)


@pytest.mark.parametrize(("how", "second"), [("office", "docgia"), ("password", "baomat")])
def test_whom_the_asker_let_in_is_no_second_person_for_a_week(world: World, how: str, second: str) -> None:
    code = world.submitted(title=TITLE)
    lets_in(world, how)
    asking = world.actor("quantri")
    request = glass.ask(asking, code, GlassReason.COMPLAINT, NOTE)
    with pytest.raises(PutThere):
        glass.confirm(world.actor(second), request)
    with at(now() + timedelta(days=7, minutes=1)):
        request = glass.ask(asking, code, GlassReason.COMPLAINT, NOTE)
        glass.confirm(world.actor(second), request)
    assert tags() == ["proposal.glass_asked", "proposal.glass_asked", "proposal.glass_opened"]


def test_nor_is_the_asker_whom_the_second_let_in(world: World) -> None:
    """An admin who is security officer too would let a helper ask and confirm it as the other office."""
    code, staff = world.submitted(title=TITLE), world.staff
    with atomic():
        grants.add_grant(staff.people["quantri"], Role.SECURITY_OFFICER, staff.units["T1A"], from_on=now().date())
    grants.give(world.actor("quantri"), staff.people["docgia"], Role.ADMIN, staff.units["T1A"], from_on=now().date())
    request = glass.ask(world.actor("docgia"), code, GlassReason.COMPLAINT, NOTE)
    refused = world.client("quantri").post(f"/proposals/glass/{request}/confirm")
    assert refused.status_code == 403
    assert "cần một người khác xác nhận" in refused.text


def test_an_author_neither_asks_nor_confirms(world: World) -> None:
    own = world.submitted("baomat", title=TITLE)
    refused = world.client("baomat").post("/proposals/glass", data={"code": own, "reason": "complaint", "note": NOTE})
    assert refused.status_code == 403
    assert ask(world.client("quantri"), own) == 303
    assert world.client("baomat").post(f"/proposals/glass/{last()}/confirm").status_code == 404
    assert tags() == ["proposal.glass_asked"]


@pytest.mark.parametrize("who", ["chihuy", "vanphong", "kiemtra", "docgia"])
def test_nobody_else_asks(world: World, who: str) -> None:
    code = world.submitted(title=TITLE)
    assert ask(world.client(who), code) == 403
    assert last() == 0


def test_what_is_hidden_drafted_or_unknown_is_not_there_to_be_asked_for(world: World) -> None:
    hidden, draft = world.submitted(title=TITLE), world.draft()
    quarantine.hide(world.actor("baomat"), hidden, reason="Có người báo.")
    for address in (hidden, draft, "SK-T1A-2026-9999"):
        assert ask(world.client("quantri"), address) == 404
    assert last() == 0


def test_a_reason_in_words_is_needed(world: World) -> None:
    code = world.submitted(title=TITLE)
    assert ask(world.client("quantri"), code, note="") == 422
    assert last() == 0


def test_quarantine_closes_what_is_open(world: World) -> None:
    code, path = opened(world)
    quarantine.hide(world.actor("baomat"), code, reason="Có người báo.")
    assert world.client("quantri").get(path).status_code == 404
    assert TITLE not in world.client("tacgia").get("/notices").text


def test_losing_the_office_closes_it(world: World) -> None:
    _code, path = opened(world, by="baomat", second="chihuy")
    assert world.client("baomat").get(path).status_code == 200
    held = db.session.scalars(select(Grant.id).where(Grant.person_id == world.staff.people["baomat"])).one()
    db.session.rollback()
    grants.end(world.actor("quantri"), held)
    assert world.client("baomat").get(path).status_code == 403


def test_sheets_and_ballots_stay_closed(board: BoardWorld) -> None:
    world = board.world
    review = scored(board, title=TITLE)
    code = board.review(review).proposal.code or ""
    db.session.rollback()
    ask(world.client("quantri"), code)
    path = f"/proposals/glass/{last()}"
    world.client("baomat").post(f"{path}/confirm")
    admin = world.client("quantri")
    page = admin.get(path).text
    assert TITLE in page
    assert "Đã xem kỹ minh chứng." not in page  # what every sheet says
    at_board = f"/boards/{board.board_id}/reviews/{review}"
    for closed in (at_board, f"{at_board}/score", f"/proposals/{code}", f"/library/{code}"):
        assert admin.get(closed).status_code == 404, closed


def test_signed_pages_stay_closed(world: World) -> None:
    address = world.draft(title=TITLE)
    world.attach(address)
    signed = world.attach(address, kind="consent", text="Bản xác nhận.")
    code = submitting.submit(world.actor("tacgia"), address, nothing_secret=True)
    ask(world.client("quantri"), code)
    path = f"/proposals/glass/{last()}"
    world.client("baomat").post(f"{path}/confirm")
    assert world.client("quantri").get(f"{path}/files/{signed}").status_code == 404
