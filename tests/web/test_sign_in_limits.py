"""How often a password may be wrong: per person, per address and for all; no stranger keeps anybody out."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient

from innovations import audit
from innovations.core.clock import at
from innovations.notifications import notices_of
from tests.world import PASSWORD, World

BARRACKS, ELSEWHERE = "10.0.0.7", "10.9.9.9"


def tried(world: World, number: str, password: str, address: str) -> int:
    """Status of a sign-in from an address: 303 when it opened."""
    sent = {"service_number": number, "password": password}
    return world.app.test_client().post("/signin", data=sent, environ_base={"REMOTE_ADDR": address}).status_code


def test_after_ten_wrong_passwords_even_the_right_one_waits_for_five_minutes(world: World) -> None:
    begun = datetime(2026, 3, 10, 2, tzinfo=UTC)
    with at(begun):
        assert [tried(world, "tacgia", "sai", BARRACKS) for _ in range(10)] == [422] * 10
        assert tried(world, "tacgia", PASSWORD, BARRACKS) == 429
        assert tried(world, "tacgia2", PASSWORD, BARRACKS) == 303  # others of the barracks are not held up
    with at(begun + timedelta(minutes=5, seconds=1)):
        assert tried(world, "tacgia", PASSWORD, BARRACKS) == 303


def test_an_unknown_number_is_answered_and_limited_like_a_known_one(world: World) -> None:
    known = [tried(world, "tacgia", "sai", BARRACKS) for _ in range(12)]
    assert [tried(world, "99-0000", "sai", ELSEWHERE) for _ in range(12)] == known == [422] * 10 + [429] * 2


def test_a_stranger_elsewhere_does_not_keep_the_owner_out_where_they_sign_in(world: World) -> None:
    assert tried(world, "tacgia", PASSWORD, BARRACKS) == 303
    assert [tried(world, "tacgia", "sai", ELSEWHERE) for _ in range(11)][-1] == 429
    assert tried(world, "tacgia", PASSWORD, ELSEWHERE) == 429
    assert tried(world, "tacgia", PASSWORD, BARRACKS) == 303


def test_fifty_failures_of_one_address_hold_that_address_up_and_no_other(world: World) -> None:
    assert [tried(world, f"99-{n:04}", "sai", ELSEWHERE) for n in range(51)][-1] == 429
    assert tried(world, "docgia", PASSWORD, ELSEWHERE) == 429
    assert tried(world, "docgia", PASSWORD, BARRACKS) == 303


def test_many_addresses_guessing_together_hold_up_only_those_who_come_from_a_new_one(world: World) -> None:
    assert tried(world, "docgia", PASSWORD, BARRACKS) == 303
    world.app.config["SIGNIN_LIMIT_ALL"] = 30
    for n in range(30):
        tried(world, f"99-{n:04}", "sai", f"10.8.0.{n}")
    assert tried(world, "tacgia", PASSWORD, ELSEWHERE) == 429
    assert tried(world, "docgia", PASSWORD, BARRACKS) == 303


NEW = "mưa rào cuối vụ gặt tháng năm"


def changed(client: FlaskClient, old: str, address: str = BARRACKS) -> int:
    sent = {"old": old, "new": NEW, "again": NEW}
    return client.post("/account/password", data=sent, environ_base={"REMOTE_ADDR": address}).status_code


def test_a_stolen_cookie_cannot_try_all_passwords(world: World) -> None:
    thief = world.client("tacgia")
    assert [changed(thief, "sai") for _ in range(11)] == [422] * 10 + [429]
    assert changed(thief, PASSWORD) == 429
    events = audit.events_of("account", world.staff.accounts["tacgia"])
    assert [each.data for each in events if each.tag == "people.secret_refused"] == [{}] * 10
    assert "people.password_changed" not in {each.tag for each in events}
    assert tried(world, "tacgia", PASSWORD, "127.0.0.1") == 303  # where the owner signed in, the owner still does


def test_whose_password_an_admin_replaces_is_told(world: World) -> None:
    client, staff = world.client("quantri"), world.staff
    page = client.post(f"/admin/people/{staff.people['docgia']}/accounts/{staff.accounts['docgia']}/password")
    password = re.search(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", page.text)
    assert password
    with world.app.test_request_context():
        told, _total = notices_of(world.actor("docgia"))
    assert [(each.text[:40], each.url) for each in told] == [("Quản trị đã cấp mật khẩu dùng một lần ch", "/account")]
    assert tried(world, "docgia", password[0], BARRACKS) == 303
