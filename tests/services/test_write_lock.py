"""Writers take turns: a click that meets another writer waits for it, and never half does its work."""

import sqlite3
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from innovations.core import database
from innovations.core.clock import now
from innovations.core.rules.errors import Unavailable
from innovations.core.transactions import OnceKey, atomic
from innovations.extensions import db


@pytest.fixture
def other(app: Flask, tmp_path: Path) -> sqlite3.Connection:
    """Another process's connection."""
    return sqlite3.connect(tmp_path / "innovations.sqlite", isolation_level=None, check_same_thread=False)


def _write(key: str) -> None:
    with atomic() as session:
        session.add(OnceKey(key=key, at=now()))


def _stored() -> int:
    return db.session.scalar(select(func.count()).select_from(OnceKey)) or 0


def test_a_click_waits_for_the_writer_before_it(app: Flask, other: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO once_key (key, at) VALUES ('trước', '2026-01-01 00:00:00')")
    ending = threading.Timer(0.3, other.execute, ["COMMIT"])
    ending.start()
    _write("sau")
    ending.join()
    assert _stored() == 2


def test_a_lock_nobody_gives_up_is_said_and_nothing_is_stored(
    app: Flask, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 50)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable):
        _write("sau")
    other.execute("ROLLBACK")
    assert _stored() == 0


def test_after_waiting_a_connection_waits_for_readers_as_before(app: Flask) -> None:
    _write("một")
    assert db.session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar() == database.BUSY_TIMEOUT
