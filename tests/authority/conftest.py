"""The told world: every situation once per process, then a copy of its folder for each module."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from innovations.boards.sealing import FOLDER
from innovations.cli.demo.staff import find
from innovations.core.clock import today
from innovations.core.rules.errors import DomainError
from innovations.core.web.answers import sentence
from innovations.extensions import db
from innovations.people.services.tokens import create_token
from innovations.proposals.rules.formal import FormalItem
from tests.authority.doors import Door
from tests.authority.sight import ACCOUNTS
from tests.authority.situations import Case, Told, tell_all
from tests.board_files import photo
from tests.instances import make_app
from tests.world import World

SCOPES = ("library:read", "proposals:read", "proposals:write")
#: Accounts that some tests use beside those of the demo's list.
BESIDES = ("demo19", "demo23", "demo24", "demo29")
DATABASE = "innovations.sqlite"


def told_app(folder: Path) -> Flask:
    """An application over the folder.  Its error pages are one sentence: thousands of refusals are asked for."""
    app = make_app(folder)
    app.register_error_handler(DomainError, lambda error: (sentence(error), error.status))
    return app


def _checkpoint() -> None:
    db.session.rollback()
    db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    db.session.remove()
    db.engine.dispose()


@dataclass(frozen=True)
class House:
    """The told world of a module: cases, a browser and an API token for every account."""

    folder: Path
    world: World
    told: Told
    clients: dict[str, FlaskClient]
    kept: Path
    files: tuple[Path, ...]

    @property
    def app(self) -> Flask:
        """The application."""
        return self.world.app

    def case(self, situation: str) -> Case:
        """The proposal in a situation."""
        return self.told.cases[situation]

    def url(self, endpoint: str, **values: Any) -> str:
        """The address of a route; values it does not take are left out."""
        rule = next(self.app.url_map.iter_rules(endpoint))
        with self.app.test_request_context():
            from flask import url_for

            return url_for(endpoint, **{name: values[name] for name in rule.arguments})

    def address_of(self, door: Door, case: Case) -> str:
        """Where the door stands for a case."""
        values = {name: case.ids.get(value, value) if isinstance(value, str) else value for name, value in door.values.items()}
        ids = {**case.ids, "code": case.certificate if door.endpoint == "boards.certificate_paper" else case.ids["code"]}
        return self.url(door.endpoint, **{**ids, **values})

    def send(self, door: Door, account: str | None, case: Case, method: str, *, once: str = "") -> TestResponse:
        """Knock: as a page or, under ``/api/``, with the account's token; with the key ``once`` if there is one."""
        client = self.clients[account] if account else self.app.test_client()
        sent: dict[str, Any] = {}
        if door.endpoint.startswith("api."):
            sent["headers"] = {"Authorization": f"Bearer {self.told.tokens[account]}"} if account else {}
            if once:
                sent["headers"]["Idempotency-Key"] = once
            if door.json is not None:
                sent["json"] = {name: case.version if value == "VERSION" else value for name, value in door.json.items()}
        elif method != "GET":
            sent["data"] = _filled(door, case, self.world) | ({"_once": once} if once else {})
        return client.open(self.address_of(door, case), method=method, **sent)

    def restore(self) -> None:
        """Put the database back as it was told."""
        db.session.remove()
        db.engine.dispose()
        for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.copy(self.kept, self.folder / DATABASE)
        for path in self.files:
            if not (self.folder / path).exists():  # the key of a vote that was closed, the evidence of a draft that was dropped
                shutil.copy2(self.kept.parent / "files" / path, self.folder / path)


