"""Closing a vote: in steps that a crash may part, beside those who read the database, once; ballots that cannot be read, a key that is lost."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import select

from innovations.audit.models import AuditEvent
from innovations.boards.models_meeting import Ballot, SealedBallot
from innovations.boards.rules.votes import Opinion, SealsNotCleared, VoteNotOpen
from innovations.boards.services import counting
from innovations.core.transactions import atomic
from tests import meeting_world as sitting
from tests.board_world import SEATED, BoardWorld
from tests.kept_votes import database_file, key_files, stored


class PowerCut(BaseException):
    """The machine stops here."""


@pytest.mark.parametrize("step", ["_open_seals", "_truncate_log", "_finish"])
def test_a_crash_between_the_closing_steps_is_repeated_safely(
    board: BoardWorld, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    for who in SEATED:
        sitting.cast(board, number, review_id, who, Opinion.DISAGREE if who == "uyvien5" else Opinion.AGREE)

    def cut(*_args: object) -> None:
        raise PowerCut

    with monkeypatch.context() as broken:
        broken.setattr(counting, step, cut)  # a power cut, not a stand-in for what the step does
        with pytest.raises(PowerCut):
            sitting.close_vote(board, number, review_id)
    assert sitting.vote(board, number).state == "closing"
    with pytest.raises(VoteNotOpen):
        sitting.cast(board, number, review_id, "uyvien1")
    sitting.close_vote(board, number, review_id)
    closed = sitting.vote(board, number)
    assert (closed.state, closed.agree, closed.disagree) == ("closed", 6, 1)
    assert (stored(Ballot), stored(SealedBallot), key_files(board)) == (7, 0, [])


def _reader(board: BoardWorld) -> sqlite3.Connection:
    """Somebody who has been reading the database since now, as a backup does."""
    reader = sqlite3.connect(database_file(board), check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM sealed_ballot").fetchone()
    return reader


def _all_but_closed(board: BoardWorld) -> tuple[int, int]:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    for who in SEATED:
        sitting.cast(board, number, review_id, who)
    return number, review_id


def test_while_somebody_reads_the_seals_no_vote_counts_as_closed_and_closing_again_is_enough(
    board: BoardWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = _all_but_closed(board)
    monkeypatch.setattr(counting, "WAIT_FOR_LOG", 0.1)
    with closing(_reader(board)), pytest.raises(SealsNotCleared, match="bấm “Đóng biểu quyết” lần nữa"):
        sitting.close_vote(board, *at)
    waiting = sitting.vote(board, at[0])
    assert (waiting.state, stored(Ballot), stored(SealedBallot), len(key_files(board))) == ("closing", 7, 0, 1)
    sitting.close_vote(board, *at)
    closed = sitting.vote(board, at[0])
    assert (closed.state, closed.agree, stored(Ballot), key_files(board)) == ("closed", 7, 7, [])


READER = (
    "import sqlite3, sys; other = sqlite3.connect(sys.argv[1]); other.execute('BEGIN'); "
    "other.execute('SELECT count(*) FROM sealed_ballot').fetchone(); print('reading', flush=True); sys.stdin.read()"
)


@contextmanager
def _reading_process(board: BoardWorld) -> Iterator[None]:
    """A program of its own that has begun to read and does not end, as a backup that hangs."""
    command = [sys.executable, "-c", READER, str(database_file(board))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        reader.stdout.readline()
        yield


def _longest_write(board: BoardWorld, until: threading.Event, found: list[float]) -> None:
    with closing(sqlite3.connect(database_file(board), timeout=30, isolation_level=None)) as writer:
        while not until.is_set():
            began = time.monotonic()
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("UPDATE person SET rank = rank WHERE id = 1")
            writer.execute("COMMIT")
            found.append(time.monotonic() - began)
            time.sleep(0.02)


def test_a_reader_who_does_not_leave_costs_the_close_two_seconds_and_other_writers_none(board: BoardWorld) -> None:
    """SQLite waits for readers with the write lock in its hand: everybody stood still for ten seconds, then the close was refused."""
    at = _all_but_closed(board)
    done, waits = threading.Event(), list[float]()
    writer = threading.Thread(target=_longest_write, args=(board, done, waits))
    with _reading_process(board):
        writer.start()
        began = time.monotonic()
        with pytest.raises(SealsNotCleared, match="bấm “Đóng biểu quyết” lần nữa"):
            sitting.close_vote(board, *at)
        took = time.monotonic() - began
        done.set()
        writer.join()
    assert counting.WAIT_FOR_LOG <= took < counting.WAIT_FOR_LOG + 2
    assert max(waits) < 1
    assert len(waits) > 5
    assert (sitting.vote(board, at[0]).state, len(key_files(board))) == ("closing", 1)
    sitting.close_vote(board, *at)
    assert (sitting.vote(board, at[0]).state, key_files(board)) == ("closed", [])


def test_the_close_waits_a_moment_for_who_reads(board: BoardWorld) -> None:
    at = _all_but_closed(board)
    reader = _reader(board)
    leaves = threading.Timer(0.2, reader.close)
    leaves.start()
    sitting.close_vote(board, *at)
    leaves.join()
    assert (sitting.vote(board, at[0]).state, key_files(board)) == ("closed", [])


def test_the_close_waits_for_another_who_empties_the_log_at_the_same_moment(board: BoardWorld) -> None:
    _all_but_closed(board)
    reader = _reader(board)  # keeps the other one at it
    other = sqlite3.connect(database_file(board), check_same_thread=False, timeout=10)
    empties = threading.Thread(target=lambda: other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
    empties.start()
    leaves = threading.Timer(0.5, reader.close)
    leaves.start()
    time.sleep(0.1)
    counting._truncate_log()
    for each in (empties, leaves):
        each.join()
    other.close()
    log = database_file(board).with_name("innovations.sqlite-wal")
    assert not log.exists() or log.stat().st_size == 0


def test_a_vote_is_closed_once(board: BoardWorld) -> None:
    at = _all_but_closed(board)
    sitting.close_vote(board, *at)
    events = stored(AuditEvent)
    with pytest.raises(VoteNotOpen):
        sitting.close_vote(board, *at)
    assert (stored(AuditEvent), stored(Ballot)) == (events, 7)


def test_a_ballot_that_cannot_be_read_counts_as_invalid(board: BoardWorld) -> None:
    at = _all_but_closed(board)
    with atomic() as session:
        spoilt = session.scalars(select(SealedBallot)).first()
        assert spoilt is not None
        spoilt.sealed = bytes(len(spoilt.sealed))
    sitting.close_vote(board, *at)
    closed = sitting.vote(board, at[0])
    assert (closed.state, closed.agree, closed.invalid, stored(Ballot)) == ("closed", 6, 1, 6)


def test_a_lost_key_voids_the_vote_and_it_is_held_again(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    sitting.cast(board, number, review_id, "uyvien1")
    (key,) = key_files(board)
    key.unlink()
    sitting.close_vote(board, number, review_id)
    void = sitting.vote(board, number)
    assert (void.state, void.agree, void.void_reason) == ("void", None, counting.KEY_LOST)
    assert (stored(Ballot), stored(SealedBallot)) == (0, 0)
    sitting.open_vote(board, number, review_id)
    sitting.cast(board, number, review_id, "uyvien1")
    sitting.close_vote(board, number, review_id)
    assert (sitting.vote(board, number).state, sitting.vote(board, number).agree) == ("closed", 1)
