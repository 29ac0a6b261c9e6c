"""A live server over the staffed world with its board, and a window of the system's Chromium for each person."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from innovations import search
from innovations.cli.demo.staff import find
from innovations.extensions import db
from tests import board_world
from tests.browser.screen import DESK, Screen
from tests.instances import make_app
from tests.world import PASSWORD, World

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 30_000  # a machine with other work to do takes long for a page

SignIn = Callable[..., Screen]
Visit = Callable[..., Screen]


@dataclass(frozen=True)
class Site:
    """The running product."""

    app: Flask
    address: str
    board_id: int

    def index(self) -> None:
        """What the worker does between two clicks: bring the search up to date."""
        with self.app.app_context():
            search.drain_once()
            db.session.remove()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


def _seated(app: Flask) -> int:
    with app.app_context():
        board = board_world.seated(World(app, find()))
        db.session.remove()
    return board.board_id


@contextmanager
def served(folder: Path, database: Path) -> Iterator[Site]:
    """The world of ``database`` with its board, served on a free port of the loopback, forms protected as in production."""
    shutil.copy(database, folder / "innovations.sqlite")
    app = make_app(folder, WTF_CSRF_ENABLED=True)
    board_id = _seated(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.server_port}", board_id)
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def site(tmp_path: Path, staffed_database: Path) -> Iterator[Site]:
    """The staffed world of its own."""
    with served(tmp_path, staffed_database) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """A browser of its own that has not signed in, on a desk's screen unless told another ``size``."""
    contexts = []

    def enter(size: tuple[int, int] = DESK) -> Screen:
        context = browser.new_context(
            base_url=site.address, viewport={"width": size[0], "height": size[1]}, locale="vi-VN", reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return Screen(context.new_page())

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(visit: Visit) -> SignIn:
    """Sign a person in through the page; each has a browser of their own."""

    def enter(number: str, size: tuple[int, int] = DESK) -> Screen:
        screen = visit(size)
        screen.go("/signin")
        screen.fill(service_number=number, password=PASSWORD)
        screen.press("Đăng nhập")
        return screen

    return enter
