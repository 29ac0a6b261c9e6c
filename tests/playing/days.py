"""Days as the regulation counts them: dates there, working days, months that end on one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.playing.cast import HOLIDAYS, WORKED

HOURS_AHEAD = timedelta(hours=7)
SATURDAY = 5


def there(instant: datetime) -> date:
    """The date in Viet Nam."""
    return (instant + HOURS_AHEAD).date()


def works(day: date) -> bool:
    return day in WORKED or (day.weekday() < SATURDAY and day not in HOLIDAYS)


def working_days_after(day: date, count: int) -> date:
    """The count-th working day after the day."""
    while count:
        day += timedelta(days=1)
        count -= works(day)
    return day


def same_day_after(day: date, months: int) -> date:
    """Calendar months on; a missing day is the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return last if day.day > last.day else last.replace(day=day.day)


def months_after(day: date, months: int) -> date:
    """The same, moved to the next working day."""
    day = same_day_after(day, months)
    return day if works(day) else working_days_after(day, 1)
