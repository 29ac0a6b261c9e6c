"""A secret vote on printed ballots: two tellers count, each for themselves, and a mismatch has to be resolved."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from innovations.audit.models import AuditEvent
from innovations.boards.models_meeting import CountSettlement, HasVoted, TellerCount, Vote
from innovations.boards.rules.refusals import NotChair
from innovations.boards.rules.tellers import CountedAlready, Figures, NothingToSettle, NotTeller
from innovations.boards.rules.votes import PaperNeedsSecretVote, VoteNotOpen, VoteOnPaper
from innovations.boards.services import recusing, tellers, votes
from innovations.core.rules.errors import NotVisible, Several
from innovations.core.transactions import atomic
from innovations.documents.extract import pages_of
from innovations.extensions import db
from innovations.people.models import Person
from innovations.proposals.rules.content import ReasonsMissing
from innovations.proposals.rules.states import State
from tests import meeting_world as sitting
from tests.board_world import REASON, BoardWorld

FIVE = Figures(issued=7, collected=7, valid=7, invalid=0, agree=5, disagree=1, blank=1)
FOUR = replace(FIVE, agree=4, disagree=2)


def stored(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def opened(board: BoardWorld) -> tuple[int, int]:
    """A running vote on paper: the meeting's number and the review."""
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    votes.open_vote(board.actor("thuky"), board.board_id, number, review_id, on_paper=True)
    return number, review_id


def key(board: BoardWorld, at: tuple[int, int], who: str, figures: Figures = FIVE) -> bool:
    return tellers.key_count(board.actor(who), board.board_id, *at, figures)


@pytest.mark.parametrize(("figures", "state"), [(FIVE, State.PASSED), (FOUR, State.FAILED)])
def test_two_equal_counts_close_the_vote_and_the_conclusion_is_computed_from_them(
    board: BoardWorld, figures: Figures, state: State
) -> None:
    at = opened(board)
    assert not key(board, at, "thuky", figures)
    assert key(board, at, "uyvien3", figures)
    closed = sitting.vote(board, at[0])
    assert (closed.state, closed.issued, closed.agree, closed.blank, closed.public_key) == ("closed", 7, figures.agree, 1, None)
    sitting.conclude(board, *at)
    assert board.review(at[1]).state is state
    outcome = sitting.meeting(board, at[0]).items[0].outcome
    assert outcome is not None
    assert (outcome["vote"]["issued"], outcome["vote"]["agree"], outcome["vote"]["needed"]) == (7, figures.agree, 5)


def test_nobody_sees_a_figure_before_both_are_in_and_then_each_difference_is_marked(board: BoardWorld) -> None:
    at = opened(board)
    path = f"/boards/{board.board_id}/meetings/{at[0]}/vote/{at[1]}/count"
    key(board, at, "thuky", replace(FIVE, issued=6, collected=6, valid=5, invalid=1, agree=3, disagree=2, blank=0))
    page = board.world.client("uyvien3").get(path)
    assert page.status_code == 200
    assert "số liệu chỉ hiện khi đủ cả hai" in page.text
    assert 'class="num">' not in page.text
    said = [row.data for row in db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "boards.count_keyed"))]
    assert [set(each) for each in said] == [{"review", "meeting", "vote", "attempt", "seat"}]
    key(board, at, "uyvien3", FIVE)
    assert board.world.client("uyvien3").get(path).text.count("không khớp</span>") == 7
    assert sitting.vote(board, at[0]).state == "open"


def test_after_a_mismatch_both_count_again(board: BoardWorld) -> None:
    at = opened(board)
    key(board, at, "thuky", FIVE)
    assert not key(board, at, "uyvien3", FOUR)
    assert not key(board, at, "uyvien3", FOUR)
    assert key(board, at, "thuky", FOUR)
    assert (sitting.vote(board, at[0]).agree, stored(TellerCount), stored(CountSettlement)) == (4, 4, 0)


