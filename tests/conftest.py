"""Fixtures of the whole suite.

Each test has an instance folder and a database of its own.  The staffed world is built once per process and copied as a file.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import text
from werkzeug.test import TestResponse

from innovations import create_app
from innovations.cli.demo.staff import find
from innovations.extensions import db
from tests import board_world
from tests import world as worlds
from tests.board_world import BoardWorld
from tests.world import World

settings.register_profile("suite", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("suite")

TEST_KEYS = {
    "TESTING": True,
    "WTF_CSRF_ENABLED": False,
    "SECRET_KEY": "a secret of the test suite, long enough",
    "SECOND_STEP": False,
    "PASSWORD_HASH_KIB": 8,
}


class OwnReader(FlaskClient):
    """A browser whose requests do not inherit the reader of another: the fixtures' app context outlives each request."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request as the reader of this browser's own cookie, in that reader's language."""
        g.pop("_login_user", None)
        g.pop("_flask_babel", None)
        return super().open(*args, **kwargs)


def make_app(instance: Path, **keys: object) -> Flask:
    """An application over ``instance``, with the suite's keys."""
    app = create_app({**TEST_KEYS, "INSTANCE": instance, **keys})
    app.test_client_class = OwnReader
    return app


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables and no rows."""
    folder = tmp_path_factory.mktemp("empty")
    app = make_app(folder)
    with app.app_context():
        db.create_all()
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    _close(app)
    return folder / "innovations.sqlite"


@pytest.fixture(scope="session")
def staffed_database(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """A database file with the staffed world."""
    folder = tmp_path_factory.mktemp("staffed")
    shutil.copy(empty_database, folder / "innovations.sqlite")
    app = make_app(folder)
    worlds.build(app)
    with app.app_context():
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    _close(app)
    return folder / "innovations.sqlite"


def running(folder: Path, database: Path) -> Iterator[Flask]:
    """An application over a copy of ``database`` in ``folder``, its context pushed until the test is over."""
    shutil.copy(database, folder / "innovations.sqlite")
    app = make_app(folder)
    with app.app_context():
        yield app
    _close(app)


@pytest.fixture
def app(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """An application with an empty database, its context pushed."""
    yield from running(tmp_path, empty_database)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that has not signed in."""
    return app.test_client()


@pytest.fixture
def world(tmp_path: Path, staffed_database: Path) -> Iterator[World]:
    """An application with the staffed world, its context pushed."""
    for started in running(tmp_path, staffed_database):
        yield World(started, find())


@pytest.fixture
def board(world: World) -> BoardWorld:
    """The staffed world with a board of seven at the regiment."""
    return board_world.seated(world)
