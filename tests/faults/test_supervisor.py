"""``./dev run``: what its supervisor does when one of its processes dies, when it is told to stop, and when it is killed itself."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fault_processes import Process, alive, answers, children, command_of, free_port, running, start, wait_until

from innovations.cli.serve import newest_revision


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, staffed_database: Path) -> Path:
    """An instance that was started before: nothing is left to prepare."""
    folder = tmp_path_factory.mktemp("prepared")
    shutil.copy(staffed_database, folder / "innovations.sqlite")
    with sqlite3.connect(folder / "innovations.sqlite") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (newest_revision(),))
    return folder


def run(instance: Path, port: int) -> Process:
    return start(instance, "-m", "innovations.cli.serve", "--port", str(port), "--no-demo")


@contextmanager
def serving(instance: Path, port: int) -> Iterator[Process]:
    """``./dev run`` that has answered its first page."""
    began = time.monotonic()
    with running(run(instance, port)) as process:
        wait_until(lambda: answers(port))
        print(f"./dev run on a prepared instance: first page after {time.monotonic() - began:.1f} s")
        yield process


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def supervisor(prepared: Path, port: int) -> Iterator[Process]:
    with serving(prepared, port) as process:
        yield process


def family(supervisor: Process) -> dict[str, int]:
    """The worker, the web server's master, and its only child."""
    found = {"worker" if "flask work" in command_of(pid) else "web": pid for pid in children(supervisor.pid)}
    served_by = children(found["web"]) if "web" in found else []
    return {**found, "web child": served_by[0]} if served_by else found


def test_whatever_of_its_processes_dies_is_started_again_and_a_second_start_is_refused(
    supervisor: Process, prepared: Path, port: int
) -> None:
    before = family(supervisor)
    with running(run(prepared, port)) as second:
        assert second.wait(timeout=10) == 1
    assert f"Port {port} is in use: choose another with --port." in (prepared / "said.txt").read_text()
    os.kill(before["worker"], signal.SIGKILL)
    wait_until(lambda: family(supervisor).get("worker") not in (None, before["worker"]))
    assert answers(port)
    os.kill(before["web child"], signal.SIGKILL)
    wait_until(lambda: family(supervisor).get("web child") not in (None, before["web child"]) and answers(port))
    assert family(supervisor)["web"] == before["web"]


def test_its_processes_may_have_as_many_files_open_as_the_system_allows(supervisor: Process) -> None:
    for pid in family(supervisor).values():
        (line,) = (each for each in Path(f"/proc/{pid}/limits").read_text().splitlines() if each.startswith("Max open files"))
        soft, hard = line.split()[3:5]
        assert int(soft) == (65_536 if hard == "unlimited" else min(int(hard), 65_536))


def test_told_to_stop_it_ends_with_both_at_once(supervisor: Process, port: int) -> None:
    pids = family(supervisor).values()
    began = time.monotonic()
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(timeout=10) == 0
    print(f"stopped in {time.monotonic() - began:.1f} s")
    assert not [pid for pid in pids if alive(pid)]
    assert not answers(port)


def test_when_it_is_killed_worker_and_web_server_end_and_the_port_is_free(supervisor: Process, port: int) -> None:
    pids = family(supervisor).values()
    assert len(pids) == 3
    supervisor.kill()
    supervisor.wait(timeout=10)
    took = wait_until(lambda: not [pid for pid in pids if alive(pid)], seconds=10)
    print(f"both gone {took:.1f} s after the supervisor was killed")
    assert not answers(port)


def test_a_dead_web_master_ends_everything(supervisor: Process, port: int) -> None:
    pids = family(supervisor)
    os.kill(pids["web"], signal.SIGKILL)
    assert supervisor.wait(timeout=10) != 0
    wait_until(lambda: not [pid for pid in pids.values() if alive(pid)], seconds=10)
