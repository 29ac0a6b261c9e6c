"""Fixtures of the whole suite.

Each test has an instance folder and a database of its own.  The staffed world is built once per process and copied as a file.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import text

from innovations.cli.demo.staff import find
from innovations.core.scoping import unscoped_asked
from innovations.extensions import db
from tests import board_world
from tests import world as worlds
from tests.board_world import BoardWorld
from tests.instances import close, make_app, running
from tests.prepared import stage
from tests.sizes import FULL
from tests.world import World

settings.register_profile("suite", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("suite")


#: So much room must be free in memory; two processes of the whole suite use less than a third of it.
ROOM = 4 << 30
MEMORY = Path("/dev/shm")  # noqa: S108  (a folder of its own is made in it, for this account only)


def pytest_configure(config: pytest.Config) -> None:
    """Let the tests' instances lie in memory: half of what a click takes is waiting for the disk, which tells a test nothing.

    The whole campaigns of ``./dev faults`` stay on the disk, for they are about it.
    """
    if config.option.basetemp or hasattr(config, "workerinput") or FULL:
        return
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        config.option.basetemp = tempfile.mkdtemp(prefix="innovations-tests-", dir=MEMORY)
        config.add_cleanup(partial(shutil.rmtree, config.option.basetemp, ignore_errors=True))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking for garbage among it took an eighth of the suite's time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def unscoped_statements() -> Iterator[list[str]]:
    """No page forgets whom a row is for; a test that wants to be answered with nothing clears the list."""
    asked: list[str] = []

    def note(_engine: object, tables: str, statement: str) -> None:
        asked.append(f"{tables}: {statement}")

    with unscoped_asked.connected_to(note):
        yield asked
    assert not asked


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables and no rows."""
    folder = tmp_path_factory.mktemp("empty")
    app = make_app(folder)
    with app.app_context():
        db.create_all()
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    close(app)
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
    close(app)
    return folder / "innovations.sqlite"


def opened(folder: Path, database: Path) -> Iterator[Flask]:
    """An application over a copy of ``database`` in ``folder``, its context pushed until the test is over."""
    shutil.copy(database, folder / "innovations.sqlite")
    with running(folder) as app, stage(folder, database.parent.name):
        yield app


@pytest.fixture
def app(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """An application with an empty database, its context pushed."""
    yield from opened(tmp_path, empty_database)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that has not signed in."""
    return app.test_client()


@pytest.fixture(scope="session")
def seated_database(tmp_path_factory: pytest.TempPathFactory, staffed_database: Path) -> Path:
    """A database file with the staffed world and its board of seven."""
    folder = tmp_path_factory.mktemp("seated")
    for app in opened(folder, staffed_database):
        board_world.seated(World(app, find()))
        db.session.remove()
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return folder / "innovations.sqlite"


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """An application with the staffed world, its context pushed."""
    database = "seated_database" if "board" in request.fixturenames else "staffed_database"
    for started in opened(tmp_path, request.getfixturevalue(database)):
        yield World(started, find())


@pytest.fixture
def board(world: World) -> BoardWorld:
    """The staffed world with a board of seven at the regiment."""
    return board_world.found(world)
