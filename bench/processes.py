"""Real processes, started as ``./dev run`` starts them: what a reader feels while other work goes on, and the memory it takes.

Loopback only; every process is ended by its own id, whatever happens.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

from bench.pages import Timing, timing

ROOT = Path(__file__).resolve().parent.parent
CSRF = re.compile(r'name="csrf-token" content="([^"]+)"')
SEARCHES = 300


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(instance: Path) -> dict[str, str]:
    """What every process of the instance is started with."""
    return {
        **os.environ,
        "INNOVATIONS_INSTANCE": str(instance),
        "FLASK_APP": "wsgi",
        "INNOVATIONS_SECOND_STEP": "0",
        "INNOVATIONS_SIGNIN_LIMIT_ADDRESS": "500",
    }


@contextmanager
def started(instance: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process of the product in a group of its own, for the block and never longer."""
    with (instance / "bench-said.txt").open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment(instance), stdout=said, stderr=said, start_new_session=True
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=8)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def served(instance: Path) -> Iterator[Server]:
    """Supervisor, web server and worker, ready to answer."""
    port, began = free_port(), time.perf_counter()
    with started(instance, "-m", "innovations.cli.serve", "--port", str(port), "--no-demo") as process:
        server = Server(process.pid, port)
        while not server.answers():
            if process.poll() is not None or time.perf_counter() - began > 60:
                raise SystemExit(f"the server did not start: {(instance / 'bench-said.txt').read_text()[-2000:]}")
            time.sleep(0.02)
        server.first_page_seconds = time.perf_counter() - began
        yield server


class Server:
    """A running ``./dev run``."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid, self.port, self.first_page_seconds = pid, port, 0.0

    def answers(self) -> bool:
        """Whether a page comes back."""
        try:
            return Browser(self.port).get("/signin").status == 200
        except OSError:
            return False

    def family(self) -> dict[str, int]:
        """The process that answers pages, and the worker."""
        found = {"worker" if "flask work" in _command(pid) else "master": pid for pid in _children(self.pid)}
        return {"web": _children(found["master"])[0], "worker": found["worker"]}


class Reply:
    """Status, text and where it leads."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.location = answer.status, answer.headers.get("Location", "")
        self.cookie = answer.headers.get("Set-Cookie", "").partition(";")[0]
        self.text = answer.read().decode()


class Browser:
    """One reader, with a new connection for every request: the server closes idle ones after two seconds."""

    def __init__(self, port: int) -> None:
        self.port, self.cookie, self.key = port, "", ""

    def get(self, path: str) -> Reply:
        """A page."""
        return self._send("GET", path, None)

    def post(self, path: str, **fields: str) -> Reply:
        """A form with its key."""
        return self._send("POST", path, urlencode({**fields, "csrf_token": self.key}))

    def sign_in(self, service_number: str, password: str) -> None:
        """Through the sign-in page."""
        self._take_key("/signin")
        if self.post("/signin", service_number=service_number, password=password).status != 303:
            raise SystemExit(f"{service_number} cannot sign in")
        self._take_key("/proposals/new")

    def _take_key(self, page: str) -> None:
        found = CSRF.search(self.get(page).text)
        self.key = found.group(1) if found else ""

    def _send(self, method: str, path: str, body: str | None) -> Reply:
        headers = {"Cookie": self.cookie, **({"Content-Type": "application/x-www-form-urlencoded"} if body else {})}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, quote(path, safe="/?&=+%"), body, headers)
            reply = Reply(connection.getresponse())
        self.cookie = reply.cookie or self.cookie
        return reply


def measure_submits(browser: Browser, addresses: Sequence[str]) -> Timing:
    """From the click to the acknowledged receipt, in milliseconds."""
    taken = []
    for address in addresses:
        began = time.perf_counter()
        _submit(browser, address)
        taken.append((time.perf_counter() - began) * 1000)
    return timing(taken)


def measure_found(browser: Browser, address: str, word: str) -> float:
    """Seconds from the commit of a change, which happened just now, to its being found by a word the index did not know."""
    began = time.perf_counter()
    while f'data-code="{address}"' not in browser.get(f"/proposals/?q={word}").text:
        if time.perf_counter() - began > 60:
            raise SystemExit("a change was not found within a minute")
        time.sleep(0.02)
    return time.perf_counter() - began


def _submit(browser: Browser, address: str) -> Reply:
    return _expect(browser.post(f"/proposals/{address}/submit", nothing_secret="y", _once=f"bench-{address}"), 303)


def _expect(reply: Reply, status: int) -> Reply:
    if reply.status != status:
        raise SystemExit(f"answered {reply.status} instead of {status}: {reply.text[:2000]}")
    return reply


def visit(browser: Browser, pages: Sequence[str]) -> None:
    """Use the server like readers do, before its memory is read: all pages, and searches for many different words."""
    words = (
        "giá",
        "máy",
        "tiết kiệm",
        "học",
        "nước",
        "kho",
        "bảng kiểm",
        "huấn luyện",
        "mô hình",
        "điện",
        "sửa chữa",
        "rau xanh",
    )
    for number in range(SEARCHES):
        page = pages[number % len(pages)] if number % 3 == 0 else f"/library/?q={words[number % 12]} {words[number * 5 % 11]}"
        _expect(browser.get(page), 200)


class Memory(NamedTuple):
    """MB of a process: resident now, at its peak, and what of it now are pages of files, which the system takes back when it must."""

    now: int
    peak: int
    files: int


def memory_mb(pid: int) -> Memory:
    """Resident memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = (re.search(rf"{name}:\s+(\d+) kB", status) for name in ("VmRSS", "VmHWM", "RssFile"))
    return Memory(*(int(each.group(1)) // 1024 if each else 0 for each in found))


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
