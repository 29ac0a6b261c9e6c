"""The one clock.  Use cases ask it; rules are given the instant.  Tests and the demo set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from innovations.core.rules.calendar import local_date

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)


def today() -> date:
    """Today's date in Asia/Ho_Chi_Minh, the zone of every date and deadline (domain §5)."""
    return local_date(now())


def is_set() -> bool:
    """Whether somebody set the clock."""
    return _set_to.get() is not None


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Let the clock stand at ``instant`` inside the block: the demo tells its history in the past with it."""
    token = _set_to.set(instant)
    try:
        yield
    finally:
        _set_to.reset(token)


def ago(**span: float) -> datetime:
    """The instant ``timedelta(**span)`` before now."""
    return now() - timedelta(**span)
