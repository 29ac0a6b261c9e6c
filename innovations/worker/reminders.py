"""Reminders of the deadlines of domain §5: each step once, found by its key, so that a worker that slept sends one and not five."""

from datetime import date
from enum import StrEnum

from sqlalchemy import select

from innovations.boards.models import Assignment
from innovations.boards.rules.events import NoticeKind as BoardNotice
from innovations.core.clock import today
from innovations.core.rules.calendar import WorkingCalendar
from innovations.core.transactions import atomic
from innovations.notifications import notify
from innovations.people.queries import holders_of
from innovations.people.rules.roles import Role
from innovations.proposals.lifecycle import authors_of
from innovations.proposals.models import Review
from innovations.proposals.rules.clocks import ReminderKind, reminders_due
from innovations.proposals.rules.events import NoticeKind
from innovations.proposals.rules.states import State
from innovations.regulations.queries import working_calendar

#: State → what the reminder is about and what it says.
BY_STATE: dict[State, tuple[ReminderKind, StrEnum]] = {
    State.SUBMITTED: (ReminderKind.FORMAL, NoticeKind.FORMAL_REMINDER),
    State.NEEDS_FIX: (ReminderKind.FIX, NoticeKind.FIX_REMINDER),
    State.REVISE: (ReminderKind.FIX, NoticeKind.REVISE_REMINDER),
    State.PASSED: (ReminderKind.DECISION, NoticeKind.DECISION_REMINDER),
    State.FAILED: (ReminderKind.DECISION, NoticeKind.DECISION_REMINDER),
}


def _people(review: Review) -> list[int]:
    if review.state is State.SUBMITTED:
        return holders_of(Role.RECEIVER, review.unit_id)
    if review.state in (State.PASSED, State.FAILED):
        return holders_of(Role.DECIDER, review.unit_id)
    return authors_of(review.proposal_id)


def _remind_review(review: Review, on: date, calendar: WorkingCalendar) -> int:
    kind, notice = BY_STATE[review.state]
    reminder = reminders_due(kind, review.due_on, on, calendar) if review.due_on else None
    if reminder is None:
        return 0
    once = f"{notice.value}:{review.id}:{reminder.due}:{reminder.key}"
    return notify(notice, _people(review), "proposal", review.proposal_id, once=once, due=reminder.due)


def _remind_sheet(assignment: Assignment, on: date, calendar: WorkingCalendar) -> int:
    reminder = reminders_due(ReminderKind.SHEET, assignment.due_on, on, calendar)
    if reminder is None:
        return 0
    once = f"sheet:{assignment.id}:{reminder.due}:{reminder.key}"
    who = [assignment.seat.person.human_id]
    return notify(BoardNotice.SHEET_REMINDER, who, "assignment", assignment.id, once=once, due=reminder.due)


def remind_deadlines() -> int:
    """Send the reminders that are due today; returns how many notices were made."""
    calendar, on = working_calendar(), today()
    with atomic() as session:
        sent = sum(
            _remind_review(review, on, calendar) for review in session.scalars(select(Review).where(Review.state.in_(BY_STATE)))
        )
        waiting = select(Assignment).join(Review).where(Review.state == State.SCORING, Assignment.done_at.is_(None))
        sent += sum(_remind_sheet(row, on, calendar) for row in session.scalars(waiting.where(Assignment.declined_at.is_(None))))
    return sent
