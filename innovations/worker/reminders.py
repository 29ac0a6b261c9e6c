"""Reminders of the deadlines of domain §5: each step once, found by its key, so that a worker that slept sends one and not five.

A missed deadline climbs (``proposals/rules/climbing.py``).  After days without a worker every office that it reached meanwhile is told
now, each once: the database holds a notice's key only once.
"""

from datetime import date

from sqlalchemy import select

from innovations.boards.board_facts import board_facts
from innovations.boards.deadlines import Deadline, deadlines
from innovations.boards.models_meeting import Meeting
from innovations.boards.rules.events import NoticeKind as BoardNotice
from innovations.core.clock import today
from innovations.core.rules.calendar import WorkingCalendar
from innovations.core.transactions import atomic
from innovations.notifications import notify
from innovations.proposals.rules.climbing import Rung, rungs_reached
from innovations.proposals.rules.clocks import REMINDERS, ReminderKind, reminders_due
from innovations.proposals.rules.events import NoticeKind
from innovations.regulations.queries import working_calendar


def _remind(deadline: Deadline, on: date, calendar: WorkingCalendar) -> int:
    reminder = reminders_due(deadline.kind, deadline.due, on, calendar)
    if reminder is None:
        return 0
    once = f"{deadline.notice.value}:{deadline.row_id}:{reminder.due}:{reminder.key}"
    return notify(deadline.notice, deadline.ladder[Rung.PERSON], *deadline.subject, once=once, due=reminder.due)


def _climb(deadline: Deadline, on: date) -> int:
    """Tell each office that the deadline has reached; the person only where no daily reminder says so anyway."""
    told, late = 0, (on - deadline.due).days
    for rung in rungs_reached(deadline.due, on, deadline.rules):
        if rung is Rung.PERSON and REMINDERS[deadline.kind].daily_when_overdue:
            continue
        kind, subject = NoticeKind.OVERDUE_TOLD, ("proposal", deadline.proposal_id)
        if rung is Rung.PERSON:
            kind, subject = NoticeKind.OVERDUE, deadline.subject
        once = f"climb:{deadline.kind.value}:{deadline.row_id}:{deadline.due}:{rung.value}"
        told += notify(kind, deadline.ladder[rung], *subject, once=once, due=deadline.due, days=late)
    return told


def _remind_meeting(meeting: Meeting, on: date, calendar: WorkingCalendar) -> int:
    reminder = reminders_due(ReminderKind.MEETING, meeting.on, on, calendar)
    if reminder is None:
        return 0
    people = [seat.person_id for seat in board_facts(meeting.board_id).active(meeting.on)]
    once = f"meeting:{meeting.id}:{meeting.on}:{reminder.key}"
    return notify(BoardNotice.MEETING_REMINDER, people, "meeting", meeting.id, once=once, date=meeting.on)


def remind_deadlines() -> int:
    """Send the reminders that are due today; returns how many notices were made."""
    calendar, on = working_calendar(), today()
    with atomic() as session:
        sent = sum(_remind(each, on, calendar) + _climb(each, on) for each in deadlines())
        planned = session.scalars(select(Meeting).where(Meeting.state == "planned", Meeting.on >= on))
        return sent + sum(_remind_meeting(meeting, on, calendar) for meeting in planned)
