"""A meeting from its calling to its close, and what each refusal asks for first."""

from datetime import date

import pytest
from rules_scores import GOOD, count, outlook, scored

from innovations.boards.rules.conclusions import (
    ConclusionOutdated,
    NoWayBack,
    check_revise,
    check_still_so,
    conclusion_of,
)
from innovations.boards.rules.meetings import (
    AbsenceWithoutReason,
    AttendanceMissing,
    Conclusion,
    ItemsLeft,
    Mark,
    MeetingInPast,
    MeetingNotOpen,
    MeetingOver,
    MeetingState,
    NothingOnAgenda,
    NotMeetingDay,
    NotReadyForMeeting,
    check_agenda,
    check_all_settled,
    check_changeable,
    check_marks,
    check_meeting_day,
    check_registered,
    check_running,
    check_start,
)
from innovations.boards.rules.votes import outcome
from innovations.core.rules.errors import Several
from innovations.proposals.rules.content import ReasonsMissing
from innovations.proposals.rules.states import State

TODAY, YESTERDAY, TOMORROW = date(2026, 3, 10), date(2026, 3, 9), date(2026, 3, 11)
PLANNED, OPEN, CLOSED = MeetingState


def test_a_meeting_is_called_for_today_or_later():
    check_meeting_day(TODAY, TODAY)
    check_meeting_day(TOMORROW, TODAY)
    with pytest.raises(MeetingInPast):
        check_meeting_day(YESTERDAY, TODAY)


def test_an_agenda_holds_at_least_one_review_and_only_those_that_are_ready():
    check_agenda({1, 2}, {1, 2, 3})
    with pytest.raises(NothingOnAgenda):
        check_agenda((), {1})
    with pytest.raises(NotReadyForMeeting):
        check_agenda({1, 4}, {1, 2, 3})


def test_a_meeting_starts_once_and_on_its_own_day():
    check_start(PLANNED, TODAY, TODAY)
    for day in (YESTERDAY, TOMORROW):
        with pytest.raises(NotMeetingDay):
            check_start(PLANNED, day, TODAY)
    for state in (OPEN, CLOSED):
        with pytest.raises(MeetingNotOpen):
            check_start(state, TODAY, TODAY)


def test_what_happens_in_a_meeting_happens_while_it_runs():
    check_running(OPEN)
    for state in (PLANNED, CLOSED):
        with pytest.raises(MeetingNotOpen):
            check_running(state)


def test_a_closed_meeting_is_history():
    check_changeable(PLANNED)
    check_changeable(OPEN)
    with pytest.raises(MeetingOver):
        check_changeable(CLOSED)


HERE, AWAY, ILL = Mark(present=True), Mark(present=False, reason="  "), Mark(present=False, reason="ốm")


@pytest.mark.parametrize(
    ("marks", "refusals"),
    [
        ({1: HERE, 2: ILL}, []),
        ({1: HERE}, [AttendanceMissing]),
        ({1: HERE, 2: HERE, 3: HERE}, [AttendanceMissing]),
        ({1: HERE, 2: AWAY}, [AbsenceWithoutReason]),
        ({1: AWAY}, [AttendanceMissing, AbsenceWithoutReason]),
    ],
)
def test_attendance_marks_every_seat_and_says_why_somebody_is_absent(marks, refusals):
    if not refusals:
        check_marks({1, 2}, marks)
        return
    with pytest.raises(Several) as refused:
        check_marks({1, 2}, marks)
    assert [type(error) for error in refused.value.errors] == refusals


def test_nothing_goes_on_before_everybodys_attendance_is_known():
    check_registered({1, 2}, {1, 2, 3})
    for seats, registered in (({1, 2}, {1}), ((), {1})):
        with pytest.raises(AttendanceMissing):
            check_registered(seats, registered)


def test_a_meeting_closes_when_every_item_is_settled():
    check_all_settled(0)
    with pytest.raises(ItemsLeft) as refused:
        check_all_settled(1)
    assert refused.value.data == {"left": 1}


PASSED, FAILED = (outcome(count(agree), outlook(7, 7), scored(*GOOD)) for agree in (5, 4))


def test_passed_and_failed_are_what_vote_and_points_say():
    assert (conclusion_of(PASSED), conclusion_of(FAILED)) == (Conclusion.PASSED, Conclusion.FAILED)


def test_a_conclusion_that_vote_and_points_no_longer_bear_out_is_not_confirmed():
    check_still_so(Conclusion.PASSED, PASSED)
    for recorded, computed in ((Conclusion.PASSED, FAILED), (Conclusion.FAILED, PASSED)):
        with pytest.raises(ConclusionOutdated):
            check_still_so(recorded, computed)


def test_completion_says_what_is_to_be_completed_and_comes_back_to_scoring_or_the_meeting():
    assert check_revise("Bổ sung số liệu áp dụng thử.", "scoring") is State.SCORING
    assert check_revise("Bổ sung số liệu áp dụng thử.", "meeting") is State.MEETING
    with pytest.raises(ReasonsMissing):
        check_revise("  ", "meeting")
    for elsewhere in ("", "accepted"):
        with pytest.raises(NoWayBack):
            check_revise("Bổ sung số liệu áp dụng thử.", elsewhere)
