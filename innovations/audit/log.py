"""Writing and reading the audit log.

:func:`record` is a step: it adds the event to the caller's transaction.  Tags are registered at ``init_app``; an unknown one
fails, so that no event is ever misspelt.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from innovations.audit.chain import GENESIS, digest_of, first_altered
from innovations.audit.checkpoints import checkpoints, first_beyond
from innovations.audit.models import AuditEvent
from innovations.audit.telling import tell
from innovations.core.clock import now
from innovations.extensions import db

_known: dict[str, StrEnum] = {}


def register_tags(tags: Iterable[StrEnum]) -> None:
    """Make the tags of a feature known."""
    _known.update({tag.value: tag for tag in tags})


def label_of(tag: str) -> str:
    """What a stored tag means, as a Vietnamese sentence to be translated; the tag itself when no feature knows it any more."""
    return str(getattr(_known.get(tag), "label", tag))


def record(tag: StrEnum, subject_kind: str, subject_id: int | None, *, by: int | None, **data: Any) -> AuditEvent:
    """Append one event to the caller's transaction.

    :param by: id of the acting account; ``None`` for the system itself (worker, command).
    :param data: ids, states, dates and numbers; never a title, a name or any text that a person wrote.
    :raises ValueError: the tag was not registered.
    """
    if tag.value not in _known:
        raise ValueError(f"audit tag {tag.value} is not registered")
    last = db.session.execute(select(AuditEvent.id, AuditEvent.digest).order_by(AuditEvent.id.desc()).limit(1)).first()
    entry = AuditEvent(
        id=last.id + 1 if last else 1,
        at=now(),
        tag=tag.value,
        account_id=by,
        subject_kind=subject_kind,
        subject_id=subject_id,
        data={key: value for key, value in data.items() if value is not None},
        previous=last.digest if last else GENESIS,
    )
    entry.digest = digest_of(entry)
    db.session.add(entry)
    db.session.flush()
    tell(entry)
    return entry


def verify(trusted: str | None = None) -> int | None:
    """Id of the first event that the chain or a signed checkpoint does not confirm, or ``None``; reads the log in pieces.

    :param trusted: public key of the checkpoints as it is kept elsewhere; the one beside each when not given.
    """
    db.session.rollback()  # a fresh look at the rows, not at what this session read earlier
    held = checkpoints()
    wanted, digests = {each.event_id for each in held}, dict[int, str]()

    def seen(number: int, digest: str) -> None:
        if number in wanted:
            digests[number] = digest

    # Columns, not objects: a million rows in a quarter of the time.
    rows = db.session.execute(select(*AuditEvent.__table__.columns).order_by(AuditEvent.id).execution_options(yield_per=1000))
    altered = first_altered(rows, seen)  # type: ignore[arg-type]  # rows have the columns as attributes
    reached = [each for each in held if altered is None or each.event_id < altered]
    beyond = first_beyond(reached, digests, trusted=trusted)
    return altered if beyond is None else beyond


def events_of(subject_kind: str, subject_id: int) -> list[AuditEvent]:
    """Events of one thing, oldest first."""
    chosen = select(AuditEvent).where(AuditEvent.subject_kind == subject_kind, AuditEvent.subject_id == subject_id)
    return list(db.session.scalars(chosen.order_by(AuditEvent.id)))