class Watch:
    """Says whether anything was stored since the last look."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.connection = sqlite3.connect(house.folder / DATABASE)
        self.version = self.told = self._version()
        self.logged = self._last_event()

    def _version(self) -> int:
        """SQLite's own count of other connections' commits."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def changed(self) -> set[str]:
        """Tables with another content than told; the last use of a sign-in is no content."""
        version = self._version()
        if version == self.version:
            return set()
        self.version = version
        kept = sqlite3.connect(self.house.kept)
        found = {
            name for name in _tables(self.connection) if name != "sign_in" and _rows(kept, name) != _rows(self.connection, name)
        }
        kept.close()
        return found

    def events(self) -> list[str]:
        """Kinds of the events written since the last look, in their order."""
        written = self.connection.execute("SELECT tag FROM audit_event WHERE id > ? ORDER BY id", (self.logged,))
        return [row[0] for row in written]

    def _last_event(self) -> int:
        return int(self.connection.execute("SELECT coalesce(max(id), 0) FROM audit_event").fetchone()[0])

    def content(self) -> dict[str, list[Any]]:
        """Everything that is stored, by table."""
        return {name: _rows(self.connection, name) for name in _tables(self.connection)}

    def changed_since(self, before: dict[str, list[Any]]) -> set[str]:
        """Tables with another content than :meth:`content` said; for acts that were made ready first."""
        return {name for name, rows in before.items() if _rows(self.connection, name) != rows}

    def touched(self) -> bool:
        """Whether anything was stored at all; what it is, :meth:`changed` says."""
        return self._version() != self.version

    def again(self) -> None:
        """Forget what was changed and start anew."""
        self.connection.close()
        self.house.restore()
        self.connection = sqlite3.connect(self.house.folder / DATABASE)
        self.version = self.told = self._version()
        self.logged = self._last_event()

    def look(self) -> None:
        """What was stored until now is meant: look at what follows."""
        self.version, self.logged = self._version(), self._last_event()

    def settle(self) -> None:
        """Leave the told world behind, whatever the test did."""
        if self._version() != self.told:
            self.again()

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def _rows(connection: sqlite3.Connection, table: str) -> list[Any]:
    return connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2').fetchall()  # noqa: S608  (names from the schema)


def _filled(door: Door, case: Case, world: World) -> dict[str, Any]:
    """The form as a browser sends it; words in capitals stand for values of the case."""
    ready = {
        "TODAY": today().isoformat(), "LATER": (today() + timedelta(days=20)).isoformat(), "VERSION": str(case.version),
        "SEAT": str(case.seat), "REVIEW": str(case.ids["review_id"]), "BASE": str(world.staff.units["SM"]),
        "REVISION": str(case.ids.get("revision_id", 0)),
    }  # fmt: skip
    filled: dict[str, Any] = {}
    for name, value in door.form.items():
        if name == "SHARES":
            filled |= {f"share-{line}": f"{place * 10 + 40}" for place, line in enumerate(case.lines)}
        elif name == "ITEMS":
            filled |= {item.value: value for item in FormalItem} | {f"note_{item.value}": "Thiếu." for item in FormalItem}
        elif name == "FILE":
            filled["file"] = (BytesIO(b"Bien ban ap dung thu."), value)
        elif name == "PHOTO":
            filled["file"] = (BytesIO(photo()), value)
        else:
            filled[name] = ready.get(value, value)
    return filled


@pytest.fixture(scope="session")
def told_folder(tmp_path_factory: pytest.TempPathFactory, staffed_database: Path) -> tuple[Path, Told]:
    """An instance folder with every situation told."""
    folder = tmp_path_factory.mktemp("told")
    shutil.copy(staffed_database, folder / DATABASE)
    app = make_app(folder)
    with app.app_context():
        staff = find()
        told = tell_all(World(app, staff))
        for number in (*ACCOUNTS, *BESIDES):
            told.tokens[number] = create_token(staff.accounts[number], SCOPES, timedelta(days=1))
        _checkpoint()
    return folder, told


def _keep_files(folder: Path) -> tuple[Path, ...]:
    """Put a copy of the files beside the database by; their paths below the instance."""
    beside = folder.parent / "files"
    for name in ("files", FOLDER):
        shutil.copytree(folder / name, beside / name)
    return tuple(path.relative_to(beside) for path in beside.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, told_folder: tuple[Path, Told]) -> Iterator[House]:
    """The told world, everybody signed in; tests put it back as it was."""
    source, told = told_folder
    folder = tmp_path_factory.mktemp("house") / "instance"
    shutil.copytree(source, folder)
    app = told_app(folder)
    with app.app_context():
        world = World(app, find())
        clients = {number: world.client(number) for number in ACCOUNTS}
        _checkpoint()
        kept = folder.parent / "kept.sqlite"
        shutil.copy(folder / DATABASE, kept)
        yield House(folder, world, told, clients, kept, _keep_files(folder))
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def watch(house: House) -> Iterator[Watch]:
    """A look at what is stored."""
    made = Watch(house)
    yield made
    made.settle()
    made.close()