def test_who_presides_settles_a_mismatch_with_a_reason_and_it_is_audited(board: BoardWorld) -> None:
    at = opened(board)
    settle = lambda who, reason: tellers.settle_count(board.actor(who), board.board_id, *at, place=2, reason=reason)  # noqa: E731
    key(board, at, "thuky", FIVE)
    with pytest.raises(NothingToSettle):
        settle("chutich", REASON)
    key(board, at, "uyvien3", FOUR)
    with pytest.raises(NotChair):
        settle("thuky", REASON)
    with pytest.raises(ReasonsMissing):
        settle("chutich", "")
    assert (stored(CountSettlement), sitting.vote(board, at[0]).state) == (0, "open")
    settle("chutich", REASON)
    closed = sitting.vote(board, at[0])
    assert (closed.state, closed.agree) == ("closed", 4)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "boards.count_settled")).one()
    assert (event.data["place"], event.data["attempt"]) == (2, 1)


def test_the_second_count_is_another_persons(board: BoardWorld) -> None:
    at = opened(board)
    key(board, at, "thuky")
    with pytest.raises(CountedAlready, match="người khác trong tổ kiểm phiếu"):
        key(board, at, "thuky")
    assert (stored(TellerCount), sitting.vote(board, at[0]).state) == (1, "open")


def test_two_records_of_one_human_are_one_teller_even_for_the_database(board: BoardWorld) -> None:
    at = opened(board)
    key(board, at, "thuky")
    people = board.world.staff.people
    with atomic() as session:
        session.get_one(Person, people["uyvien3"]).same_as_id = people["thuky"]
    row = {"vote_id": sitting.vote(board, at[0]).id, "attempt": 1, "place": 2, "seat_id": board.seat("uyvien3"), **vars(FIVE)}
    with pytest.raises(IntegrityError, match="two different people"), atomic() as session:
        session.add(TellerCount(**row))
    assert stored(TellerCount) == 1


@pytest.mark.parametrize("who", ["chutich", "uyvien5"])
def test_neither_who_presides_nor_who_is_absent_counts(board: BoardWorld, who: str) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id, absent=("uyvien5",))
    votes.open_vote(board.actor("thuky"), board.board_id, number, review_id, on_paper=True)
    with pytest.raises(NotTeller):
        key(board, (number, review_id), who)
    assert stored(TellerCount) == 0


