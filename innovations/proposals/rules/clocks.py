"""When something is due, what a receipt promises, and which reminders a due date brings.

Clocks count calendar months from a local date and end on a working day; only the regulation's own events restart one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from innovations.core.rules.calendar import WorkingCalendar, add_months, due_after_months
from innovations.core.rules.errors import N_, Invalid
from innovations.core.rules.labels import Labelled
from innovations.regulations.rules.rulesets import RuleSet


def formal_due(received_on: date, rules: RuleSet, calendar: WorkingCalendar) -> date:
    """Return the day by which the formal check is answered: months from receipt by the base (also of a resubmit)."""
    return due_after_months(received_on, rules.formal_months, calendar)


def fix_due(asked_on: date, rules: RuleSet, calendar: WorkingCalendar) -> date:
    """Return the day by which the author completes the dossier."""
    return due_after_months(asked_on, rules.fix_months, calendar)


def result_due(accepted_on: date, rules: RuleSet, calendar: WorkingCalendar, *, application_ended_on: date | None = None) -> date:
    """Return the day by which the decision is made (Decree 13/2012).

    :param application_ended_on: end of the first application or of the trial; a later end starts the months anew.
    """
    start = max(accepted_on, application_ended_on) if application_ended_on else accepted_on
    return due_after_months(start, rules.result_months, calendar)


def revise_due(concluded_on: date, rules: RuleSet, calendar: WorkingCalendar) -> date:
    """Return the day by which the author hands in the completed text."""
    return due_after_months(concluded_on, rules.revise_months, calendar)


def unit_review_due(submitted_on: date, rules: RuleSet, calendar: WorkingCalendar) -> date:
    """Return the day by which the commander has looked at it, in working days."""
    return calendar.add_working_days(submitted_on, rules.unit_review_days)


def sheet_due(assigned_on: date, rules: RuleSet, calendar: WorkingCalendar) -> date:
    """Return the day by which an assigned scorer submits the sheet, in working days."""
    return calendar.add_working_days(assigned_on, rules.reviewer_days)


def complaint_until(notified_on: date, rules: RuleSet) -> date:
    """Return the last day on which a complaint is taken; it does not move for weekends or holidays."""
    return add_months(notified_on, rules.complaint_months)


@dataclass(frozen=True)
class Promise:
    """What the receipt says: the formal answer by ``formal``, and the result by ``result`` if accepted at once."""

    formal: date
    result: date


def promise(received_on: date, rules: RuleSet, calendar: WorkingCalendar) -> Promise:
    """Return the two dates of a receipt: D1, and D1 + the months of the result."""
    formal = formal_due(received_on, rules, calendar)
    return Promise(formal, due_after_months(formal, rules.result_months, calendar))


class TrialEndInFuture(Invalid):
    """A trial cannot be finished before it ended."""

    message = N_("Ngày kết thúc áp dụng thử %(day)s chưa đến; xin nhập ngày đã kết thúc.")


class TrialEndsBeforeItStarts(Invalid):
    """The end of the trial lies before its start, or the planned end is already past."""

    message = N_("Ngày kết thúc áp dụng thử %(day)s phải sau ngày %(since)s.")


def check_trial_end(ended_on: date, started_on: date, today: date) -> None:
    """Refuse an end of a trial that cannot be.

    :raises TrialEndInFuture: later than today.
    :raises TrialEndsBeforeItStarts: earlier than the start.
    """
    if ended_on > today:
        raise TrialEndInFuture("ended_on", day=ended_on)
    if ended_on < started_on:
        raise TrialEndsBeforeItStarts("ended_on", day=ended_on, since=started_on)


def check_planned_end(planned_end: date, today: date) -> None:
    """Refuse a planned end of a trial that is not ahead.

    :raises TrialEndsBeforeItStarts: today or earlier.
    """
    if planned_end <= today:
        raise TrialEndsBeforeItStarts("planned_end", day=planned_end, since=today)


class ReminderKind(Labelled):
    """What a reminder is about."""

    FORMAL = "formal", N_("Kiểm tra hồ sơ")
    FIX = "fix", N_("Bổ sung hồ sơ")
    SHEET = "sheet", N_("Phiếu chấm")
    UNIT_REVIEW = "unit_review", N_("Chỉ huy đơn vị xem")
    TRIAL = "trial", N_("Áp dụng thử")
    DECISION = "decision", N_("Quyết định")
    COMPLAINT = "complaint", N_("Trả lời khiếu nại")
    MEETING = "meeting", N_("Phiên họp")
    FOLLOW_UP = "follow_up", N_("Theo dõi áp dụng")


@dataclass(frozen=True)
class ReminderPlan:
    """When people are reminded: so many days before the due date, in working days or not, and daily once overdue."""

    days_before: tuple[int, ...]
    working_days: bool = False
    daily_when_overdue: bool = False


# The numbers are the house's own choice, no law.
REMINDERS = {
    ReminderKind.FORMAL: ReminderPlan((7, 2), daily_when_overdue=True),
    ReminderKind.FIX: ReminderPlan((7, 2), daily_when_overdue=True),
    ReminderKind.SHEET: ReminderPlan((2,)),
    ReminderKind.UNIT_REVIEW: ReminderPlan((2,)),
    ReminderKind.TRIAL: ReminderPlan((7, 2)),
    ReminderKind.COMPLAINT: ReminderPlan((7, 2), daily_when_overdue=True),
    ReminderKind.DECISION: ReminderPlan((21, 7, 2)),
    ReminderKind.MEETING: ReminderPlan((3,), working_days=True),
    ReminderKind.FOLLOW_UP: ReminderPlan((0,)),
}
FOLLOW_UP_MONTHS = (6, 12)  # after an adoption started


@dataclass(frozen=True)
class Reminder:
    """The latest reminder reached.

    ``key`` names it, so that one that was sent is not sent again: ``"7"`` and ``"2"`` (days before), ``"overdue-4"``.
    """

    kind: ReminderKind
    key: str
    due: date
    days_left: int


def reminders_due(kind: ReminderKind, due: date, today: date, calendar: WorkingCalendar) -> Reminder | None:
    """Return the reminder that should have been sent by ``today``, if any.

    A worker that slept over a day finds the latest one only, so nobody gets two at once.
    """
    plan = REMINDERS[kind]
    days_left = (due - today).days
    if days_left < 0:
        overdue = Reminder(kind, f"overdue-{-days_left}", due, days_left)
        return overdue if plan.daily_when_overdue else None
    reached = [days for days in plan.days_before if today >= _reminder_day(due, days, plan, calendar)]
    return Reminder(kind, str(min(reached)), due, days_left) if reached else None


def _reminder_day(due: date, days: int, plan: ReminderPlan, calendar: WorkingCalendar) -> date:
    return calendar.working_days_before(due, days) if plan.working_days else due - timedelta(days=days)


def follow_ups(started_on: date, calendar: WorkingCalendar) -> tuple[date, ...]:
    """Return the days on which an adoption is asked for its results: 6 and 12 months after it started."""
    return tuple(due_after_months(started_on, months, calendar) for months in FOLLOW_UP_MONTHS)
