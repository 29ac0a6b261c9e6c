"""Telling people: :func:`notify` is a step in the transaction of what happened; words are found when the notice is read.

A feature registers its kinds (an enum whose members know their Vietnamese sentence) and, per kind of subject, a resolver that
says what the reader may see of it.  A subject the reader may no longer see leaves a notice without a link and without a name.
Of kinds that ask something it also says whether they still do: an old notice must not go on asking for what is done.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import gettext
from sqlalchemy import bindparam, func, select, update

from innovations.core.clock import now
from innovations.core.formats import day
from innovations.core.rules.labels import Labelled
from innovations.core.statements import Columns, kept_statement, rows
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.people.rules.roles import Actor


@dataclass(frozen=True)
class Subject:
    """What a reader may know of a notice's subject: a short label and where it leads."""

    label: str
    url: str


Resolver = Callable[[Actor, Iterable[int]], Mapping[int, Subject]]
#: Of these subjects, those that still ask something of the reader.
StillAsking = Callable[[Actor, Collection[int]], Collection[int]]
_sentences: dict[str, str] = {}
_resolvers: dict[str, Resolver] = {}
_asking: dict[str, StillAsking] = {}


@dataclass(frozen=True)
class Told:
    """A notice in words.  ``done``: it asked for something that is done by now, or no longer asked of the reader."""

    id: int
    text: str
    url: str | None
    at: datetime
    unread: bool
    done: bool


def register_kinds(kinds: Iterable[Labelled]) -> None:
    """Make a feature's kinds known; a member's label is its Vietnamese sentence, ``%(subject)s`` the subject's label in it."""
    _sentences.update({kind.value: kind.label for kind in kinds})


def register_subject(kind: str, resolver: Resolver) -> None:
    """Say how readers see subjects of ``kind`` (``"proposal"``, ``"meeting"`` …)."""
    _resolvers[kind] = resolver


def register_asking(asking: Mapping[StrEnum, StillAsking]) -> None:
    """Say which kinds ask something of their readers, and how it is found of which subjects they still do."""
    _asking.update({kind.value: still for kind, still in asking.items()})


def notify(
    kind: StrEnum, people: Iterable[int | None], subject_kind: str, subject_id: int, *, once: str | None = None, **data: Any
) -> int:
    """Tell each of ``people`` once.  A step.

    :param once: key of a reminder; a person who has a notice with this key gets no second one.
    :param data: dates and numbers for the sentence; never text that a person wrote.
    :returns: how many notices were added.
    :raises ValueError: the kind was not registered.
    """
    if kind.value not in _sentences:
        raise ValueError(f"notice kind {kind.value} is not registered")
    stored = {key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()}
    added = 0
    for person_id in sorted({person for person in people if person is not None}):
        key = f"{once}:{person_id}" if once else None
        if key and db.session.scalar(select(Notice.id).where(Notice.once_key == key)):
            continue
        row = Notice(person_id=person_id, kind=kind.value, subject_kind=subject_kind, subject_id=subject_id)
        row.data, row.created_at, row.once_key = stored, now(), key
        db.session.add(row)
        added += 1
    return added


def _shown(value: Any) -> Any:
    """``"2026-03-10"`` → the date as readers write it; everything else as it is."""
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-":
        return day(date.fromisoformat(value))
    return value


def _done(actor: Actor, rows: Sequence[Notice]) -> set[int]:
    """The notices among ``rows`` that asked for something and no longer do."""
    asked: dict[StillAsking, list[Notice]] = {}
    for row in rows:
        if row.kind in _asking:
            asked.setdefault(_asking[row.kind], []).append(row)
    return {
        row.id
        for still, theirs in asked.items()
        for open_ones in [still(actor, {row.subject_id for row in theirs})]
        for row in theirs
        if row.subject_id not in open_ones
    }


def _worded(row: Notice, subject: Subject | None, *, done: bool) -> Told:
    label = subject.label if subject else gettext("một hồ sơ đồng chí không còn được xem")
    data = {key: _shown(value) for key, value in row.data.items()}
    text = gettext(_sentences[row.kind]) % {"subject": label, **data}
    return Told(row.id, text, subject.url if subject else None, row.created_at, row.read_at is None, done)


def notices_of(actor: Actor, *, page: int = 1, per_page: int = 20) -> tuple[list[Told], int]:
    """A page of the reader's notices, newest first, and how many there are."""
    mine = Notice.person_id == actor.person_id
    rows = list(
        db.session.scalars(select(Notice).where(mine).order_by(Notice.id.desc()).limit(per_page).offset((page - 1) * per_page))
    )
    seen: dict[tuple[str, int], Subject] = {}
    for kind in {row.subject_kind for row in rows if row.subject_kind in _resolvers}:
        found = _resolvers[kind](actor, {row.subject_id for row in rows if row.subject_kind == kind})
        seen.update({(kind, subject_id): subject for subject_id, subject in found.items()})
    total, done = db.session.scalar(select(func.count()).where(mine)) or 0, _done(actor, rows)
    subjects = (seen.get((row.subject_kind, row.subject_id)) for row in rows)
    told = [
        _worded(row, subject, done=subject is not None and row.id in done) for row, subject in zip(rows, subjects, strict=True)
    ]
    return told, total


@kept_statement
def _unread() -> Columns:
    return select(func.count()).where(Notice.person_id == bindparam("person"), Notice.read_at.is_(None))


def unread_count(actor: Actor) -> int:
    """How many notices the reader has not opened."""
    return int(rows(_unread(), person=actor.person_id).scalar_one())


def mark_all_read(actor: Actor) -> None:
    """The reader has seen the list."""
    with atomic() as session:
        unread = update(Notice).where(Notice.person_id == actor.person_id, Notice.read_at.is_(None))
        session.execute(unread.values(read_at=now()))
