"""One click, one transaction.

A use case opens ``with atomic():`` and is called only by a door (page, API operation, command, job).  Inside it, *steps*
(``audit.record``, ``notify``, ``outbox.enqueue``, ``lifecycle.apply``) add to the session and never commit.
Reads need no ``atomic``: they run in a deferred transaction that holds no writer back.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, delete, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from innovations.core.clock import now
from innovations.core.database import WRITING
from innovations.core.rules.errors import DomainError, Unavailable
from innovations.extensions import db


class NestedUseCase(RuntimeError):
    """A use case called another one: its first commit would publish half a click."""


class AlreadyDone(DomainError):
    """The same form was sent before; its effect stands, and ``location`` says where it led."""

    status = 303

    def __init__(self, location: str | None) -> None:
        super().__init__()
        self.location = location


class OnceKey(db.Model):
    """Keys of forms and API calls that had their effect: a double click or a retry finds its key here and does nothing."""

    __tablename__ = "once_key"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    location: Mapped[str | None] = mapped_column(String(500))
    at: Mapped[datetime]


@dataclass
class Once:
    """What the door knows of the attempt: its key, where it leads when that is known beforehand, whether it had its effect."""

    key: str
    location: str | None = None
    spent: bool = False


#: Under this name a session keeps what is done once its transaction is stored.
_AFTERWARDS = "afterwards"
_once: ContextVar[Once | None] = ContextVar("once", default=None)


@contextmanager
def only_once(once: Once | None) -> Iterator[None]:
    """Let the first :func:`atomic` in this block that stores something spend ``once`` in its own transaction.

    ``only_once(None)`` is for what is stored beside the act and is no effect of it, such as a counted failure.
    """
    token = _once.set(once)
    try:
        yield
    finally:
        _once.reset(token)


def attempt(once: Once | None) -> Once | None:
    """Let the request that begins have the key ``once``, until the next one begins; returns it."""
    _once.set(once)
    return once


def present_attempt() -> Once | None:
    """The key of the present request; None when it has none."""
    return _once.get()


def check_attempt() -> None:
    """Refuse when the form of this request had its effect meanwhile, while this request waited for something.

    :raises AlreadyDone: see there.
    """
    db.session.rollback()  # a fresh look
    once = _once.get()
    spent = db.session.get(OnceKey, once.key) if once is not None and not once.spent else None
    if spent is not None:
        raise AlreadyDone(spent.location)
    db.session.rollback()


def where_it_led(key: str) -> str | None:
    """Where the form with this key led; None when it had no effect yet, or its answer was a page."""
    return db.session.scalar(select(OnceKey.location).where(OnceKey.key == key))


def _spend_key(session: Session, final: bool) -> None:
    once = _once.get()
    if once is None or once.spent:
        return
    spent = session.get(OnceKey, once.key)
    if spent is not None:
        raise AlreadyDone(spent.location)
    if final:
        session.add(OnceKey(key=once.key, location=once.location, at=now()))
        session.flush()
        once.spent = True


def leave_key() -> None:
    """The block stores only that it refuses: the same form sent again gets the same refusal.  A step."""
    once = _once.get()
    if once is not None and once.spent:
        db.session.execute(delete(OnceKey).where(OnceKey.key == once.key))
        once.spent = False


def afterwards(step: Callable[[], object]) -> None:
    """Have ``step`` done once the present transaction is stored, and never when it is not: what is told outside leaves after the commit.

    It must not raise, for the act is done by then, and must not wait.  A step.
    """
    db.session.info.setdefault(_AFTERWARDS, []).append(step)


@contextmanager
def atomic(*, final: bool = True) -> Iterator[Session]:
    """Run the block in one write transaction: all of it is stored, or nothing.

    :param final: False for all but the last of several commits of one use case: the key of the form is spent by the last, so that
        a form whose effect broke off half-way has it when it is sent again.
    :raises NestedUseCase: inside another ``atomic()``.
    :raises AlreadyDone: the door's key was spent before.
    :raises Unavailable: the disk is full or the database is locked or read-only; nothing was changed.
    """
    session = db.session()
    if session.info.get("writing"):
        raise NestedUseCase("a use case must not call another use case")
    if session.new or session.dirty or session.deleted:
        raise NestedUseCase("unsaved changes from before the use case")
    session.rollback()  # ends the read transaction that the page opened; SQLite cannot upgrade one safely
    session.info["writing"] = True
    session.info.pop(_AFTERWARDS, None)
    once = _once.get()
    spent_before = once is not None and once.spent
    try:
        session.connection(execution_options=WRITING)
        _spend_key(session, final)
        yield session
        session.commit()
    except BaseException as error:
        session.rollback()
        if once is not None:
            once.spent = spent_before
        if isinstance(error, OperationalError):
            raise Unavailable from error
        raise
    finally:
        session.info.pop("writing", None)
        steps = session.info.pop(_AFTERWARDS, ())
    for step in steps:
        step()


def remember_location(key: str, location: str) -> None:
    """Keep where the form with ``key`` led, once that is known, so that its second click leads there too.

    The act is committed by then: when there is no room for this, nobody is told that nothing was changed.
    """
    with suppress(Unavailable), only_once(None), atomic() as session:
        spent = session.get(OnceKey, key)
        if spent is not None:
            spent.location = location


__all__ = [
    "AlreadyDone",
    "NestedUseCase",
    "Once",
    "OnceKey",
    "afterwards",
    "atomic",
    "attempt",
    "check_attempt",
    "leave_key",
    "only_once",
    "present_attempt",
    "remember_location",
    "where_it_led",
]
