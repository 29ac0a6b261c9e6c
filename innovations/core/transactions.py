"""One click, one transaction.

A use case opens ``with atomic():`` and is called only by a door (page, API operation, command, job).  Inside it, *steps*
(``audit.record``, ``notify``, ``outbox.enqueue``, ``lifecycle.apply``) add to the session and never commit.
Reads need no ``atomic``: they run in a deferred transaction that holds no writer back.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from innovations.core.clock import now
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


@dataclass(frozen=True)
class Once:
    """What the door knows of the attempt: its key, and where it leads when that is known beforehand."""

    key: str
    location: str | None = None


_once: ContextVar[Once | None] = ContextVar("once", default=None)


@contextmanager
def only_once(once: Once | None) -> Iterator[None]:
    """Let the next :func:`atomic` in this block spend ``once`` in its own transaction."""
    token = _once.set(once)
    try:
        yield
    finally:
        _once.reset(token)


def _spend_key(session: Session) -> None:
    once = _once.get()
    if once is None:
        return
    spent = session.get(OnceKey, once.key)
    if spent is not None:
        raise AlreadyDone(spent.location)
    session.add(OnceKey(key=once.key, location=once.location, at=now()))
    session.flush()
    _once.set(None)


@contextmanager
def atomic() -> Iterator[Session]:
    """Run the block in one write transaction: all of it is stored, or nothing.

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
    try:
        session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        _spend_key(session)
        yield session
        session.commit()
    except OperationalError as error:
        session.rollback()
        raise Unavailable from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)


def remember_location(key: str, location: str) -> None:
    """Keep where the form with ``key`` led, once that is known, so that its second click leads there too.

    The act is committed by then: when there is no room for this, nobody is told that nothing was changed.
    """
    with suppress(Unavailable), atomic() as session:
        spent = session.get(OnceKey, key)
        if spent is not None:
            spent.location = location


__all__ = ["AlreadyDone", "NestedUseCase", "Once", "OnceKey", "atomic", "only_once", "remember_location"]
