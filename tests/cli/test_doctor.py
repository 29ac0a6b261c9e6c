"""``flask doctor`` names what is wrong with an installation, once, with what to do; of a sound one it names nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from nacl.encoding import HexEncoder
from nacl.signing import SigningKey

from innovations import audit, search
from innovations.boards import sealing
from innovations.cli.doctoring import problems
from innovations.core import clock
from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.people.rules.events import AuditTag
from innovations.search.models import IndexJob
from tests import meeting_world as sitting
from tests.board_world import BoardWorld

KEY = "keys/audit-signing.key"


@pytest.fixture
def sound(board: BoardWorld) -> BoardWorld:
    """A board in the middle of a secret vote, indexed, its log signed."""
    review_id = sitting.scored(board)
    sitting.open_vote(board, sitting.before_board(board, review_id), review_id)
    while search.drain_once().get("jobs") or search.drain_once().get("rebuilt"):
        pass
    audit.fix_daily()
    Path(board.world.app.instance_path).chmod(0o700)
    return board


def instance(board: BoardWorld) -> Path:
    return Path(board.world.app.instance_path)


def another_key(board: BoardWorld) -> None:
    (instance(board) / KEY).write_bytes(SigningKey.generate().encode(HexEncoder))


def something_happens(_board: BoardWorld) -> None:
    """An event and a change for the index."""
    with atomic() as session:
        session.add(IndexJob(document_id=1, lane="single", created_at=now()))
        audit.record(AuditTag.SIGNED_IN, "account", 1, by=1)


def later(**ahead: int) -> AbstractContextManager[object]:
    return clock.at(now() + timedelta(**ahead))


def unattended(board: BoardWorld, **ahead: int) -> AbstractContextManager[object]:
    something_happens(board)
    return later(**ahead)


#: What happens to a sound installation → how its line begins, what it advises.
WRONG: dict[str, tuple[Callable[[BoardWorld], object], str, str]] = {
    "the instance is open to others": (lambda board: instance(board).chmod(0o755), "", "run: chmod 700"),
    "a key is open to others": (lambda board: (instance(board) / KEY).chmod(0o644), "", "run: chmod 600"),
    "the signing key is gone": (lambda board: (instance(board) / KEY).unlink(), f"{KEY} is missing", "from a backup"),
    "the signing key is another": (another_key, f"{KEY} is not the key of the last checkpoint", "put the old one back"),
    "the signing key is damaged": (lambda board: (instance(board) / KEY).write_bytes(b"not a key"), f"{KEY} is damaged", "backup"),
    "a vote's key is lost": (lambda _: shutil.rmtree(sealing.folder()), "the keys of 1 running secret votes are lost", "again"),
    "the clock was set back": (lambda _: later(days=-1), "the clock says", "set the clock right"),
    "nobody indexes": (lambda board: unattended(board, minutes=2), "changes have waited 0:02:00 h", "start it"),
    "nobody signs": (lambda board: unattended(board, days=3), "the log is unsigned since", "start it"),
    "the index is gone": (lambda board: shutil.rmtree(instance(board) / "index"), "the search index is missing", "start the worker"),
}  # fmt: skip


def test_of_a_sound_installation_nothing_is_named(sound: BoardWorld) -> None:
    assert problems() == []


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_what_to_do(sound: BoardWorld, name: str) -> None:
    happens, beginning, advice = WRONG[name]
    with ExitStack() as stack:
        found = happens(sound)
        if isinstance(found, AbstractContextManager):
            stack.enter_context(found)
        lines = [line for line in problems() if line.startswith(beginning) and advice in line]
    assert len(lines) == 1, (name, lines)


def test_little_room_is_named_once_for_each_file_system(sound: BoardWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(2**40, 2**40, 2**30 - 1))  # type: ignore[attr-defined]
    assert [
        line for line in problems() if line.startswith("less than 1 GiB of disk is free") and "make room" in line
    ] == problems()
    assert len(problems()) == 1


def test_the_command_ends_with_1_when_something_is_wrong_and_0_when_not(sound: BoardWorld) -> None:
    run = sound.world.app.test_cli_runner()
    assert run.invoke(args=["doctor"]).exit_code == 0
    (instance(sound) / KEY).chmod(0o644)
    done = run.invoke(args=["doctor"])
    assert (done.exit_code, "chmod 600" in done.output) == (1, True)
