"""Calling a meeting, its agenda, its start, who is there, and its close."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import func, select

from innovations import audit
from innovations.boards.board_facts import board_facts
from innovations.boards.loading import load_board, load_review
from innovations.boards.meeting_loading import Sitting, load_led_meeting, out_of_sight
from innovations.boards.models_files import AttachedMinutes
from innovations.boards.models_meeting import AgendaItem, Attendance, Meeting, Vote
from innovations.boards.rules.access import check_may_run_meetings
from innovations.boards.rules.attached_minutes import MinutesAttached
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.boards.rules.meetings import (
    ABSENCE_MAX,
    READY,
    Conclusion,
    ItemSettled,
    Mark,
    MeetingState,
    VoteRuns,
    check_agenda,
    check_all_settled,
    check_changeable,
    check_marks,
    check_meeting_day,
    check_registered,
    check_running,
    check_start,
)
from innovations.boards.rules.seats import SeatRole, check_board_active
from innovations.core.clock import now, today
from innovations.core.scoping import unscoped
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.rules.roles import Actor
from innovations.proposals import audience
from innovations.proposals.models import Review


@dataclass(frozen=True)
class MeetingData:
    """When and where; ``review_ids`` in the order of the agenda."""

    on: date
    review_ids: tuple[int, ...]
    starts: time | None = None
    place: str = ""


def _record(tag: AuditTag, meeting: Meeting, actor: Actor, **data: object) -> None:
    audit.record(tag, "meeting", meeting.id, by=actor.account_id, board=meeting.board_id, number=meeting.number, **data)


def ready_reviews(board_id: int, *, besides: int | None = None) -> list[int]:
    """Reviews of the board that could come before a meeting and stand on no other agenda that still has to be dealt with.

    :param besides: the meeting whose own agenda does not count.
    """
    taken = (
        select(AgendaItem.review_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(Meeting.board_id == board_id, Meeting.state != MeetingState.CLOSED.value, AgendaItem.conclusion == "")
    )
    if besides is not None:
        taken = taken.where(Meeting.id != besides)
    chosen = select(Review.id).where(Review.board_id == board_id, Review.state.in_(READY), Review.id.not_in(taken))
    return list(db.session.scalars(unscoped(chosen, because="ids that a choice is checked against").order_by(Review.id)))


def _add_items(actor: Actor, meeting: Meeting, review_ids: Iterable[int], start: int) -> None:
    for position, review_id in enumerate(review_ids, start):
        loaded = load_review(actor, meeting.board_id, review_id)  # an author, or who has a conflict, puts nothing on the agenda
        db.session.add(AgendaItem(meeting_id=meeting.id, review_id=review_id, position=position))
        audience.refresh(loaded.proposal.id)


def _tell(kind: NoticeKind, meeting: Meeting) -> None:
    seats = board_facts(meeting.board_id).active(meeting.on)
    notify(kind, [seat.person_id for seat in seats], "meeting", meeting.id, date=meeting.on)


def call_meeting(actor: Actor, board_id: int, data: MeetingData) -> int:
    """Call a meeting and invite every seat held on its day.

    :returns: its number within the board.
    :raises NotOnBoard: not the secretary, the chair or the deputy.
    :raises BoardNotActive: the board's term does not cover the day.
    :raises MeetingInPast: the day is over; :raises NothingOnAgenda, NotReadyForMeeting: the agenda cannot be.
    """
    with atomic() as session:
        board, facts = load_board(actor, board_id)
        check_may_run_meetings(actor, facts, today())
        check_board_active(board.active, board.term_from, board.term_to, data.on)
        check_meeting_day(data.on, today())
        check_agenda(data.review_ids, ready_reviews(board_id))
        last = session.scalar(select(func.max(Meeting.number)).where(Meeting.board_id == board_id)) or 0
        meeting = Meeting(board_id=board_id, number=last + 1, on=data.on, starts=data.starts, place=data.place)
        session.add(meeting)
        session.flush()
        _add_items(actor, meeting, data.review_ids, 1)
        _record(AuditTag.MEETING_CALLED, meeting, actor)
        _tell(NoticeKind.MEETING_CALLED, meeting)
        return meeting.number


def _drop_items(meeting: Meeting, keep: Sequence[int]) -> None:
    dropped = [each for each in meeting.items if each.review_id not in keep]
    if dropped and db.session.scalar(select(AttachedMinutes.id).where(AttachedMinutes.meeting_id == meeting.id).limit(1)):
        raise MinutesAttached("review_ids")
    for item in dropped:
        if item.votes or item.conclusion:
            raise ItemSettled("review_ids")
        meeting.items.remove(item)
        db.session.delete(item)
        audience.refresh(item.review.proposal_id)


def change_meeting(actor: Actor, board_id: int, number: int, data: MeetingData) -> None:
    """Move the meeting, or change its agenda; the members are told.  What the actor takes no part in stays on it.

    :raises MeetingOver: it is closed; :raises MeetingNotOpen: another day, although it has started.
    :raises ItemSettled: an item with a vote or a conclusion was to be taken off; :raises MinutesAttached: any item, by now.
    """
    with atomic():
        sitting = load_led_meeting(actor, board_id, number)
        meeting = sitting.meeting
        check_changeable(sitting.state)
        if data.on != meeting.on:
            check_start(sitting.state, data.on, data.on)
            check_meeting_day(data.on, today())
        settled = [each.review_id for each in meeting.items if each.conclusion]
        wanted = list(dict.fromkeys([*data.review_ids, *out_of_sight(actor, meeting.id)]))
        check_agenda(wanted, [*ready_reviews(board_id, besides=meeting.id), *settled])
        _drop_items(meeting, wanted)
        known = {each.review_id for each in meeting.items}
        last = max((each.position for each in meeting.items), default=0)
        _add_items(actor, meeting, [each for each in wanted if each not in known], last + 1)
        meeting.on, meeting.starts, meeting.place = data.on, data.starts, data.place
        _record(AuditTag.MEETING_CHANGED, meeting, actor)
        _tell(NoticeKind.MEETING_CHANGED, meeting)


def start_meeting(actor: Actor, board_id: int, number: int) -> None:
    """Open the meeting on its day.

    :raises NotMeetingDay: it was called for another day.
    """
    with atomic():
        sitting = load_led_meeting(actor, board_id, number)
        meeting = sitting.meeting
        check_start(sitting.state, meeting.on, today())
        meeting.state, meeting.started_at = MeetingState.OPEN.value, now()
        meeting.secretary_id = sitting.board.holder(SeatRole.SECRETARY, meeting.on)
        _record(AuditTag.MEETING_STARTED, meeting, actor)


def _presides(sitting: Sitting, marks: Mapping[int, Mark]) -> int | None:
    """The chair, or the deputy when the chair is away."""
    there = [seat for seat in sitting.board.active(sitting.meeting.on) if marks[seat.seat_id].present]
    chosen = {seat.role: seat.person_id for seat in there if seat.role in (SeatRole.CHAIR, SeatRole.DEPUTY)}
    return chosen.get(SeatRole.CHAIR) or chosen.get(SeatRole.DEPUTY)


def take_attendance(actor: Actor, board_id: int, number: int, marks: Mapping[int, Mark]) -> None:
    """Register who is there, for every seat held on the day; late comers are added until the meeting closes.

    :raises VoteRuns: who may vote cannot change under a running vote.
    :raises Several: a seat is left out, or an absence has no reason.
    """
    with atomic() as session:
        sitting = load_led_meeting(actor, board_id, number)
        meeting = sitting.meeting
        check_running(sitting.state)
        items = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id)
        if session.scalar(select(Vote.id).where(Vote.item_id.in_(items), Vote.state.in_(("open", "closing")))):
            raise VoteRuns
        check_marks(sitting.seats, marks)
        known = {row.seat_id: row for row in meeting.attendance}
        for seat_id, mark in marks.items():
            row = known.get(seat_id) or Attendance(seat_id=seat_id)
            row.present, row.reason = mark.present, "" if mark.present else mark.reason.strip()[:ABSENCE_MAX]
            if seat_id not in known:
                meeting.attendance.append(row)
        meeting.chair_id = _presides(sitting, marks)
        _record(AuditTag.ATTENDANCE_TAKEN, meeting, actor, present=sum(1 for mark in marks.values() if mark.present))
        audience.refresh(*(item.review.proposal_id for item in meeting.items))


def close_meeting(actor: Actor, board_id: int, number: int) -> None:
    """End the meeting; every item is concluded and confirmed, or postponed.

    :raises ItemsLeft: naming how many are not.
    """
    with atomic():
        sitting = load_led_meeting(actor, board_id, number)
        meeting = sitting.meeting
        check_running(sitting.state)
        check_registered(sitting.seats, [row.seat_id for row in meeting.attendance])
        check_all_settled(
            sum(1 for each in meeting.items if each.confirmed_at is None and each.conclusion != Conclusion.POSTPONED.value)
        )
        meeting.state, meeting.ended_at, meeting.minutes_version = MeetingState.CLOSED.value, now(), 1
        _record(AuditTag.MEETING_ENDED, meeting, actor)
        audience.refresh(*(item.review.proposal_id for item in meeting.items))