def test_a_member_with_a_conflict_does_not_count_even_for_the_database(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    recusing.recuse_member(board.actor("thuky"), board.board_id, review_id, board.seat("uyvien2"), reason=REASON)
    number = sitting.before_board(board, review_id)
    votes.open_vote(board.actor("thuky"), board.board_id, number, review_id, on_paper=True)
    with pytest.raises(NotVisible):
        key(board, (number, review_id), "uyvien2")
    row = {"vote_id": sitting.vote(board, number).id, "attempt": 1, "place": 1, "seat_id": board.seat("uyvien2"), **vars(FIVE)}
    with pytest.raises(IntegrityError, match="conflict"), atomic() as session:
        session.add(TellerCount(**row))
    assert stored(TellerCount) == 0


CONTRADICTIONS = [
    ({"issued": 8, "collected": 7}, "issued", "chỉ có 7 người"),
    ({"issued": 6}, "collected", "nhiều hơn số phát ra 6"),
    ({"valid": 6, "agree": 4}, "valid", "phải bằng số thu về 7"),
    ({"agree": 6}, "agree", "phải bằng số phiếu hợp lệ 7"),
]


@pytest.mark.parametrize(("changes", "field", "sentence"), CONTRADICTIONS)
def test_figures_that_contradict_each_other_name_their_field_and_store_nothing(
    board: BoardWorld, changes: dict[str, int], field: str, sentence: str
) -> None:
    at = opened(board)
    with pytest.raises(Several) as refused:
        key(board, at, "thuky", replace(FIVE, **changes))
    assert [error.field for error in refused.value.errors] == [field]
    assert sentence in str(refused.value)
    assert stored(TellerCount) == 0


def test_a_vote_on_paper_takes_no_opinion_by_phone_and_is_not_closed_without_tellers(board: BoardWorld) -> None:
    at = opened(board)
    with pytest.raises(VoteOnPaper):
        sitting.cast(board, *at, "uyvien1")
    with pytest.raises(VoteOnPaper):
        sitting.close_vote(board, *at)
    assert (stored(HasVoted), sitting.vote(board, at[0]).state) == (0, "open")


def test_rules_that_ask_for_an_open_vote_have_no_ballots(board: BoardWorld) -> None:
    review_id = sitting.scored(board, mode="open")
    number = sitting.before_board(board, review_id)
    with pytest.raises(PaperNeedsSecretVote):
        votes.open_vote(board.actor("thuky"), board.board_id, number, review_id, on_paper=True)
    assert stored(Vote) == 0


def test_a_spoilt_vote_on_paper_is_void_and_held_again(board: BoardWorld) -> None:
    at = opened(board)
    key(board, at, "thuky")
    tellers.void_paper_vote(board.actor("thuky"), board.board_id, *at, reason=REASON)
    with pytest.raises(VoteNotOpen):
        key(board, at, "uyvien3")
    votes.open_vote(board.actor("thuky"), board.board_id, *at, on_paper=True)
    assert not key(board, at, "uyvien3")
    assert [(each.state, each.void_reason) for each in sitting.meeting(board, at[0]).items[0].votes] == [
        ("void", REASON), ("open", ""),
    ]  # fmt: skip


def text_of(board: BoardWorld, who: str, path: str) -> list[str]:
    answer = board.world.client(who).get(f"/boards/{board.board_id}/meetings/{path}.pdf")
    assert answer.status_code == 200, answer.text
    return [" ".join(page.split()) for page in pages_of(BytesIO(answer.data))]


def test_as_many_equal_ballots_are_printed_as_there_are_voters(board: BoardWorld) -> None:
    number, review_id = opened(board)
    sheets = text_of(board, "thuky", f"{number}/vote/{review_id}/ballots")
    assert len(sheets) == 2
    whole = " ".join(sheets)
    ballots = whole.split("HỘI ĐỒNG SÁNG KIẾN TRUNG ĐOÀN 1A")[1:]
    assert (len(ballots), len({each.strip() for each in ballots})) == (7, 1)
    assert board.review(review_id).proposal.code in ballots[0].replace("- ", "-")
    refused = board.world.client("uyvien3").get(f"/boards/{board.board_id}/meetings/{number}/vote/{review_id}/ballots.pdf")
    assert refused.status_code == 404


def test_count_record_and_minutes_say_what_the_record_says_and_name_the_tellers(board: BoardWorld) -> None:
    at = opened(board)
    blank = " ".join(text_of(board, "thuky", f"{at[0]}/vote/{at[1]}/count"))
    assert blank.count("………") >= 7
    key(board, at, "thuky")
    key(board, at, "uyvien3", FOUR)
    tellers.settle_count(board.actor("chutich"), board.board_id, *at, place=1, reason=REASON)
    sitting.conclude(board, *at)
    people = [db.session.get_one(Person, board.world.staff.people[who]) for who in ("thuky", "uyvien3")]
    names = [f"{person.rank} {person.full_name}" for person in people]
    record = " ".join(text_of(board, "thuky", f"{at[0]}/vote/{at[1]}/count"))
    for expected in (*names, "Đồng ý công nhận 5", "Không đồng ý 1", "Số phiếu phát ra 7", REASON):
        assert expected in record
    minutes = " ".join(text_of(board, "thuky", f"{at[0]}/minutes"))
    for expected in (f"Tổ kiểm phiếu: {', '.join(names)}", "bỏ phiếu kín bằng giấy", "Không có ý kiến: 1", REASON):
        assert expected in minutes
