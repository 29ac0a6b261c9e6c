"""Real processes over a test's instance: the worker, the web server, the supervisor; each is ended by its own id."""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import EnvironBuilder

from tests.instances import TEST_KEYS

ROOT = Path(__file__).resolve().parents[2]
Process = subprocess.Popen[bytes]


def environment_for(instance: Path) -> dict[str, str]:
    """The same instance and secret as the test's own application, and a worker that looks often."""
    return {
        **os.environ,
        "INNOVATIONS_INSTANCE": str(instance),
        "INNOVATIONS_SECRET_KEY": str(TEST_KEYS["SECRET_KEY"]),
        "INNOVATIONS_SECOND_STEP": "0",
        "INNOVATIONS_PASSWORD_HASH_KIB": "8",
        "INNOVATIONS_WORKER_POLL_SECONDS": "0.05",
        "FLASK_APP": "wsgi",
        "PYTHONPATH": str(ROOT),
    }


def start(instance: Path, *command: str) -> Process:
    """A Python process of the product, leader of a group of its own; what it says goes to ``<instance>/said.txt``."""
    with (instance / "said.txt").open("ab") as said:
        return subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment_for(instance), stdout=said, stderr=said, start_new_session=True
        )


def start_worker(instance: Path) -> Process:
    return start(instance, "-m", "flask", "work")


def start_web(instance: Path, port: int) -> Process:
    """The web server as ``./dev run`` starts it."""
    return start(
        instance, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4", "--log-level",
        "warning", "--no-control-socket", "wsgi:app",
    )  # fmt: skip


def kill(process: Process) -> None:
    """End the process and its children at once, as a power cut would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)


@contextmanager
def running(process: Process) -> Iterator[Process]:
    """The process for the block, and never longer."""
    try:
        yield process
    finally:
        kill(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(met: Callable[[], object], *, seconds: float = 45, every: float = 0.02, told: Callable[[], object] = str) -> float:
    """Seconds until ``met`` was true; the test fails when it never is, with what ``told`` tells then."""
    began = time.monotonic()
    while not met():
        assert time.monotonic() - began < seconds, f"not within {seconds} s {told()}"
        time.sleep(every)
    return time.monotonic() - began


def moments(kills: int, of: int, chance: random.Random) -> list[int]:
    """After how many of ``of`` acts each kill comes: random, and the last one while acts are left, however fast they are."""
    return sorted(chance.sample(range(of * 9 // 10), kills))


def answers(port: int) -> bool:
    """Whether a page comes back from the port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"GET /signin HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return connection.recv(12).endswith(b"200")
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """Ids of the living processes whose parent is ``pid``."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == pid and state != "Z":
                found.append(int(stat.parent.name))
    return found


def command_of(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def alive(pid: int) -> bool:
    """Whether the process still runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@dataclass
class Answer:
    """What came back."""

    status: int
    location: str
    text: str


class Browser:
    """A signed-in reader over a real connection, one per request, so that a killed server is met like by anybody."""

    def __init__(self, app: Flask, token: str, port: int) -> None:
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        self.cookie = f"session={serializer.dumps({'_user_id': token, '_fresh': True})}"
        self.port, self._csrf = port, ""

    def get(self, path: str) -> Answer:
        return self._send("GET", path, None)

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form with the key that belongs to this sign-in."""
        if not self._csrf:
            self._csrf = csrf_in(self.get("/account").text)
        return self._send("POST", path, urlencode({**fields, "csrf_token": self._csrf}).encode())

    def upload(self, path: str, content: bytes, **fields: str) -> Answer:
        """Send a form with one text file in its field ``file``."""
        if not self._csrf:
            self._csrf = csrf_in(self.get("/account").text)
        sent = {**fields, "csrf_token": self._csrf, "file": (BytesIO(content), "bien-ban.txt")}
        with closing(EnvironBuilder(method="POST", data=sent)) as built:
            environ = built.get_environ()
            return self._send("POST", path, environ["wsgi.input"].read(), environ["CONTENT_TYPE"])

    def _send(self, method: str, path: str, body: bytes | None, kind: str = "application/x-www-form-urlencoded") -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {"Cookie": self.cookie, **({"Content-Type": kind} if body else {})}
        with closing(connection):
            connection.request(method, path, body, headers)
            reply = connection.getresponse()
            text = reply.read().decode()
            if kept := reply.headers.get("Set-Cookie", ""):
                self.cookie = kept.partition(";")[0]
            return Answer(reply.status, reply.headers.get("Location", ""), text)


def codes_in(page: str) -> list[str]:
    """Codes of the hits in rank order."""
    return [str(hit["data-code"]) for hit in BeautifulSoup(page, "html.parser").select("[data-code]")]


def csrf_in(page: str) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert found, page[:300]
    return found.group(1)


class Forker:
    """Quick starts: see :mod:`fault_forker`.  Use it in a ``with`` block; every process it started ends with it."""

    def __init__(self, instance: Path) -> None:
        script = str(Path(__file__).with_name("fault_forker.py"))
        self._started: list[int] = []
        with (instance / "said.txt").open("ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, script], cwd=ROOT, env=environment_for(instance), text=True, stderr=said,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
        assert self._answer() == "ready"

    def _answer(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def start(self, *words: str) -> int:
        """Run a module; returns its process id."""
        assert self._process.stdin
        self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()
        self._started.append(int(self._answer()))
        return self._started[-1]

    def kill(self, pid: int) -> None:
        """End a process and its children at once."""
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        wait_until(lambda: not alive(pid))

    def __enter__(self) -> Forker:
        return self

    def __exit__(self, *_: object) -> None:
        for pid in self._started:
            if alive(pid):
                self.kill(pid)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process.kill()
        self._process.wait(timeout=10)
