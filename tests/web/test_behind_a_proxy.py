"""Behind a proxy each address is counted by itself, and nobody chooses the address they are counted under."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from innovations.config import UnsafeConfiguration
from innovations.extensions import db
from innovations.people.models import SignIn
from tests.instances import close, make_app
from tests.world import PASSWORD

PROXY, FIRST, SECOND, FORGED = "192.0.2.1", "10.0.0.7", "10.0.0.8", "203.0.113.9"


@pytest.fixture
def folder(tmp_path: Path, staffed_database: Path) -> Path:
    """An instance with people."""
    shutil.copy(staffed_database, tmp_path / "innovations.sqlite")
    return tmp_path


def served(folder: Path, proxies: int) -> Iterator[Flask]:
    app = make_app(folder, TRUSTED_PROXIES=proxies)
    with app.app_context():
        yield app
    close(app)


@pytest.fixture
def behind_one(folder: Path) -> Iterator[Flask]:
    """Told of one proxy."""
    yield from served(folder, 1)


@pytest.fixture
def alone(folder: Path) -> Iterator[Flask]:
    """Told of none, as shipped."""
    yield from served(folder, 0)


def tried(app: Flask, number: str, password: str, forwarded: str, peer: str = PROXY) -> int:
    """Status of a sign-in that the proxy hands on."""
    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    sent = {"service_number": number, "password": password}
    return app.test_client().post("/signin", data=sent, headers=headers, environ_base={"REMOTE_ADDR": peer}).status_code


def address_of_last() -> str | None:
    found = db.session.scalars(select(SignIn.address).order_by(SignIn.id.desc())).first()
    db.session.rollback()
    return found


def test_failures_of_one_browser_behind_the_proxy_do_not_hold_up_another(behind_one: Flask) -> None:
    assert [tried(behind_one, f"99-{n:04}", "sai", FIRST) for n in range(51)][-1] == 429
    assert tried(behind_one, "docgia", PASSWORD, SECOND) == 303
    assert address_of_last() == SECOND


def test_an_address_that_the_browser_wrote_itself_counts_for_nothing(behind_one: Flask) -> None:
    answers = [tried(behind_one, f"99-{n:04}", "sai", f"203.0.113.{n}, {FIRST}") for n in range(51)]
    assert answers[-1] == 429  # the proxy's own word stands last
    assert tried(behind_one, "docgia", PASSWORD, f"{FORGED}, {SECOND}") == 303
    assert address_of_last() == SECOND


def test_the_proxy_says_whether_the_browser_came_under_tls_and_never_which_host_it_asked(behind_one: Flask) -> None:
    headers = {"X-Forwarded-For": FIRST, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    answer = behind_one.test_client().get("/", headers=headers, environ_base={"REMOTE_ADDR": PROXY})
    assert "Strict-Transport-Security" in answer.headers
    assert "evil.example" not in answer.headers["Location"]


def test_as_shipped_no_forwarded_header_is_read(alone: Flask) -> None:
    assert tried(alone, "docgia", PASSWORD, FORGED) == 303
    assert address_of_last() == PROXY
    answer = alone.test_client().get("/signin", headers={"X-Forwarded-Proto": "https"})
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize("proxies", [-1, 6])
def test_what_is_no_number_of_proxies_is_refused_with_the_repair(folder: Path, proxies: int) -> None:
    with pytest.raises(UnsafeConfiguration, match="write how many stand before the server"):
        make_app(folder, TRUSTED_PROXIES=proxies)
