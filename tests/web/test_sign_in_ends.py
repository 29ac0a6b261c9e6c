"""A sign-in ends by itself, after half an hour without a page and after twelve hours; by its owner; and with what it was good for."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from innovations.audit.models import AuditEvent
from innovations.boards.rules.seats import SeatRole
from innovations.boards.services import seats
from innovations.boards.services.seats import SeatData
from innovations.core.clock import at, today
from innovations.extensions import db
from tests.board_world import BoardWorld
from tests.world import PASSWORD, World, opens

MORNING = datetime(2026, 3, 10, 1, tzinfo=UTC)


def _open(client: FlaskClient, after: timedelta) -> bool:
    """Whether a page opens so long after the morning's sign-in."""
    with at(MORNING + after):
        return client.get("/proposals/").status_code == 200


def _events(tag: str) -> list[dict[str, object]]:
    """What the audit log says of a kind of event."""
    db.session.rollback()
    return list(db.session.scalars(select(AuditEvent.data).where(AuditEvent.tag == tag).order_by(AuditEvent.id)))


def _signed_in(world: World) -> FlaskClient:
    with at(MORNING):
        return world.client("tacgia")


def test_half_an_hour_without_a_page_ends_it(world: World) -> None:
    client = _signed_in(world)
    assert _open(client, timedelta(minutes=29))
    assert not _open(client, timedelta(minutes=60))


def test_each_page_gives_it_another_half_hour(world: World) -> None:
    client = _signed_in(world)
    assert all(_open(client, timedelta(minutes=minutes)) for minutes in (20, 40, 60))


def test_twelve_hours_end_it_however_busy_it_is(world: World) -> None:
    client = _signed_in(world)
    opened = [_open(client, timedelta(minutes=minutes)) for minutes in range(20, 12 * 60 + 40, 20)]
    assert opened == [True] * 35 + [False] * 2


def test_the_end_of_one_sign_in_ends_no_other(world: World) -> None:
    early = _signed_in(world)
    with at(MORNING + timedelta(hours=11, minutes=50)):
        late = world.client("tacgia")
    assert not _open(early, timedelta(hours=12, minutes=5))
    assert _open(late, timedelta(hours=12, minutes=5))


def test_signing_in_where_one_is_signed_in_leaves_a_row_that_can_be_ended_elsewhere(world: World) -> None:
    here, lost = world.client("tacgia"), world.app.test_client()
    lost.post(
        "/signin",
        data={"service_number": "tacgia", "password": PASSWORD},
        headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"},
    )
    page = here.get("/account").text
    assert "Chrome · Android" in page
    (number,) = re.findall(r"/account/sign-ins/(\d+)/end", page)
    assert world.client("tacgia2").post(f"/account/sign-ins/{number}/end", data={"present": PASSWORD}).status_code == 404
    assert opens(lost)
    here.post(f"/account/sign-ins/{number}/end", data={"present": PASSWORD})
    assert (opens(lost), opens(here)) == (False, True)


@pytest.mark.parametrize(("typed", "said"), [("", "Nhập mật khẩu hiện tại"), ("mật khẩu khác", "Mật khẩu hiện tại không đúng")])
def test_a_stolen_cookie_ends_no_sign_in_of_its_owner(world: World, typed: str, said: str) -> None:
    thief, owner = world.client("tacgia"), world.client("tacgia")
    (number,) = re.findall(r"/account/sign-ins/(\d+)/end", thief.get("/account").text)
    for address in (f"/account/sign-ins/{number}/end", "/account/sign-ins/end-others"):
        answer = thief.post(address, data={"present": typed})
        assert answer.status_code == 422
        assert said in answer.text
    assert opens(owner)
    assert _events("people.session_revoked") == []
    assert len(_events("people.secret_refused")) == (2 if typed else 0)


