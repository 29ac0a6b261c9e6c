"""Votes through the use cases: quorum, who may vote, the count, and that nothing joins a person to an opinion."""

import logging
import shutil
import sqlite3
import tarfile
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from innovations.audit.models import AuditEvent
from innovations.boards import sealing
from innovations.boards.models import Seat
from innovations.boards.models_meeting import Ballot, HasVoted, OpenOpinion, SealedBallot, Vote
from innovations.boards.rules.meetings import ItemSettled, NotRevealed, VoteRuns
from innovations.boards.rules.quorum import NoQuorum
from innovations.boards.rules.refusals import NotOnBoard, NotVoter
from innovations.boards.rules.votes import (
    NotAVoter,
    Opinion,
    RollNeedsOpenVote,
    SealsNotCleared,
    VotedAlready,
    VoteNotOpen,
    VoteOpenedAlready,
)
from innovations.boards.services import counting, items, recusing, votes
from innovations.cli import backup
from innovations.core import database
from innovations.core.rules.errors import NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.content import EvidenceMissing
from innovations.proposals.rules.states import State
from tests import meeting_world as sitting
from tests.board_world import REASON, SEATED, BoardWorld


def stored(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def key_files(board: BoardWorld) -> list[Path]:
    return sorted((Path(board.world.app.instance_path) / "vote-keys").glob("*"))


@pytest.mark.parametrize(("agree", "state"), [(5, State.PASSED), (4, State.FAILED)])
def test_of_seven_with_five_present_only_unanimity_passes(board: BoardWorld, agree: int, state: State) -> None:
    review_id = sitting.scored(board)
    number = sitting.voted(board, review_id, agree=agree, absent=("uyvien4", "uyvien5"))
    sitting.conclude(board, number, review_id)
    assert board.review(review_id).state is state
    outcome = sitting.meeting(board, number).items[0].outcome
    assert outcome is not None
    assert (outcome["vote"]["agree"], outcome["vote"]["needed"], outcome["passed"]) == (agree, 5, state is State.PASSED)


def test_a_board_of_six_votes_with_four_present_but_not_with_three(board: BoardWorld) -> None:
    with atomic():
        db.session.get_one(Seat, board.seat("uyvien5")).may_vote = False
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id, absent=("uyvien2", "uyvien3", "uyvien4", "uyvien5"))
    with pytest.raises(NoQuorum) as refused:
        sitting.open_vote(board, number, review_id)
    assert "có mặt 3, cần ít nhất 4 trên 6" in str(refused.value)
    assert (stored(Vote), key_files(board)) == (0, [])
    sitting.attend(board, number, absent=("uyvien3", "uyvien4"))
    sitting.open_vote(board, number, review_id)
    opened = sitting.vote(board, number)
    assert (opened.base, opened.present, opened.needed) == (6, 4, 4)


def test_a_secret_vote_keeps_counts_and_plain_ballots_only(board: BoardWorld) -> None:
    number = sitting.voted(board, sitting.scored(board), agree=5, absent=("uyvien5",))
    closed = sitting.vote(board, number)
    assert (closed.state, closed.agree, closed.disagree, closed.blank, closed.invalid) == ("closed", 5, 1, 0, 0)
    assert (stored(Ballot), stored(SealedBallot), stored(HasVoted), stored(OpenOpinion)) == (6, 0, 6, 0)
    assert key_files(board) == []


