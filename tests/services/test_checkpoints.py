"""Signed checkpoints of the log: whoever rewrites it, even all of it and well, is found out, by the product and without it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import pytest
from flask import Flask
from nacl.encoding import HexEncoder
from nacl.signing import SigningKey
from sqlalchemy import func, select, text

from innovations import audit
from innovations.audit import signing
from innovations.audit.chain import GENESIS, digest_of
from innovations.audit.checkpoints import checkpoints
from innovations.audit.models import AuditEvent
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.proposals.rules.events import AuditTag as ProposalTag
from tests.world import World

TOOL = Path(__file__).parents[2] / "tools" / "verify_audit.py"


@dataclass
class Log:
    """A log of some events, signed half-way and at its end, and the file it is in."""

    file: Path
    public_key: str
    middle: int

    def write(self, change: Callable[[sqlite3.Connection], object]) -> None:
        """Change the file behind the product's back."""
        db.session.rollback()
        db.engine.dispose()
        with sqlite3.connect(self.file) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            change(connection)
        connection.close()

    def verdicts(self, *arguments: str) -> tuple[int | None, int, str]:
        """What the product says, and the stand-alone tool: its status and its words."""
        key = [each for each in arguments if len(each) == 64]
        done = subprocess.run([sys.executable, TOOL, self.file, *arguments], capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return audit.verify(*key), done.returncode, done.stdout


@pytest.fixture
def log(world: World) -> Log:
    world.submitted()
    with atomic():
        middle = audit.fix()
        middle_id = middle.event_id
    world.submitted("tacgia2")
    with atomic():
        audit.fix()
    return Log(Path(world.app.instance_path) / "innovations.sqlite", signing.public_key(), middle_id)


def rechain(connection: sqlite3.Connection) -> None:
    """Make all digests right again, as somebody who knows the product would."""
    previous, rows = GENESIS, connection.execute("SELECT * FROM audit_event ORDER BY id")
    names = [column[0] for column in rows.description]
    for row in rows.fetchall():
        event = AuditEvent(**{**dict(zip(names, row, strict=True)), "previous": previous})
        event.at = datetime.fromisoformat(f"{event.at}+00:00")
        event.data = json.loads(event.data)
        event.digest = digest_of(event)
        connection.execute("UPDATE audit_event SET previous = ?, digest = ? WHERE id = ?", (previous, event.digest, event.id))
        previous = event.digest


def test_a_sound_log_is_confirmed_by_the_product_and_by_the_tool_alone(log: Log) -> None:
    altered, status, said = log.verdicts("--public-key", log.public_key)
    assert (altered, status) == (None, 0)
    assert "and 2 checkpoints hold" in said


@pytest.mark.parametrize(
    "column", ["tag = 'proposal.revoked'", "at = '2020-01-01 00:00:00.000000'", "account_id = NULL", "data = '{}'"]
)
def test_an_altered_event_is_named(log: Log, column: str) -> None:
    log.write(lambda connection: connection.execute(f"UPDATE audit_event SET {column}, subject_id = 99 WHERE id = 3"))
    altered, status, said = log.verdicts()
    assert (altered, status) == (3, 1)
    assert "event 3 does not hold" in said


def test_a_log_that_was_rewritten_with_right_digests_breaks_at_the_checkpoint(log: Log) -> None:
    def change(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE audit_event SET subject_id = 99 WHERE id = ?", (log.middle + 1,))
        rechain(connection)

    log.write(change)
    altered, status, said = log.verdicts()
    assert (altered, status) == (log.middle + 1, 1)  # the first one that no checkpoint confirms
    assert f"event {log.middle + 1} does not hold" in said


def test_events_cut_off_the_end_are_missed(log: Log) -> None:
    log.write(lambda connection: connection.execute("DELETE FROM audit_event WHERE id > ?", (log.middle + 1,)))
    altered, status, _said = log.verdicts()
    assert (altered, status) == (log.middle + 1, 1)


def test_checkpoints_signed_anew_do_not_pass_the_key_that_is_kept_elsewhere(log: Log) -> None:
    forger = SigningKey.generate()

    def change(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE audit_event SET subject_id = 99 WHERE id = 2")
        rechain(connection)
        for number, event_id, at in connection.execute("SELECT id, event_id, at FROM audit_checkpoint").fetchall():
            (digest,) = connection.execute("SELECT digest FROM audit_event WHERE id = ?", (event_id,)).fetchone()
            signature = forger.sign(signing.signed_text(event_id, digest, datetime.fromisoformat(f"{at}+00:00"))).signature
            values = (digest, forger.verify_key.encode(HexEncoder).decode(), signature, number)
            connection.execute("UPDATE audit_checkpoint SET digest = ?, key = ?, signature = ? WHERE id = ?", values)

    code = signing.short_code(signing.signed_text(*_first()))
    log.write(change)
    assert log.verdicts()[:2] == (None, 0)  # with the forger's own keys everything fits
    assert log.verdicts("--public-key", log.public_key)[:2] == (1, 1)
    assert "not the one of that paper" in log.verdicts("--code", code)[2]


def _first() -> tuple[int, str, datetime]:
    first = checkpoints()[0]
    return first.event_id, first.digest, first.at


def test_the_code_on_a_paper_is_found_in_the_log_it_was_made_from(log: Log) -> None:
    code = signing.short_code(signing.signed_text(*_first()))
    assert log.verdicts("--code", code)[1] == 0
    assert log.verdicts("--code", code.lower())[1] == 0
    assert log.verdicts("--code", "AAAAA-AAAAA-AAAAA-AAAAA")[1] == 1


@pytest.mark.parametrize("statement", ["UPDATE audit_checkpoint SET digest = 'x'", "DELETE FROM audit_checkpoint"])
def test_the_database_refuses_to_change_or_remove_a_checkpoint(log: Log, statement: str) -> None:
    with pytest.raises(Exception, match="append-only"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_the_worker_signs_once_a_day_and_only_what_is_new(log: Log, world: World) -> None:
    assert audit.fix_daily() == 0
    world.submitted("docgia")
    assert audit.fix_daily() == 1
    newest = db.session.scalar(select(AuditEvent.id).order_by(AuditEvent.id.desc()).limit(1))
    assert checkpoints()[-1].event_id == newest


def test_a_log_without_events_needs_no_signature(app: Flask) -> None:
    with atomic():
        assert audit.fix() is None
    assert (checkpoints(), audit.verify(), audit.seal_of("vote", 1)) == ([], None, None)


def test_a_paper_carries_the_newest_signature_of_its_own_matter(log: Log) -> None:
    with atomic():
        audit.fix("vote", 7)
        newest = audit.fix("vote", 7)
        audit.fix("vote", 8)
        assert newest is not None
        text = signing.signed_text(newest.event_id, newest.digest, newest.at)
    seal = audit.seal_of("vote", 7)
    assert seal == audit.Seal(signing.short_code(text), text.decode() + newest.signature.hex())
    assert audit.seal_of("vote", 9) is None


def test_an_event_that_no_feature_declared_is_not_logged(world: World) -> None:
    class Invented(StrEnum):
        ACT = "boards.invented"

    before = db.session.scalar(select(func.count()).select_from(AuditEvent))
    with pytest.raises(ValueError, match=r"boards\.invented is not registered"), atomic():
        audit.record(Invented.ACT, "proposal", 1, by=None)
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == before


def test_an_event_of_an_older_version_is_shown_by_its_tag(world: World) -> None:
    assert audit.label_of("boards.gone") == "boards.gone"
    assert audit.label_of(ProposalTag.QUARANTINED.value) == ProposalTag.QUARANTINED.label


def test_the_private_key_is_the_servers_own(log: Log) -> None:
    path = log.file.parent / "keys" / "audit-signing.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
