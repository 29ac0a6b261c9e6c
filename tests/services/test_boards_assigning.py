"""Assigning, declining, conflicts, opening scoring: through the use cases, with what is stored after a refusal."""

import pytest
from sqlalchemy import func, select

from innovations.audit.models import AuditEvent
from innovations.boards.models import Assignment, Recusal
from innovations.boards.rules.assignments import SeatMayNotScore, SheetSubmitted, TooFewScorers
from innovations.boards.rules.conflicts import ConflictKind, MemberInConflict
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.boards.rules.refusals import NotNow
from innovations.boards.rules.seats import BoardNotActive, SeatRole
from innovations.boards.score_queries import sheet_count
from innovations.boards.services import assigning, boards, concluding, progress, recusing, seats
from innovations.boards.services.assigning import Duty
from innovations.boards.services.boards import BoardData
from innovations.boards.services.seats import SeatData
from innovations.core.clock import today
from innovations.core.rules.errors import NotVisible, Several
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.people.models import Person
from innovations.proposals.audience import seen_by
from innovations.proposals.models import Proposal
from innovations.proposals.rules.access import AuthorMayNotAct, NotSecretary
from innovations.proposals.rules.content import InvestorKind, ReasonsMissing
from innovations.proposals.rules.states import State
from innovations.proposals.services import submitting
from tests import meeting_world as sitting
from tests.board_world import FIRST_DAY, REASON, BoardWorld


def assigned(review_id: int) -> int:
    """Running assignments of a review."""
    chosen = (
        select(func.count()).select_from(Assignment).where(Assignment.review_id == review_id, Assignment.declined_at.is_(None))
    )
    return db.session.scalar(chosen) or 0


def refusals() -> int:
    chosen = select(func.count()).select_from(AuditEvent).where(AuditEvent.tag == AuditTag.ASSIGNMENT_REFUSED.value)
    return db.session.scalar(chosen) or 0


def in_the_list_of(board: BoardWorld, number: str, review_id: int) -> bool:
    """Whether the person's list of proposals holds it."""
    chosen = select(func.count()).select_from(Proposal).where(seen_by(board.actor(number)))
    return bool(db.session.scalar(chosen.where(Proposal.id == board.review(review_id).proposal_id)))


def conflict_of(refused: pytest.ExceptionInfo[Several]) -> ConflictKind:
    (error,) = refused.value.errors
    assert isinstance(error, MemberInConflict)
    return error.data["kind"]


def test_assigned_members_are_told_and_see_the_dossier(board: BoardWorld) -> None:
    review_id = board.accepted()
    assert not in_the_list_of(board, "uyvien3", review_id)
    board.assign(review_id, "uyvien3", "uyvien4")
    assert in_the_list_of(board, "uyvien3", review_id)
    mine = Notice.person_id == board.actor("uyvien3").person_id, Notice.kind == NoticeKind.ASSIGNED.value
    assert db.session.scalar(select(func.count()).select_from(Notice).where(*mine)) == 1


def test_the_head_of_the_unit_is_not_assigned_the_own_work_that_the_state_paid(board: BoardWorld) -> None:
    """Case 5 of the regulation's twenty: the regiment's commander, an author, was given a seat."""
    registrar = board.actor("vanphong")
    seats.seat_person(registrar, board.board_id, SeatData(board.world.staff.people["chihuy"], SeatRole.MEMBER, FIRST_DAY))
    review_id = board.accepted(by="chihuy", investor_kind=InvestorKind.STATE)
    with pytest.raises(Several, match="Thủ trưởng đơn vị là tác giả") as refused:
        board.assign(review_id, "uyvien3", "chihuy")
    assert conflict_of(refused) is ConflictKind.HEAD_AS_AUTHOR
    assert (assigned(review_id), refusals()) == (0, 1)


