"""Reading what nearly every click reads, cheaply: statements built once, answers kept as long as nothing can have changed them.

SQLAlchemy builds, names and compiles a statement anew each time it is written down in a function: four fifths of the time of a
small one.  Rights depend on a dozen small ones, asked several times in a click.
"""

import threading
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import BindParameter, Result, Select, bindparam, event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from innovations.extensions import db

P = ParamSpec("P")
Answer = TypeVar("Answer")
#: A statement that asks for columns.
Columns = Select[*tuple[Any, ...]]
_KEPT = "read once"


def ids() -> BindParameter[list[int]]:
    """The ids that :func:`rows` is given, as a parameter for ``column.in_(ids())``."""
    return bindparam("ids", expanding=True)


def kept_statement(build: Callable[[], Columns]) -> Callable[[], Columns]:
    """Let a function that builds a statement build it once per thread.

    Threads do not share it: what SQLAlchemy fills in at first use was once read half filled by another thread.
    """
    own = threading.local()

    @wraps(build)
    def kept() -> Select[Any]:
        try:
            return own.statement  # type: ignore[no-any-return]
        except AttributeError:
            own.statement = build()
            return own.statement  # type: ignore[no-any-return]

    return kept


def rows(statement: Columns, **values: Any) -> Result[*tuple[Any, ...]]:
    """The rows of a statement that asks for columns, not for objects; what is pending in the session is stored before."""
    session = db.session()
    if session.new or session.dirty or session.deleted:
        session.flush()
    return session.connection().execute(statement, values)


def read_once(function: Callable[P, Answer]) -> Callable[P, Answer]:
    """Answer the same question once per reading transaction; answers must be frozen.

    A reading transaction sees one state of the database from its first statement to its last.  A writing one (``atomic()``) is asked
    anew each time, and so is a session that has stored anything.
    """

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> Answer:
        session = db.session()
        if session.info.get("writing") or session.new or session.dirty or session.deleted:
            return function(*args, **kwargs)
        kept = _kept_by(session)
        key: Hashable = (function, args, tuple(sorted(kwargs.items())))
        if key not in kept:
            answer = function(*args, **kwargs)  # may have begun the transaction
            _kept_by(session)[key] = answer
            return answer
        return kept[key]  # type: ignore[no-any-return]

    return asked


def _kept_by(session: Session) -> dict[Hashable, Any]:
    """What was read in the session's present transaction."""
    transaction, kept = session.info.get(_KEPT, (None, {}))
    present: SessionTransaction | None = session.get_transaction()
    if present is None or transaction is not present:
        kept = {}
        session.info[_KEPT] = (present, kept)
    return kept


@event.listens_for(db.session, "after_flush")
def _stored(session: Session, _context: object) -> None:
    session.info.pop(_KEPT, None)


@event.listens_for(db.session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    if not state.is_select:
        state.session.info.pop(_KEPT, None)