def test_one_more_than_an_account_may_have_ends_the_oldest_and_its_owner_is_told(world: World) -> None:
    world.app.config["MAX_SIGN_INS"] = 3
    browsers = [world.client("tacgia") for _ in range(3)]
    assert all(opens(browser) for browser in browsers)
    assert "đăng nhập ở quá nhiều nơi" not in browsers[2].get("/notices").text
    browsers.append(world.client("tacgia"))
    assert [opens(browser) for browser in browsers] == [False, True, True, True]
    assert "đăng nhập ở quá nhiều nơi" in browsers[3].get("/notices").text
    assert _events("people.session_revoked") == [{"oldest": 1}]


def test_what_ended_by_itself_leaves_room(world: World) -> None:
    world.app.config["MAX_SIGN_INS"] = 2
    _signed_in(world), _signed_in(world)
    with at(MORNING + timedelta(hours=1)):
        late = [world.client("tacgia") for _ in range(2)]
        assert [opens(browser) for browser in late] == [True, True]
    assert _events("people.session_revoked") == []


def test_a_limit_made_smaller_holds_from_the_next_sign_in_on(world: World) -> None:
    browsers = [world.client("tacgia") for _ in range(4)]
    world.app.config["MAX_SIGN_INS"] = 1
    assert all(opens(browser) for browser in browsers)
    last = world.client("tacgia")
    assert [opens(browser) for browser in (*browsers, last)] == [False] * 4 + [True]
    assert _events("people.session_revoked") == [{"oldest": 4}]


def test_the_admin_ends_every_sign_in_of_a_person_and_the_password_stays(world: World) -> None:
    admin, browsers = world.client("quantri"), [world.client("tacgia") for _ in range(2)]
    person = world.staff.people["tacgia"]
    assert "Kết thúc mọi lần đăng nhập của người này? Mật khẩu không thay đổi." in admin.get(f"/admin/people/{person}").text
    assert admin.post(f"/admin/people/{person}/sign-ins/end").status_code == 303
    assert [opens(browser) for browser in (admin, *browsers)] == [True, False, False]
    assert "Quản trị đã kết thúc mọi lần đăng nhập" in world.client("tacgia").get("/notices").text
    assert _events("people.session_revoked") == [{}]


def test_an_admin_does_not_end_the_own_sign_ins_that_way(world: World) -> None:
    admin = world.client("quantri")
    assert admin.post(f"/admin/people/{world.staff.people['quantri']}/sign-ins/end").status_code == 403
    assert opens(admin)
    assert _events("people.session_revoked") == []


def test_all_other_sign_ins_end_with_one_button(world: World) -> None:
    browsers = [world.client("tacgia") for _ in range(3)]
    browsers[0].post("/account/sign-ins/end-others", data={"present": PASSWORD})
    assert [opens(browser) for browser in browsers] == [True, False, False]


def test_a_new_password_gives_this_browser_another_cookie_and_ends_the_others(world: World) -> None:
    here, other = world.client("tacgia"), world.client("tacgia")
    with here.session_transaction() as session:
        before = session["_user_id"]
    here.post("/account/password", data={"old": PASSWORD, "new": "mưa trên mái tôn cũ", "again": "mưa trên mái tôn cũ"})
    thief = world.app.test_client()
    with thief.session_transaction() as session:
        session["_user_id"] = before
    assert (opens(here), opens(other), opens(thief)) == (True, False, False)


def test_a_seat_given_or_ended_ends_the_sign_ins_of_its_holder(board: BoardWorld) -> None:
    leaves, comes = board.world.client("uyvien5"), board.world.client("docgia")
    registrar = board.actor("vanphong")
    seats.end_seat(registrar, board.board_id, board.seat("uyvien5"), last_day=today())
    reader = board.world.staff.people["docgia"]
    seats.seat_person(registrar, board.board_id, SeatData(reader, SeatRole.MEMBER, since=today()))
    assert (opens(leaves), opens(comes)) == (False, False)
