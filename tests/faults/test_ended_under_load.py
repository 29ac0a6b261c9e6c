"""The server is told to end, or to begin anew, while sixteen clients wait for answers: whoever was let in gets a whole answer.

Ended, it refuses further connections, and what was refused goes through after the next start.  Begun anew, it refuses nothing.
"""

from __future__ import annotations

import hashlib
import os
import queue
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from io import BytesIO
from pathlib import Path

import pytest
from fault_processes import Browser, Process, answers, children, command_of, csrf_in, free_port, kill, running, start, wait_until
from fault_sizes import ENDED_REQUESTS, ENDS
from werkzeug.test import EnvironBuilder

from innovations.cli.checking import CHECKS
from innovations.cli.serve import newest_revision
from innovations.extensions import db
from innovations.people.services import signing_in
from innovations.proposals.models_dossier import Attachment
from tests.world import PASSWORD, World

CLIENTS = 16
#: So long a client waits for the server (seconds).
PATIENCE = 30.0


@dataclass(frozen=True)
class Request:
    """What is sent, and what a whole answer is."""

    path: str
    body: bytes | None = None
    status: int = 200
    ends_with: bytes = b""
    digest: str = ""

    def is_answered_by(self, status: int, content: bytes) -> bool:
        """Whether the answer is the right one, to its last byte."""
        right = not self.digest or hashlib.sha256(content).hexdigest() == self.digest
        return status == self.status and content.rstrip().endswith(self.ends_with) and right


@dataclass
class Clients:
    """Sixteen clients; every second one keeps its connection."""

    browser: Browser
    port: int
    waiting: queue.SimpleQueue[Request]
    may_be_refused: bool
    answered: int = 0
    refused: int = 0
    under_way: int = 0
    csrf: str = ""
    failed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def work(self, keeps: bool) -> None:
        connection = None
        while True:
            try:
                request = self.waiting.get_nowait()
            except queue.Empty:
                break
            connection = connection if connection and connection.sock else self._connected()
            self._ask(connection, request)
            if not keeps:
                connection.close()
        if connection:
            connection.close()

    def _connected(self) -> HTTPConnection:
        """A connection that was let in; tries again while the server is away."""
        until = time.monotonic() + PATIENCE
        while True:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                connection.connect()
                return connection
            except ConnectionRefusedError:
                self._count(refused=1)
                if not self.may_be_refused:
                    self.failed.append("refused")
                assert time.monotonic() < until, "the server does not come back"
                time.sleep(0.02)

    def _ask(self, connection: HTTPConnection, request: Request) -> None:
        headers, body = {"Cookie": self.browser.cookie}, None
        if request.body:
            body, headers["Content-Type"] = self._form(request.body)
        self._count(under_way=1)
        try:
            connection.request("POST" if body else "GET", request.path, body, headers)
            reply = connection.getresponse()
            content = reply.read()
            if not request.is_answered_by(reply.status, content):
                self.failed.append(f"{request.path}: {reply.status}, {len(content)} bytes")
        except (OSError, HTTPException) as problem:
            self.failed.append(f"{request.path}: {problem!r}")
            connection.close()
        self._count(under_way=-1, answered=1)

    def _form(self, content: bytes) -> tuple[bytes, str]:
        fields = {"kind": "evidence", "nothing_secret": "y", "csrf_token": self.csrf, "file": (BytesIO(content), "bien-ban.txt")}
        with closing(EnvironBuilder(method="POST", data=fields)) as built:
            environ = built.get_environ()
            return environ["wsgi.input"].read(), environ["CONTENT_TYPE"]

    def _count(self, **more: int) -> None:
        with self.lock:
            for name, by in more.items():
                setattr(self, name, getattr(self, name) + by)


def prepared(world: World) -> list[Request]:
    """A file, pages and uploads, mixed."""
    content = random.Random(20261128).randbytes(400_000).hex()
    evidence = world.draft(title="Giá để giày trước nhà")
    file, made = world.attach(evidence, text=content), []
    for place in range(ENDED_REQUESTS):
        if place % 50 == 0:
            address = world.draft(title=f"Khay úp bát cho bếp ăn, kiểu {place}")
        if place % 5 == 0:
            made.append(Request(f"/proposals/{address}/files", f"Biên bản số {place}: đã đo lại. ".encode() * 2_000, 303))
        elif place % 5 in (1, 3):
            made.append(Request(f"/proposals/{evidence}/files/{file}", digest=hashlib.sha256(content.encode()).hexdigest()))
        else:
            made.append(Request("/proposals/" if place % 5 == 2 else "/account", ends_with=b"</html>"))
    return made