def test_an_author_is_not_made_scorer_through_a_second_account(board: BoardWorld) -> None:
    """Case 6: the member of the board and the author are two records of one human being."""
    with atomic() as session:
        session.get_one(Person, board.world.staff.people["uyvien3"]).same_as_id = board.world.staff.people["tacgia"]
    review_id = board.accepted()
    with pytest.raises(Several, match="dưới một tài khoản khác") as refused:
        board.assign(review_id, "uyvien3", "uyvien4")
    assert conflict_of(refused) is ConflictKind.SAME_PERSON
    assert (assigned(review_id), refusals()) == (0, 1)


def test_an_author_with_a_seat_does_not_open_the_boards_page_of_the_own_proposal(board: BoardWorld) -> None:
    registrar, people = board.actor("vanphong"), board.world.staff.people
    seats.seat_person(registrar, board.board_id, SeatData(people["tacgia"], SeatRole.MEMBER, FIRST_DAY))
    review_id = board.accepted()
    with pytest.raises(AuthorMayNotAct):
        recusing.recuse_myself(board.actor("tacgia"), board.board_id, review_id, reason=REASON)
    with pytest.raises(Several, match="Là tác giả chính"):
        board.assign(review_id, "tacgia")


def test_only_the_secretary_assigns(board: BoardWorld) -> None:
    review_id = board.accepted()
    with pytest.raises(NotSecretary):
        board.assign(review_id, "uyvien3", by="chutich")
    with pytest.raises(NotVisible):
        board.assign(review_id, "uyvien3", by="uyvien4")
    assert assigned(review_id) == 0


def test_a_seat_that_ended_is_not_assigned(board: BoardWorld) -> None:
    review_id = board.accepted()
    seats.end_seat(board.actor("vanphong"), board.board_id, board.seat("uyvien3"), last_day=FIRST_DAY)
    with pytest.raises(SeatMayNotScore):
        board.assign(review_id, "uyvien3")
    assert assigned(review_id) == 0


def test_a_declared_conflict_takes_the_dossier_out_of_sight(board: BoardWorld) -> None:
    review_id = board.scoring()
    recusing.recuse_myself(board.actor("uyvien3"), board.board_id, review_id, reason=REASON)
    assert not in_the_list_of(board, "uyvien3", review_id)
    with pytest.raises(NotVisible):
        board.submit(review_id, "uyvien3")
    with pytest.raises(Several, match="Tự khai xung đột lợi ích"):
        board.assign(review_id, "uyvien3")


def test_a_conflict_needs_a_reason(board: BoardWorld) -> None:
    review_id = board.scoring()
    with pytest.raises(ReasonsMissing):
        recusing.recuse_myself(board.actor("uyvien3"), board.board_id, review_id, reason=" ")
    assert db.session.scalar(select(func.count()).select_from(Recusal)) == 0


def test_when_the_secretary_withdraws_the_deputy_keeps_the_review(board: BoardWorld) -> None:
    review_id = board.accepted()
    assert not in_the_list_of(board, "uyvien1", review_id)
    recusing.recuse_myself(board.actor("thuky"), board.board_id, review_id, reason=REASON)
    assert in_the_list_of(board, "uyvien1", review_id)
    board.assign(review_id, "uyvien3", by="uyvien1")
    assert assigned(review_id) == 1


def test_a_member_who_declines_loses_sight_and_the_secretary_is_told(board: BoardWorld) -> None:
    review_id = board.scoring()
    assigning.decline(board.actor("uyvien3"), board.board_id, review_id, reason=REASON)
    assert (assigned(review_id), in_the_list_of(board, "uyvien3", review_id)) == (2, False)
    mine = Notice.person_id == board.actor("thuky").person_id, Notice.kind == NoticeKind.ASSIGNMENT_DECLINED.value
    assert db.session.scalar(select(func.count()).select_from(Notice).where(*mine)) == 1


