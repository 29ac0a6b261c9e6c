"""``./dev run``: everything between a fresh checkout and the first page.

Prepares the instance (migration with a backup before it, shipped sets, demo data), then supervises two processes: the web
server, and the worker, which is restarted when it dies.  Both end with their parent, even when it is killed.  Not part of the application: ``create_app``
never does any of this.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from innovations import config
from innovations.core.processes import die_with

ROOT = Path(config.__file__).resolve().parent.parent
RESTART_PAUSE = 1.0  # seconds between a worker's death and its successor
STOP_SECONDS = 3.0  # the worker may take to end its round
#: Files a process may have open: an index in sixty pieces has 550, and 1,024 is all that systems allow unasked.
OPEN_FILES = 65_536
THREADS = 8
WEB_WORKER = "innovations.cli.web_worker.WebWorker"
#: The worker's niceness: readers wait for pages, and nobody for the index.
WORKER_NICENESS = 10


class Refused(Exception):
    """The instance cannot be served like this; the message says what to do."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_exposure(host: str, demo: bool, trusted_hosts: str) -> None:
    """Refuse to show demo data, or to answer to any name, outside this machine.

    :raises Refused: with the repair.
    """
    if is_loopback(host):
        return
    if demo:
        raise Refused("Demo data is never served to other machines: start with --no-demo on an instance without it.")
    if not trusted_hosts:
        raise Refused("Set INNOVATIONS_TRUSTED_HOSTS to the names this server is called by, separated by commas.")


def newest_revision() -> str:
    """The head of the shipped migrations, read from their files (importing the application takes a second)."""
    down: set[str] = set()
    up: set[str] = set()
    for file in (ROOT / "innovations" / "migrations" / "versions").glob("*.py"):
        for line in file.read_text().splitlines():
            name, _, value = line.partition(" = ")
            if name == "revision":
                up.add(value.strip("'\""))
            elif name == "down_revision":
                down.add(value.strip("'\""))
    return next(iter(up - down))


def stored_revision(database: Path) -> str | None:
    """The revision the database stands at; ``None`` for a new one."""
    if not database.exists():
        return None
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            return None
    return row[0] if row else None


def _copy_before_migration(database: Path) -> None:
    from innovations.core.database import BEFORE_MIGRATION

    target = database.with_name(f"{BEFORE_MIGRATION}{time.strftime('%Y%m%d-%H%M%S')}.sqlite")
    with sqlite3.connect(database) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    os.chmod(target, 0o600)
    print(f"Backup before the migration: {target.name}")


def prepare(instance: Path, *, demo: bool) -> None:
    """Bring the database to the shipped shape and fill it at the first start."""
    from flask_migrate import upgrade

    from innovations import create_app
    from innovations.cli.demo import loading
    from innovations.regulations.services.shipped import ensure_shipped

    database = instance / "innovations.sqlite"
    if database.exists():
        _copy_before_migration(database)
    app = create_app({"INSTANCE": instance})
    with app.app_context():
        upgrade()
        ensure_shipped()
        if demo and loading.may_load():
            print("Loading demo data (invented units and people) …", flush=True)
            loading.load(config.kept_secret(instance / "demo_password"))


def _environment(instance: Path, *, demo: bool) -> dict[str, str]:
    return {
        "MALLOC_ARENA_MAX": "2",  # one heap for each thread kept 15 MB more of the web process for nobody
        "MALLOC_MMAP_THRESHOLD_": "524288",  # arrays of 100,000 documents left holes in the heaps: 412 MB instead of 237
        **os.environ,
        "INNOVATIONS_INSTANCE": str(instance),
        "FLASK_APP": "wsgi",
        **({"INNOVATIONS_DEMO": "1"} if demo else {}),
    }


def _with_parent(parent: int, niceness: int) -> None:
    """Between fork and exec: this process stops when its parent dies, and gives way to others by ``niceness``."""
    os.nice(niceness)
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    die_with(parent, signal.SIGTERM)


def _start(command: list[str], environment: dict[str, str], niceness: int = 0) -> subprocess.Popen[bytes]:
    bound = partial(_with_parent, os.getpid(), niceness)
    return subprocess.Popen(command, cwd=ROOT, env=environment, preexec_fn=bound)  # no thread runs here


def supervise(host: str, port: int, environment: dict[str, str]) -> int:
    """Run web server and worker until one is told to stop; returns the web server's exit status."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    gunicorn = [
        sys.executable, "-m", "gunicorn", "--bind", bind, "--worker-class", WEB_WORKER, "--threads", str(THREADS), "--log-level",
        "warning", "--no-control-socket", "wsgi:app",
    ]  # fmt: skip
    web = _start(gunicorn, environment)
    worker = _start_worker(environment)
    ending = False  # from then on the web server sends the answers it owes, and needs no worker for them

    def stop(*_: object) -> None:
        nonlocal ending
        ending = True
        for child in (worker, web):
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while web.poll() is None:
        if worker.poll() is not None and web.poll() is None and not ending:
            print("The worker ended; starting it again.", flush=True)
            time.sleep(RESTART_PAUSE)
            worker = _start_worker(environment)
        time.sleep(0.2)
    worker.terminate()
    try:
        worker.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:  # in a long rebuild; wherever it is cut off, the next start goes on
        worker.kill()
        worker.wait()
    return web.returncode


def _start_worker(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return _start([sys.executable, "-m", "flask", "work"], environment, WORKER_NICENESS)


def _free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev run", description="Serve the registry.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-demo", action="store_true", help="no demo data at the first start")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Parse, prepare, serve; 1 when refused."""
    given = _parser().parse_args(arguments)
    instance, values = config.load()
    password = instance / "demo_password"
    first = stored_revision(instance / "innovations.sqlite") is None
    demo = (first and not given.no_demo) or password.exists()
    try:
        check_exposure(given.host, demo, str(values["TRUSTED_HOSTS"] or ""))
        if not _free(given.host, given.port):
            raise Refused(f"Port {given.port} is in use: choose another with --port.")
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    shutil.rmtree(instance / "tmp", ignore_errors=True)  # uploads that a killed server was looking at
    if stored_revision(instance / "innovations.sqlite") != newest_revision():
        prepare(instance, demo=demo)
    shown = "127.0.0.1" if is_loopback(given.host) else given.host
    print(f"Serving at http://{shown}:{given.port}", flush=True)
    if password.exists():
        print(f"Demo password: {password.read_text().strip()}", flush=True)
    return supervise(given.host, given.port, _environment(instance, demo=password.exists()))


if __name__ == "__main__":
    sys.exit(main())
