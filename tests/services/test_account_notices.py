"""Who is signed out because somebody changed their account or their roles reads why."""

from datetime import timedelta

from innovations.core.clock import today
from innovations.notifications import notices_of
from innovations.people.rules.roles import Role
from innovations.people.services import grants, signing_in
from tests.world import PASSWORD, World

STRONG = "một mật khẩu dài và lạ tai"


def told(world: World, number: str) -> list[str]:
    with world.app.test_request_context():
        return [one.text for one in notices_of(world.actor(number))[0]]


def at_home(world: World, number: str) -> None:
    """Somebody who has chosen a password of their own."""
    token = signing_in.sign_in(number, PASSWORD, address="127.0.0.1")
    signing_in.change_password(world.actor(number).account_id, PASSWORD, STRONG, token=token, address="127.0.0.1")


def given(world: World, to: str) -> int:
    return grants.give(world.actor("quantri"), world.staff.people[to], Role.RECEIVER, world.staff.units["T1A"], from_on=today())


def test_who_is_given_a_role_and_who_loses_it_is_told_and_nobody_else(world: World) -> None:
    at_home(world, "docgia")
    grant_id = given(world, "docgia")
    assert [text for text in told(world, "docgia") if "được giao một vai trò" in text]
    grants.end(world.actor("quantri"), grant_id)
    assert [text for text in told(world, "docgia") if "đã được thu hồi" in text]
    assert told(world, "tacgia") == []


def test_a_deputy_is_told(world: World) -> None:
    at_home(world, "docgia")
    grant_id = given(world, "tacgia2")
    grants.set_deputy(world.actor("quantri"), grant_id, "docgia", away_from=today(), away_to=today() + timedelta(days=3))
    assert [text for text in told(world, "docgia") if "được giao một vai trò" in text]


def test_a_new_password_is_told_to_its_owner(world: World) -> None:
    at_home(world, "docgia")
    assert [text for text in told(world, "docgia") if "Mật khẩu của đồng chí vừa được đổi" in text]


def test_whoever_never_signed_in_is_told_of_no_role(world: World) -> None:
    given(world, "docgia")
    assert told(world, "docgia") == []
