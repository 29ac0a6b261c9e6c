"""Dates, months and working days as the regulation counts them.

Clocks count calendar months; a missing day means the month's last; a due date on a weekend or holiday moves to the
next working day; a deadline ends at 24:00 of its day, local time.  Instants are UTC and aware; every date is local.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_DAY = timedelta(days=1)
_SATURDAY = 5


def local_date(instant: datetime, tz: ZoneInfo = VIETNAM) -> date:
    """Return the local date of an aware instant: 10/03 17:30 UTC → 11/03 in Viet Nam.

    :raises ValueError: for a naive instant, whose date nobody can know.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant.astimezone(tz).date()


def add_months(day: date, n: int) -> date:
    """Return ``day`` moved by ``n`` calendar months, to the month's last day at most: 31/01 + 1 → 28/02 (29/02)."""
    month_index = day.year * 12 + day.month - 1 + n
    year, month = divmod(month_index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked: Monday to Friday, without the holidays, with the days worked in exchange (Tết moves)."""

    holidays: frozenset[date] = frozenset()
    extra_working: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Say whether ``day`` is worked; a day named as worked in exchange wins over a weekend and a holiday."""
        if day in self.extra_working:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def next_working(self, day: date) -> date:
        """Return ``day`` itself when it is worked, else the first worked day after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """Return the ``n``-th working day after ``day`` (``day`` itself does not count)."""
        return self._step(day, n, _DAY)

    def working_days_before(self, day: date, n: int) -> date:
        """Return the ``n``-th working day before ``day`` (``day`` itself does not count)."""
        return self._step(day, n, -_DAY)

    def _step(self, day: date, n: int, step: timedelta) -> date:
        for _ in range(n):
            day += step
            while not self.is_working(day):
                day += step
        return day


def due_after_months(start: date, months: int, calendar: WorkingCalendar) -> date:
    """Return the due date ``months`` calendar months after ``start``, moved to a working day."""
    return calendar.next_working(add_months(start, months))


def deadline_instant(day: date, tz: ZoneInfo = VIETNAM) -> datetime:
    """Return the UTC instant at which ``day`` ends (24:00 local): whatever happens before it is in time."""
    return datetime.combine(day + _DAY, time(), tzinfo=tz).astimezone(UTC)


def overdue_days(due: date, today: date) -> int:
    """Return by how many days ``due`` has passed, 0 when it has not ("đã quá hạn n ngày")."""
    return max(0, (today - due).days)
