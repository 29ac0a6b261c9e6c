"""Meetings through the use cases: calling, agenda, attendance, reveal, conclusion and close."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from innovations.boards.meeting_loading import out_of_sight
from innovations.boards.meeting_queries import meeting_page
from innovations.boards.models_meeting import AgendaItem, Attendance, Meeting
from innovations.boards.rules.access import check_may_open_review, permitted
from innovations.boards.rules.assignments import SheetsMissing
from innovations.boards.rules.conclusions import ConclusionOutdated, NothingToConfirm, NoWayBack, VoteMissing
from innovations.boards.rules.events import NoticeKind
from innovations.boards.rules.meetings import (
    AttendanceMissing,
    ItemSettled,
    ItemsLeft,
    Mark,
    MeetingInPast,
    MeetingNotOpen,
    NothingOnAgenda,
    NotMeetingDay,
    NotReadyForMeeting,
)
from innovations.boards.rules.refusals import NotChair, NotOnBoard
from innovations.boards.services import concluding, items, meetings, recusing
from innovations.boards.services.meetings import MeetingData
from innovations.core.clock import today
from innovations.core.rules.errors import Several
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.proposals.audience import seen_by
from innovations.proposals.facts import facts_of, review_facts
from innovations.proposals.models import Proposal
from innovations.proposals.rules.content import ReasonsMissing
from innovations.proposals.rules.states import State
from innovations.proposals.services import quarantine, submitting
from tests import meeting_world as sitting
from tests.board_world import REASON, SEATED, BoardWorld


def stored(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def sees(board: BoardWorld, number: str, review_id: int) -> bool:
    proposal = Proposal.id == board.review(review_id).proposal_id
    return bool(db.session.scalar(select(func.count()).select_from(Proposal).where(proposal, seen_by(board.actor(number)))))


def test_the_secretary_calls_a_meeting_and_every_seat_is_invited_and_sees_the_agenda(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    assert not sees(board, "uyvien2", review_id)
    assert sitting.called(board, review_id) == 1
    invited = set(db.session.scalars(select(Notice.person_id).where(Notice.kind == NoticeKind.MEETING_CALLED.value)))
    assert invited == {board.actor(who).person_id for who in SEATED}
    assert sees(board, "uyvien2", review_id)


def test_who_leads_takes_part_in_every_item_but_those_the_policy_hides(board: BoardWorld) -> None:
    """What hides an item from its leaders is asked of the database; the policy, asked item by item, says the same."""
    reviews = [sitting.scored(board), sitting.scored(board, by="uyvien1"), sitting.scored(board), sitting.scored(board)]
    recusing.recuse_myself(board.actor("chutich"), board.board_id, reviews[2], reason=REASON)
    sitting.called(board, *reviews[:1], *reviews[2:])
    with atomic() as session:
        meeting_id = session.scalar(select(Meeting.id)) or 0
        session.add(AgendaItem(meeting_id=meeting_id, review_id=reviews[1], position=9))
    quarantine.hide(board.actor("baomat"), board.review(reviews[3]).proposal.code or "", reason=REASON)
    expected = {"thuky": {3}, "chutich": {2, 3}, "uyvien1": {1, 3}}
    for who, hidden in expected.items():
        leader = board.actor(who)
        facts = {each: facts_of(board.review(each).proposal_id) for each in reviews}
        refused = {
            each
            for each, found in facts.items()
            if found.quarantined or not permitted(check_may_open_review, leader, found, review_facts(found, each))
        }
        assert set(out_of_sight(leader, meeting_id)) == refused == {reviews[place] for place in hidden}, who
        db.session.rollback()


def test_a_member_calls_no_meeting(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    with pytest.raises(NotOnBoard, match="chủ tịch, phó chủ tịch hoặc ủy viên thư ký"):
        sitting.called(board, review_id, by="uyvien3")
    assert stored(Meeting) == 0


def test_an_agenda_is_not_empty_not_in_the_past_and_takes_reviews_that_are_ready(board: BoardWorld) -> None:
    accepted, secretary = board.accepted(), board.actor("thuky")
    for data, refusal in (
        (MeetingData(today(), ()), NothingOnAgenda),
        (MeetingData(today() - timedelta(days=1), (accepted,)), MeetingInPast),
        (MeetingData(today(), (accepted,)), NotReadyForMeeting),
    ):
        with pytest.raises(refusal):
            meetings.call_meeting(secretary, board.board_id, data)
    assert stored(Meeting) == 0


def test_a_review_stands_on_one_running_agenda(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    sitting.called(board, review_id)
    with pytest.raises(NotReadyForMeeting):
        sitting.called(board, review_id)
    assert stored(Meeting) == 1


def test_the_agenda_changes_until_an_item_is_settled(board: BoardWorld) -> None:
    first, second = sitting.scored(board), sitting.scored(board)
    number = sitting.called(board, first)
    meetings.change_meeting(board.actor("thuky"), board.board_id, number, MeetingData(today(), (second,), place="Hội trường"))
    changed = sitting.meeting(board, number)
    assert ([each.review_id for each in changed.items], changed.place) == ([second], "Hội trường")
    sitting.attended(board, number)
    items.postpone(board.actor("thuky"), board.board_id, number, second, reason=REASON)
    with pytest.raises(ItemSettled):
        meetings.change_meeting(board.actor("thuky"), board.board_id, number, MeetingData(today(), (first,)))
    assert [each.review_id for each in sitting.meeting(board, number).items] == [second]


def test_a_called_meeting_moves_to_a_later_day_and_the_members_are_told(board: BoardWorld) -> None:
    review_id, later = sitting.scored(board), today() + timedelta(days=2)
    number = sitting.called(board, review_id)
    meetings.change_meeting(board.actor("thuky"), board.board_id, number, MeetingData(later, (review_id,)))
    assert sitting.meeting(board, number).on == later
    told = set(db.session.scalars(select(Notice.person_id).where(Notice.kind == NoticeKind.MEETING_CHANGED.value)))
    assert told == {board.actor(who).person_id for who in SEATED}
    with pytest.raises(MeetingInPast):
        meetings.change_meeting(
            board.actor("thuky"), board.board_id, number, MeetingData(today() - timedelta(days=1), (review_id,))
        )
    assert sitting.meeting(board, number).on == later


def test_a_running_meeting_is_not_moved_to_another_day(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.called(board, review_id)
    sitting.attended(board, number)
    with pytest.raises(MeetingNotOpen):
        meetings.change_meeting(
            board.actor("thuky"), board.board_id, number, MeetingData(today() + timedelta(days=1), (review_id,))
        )
    assert sitting.meeting(board, number).on == today()


def test_a_meeting_starts_on_its_day(board: BoardWorld) -> None:
    review_id, secretary = sitting.scored(board), board.actor("thuky")
    number = meetings.call_meeting(secretary, board.board_id, MeetingData(today() + timedelta(days=1), (review_id,)))
    with pytest.raises(NotMeetingDay):
        meetings.start_meeting(secretary, board.board_id, number)
    assert sitting.meeting(board, number).state == "planned"


def test_attendance_names_every_seat_and_a_reason_for_each_absence(board: BoardWorld) -> None:
    number = sitting.called(board, sitting.scored(board))
    meetings.start_meeting(board.actor("thuky"), board.board_id, number)
    present = {board.seat(who): Mark(True) for who in SEATED}
    for marks in (dict(list(present.items())[:3]), {**present, board.seat("uyvien5"): Mark(False, " ")}):
        with pytest.raises(Several):
            meetings.take_attendance(board.actor("thuky"), board.board_id, number, marks)
    assert stored(Attendance) == 0


def test_points_are_revealed_after_attendance_and_when_all_sheets_are_in(board: BoardWorld) -> None:
    review_id = board.scoring("uyvien2", "uyvien3", "uyvien4", "uyvien5")
    for who in ("uyvien3", "uyvien4", "uyvien5"):
        board.submit(review_id, who)
    number = sitting.called(board, review_id)
    meetings.start_meeting(board.actor("thuky"), board.board_id, number)
    with pytest.raises(AttendanceMissing):
        items.reveal(board.actor("thuky"), board.board_id, number, review_id)
    sitting.attend(board, number)
    with pytest.raises(SheetsMissing):
        items.reveal(board.actor("thuky"), board.board_id, number, review_id)
    assert board.review(review_id).state is State.SCORING


def test_an_item_is_postponed_with_a_reason_and_comes_before_a_later_meeting(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    with pytest.raises(ReasonsMissing):
        items.postpone(board.actor("thuky"), board.board_id, number, review_id, reason="")
    items.postpone(board.actor("thuky"), board.board_id, number, review_id, reason=REASON)
    meetings.close_meeting(board.actor("thuky"), board.board_id, number)
    assert board.review(review_id).state is State.MEETING
    assert sitting.called(board, review_id) == 2


def test_a_conclusion_is_computed_from_the_vote_and_confirmed_by_the_chair(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    with pytest.raises(VoteMissing):
        concluding.record_conclusion(board.actor("thuky"), board.board_id, number, review_id)
    with pytest.raises(NothingToConfirm):
        concluding.confirm_conclusion(board.actor("chutich"), board.board_id, number, review_id)
    sitting.open_vote(board, number, review_id)
    for who in SEATED:
        sitting.cast(board, number, review_id, who)
    sitting.close_vote(board, number, review_id)
    concluding.record_conclusion(board.actor("thuky"), board.board_id, number, review_id)
    with pytest.raises(NotChair):
        concluding.confirm_conclusion(board.actor("thuky"), board.board_id, number, review_id)
    assert board.review(review_id).state is State.MEETING
    concluding.confirm_conclusion(board.actor("chutich"), board.board_id, number, review_id)
    review = board.review(review_id)
    assert (review.state, str(review.total), review.grade) == (State.PASSED, "80.00", "B")


def test_the_deputy_confirms_while_the_chair_is_away(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.voted(board, review_id, agree=6, absent=("chutich",))
    sitting.conclude(board, number, review_id, chair="uyvien1")
    assert board.review(review_id).state is State.PASSED
    assert sitting.meeting(board, number).chair_id == board.actor("uyvien1").person_id


def test_points_below_a_pass_floor_fail_whatever_the_vote(board: BoardWorld) -> None:
    review_id = sitting.scored(board, points={"replicability": "8"})
    sitting.conclude(board, sitting.voted(board, review_id, agree=7), review_id)
    assert board.review(review_id).state is State.FAILED


def test_a_conclusion_is_not_confirmed_once_the_points_say_something_else(board: BoardWorld) -> None:
    # The generous member withdraws between record and confirmation: three sheets of 49.98 are left.
    review_id, secretary = board.scoring("uyvien2", "uyvien3", "uyvien4", "uyvien5"), board.actor("thuky")
    for who in ("uyvien3", "uyvien4", "uyvien5"):
        board.submit(review_id, who, novelty="15", effect="15", replicability="12.49", economy="5", dossier="2.49")
    board.submit(review_id, "uyvien2")
    number = sitting.voted(board, review_id, agree=7)
    concluding.record_conclusion(secretary, board.board_id, number, review_id)
    recusing.recuse_myself(board.actor("uyvien2"), board.board_id, review_id, reason=REASON)
    with pytest.raises(ConclusionOutdated, match="ghi lại kết luận"):
        concluding.confirm_conclusion(board.actor("chutich"), board.board_id, number, review_id)
    assert board.review(review_id).state is State.MEETING
    sitting.conclude(board, number, review_id)
    assert board.review(review_id).state is State.FAILED


def test_completion_needs_its_text_and_way_back_and_counts_no_vote(board: BoardWorld) -> None:
    review_id, secretary = sitting.scored(board), board.actor("thuky")
    number = sitting.before_board(board, review_id)
    for text, back_to, refusal in (("", "meeting", ReasonsMissing), (REASON, "passed", NoWayBack)):
        with pytest.raises(refusal):
            concluding.record_revise(secretary, board.board_id, number, review_id, text=text, back_to=back_to)
    assert sitting.meeting(board, number).items[0].conclusion == ""
    concluding.record_revise(secretary, board.board_id, number, review_id, text=REASON, back_to="meeting")
    concluding.confirm_conclusion(board.actor("chutich"), board.board_id, number, review_id)
    review = board.review(review_id)
    assert (review.state, review.revise_text, review.revise_back_to) == (State.REVISE, REASON, "meeting")


def test_a_text_handed_in_for_the_meeting_keeps_its_points(board: BoardWorld) -> None:
    review_id, secretary = sitting.scored(board), board.actor("thuky")
    number = sitting.before_board(board, review_id)
    concluding.record_revise(secretary, board.board_id, number, review_id, text=REASON, back_to="meeting")
    concluding.confirm_conclusion(board.actor("chutich"), board.board_id, number, review_id)
    meetings.close_meeting(secretary, board.board_id, number)
    submitting.hand_in(board.actor("tacgia"), board.review(review_id).proposal.code or "", nothing_secret=True)
    again = sitting.called(board, review_id)
    sitting.attended(board, again)
    sitting.open_vote(board, again, review_id)
    for who in SEATED:
        sitting.cast(board, again, review_id, who)
    sitting.close_vote(board, again, review_id)
    sitting.conclude(board, again, review_id)
    assert str(board.review(review_id).total) == "80.00"


def test_what_was_confirmed_stays_although_the_text_is_back_while_the_meeting_runs(board: BoardWorld) -> None:
    review_id, secretary = sitting.scored(board), board.actor("thuky")
    number = sitting.before_board(board, review_id)
    concluding.record_revise(secretary, board.board_id, number, review_id, text=REASON, back_to="meeting")
    concluding.confirm_conclusion(board.actor("chutich"), board.board_id, number, review_id)
    submitting.hand_in(board.actor("tacgia"), board.review(review_id).proposal.code or "", nothing_secret=True)
    assert board.review(review_id).state is State.MEETING
    for act in (
        lambda: items.note_discussion(secretary, board.board_id, number, review_id, text="Ý kiến thêm."),
        lambda: sitting.open_vote(board, number, review_id),
        lambda: concluding.record_conclusion(secretary, board.board_id, number, review_id),
        lambda: items.take_up(secretary, board.board_id, number, review_id),
        lambda: items.postpone(secretary, board.board_id, number, review_id, reason=REASON),
    ):
        with pytest.raises(ItemSettled):
            act()
    kept = sitting.meeting(board, number).items[0]
    assert (kept.conclusion, kept.conclusion_text, kept.discussion, kept.taken_up_at, kept.votes) == (
        "revise",
        REASON,
        "",
        None,
        [],
    )
    with pytest.raises(NothingToConfirm):
        concluding.confirm_conclusion(board.actor("chutich"), board.board_id, number, review_id)


def test_a_vote_that_runs_leaves_no_other_way_but_its_close(board: BoardWorld) -> None:
    review_id, secretary = sitting.scored(board), board.actor("thuky")
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    with pytest.raises(ItemSettled):
        items.postpone(secretary, board.board_id, number, review_id, reason=REASON)
    with pytest.raises(ItemSettled):
        concluding.record_revise(secretary, board.board_id, number, review_id, text=REASON, back_to="meeting")
    assert (sitting.meeting(board, number).items[0].conclusion, sitting.vote(board, number).state) == ("", "open")


def test_a_meeting_closes_when_every_item_is_settled(board: BoardWorld) -> None:
    review_id = sitting.scored(board)
    number = sitting.voted(board, review_id, agree=7)
    with pytest.raises(ItemsLeft, match="Còn 1 mục"):
        meetings.close_meeting(board.actor("thuky"), board.board_id, number)
    assert sitting.meeting(board, number).state == "open"
    sitting.conclude(board, number, review_id)
    meetings.close_meeting(board.actor("thuky"), board.board_id, number)
    assert sitting.meeting(board, number).state == "closed"
    assert stored(AgendaItem) == 1


def test_a_long_agenda_opens_where_the_first_item_waits(board: BoardWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("innovations.boards.meeting_queries.AGENDA_PAGE", 1)
    first, second = (sitting.scored(board, title=title) for title in ("Giá xếp dụng cụ", "Bảng lịch trực có ô cờ"))
    number = sitting.called(board, first, second)
    sitting.attended(board, number)
    secretary = board.actor("thuky")

    def opened(page: int | None = None) -> tuple[int, int, list[int]]:
        found = meeting_page(secretary, board.board_id, number, page)
        return found.page, found.total, [item.review_id for item in found.meeting.items]

    assert opened() == (1, 2, [first])
    items.postpone(secretary, board.board_id, number, first, reason="Chờ số liệu.")
    assert opened() == (2, 2, [second])
    assert opened(1) == (1, 2, [first])
    assert opened(99) == (2, 2, [second])
