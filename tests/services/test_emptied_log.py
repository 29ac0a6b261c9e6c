"""What a click deleted leaves SQLite's write-ahead log too, be it later, when somebody was reading at that moment."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from innovations.core import database
from innovations.extensions import db
from innovations.proposals.models import Proposal
from innovations.proposals.services import drafting
from innovations.worker.rounds import LOG_SECONDS, Rounds
from tests.world import World

CANARY = "hoàngyến4711"


def log_of(world: World) -> Path:
    return Path(world.app.instance_path) / "innovations.sqlite-wal"


def holds(path: Path) -> bool:
    return path.exists() and CANARY.encode() in path.read_bytes()


def discarded_while_somebody_reads(world: World) -> None:
    address = world.draft(title=f"Giá {CANARY} treo ống")
    db.session.remove()
    with db.engine.connect() as reader:
        reader.execute(select(func.count()).select_from(Proposal))
        drafting.discard(world.actor("tacgia"), address)
    assert holds(log_of(world))


def test_the_worker_empties_the_log_once_nobody_reads(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 50)
    worker = Rounds()
    while worker.once():
        pass
    discarded_while_somebody_reads(world)
    while worker.once():
        pass
    assert holds(log_of(world))  # it was emptied less than a minute ago
    worker._emptied -= LOG_SECONDS
    worker.once()
    assert not holds(log_of(world))


def test_a_reader_who_stays_holds_the_worker_up_for_no_moment_and_it_tries_again(world: World) -> None:
    worker = Rounds()
    while worker.once():
        pass
    worker._emptied -= LOG_SECONDS
    with db.engine.connect() as reader:
        reader.execute(select(func.count()).select_from(Proposal))
        world.draft(title=f"Giá {CANARY} treo ống")
        worker.once()
        assert holds(log_of(world))
    worker._emptied -= LOG_SECONDS
    while worker.once():
        pass
    assert not holds(log_of(world))
