"""Many units or many people at once, from lists that units keep; a list is stored whole or not at all.

By command for the whole tree (no actor: who runs commands owns the machine), by page for the units the admin administers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import insert, select

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import N_, DomainError, Invalid, raise_all
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Account, Person, Unit
from innovations.people.passwords import hash_passwords
from innovations.people.rules.events import AuditTag
from innovations.people.rules.lists import RowRefused
from innovations.people.rules.roles import Actor, NotAdminThere, Role
from innovations.people.services.persons import NumberTaken, PersonData, clean_number, person_columns
from innovations.people.services.signing_in import ONE_TIME_HOURS, new_one_time_password
from innovations.people.services.units import UnitData, add_unit

#: Service numbers looked up in one query.
ASKED_AT_ONCE = 500


class NoSuchUnit(Invalid):
    """A row names a unit that is neither in the tree nor above it in the list."""

    message = N_("Không có đơn vị mã “%(code)s”; đơn vị cấp trên phải đứng trước trong danh sách.")


@dataclass(frozen=True)
class UnitRow:
    """A unit of the list; an empty ``parent`` is the root of the tree."""

    row: int
    data: UnitData
    parent: str


@dataclass(frozen=True)
class PersonRow:
    """A person of the list; ``data.unit_id`` is not known yet, the unit is named by ``unit``."""

    row: int
    data: PersonData
    service_number: str
    unit: str


@dataclass(frozen=True)
class Issued:
    """A new account and the password to hand over; it works for 24 hours and must be changed."""

    unit: str
    service_number: str
    full_name: str
    password: str


@dataclass(frozen=True)
class Imported:
    """What became of a list; rows that were already there are left as they are."""

    rows: int
    created: int
    unchanged: int
    issued: tuple[Issued, ...] = ()


@contextmanager
def _refusals_of(row: int, refused: list[DomainError]) -> Iterator[None]:
    try:
        yield
    except DomainError as error:
        refused.append(RowRefused("file", row=row, reason=error))


def _unit(code: str, actor: Actor | None) -> Unit:
    chosen = select(Unit).where(Unit.code == code.strip().upper()) if code else select(Unit).where(Unit.parent_id.is_(None))
    unit = db.session.scalar(chosen.order_by(Unit.id).limit(1))
    if unit is None:
        raise NoSuchUnit("unit", code=code)
    if actor is not None and not actor.holds(Role.ADMIN, unit.path):
        raise NotAdminThere
    return unit


def import_units(rows: Sequence[UnitRow], actor: Actor | None = None) -> Imported:
    """Add the units that are not there yet, parents before children.

    :param actor: the admin who sent the list; ``None`` for a command.

    :raises Several: a :class:`RowRefused` for every row that cannot be stored; then nothing is.
    """
    refused: list[DomainError] = []
    created = 0
    with atomic() as session:
        known = set(session.scalars(select(Unit.code)))
        for row in rows:
            if row.data.code.strip().upper() in known:
                continue
            with _refusals_of(row.row, refused):
                add_unit(row.data, _unit(row.parent, actor))
                created += 1
        raise_all(refused)
        if created:
            audit.record(AuditTag.UNITS_IMPORTED, "unit", None, by=actor.account_id if actor else None, created=created)
    return Imported(len(rows), created, len(rows) - created)


def check_people(rows: Sequence[PersonRow], actor: Actor | None = None) -> list[PersonRow]:
    """The people whose service number has no account yet, each with the code of the unit; nothing is stored.

    :raises Several: a :class:`RowRefused` for every row that cannot be stored.
    """
    known = set(db.session.scalars(select(Account.service_number)))
    fresh = [row for row in rows if row.service_number.strip() not in known]
    make_ready(fresh, actor)
    codes = {unit: _unit(unit, actor).code for unit in {row.unit for row in fresh}}
    db.session.rollback()
    return [replace(row, unit=codes[row.unit]) for row in fresh]


@dataclass(frozen=True)
class Ready:
    """A person as stored: spreadsheet row, service number, columns."""

    row: int
    number: str
    person: dict[str, object]


def make_ready(rows: Sequence[PersonRow], actor: Actor | None) -> list[Ready]:
    """The rows as they will be stored; done before the write lock is taken, which others wait for.

    :raises Several: a :class:`RowRefused` for every row that cannot be stored.
    """
    refused: list[DomainError] = []
    units: dict[str, int] = {}
    numbers: set[str] = set()
    ready = []
    for row in rows:
        with _refusals_of(row.row, refused):
            if row.unit not in units:
                units[row.unit] = _unit(row.unit, actor).id
            number = clean_number(row.service_number)
            if number in numbers:
                raise NumberTaken("service_number", number=number)
            numbers.add(number)
            person = person_columns(replace(row.data, unit_id=units[row.unit]))
            ready.append(Ready(row.row, number, {**person, "active": True}))
    raise_all(refused)
    return ready


def store_people(ready: Sequence[Ready], hashes: Sequence[str], actor: Actor | None) -> None:
    """Add people with accounts, in bulk: for 2,000 of them the write lock is held for 100 to 170 ms of work.  A step.

    :param hashes: of their one-time passwords.
    :raises Several: a :class:`RowRefused` for every row whose number was given meanwhile.
    """
    if not ready:
        return
    _check_free(ready)
    connection, person = db.session.connection(), Person.__table__
    added = insert(person).returning(person.c.id, sort_by_parameter_order=True)
    ids = connection.execute(added, [each.person for each in ready]).scalars().all()
    shared = {
        "must_change": True, "one_time_until": now() + timedelta(hours=ONE_TIME_HOURS), "locale": "vi", "active": True, "demo": False,
    }  # fmt: skip
    accounts = [
        {"person_id": person_id, "service_number": each.number, "password_hash": kept, **shared}
        for person_id, each, kept in zip(ids, ready, hashes, strict=True)
    ]
    connection.execute(insert(Account.__table__), accounts)
    audit.record(AuditTag.PEOPLE_IMPORTED, "person", None, by=actor.account_id if actor else None, created=len(accounts))


def _check_free(ready: Sequence[Ready]) -> None:
    rows = {each.number: each.row for each in ready}
    numbers, taken = list(rows), set()
    for start in range(0, len(numbers), ASKED_AT_ONCE):
        some = Account.service_number.in_(numbers[start : start + ASKED_AT_ONCE])
        taken |= set(db.session.scalars(select(Account.service_number).where(some)))
    raise_all(
        [RowRefused("file", row=rows[number], reason=NumberTaken("service_number", number=number)) for number in sorted(taken)]
    )


def import_people(rows: Sequence[PersonRow], actor: Actor | None = None) -> Imported:
    """Add the people whose service number has no account yet, each with a one-time password.

    :param actor: the admin who sent the list; ``None`` for a command.

    :raises Several: a :class:`RowRefused` for every row that cannot be stored; then nothing is.
    """
    fresh = check_people(rows, actor)
    passwords = [new_one_time_password() for _row in fresh]
    hashes = hash_passwords(passwords)
    ready = make_ready(fresh, actor)
    with atomic():
        store_people(ready, hashes, actor)
    issued = [
        Issued(row.unit, row.service_number.strip(), row.data.full_name, password)
        for row, password in zip(fresh, passwords, strict=True)
    ]
    return Imported(len(rows), len(issued), len(rows) - len(fresh), tuple(sorted(issued, key=lambda each: each.unit)))