def run(world: World, port: int) -> Process:
    """``./dev run`` over the world's instance."""
    return start(Path(world.app.instance_path), "-m", "innovations.cli.serve", "--port", str(port), "--no-demo")


def master_of(supervisor: Process) -> int:
    """The web server's first process."""
    return next(pid for pid in children(supervisor.pid) if "gunicorn" in command_of(pid))


class Load:
    """Sixteen clients at work on the requests, and moments at which many of these are under way."""

    def __init__(self, world: World, port: int, *, may_be_refused: bool) -> None:
        self.requests = prepared(world)
        self.before = {digest for (digest,) in db.session.query(Attachment.sha256)}
        token = signing_in.sign_in("tacgia", PASSWORD, address="127.0.0.1")
        db.session.rollback()
        self._browser, waiting = Browser(world.app, token, port), queue.SimpleQueue()
        for request in self.requests:
            waiting.put(request)
        self.clients = Clients(self._browser, port, waiting, may_be_refused)
        self._threads = [
            threading.Thread(target=self.clients.work, args=(place % 2 == 0,), daemon=True) for place in range(CLIENTS)
        ]

    def begin(self) -> None:
        self.clients.csrf = csrf_in(self._browser.get("/account").text)
        for thread in self._threads:
            thread.start()

    def moments(self) -> Iterator[int]:
        """So many requests are under way at each of the moments; each comes when some more were answered since the last."""
        for _ in range(ENDS):
            enough = self.clients.answered + len(self.requests) // (ENDS + 1) // 4
            wait_until(lambda enough=enough: self.clients.answered >= enough, every=0.001)
            yield self.clients.under_way

    def is_over(self) -> None:
        for thread in self._threads:
            thread.join(timeout=120)
            assert not thread.is_alive()


@pytest.fixture
def world(world: World) -> World:
    """The staffed world as an instance that was started before."""
    with closing(sqlite3.connect(Path(world.app.instance_path) / "innovations.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (newest_revision(),))
    return world


def is_done(load: Load, told: Callable[..., None], caught: list[int], what: str) -> None:
    """Each request had one whole answer, and each upload is there once."""
    clients, sent = load.clients, sorted(hashlib.sha256(each.body).hexdigest() for each in load.requests if each.body)
    db.session.rollback()
    there = sorted(digest for (digest,) in db.session.query(Attachment.sha256) if digest not in load.before)
    told(
        done=f"{len(caught)} times {what}, {sum(caught)} requests under way, {clients.refused} connections refused",
        acknowledged=clients.answered, lost=len(clients.failed), doubled=len(there) - len(set(there)),
    )  # fmt: skip
    print(f"{caught} under way, {clients.refused} refused")
    assert clients.failed == []
    assert clients.answered == len(load.requests)
    assert min(caught) > 0
    assert there == sent
    assert [problem for one in CHECKS for problem in one()] == []


def test_told_to_end_it_answers_whom_it_let_in(world: World, told: Callable[..., None]) -> None:
    port, caught = free_port(), []
    load = Load(world, port, may_be_refused=True)
    supervisor = run(world, port)
    try:
        wait_until(lambda: answers(port))
        load.begin()
        for under_way in load.moments():
            caught.append(under_way)
            supervisor.send_signal(signal.SIGTERM)
            assert supervisor.wait(timeout=30) == 0
            supervisor = run(world, port)
        load.is_over()
    finally:
        kill(supervisor)
    is_done(load, told, caught, "ended")
    assert "The worker ended" not in (Path(world.app.instance_path) / "said.txt").read_text()


def test_begun_anew_it_refuses_nobody(world: World, told: Callable[..., None]) -> None:
    port, caught = free_port(), []
    load = Load(world, port, may_be_refused=False)
    with running(run(world, port)) as supervisor:
        wait_until(lambda: answers(port))
        load.begin()
        master = master_of(supervisor)
        for under_way in load.moments():
            caught.append(under_way)
            before = children(master)
            os.kill(master, signal.SIGHUP)
            wait_until(lambda before=before: children(master) and not set(children(master)) & set(before))
        load.is_over()
    is_done(load, told, caught, "begun anew")
