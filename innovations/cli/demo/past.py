"""The days before the load, on which the demo's history happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from innovations.core.clock import at, now
from innovations.core.rules.calendar import VIETNAM, local_date
from innovations.extensions import db

#: The newest round is decided by then, in days before the load.
NEWEST_DECISION = 62
_SATURDAY = 5


@dataclass(frozen=True)
class Past:
    """The days before the load, as they are counted in Viet Nam; nothing is done on a weekend."""

    started: datetime

    @property
    def today(self) -> date:
        """The day of the load."""
        return local_date(self.started)

    @property
    def first_year(self) -> int:
        """The year of the closed campaign: the one before the newest round's decision."""
        return self.day(NEWEST_DECISION).year - 1

    def day(self, ago: int) -> date:
        """The working day so many days before the load, or the last one before it."""
        return self.working(self.today - timedelta(days=ago))

    def working(self, day: date) -> date:
        """The day, or the Friday before a weekend."""
        return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))

    @contextmanager
    def on(self, day: date, hour: int = 9) -> Iterator[None]:
        """Let the clock stand at an hour of a Vietnamese day; never after the load itself."""
        told = datetime.combine(self.working(day), time(hour, 12), VIETNAM).astimezone(UTC)
        with at(min(told, self.started)):
            yield
        db.session.rollback()

    def ago(self, days: int, hour: int = 9) -> AbstractContextManager[None]:
        """Let the clock stand so many days before the load."""
        return self.on(self.day(days), hour)


@contextmanager
def later(minutes: int) -> Iterator[None]:
    """Let the clock stand so many minutes later than it does."""
    with at(now() + timedelta(minutes=minutes)):
        yield
