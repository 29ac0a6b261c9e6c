"""Hashes of passwords follow the installation's setting from each next sign-in on."""

from __future__ import annotations

from innovations.extensions import db
from innovations.people.models import Account
from innovations.people.passwords import hash_passwords
from innovations.people.services import signing_in
from tests.world import PASSWORD, World


def stored(world: World, number: str) -> str:
    held = db.session.get_one(Account, world.staff.accounts[number]).password_hash
    db.session.rollback()
    return held


def test_the_next_right_password_is_hashed_as_the_setting_says_and_a_wrong_one_changes_nothing(world: World) -> None:
    before = stored(world, "tacgia")
    world.app.config["PASSWORD_HASH_KIB"] = 16
    world.app.test_client().post("/signin", data={"service_number": "tacgia", "password": "sai"})
    assert stored(world, "tacgia") == before
    signing_in.sign_in("tacgia", PASSWORD, address="127.0.0.1")
    after = stored(world, "tacgia")
    assert "m=16,t=2,p=1" in after
    signing_in.sign_in("tacgia", PASSWORD, address="127.0.0.1")
    assert stored(world, "tacgia") == after


def test_many_are_hashed_like_one_and_each_with_its_own_salt(world: World) -> None:
    one, two = hash_passwords([PASSWORD, PASSWORD])
    assert one != two
    assert one.startswith("$argon2id$v=19$m=8,t=2,p=1$")
