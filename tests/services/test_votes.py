"""Votes through the use cases: quorum, who may vote, the count, and that nothing joins a person to an opinion."""

import pytest
from sqlalchemy import select

from innovations.boards.models import Seat
from innovations.boards.models_meeting import Ballot, HasVoted, OpenOpinion, SealedBallot, Vote
from innovations.boards.rules.meetings import ItemSettled, NotRevealed, VoteRuns
from innovations.boards.rules.quorum import NoQuorum
from innovations.boards.rules.refusals import NotOnBoard, NotVoter
from innovations.boards.rules.votes import (
    NotAVoter,
    Opinion,
    RollNeedsOpenVote,
    VotedAlready,
    VoteNotOpen,
    VoteOpenedAlready,
)
from innovations.boards.services import items, recusing, votes
from innovations.core.rules.errors import NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.content import EvidenceMissing
from innovations.proposals.rules.states import State
from tests import meeting_world as sitting
from tests.board_world import REASON, SEATED, BoardWorld
from tests.kept_votes import key_files, stored


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
