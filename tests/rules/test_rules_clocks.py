"""Due dates, promises, reminders, and the date novelty counts from."""

import dataclasses
from datetime import date, timedelta

import pytest

from innovations.core.rules.calendar import WorkingCalendar
from innovations.proposals.rules.clocks import (
    ReminderKind,
    TrialEndInFuture,
    TrialEndsBeforeItStarts,
    check_planned_end,
    check_trial_end,
    complaint_until,
    fix_due,
    follow_ups,
    promise,
    reminders_due,
    revise_due,
    sheet_due,
    unit_review_due,
)
from innovations.proposals.rules.novelty import novelty_date
from innovations.regulations.rules.rulesets import DEFAULT

TODAY = date(2026, 3, 10)
CALENDAR = WorkingCalendar()


def test_the_receipt_promises_the_formal_answer_and_the_result_three_months_after_it():
    promised = promise(date(2026, 1, 5), DEFAULT, CALENDAR)
    assert (promised.formal, promised.result) == (date(2026, 2, 5), date(2026, 5, 5))


def test_every_clock_runs_by_the_rule_set():
    monday = date(2026, 3, 2)
    assert fix_due(monday, DEFAULT, CALENDAR) == date(2026, 4, 2)
    assert revise_due(monday, DEFAULT, CALENDAR) == date(2026, 4, 2)
    assert unit_review_due(monday, DEFAULT, CALENDAR) == date(2026, 3, 9)
    assert sheet_due(monday, DEFAULT, CALENDAR) == date(2026, 3, 16)
    assert complaint_until(monday, DEFAULT) == date(2026, 6, 2)
    longer = dataclasses.replace(DEFAULT, fix_months=2, unit_review_days=1)
    assert fix_due(monday, longer, CALENDAR) == date(2026, 5, 4)
    assert unit_review_due(monday, longer, CALENDAR) == date(2026, 3, 3)


def test_a_trial_ends_between_its_start_and_today():
    check_trial_end(TODAY, date(2026, 1, 1), TODAY)
    check_planned_end(TODAY + timedelta(days=1), TODAY)
    with pytest.raises(TrialEndInFuture):
        check_trial_end(TODAY + timedelta(days=1), date(2026, 1, 1), TODAY)
    with pytest.raises(TrialEndsBeforeItStarts):
        check_trial_end(date(2025, 12, 31), date(2026, 1, 1), TODAY)
    with pytest.raises(TrialEndsBeforeItStarts):
        check_planned_end(TODAY, TODAY)


DUE = date(2026, 3, 31)  # a Tuesday


@pytest.mark.parametrize(
    ("kind", "days_before", "key"),
    [
        (ReminderKind.FORMAL, 8, None),
        (ReminderKind.FORMAL, 7, "7"),
        (ReminderKind.FORMAL, 3, "7"),
        (ReminderKind.FORMAL, 2, "2"),
        (ReminderKind.FIX, 8, None),
        (ReminderKind.FIX, 7, "7"),
        (ReminderKind.FIX, 3, "7"),
        (ReminderKind.FIX, 2, "2"),
        (ReminderKind.COMPLAINT, 8, None),
        (ReminderKind.COMPLAINT, 7, "7"),
        (ReminderKind.COMPLAINT, 3, "7"),
        (ReminderKind.COMPLAINT, 2, "2"),
        (ReminderKind.COMPLAINT, -1, "overdue-1"),
        (ReminderKind.TRIAL, 8, None),
        (ReminderKind.TRIAL, 7, "7"),
        (ReminderKind.TRIAL, 3, "7"),
        (ReminderKind.TRIAL, 2, "2"),
        (ReminderKind.UNIT_REVIEW, 3, None),
        (ReminderKind.UNIT_REVIEW, 2, "2"),
        (ReminderKind.FORMAL, 0, "2"),
        (ReminderKind.FORMAL, -1, "overdue-1"),
        (ReminderKind.FIX, -4, "overdue-4"),
        (ReminderKind.SHEET, 3, None),
        (ReminderKind.SHEET, 2, "2"),
        (ReminderKind.SHEET, -1, None),
        (ReminderKind.DECISION, 22, None),
        (ReminderKind.DECISION, 21, "21"),
        (ReminderKind.DECISION, 8, "21"),
        (ReminderKind.DECISION, 7, "7"),
        (ReminderKind.DECISION, 3, "7"),
        (ReminderKind.DECISION, 2, "2"),
        (ReminderKind.DECISION, 0, "2"),  # the latest that was reached, not the first
        (ReminderKind.MEETING, 6, None),
        (ReminderKind.MEETING, 5, "3"),  # three working days before a Tuesday is the Thursday before
        (ReminderKind.FOLLOW_UP, 1, None),
        (ReminderKind.FOLLOW_UP, 0, "0"),
    ],
)
def test_reminders_come_on_the_days_of_their_plan(kind, days_before, key):
    reminder = reminders_due(kind, DUE, DUE - timedelta(days=days_before), CALENDAR)
    assert (reminder.key if reminder else None) == key


def test_an_adoption_is_asked_for_results_after_six_and_twelve_months():
    assert follow_ups(date(2026, 1, 5), CALENDAR) == (date(2026, 7, 6), date(2027, 1, 5))


@pytest.mark.parametrize(
    ("trial", "applied", "expected"),
    [
        (None, None, date(2026, 3, 10)),
        (date(2026, 2, 1), None, date(2026, 2, 1)),
        (date(2026, 2, 1), date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 4, 1), None, date(2026, 3, 10)),
    ],
)
def test_novelty_counts_from_filing_trial_or_application_whichever_is_earlier(trial, applied, expected):
    assert novelty_date(date(2026, 3, 10), trial, applied) == expected