def test_a_submitted_sheet_is_neither_declined_nor_excused_nor_taken_back(board: BoardWorld) -> None:
    review_id, secretary = board.scoring(), board.actor("thuky")
    board.submit(review_id, "uyvien3")
    given = board.assignment(review_id, "uyvien3").id
    with pytest.raises(SheetSubmitted):
        assigning.decline(board.actor("uyvien3"), board.board_id, review_id, reason=REASON)
    with pytest.raises(SheetSubmitted):
        assigning.excuse(secretary, board.board_id, review_id, given, reason=REASON)
    with pytest.raises(SheetSubmitted):
        assigning.unassign(secretary, board.board_id, review_id, given)
    assert assigned(review_id) == 3


def test_after_the_reveal_nobody_takes_a_sheet_out_by_declining(board: BoardWorld) -> None:
    # A text handed in for the meeting alone keeps the sheets of the text before; on the new one nobody has submitted any.
    review_id, chair = sitting.scored(board), board.actor("chutich")
    number = sitting.before_board(board, review_id)
    concluding.record_revise(board.actor("thuky"), board.board_id, number, review_id, text=REASON, back_to="meeting")
    concluding.confirm_conclusion(chair, board.board_id, number, review_id)
    submitting.hand_in(board.actor("tacgia"), board.review(review_id).proposal.code or "", nothing_secret=True)
    with pytest.raises(NotNow, match="Đưa ra họp"):
        assigning.decline(board.actor("uyvien3"), board.board_id, review_id, reason=REASON)
    assert (assigned(review_id), sheet_count(board.review(review_id)).submitted) == (3, 3)


def test_an_excused_sheet_is_no_longer_missing(board: BoardWorld) -> None:
    review_id = board.scoring("uyvien2", "uyvien3", "uyvien4", "uyvien5")
    for number in ("uyvien3", "uyvien4", "uyvien5"):
        board.submit(review_id, number)
    assert sheet_count(board.review(review_id)).missing == 1
    given = board.assignment(review_id, "uyvien2").id
    assigning.excuse(board.actor("thuky"), board.board_id, review_id, given, reason=REASON)
    count = sheet_count(board.review(review_id))
    assert (count.submitted, count.excused, count.missing) == (3, 1, 0)


def test_scoring_does_not_open_with_fewer_free_scorers_than_a_result_needs(board: BoardWorld) -> None:
    review_id = board.accepted()
    board.assign(review_id, "uyvien3", "uyvien4", "uyvien5")
    recusing.recuse_member(board.actor("thuky"), board.board_id, review_id, board.seat("uyvien5"), reason=REASON)
    with pytest.raises(TooFewScorers) as refused:
        progress.open_scoring(board.actor("thuky"), board.board_id, review_id)
    assert refused.value.data == {"free": 2, "minimum": 3}
    assert board.review(review_id).state is State.ACCEPTED


def test_scoring_does_not_open_outside_the_term_of_the_board(board: BoardWorld) -> None:
    review_id = board.accepted()
    board.assign(review_id, "uyvien3", "uyvien4", "uyvien5")
    boards.change_board(board.actor("vanphong"), board.board_id, BoardData("Hội đồng đã hết nhiệm kỳ", FIRST_DAY, FIRST_DAY))
    with pytest.raises(BoardNotActive):
        progress.open_scoring(board.actor("thuky"), board.board_id, review_id)
    assert board.review(review_id).state is State.ACCEPTED


def test_nobody_is_assigned_once_the_review_left_the_scoring(board: BoardWorld) -> None:
    review_id = board.scoring()
    board.reveal(review_id)
    with pytest.raises(NotNow):
        board.assign(review_id, "uyvien2")


def test_the_sheets_are_due_after_the_working_days_of_the_rule_set(board: BoardWorld) -> None:
    review_id = board.accepted()
    board.assign(review_id, "uyvien3")
    assert (board.assignment(review_id, "uyvien3").due_on - today()).days >= 12  # ten working days and two weekends at least
    assigning.assign(board.actor("thuky"), board.board_id, review_id, [board.seat("uyvien3")], Duty(due_on=today()))
    assert board.assignment(review_id, "uyvien3").due_on == today()
