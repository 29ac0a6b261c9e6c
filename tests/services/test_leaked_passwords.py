"""Passwords of published leaks are not taken: the list lies beside the product, for a closed network cannot ask for one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from innovations.extensions import db
from innovations.people import leaked
from innovations.people.leaked import as_file, is_leaked
from innovations.people.models import Account
from innovations.people.rules.passwords import Demands, PasswordTooCommon, check_password
from innovations.people.services.founding import create_admin
from tests.world import PASSWORD, World

#: Of the list; no known word of our own, keyboard walk or repetition is in them.
LEAKED = ("corvette", "marlboro", "midnight", "liverpool", "steelers")
LONG_AND_LEAKED = "mailcreated5240"

check = partial(
    check_password,
    service_number="99-1234",
    full_name="Nguyễn Văn An",
    demands=Demands(with_second_step=True),
    is_leaked=is_leaked,
)


@pytest.mark.parametrize("dress", [str, str.upper, str.capitalize])
@pytest.mark.parametrize("password", LEAKED)
def test_a_leaked_password_is_not_taken_whatever_its_capitals(password: str, dress) -> None:
    with pytest.raises(PasswordTooCommon):
        check(dress(password))


@pytest.mark.parametrize("password", ["corvette!7 sân", "con mèo trèo cây cau", "k7mq-x2vd-9hps"])
def test_a_password_of_ones_own_is_taken(password: str) -> None:
    assert check(password) == password


def test_the_list_holds_more_than_three_thousand_that_are_long_enough() -> None:
    held = leaked.FILE.read_bytes()
    digests = [held[place : place + leaked.KEPT] for place in range(0, len(held), leaked.KEPT)]
    assert digests == sorted(set(digests))
    assert len(digests) > 3000


def test_the_first_and_the_last_of_a_list_are_found_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"word {number}" for number in range(50)]
    (tmp_path / "few").write_bytes(as_file(words))
    monkeypatch.setattr(leaked, "FILE", tmp_path / "few")
    leaked._held.cache_clear()
    try:
        assert all(map(is_leaked, words))
        assert not any(is_leaked(f"other {number}") for number in range(200))
    finally:
        leaked._held.cache_clear()


def test_who_changes_the_password_is_told_and_the_old_one_stays(world: World) -> None:
    client = world.client("tacgia")
    before = db.session.scalars(select(Account.password_hash).where(Account.service_number == "tacgia")).one()
    db.session.rollback()
    answer = client.post("/account/password", data={"old": PASSWORD, "new": LONG_AND_LEAKED, "again": LONG_AND_LEAKED})
    assert answer.status_code == 422
    after = db.session.scalars(select(Account.password_hash).where(Account.service_number == "tacgia")).one()
    assert after == before


def test_the_first_admin_chooses_none_either(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    long_enough = "một câu dài của riêng mình"
    monkeypatch.setattr("innovations.people.services.founding.is_leaked", lambda password: password == long_enough)
    with pytest.raises(PasswordTooCommon):
        create_admin(service_number="000009", name="Nguyễn Văn B", password=long_enough)