def test_a_seat_votes_once(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    sitting.cast(board, number, review_id, "uyvien1")
    with pytest.raises(VotedAlready, match="mỗi ghế một phiếu"):
        sitting.cast(board, number, review_id, "uyvien1", Opinion.DISAGREE)
    assert (stored(HasVoted), stored(SealedBallot)) == (1, 1)


def test_a_recused_member_counts_for_the_quorum_and_has_no_vote(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    recusing.recuse_member(board.actor("thuky"), board.board_id, review_id, board.seat("uyvien2"), reason=REASON)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    opened = sitting.vote(board, number)
    assert (opened.base, opened.present, opened.needed) == (7, 7, 5)
    with pytest.raises(NotVisible):  # what a member withdrew from is out of sight
        sitting.cast(board, number, review_id, "uyvien2")
    assert stored(HasVoted) == 0


def test_who_is_absent_has_no_vote(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id, absent=("uyvien5",))
    sitting.open_vote(board, number, review_id)
    with pytest.raises(NotVoter, match="chưa được điểm danh có mặt"):
        sitting.cast(board, number, review_id, "uyvien5")
    assert stored(HasVoted) == 0


def test_a_member_does_not_open_a_vote(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    with pytest.raises(NotOnBoard):
        votes.open_vote(board.actor("uyvien3"), board.board_id, number, review_id)
    assert stored(Vote) == 0


def test_no_vote_without_evidence(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    with atomic() as session:
        for row in session.scalars(select(Attachment)):
            row.kind = "other"
    with pytest.raises(EvidenceMissing):
        sitting.open_vote(board, number, review_id)
    assert (stored(Vote), key_files(board)) == (0, [])


def test_no_vote_before_the_points_are_out(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.called(board, review_id)
    sitting.attended(board, number)
    with pytest.raises(NotRevealed):
        sitting.open_vote(board, number, review_id)
    assert stored(Vote) == 0


def test_one_vote_an_item_and_no_change_of_attendance_under_it(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    with pytest.raises(VoteOpenedAlready):
        sitting.open_vote(board, number, review_id)
    with pytest.raises(VoteRuns):
        sitting.attend(board, number, absent=("uyvien5",))
    assert (stored(Vote), len(key_files(board))) == (1, 1)
    assert all(row.present for row in sitting.meeting(board, number).attendance)


def test_an_open_vote_is_taken_by_roll_or_by_each(board: BoardWorld) -> None:
    review_id = sitting.scored(board, mode="open")
    number = sitting.before_board(board, review_id, absent=("uyvien5",))
    sitting.open_vote(board, number, review_id)
    sitting.cast(board, number, review_id, "uyvien1", Opinion.DISAGREE)
    roll = {board.seat(who): Opinion.AGREE for who in ("chutich", "thuky", "uyvien2", "uyvien3", "uyvien4")}
    votes.record_roll(board.actor("thuky"), board.board_id, number, review_id, roll)
    sitting.close_vote(board, number, review_id)
    closed = sitting.vote(board, number)
    assert (closed.state, closed.agree, closed.disagree, stored(OpenOpinion)) == ("closed", 5, 1, 6)


def test_an_open_opinion_of_who_withdraws_afterwards_is_not_counted(board: BoardWorld) -> None:
    # Seven opinions of six voters did not add up, and the vote could not be closed any more.
    review_id = sitting.scored(board, mode="open")
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    for who in SEATED:
        sitting.cast(board, number, review_id, who)
    recusing.recuse_myself(board.actor("uyvien2"), board.board_id, review_id, reason=REASON)
    sitting.close_vote(board, number, review_id)
    closed = sitting.vote(board, number)
    assert (closed.state, closed.agree, closed.needed, stored(OpenOpinion)) == ("closed", 6, 5, 7)


def test_the_secretary_writes_no_opinion_into_a_secret_vote(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    with pytest.raises(RollNeedsOpenVote):
        votes.record_roll(board.actor("thuky"), board.board_id, number, review_id, {board.seat("uyvien1"): Opinion.AGREE})
    assert (stored(OpenOpinion), stored(SealedBallot)) == (0, 0)


def test_there_is_no_opinion_before_the_vote_is_opened(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    with pytest.raises(VoteNotOpen):
        sitting.cast(board, number, review_id, "uyvien1")
    assert (stored(HasVoted), stored(SealedBallot)) == (0, 0)


def test_a_closed_vote_takes_no_more_opinions(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    sitting.close_vote(board, number, review_id)
    with pytest.raises(VoteNotOpen):
        sitting.cast(board, number, review_id, "uyvien1")
    assert (stored(HasVoted), stored(Ballot)) == (0, 0)


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
    reader = sqlite3.connect(_database(board), check_same_thread=False)
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
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 100)
    with closing(_reader(board)), pytest.raises(SealsNotCleared, match="bấm “Đóng biểu quyết” lần nữa"):
        sitting.close_vote(board, *at)
    waiting = sitting.vote(board, at[0])
    assert (waiting.state, stored(Ballot), stored(SealedBallot), len(key_files(board))) == ("closing", 7, 0, 1)
    sitting.close_vote(board, *at)
    closed = sitting.vote(board, at[0])
    assert (closed.state, closed.agree, stored(Ballot), key_files(board)) == ("closed", 7, 7, [])


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
    other = sqlite3.connect(_database(board), check_same_thread=False, timeout=10)
    empties = threading.Thread(target=lambda: other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
    empties.start()
    leaves = threading.Timer(0.5, reader.close)
    leaves.start()
    time.sleep(0.1)
    counting._truncate_log()
    for each in (empties, leaves):
        each.join()
    other.close()
    log = _database(board).with_name("innovations.sqlite-wal")
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


def test_no_vote_is_opened_on_what_was_postponed(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    items.postpone(board.actor("thuky"), board.board_id, number, review_id, reason=REASON)
    with pytest.raises(ItemSettled):
        sitting.open_vote(board, number, review_id)
    assert stored(Vote) == 0


def test_the_roll_names_nobody_who_has_no_vote(board: BoardWorld) -> None:
    review_id = sitting.scored(board, mode="open")
    number = sitting.before_board(board, review_id, absent=("uyvien5",))
    sitting.open_vote(board, number, review_id)
    roll = {board.seat(who): Opinion.AGREE for who in ("uyvien1", "uyvien5")}
    with pytest.raises(NotAVoter) as refused:
        votes.record_roll(board.actor("thuky"), board.board_id, number, review_id, roll)
    assert refused.value.field == "opinions"
    assert stored(OpenOpinion) == 0


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


def _database(board: BoardWorld) -> Path:
    return Path(board.world.app.instance_path) / "innovations.sqlite"


def _bytes(board: BoardWorld) -> bytes:
    """The database file with its write-ahead log, as they lie on the disk now."""
    database = _database(board)
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
        shutil.copy(_database(board).with_name(name), copy / name)
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
