"""Nothing in database, log, copy or backup joins a person to an opinion."""

import logging
import shutil
import sqlite3
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import select, text

from innovations.audit.models import AuditEvent
from innovations.boards import sealing
from innovations.boards.models_meeting import Ballot, SealedBallot
from innovations.boards.rules.votes import Opinion
from innovations.cli import backup
from innovations.extensions import db
from tests import meeting_world as sitting
from tests.board_world import SEATED, BoardWorld
from tests.kept_votes import database_file, key_files, stored


def _bytes(board: BoardWorld) -> bytes:
    """The database file with its write-ahead log, as they lie on the disk now."""
    database = database_file(board)
    log = database.with_name(database.name + "-wal")
    return database.read_bytes() + (log.read_bytes() if log.exists() else b"")


def test_the_key_of_a_secret_vote_is_a_file_of_the_server_alone_and_never_in_the_database(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    (key,) = key_files(board)
    secret = key.read_bytes()
    assert (len(secret), key.stat().st_mode & 0o777, key.parent.stat().st_mode & 0o777) == (32, 0o600, 0o700)
    assert secret not in _bytes(board)
    assert secret.hex().encode() not in _bytes(board)


def test_nothing_in_database_log_or_copy_joins_a_person_to_an_opinion(board: BoardWorld, tmp_path: Path) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    events = stored(AuditEvent)
    for who in SEATED:
        sitting.cast(board, number, review_id, who, Opinion.DISAGREE if who == "uyvien5" else Opinion.AGREE)
    assert stored(AuditEvent) == events
    sealed = list(db.session.execute(select(SealedBallot.key, SealedBallot.sealed)))
    db.session.rollback()
    assert len({len(each.sealed) for each in sealed}) == 1
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("innovations.sqlite", "innovations.sqlite-wal"):
        shutil.copy(database_file(board).with_name(name), copy / name)
    with sqlite3.connect(copy / "innovations.sqlite") as taken:
        columns = [row[1] for row in taken.execute("PRAGMA table_info(has_voted)")]
        assert taken.execute("SELECT count(*) FROM sealed_ballot").fetchone() == (7,)
        assert taken.execute("SELECT count(*) FROM ballot").fetchone() == (0,)
        assert taken.execute("SELECT agree, disagree FROM vote").fetchone() == (None, None)
    assert columns == ["vote_id", "seat_id"]
    sitting.close_vote(board, number, review_id)
    after = _bytes(board)
    for each in sealed:
        assert each.sealed not in after
        assert each.key.encode() not in after
    assert not any(row.key in {each.key for each in sealed} for row in db.session.scalars(select(Ballot)))
    with pytest.raises(FileNotFoundError):
        sealing.unseal(sitting.vote(board, number).public_key or b"", [each.sealed for each in sealed])


def test_a_backup_in_mid_vote_or_after_closing_holds_neither_key_nor_seal_and_the_server_log_no_opinion(
    board: BoardWorld, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    (key,) = key_files(board)
    secret = key.read_bytes()
    for who in SEATED:
        path = f"/boards/{board.board_id}/meetings/{number}/vote/{review_id}"
        board.world.client(who).post(path, data={"opinion": "disagree" if who == "uyvien5" else "agree"})
    sealed = list(db.session.scalars(select(SealedBallot.sealed)))
    db.session.rollback()
    backup.create(tmp_path / "midway.tar.gz")
    sitting.close_vote(board, number, review_id)
    backup.create(tmp_path / "after.tar.gz")
    midway, after = (_unpacked(tmp_path / name) for name in ("midway.tar.gz", "after.tar.gz"))
    assert len(sealed) == 7
    assert secret not in midway + after
    assert all(each in midway for each in sealed)  # sealed, and nobody has the key
    assert not any(each in after for each in sealed)
    assert not [line for line in caplog.messages if "agree" in line]


def _unpacked(archive: Path) -> bytes:
    """Everything in a backup, one after another."""
    with tarfile.open(backup.opened(archive, archive.parent, backup.HERE)) as opened:
        members = [opened.extractfile(member) for member in opened.getmembers()]
        return b"".join(member.read() for member in members if member)


def test_ballots_and_votes_have_no_hidden_row_order(board: BoardWorld) -> None:
    for table in ("has_voted", "sealed_ballot", "ballot"):
        with pytest.raises(Exception, match="no such column: rowid"):
            db.session.execute(text(f"SELECT rowid FROM {table}"))
        db.session.rollback()
