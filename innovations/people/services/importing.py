"""Many units or many people at once, from lists that units keep; a list is stored whole or not at all.

By command for the whole tree (no actor: who runs commands owns the machine), by page for the units the admin administers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import select

from innovations import audit
from innovations.core.rules.errors import N_, DomainError, Invalid, raise_all
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Account, Unit
from innovations.people.passwords import hash_password
from innovations.people.rules.events import AuditTag
from innovations.people.rules.lists import RowRefused
from innovations.people.rules.roles import Actor, NotAdminThere, Role
from innovations.people.services.persons import PersonData, add_account, add_person
from innovations.people.services.signing_in import new_one_time_password
from innovations.people.services.units import UnitData, add_unit

HASHES_AT_ONCE = 2


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


def _hashed(passwords: list[str]) -> list[str]:
    """50 ms each, so two at a time and before the write lock is taken: 2,000 people take some 50 s on two cores."""
    with ThreadPoolExecutor(HASHES_AT_ONCE) as pool:
        return list(pool.map(hash_password, passwords))


def import_people(rows: Sequence[PersonRow], actor: Actor | None = None) -> Imported:
    """Add the people whose service number has no account yet, each with a one-time password.

    :param actor: the admin who sent the list; ``None`` for a command.

    :raises Several: a :class:`RowRefused` for every row that cannot be stored; then nothing is.
    """
    known = set(db.session.scalars(select(Account.service_number)))
    fresh = [row for row in rows if row.service_number.strip() not in known]
    passwords = [new_one_time_password() for _row in fresh]
    hashes = _hashed(passwords)
    refused: list[DomainError] = []
    issued: list[Issued] = []
    with atomic():
        for row, password, hashed in zip(fresh, passwords, hashes, strict=True):
            with _refusals_of(row.row, refused):
                unit = _unit(row.unit, actor)
                person = add_person(replace(row.data, unit_id=unit.id))
                add_account(person, row.service_number, hashed, one_time=True)
                issued.append(Issued(unit.code, row.service_number.strip(), person.full_name, password))
        raise_all(refused)
        if issued:
            audit.record(AuditTag.PEOPLE_IMPORTED, "person", None, by=actor.account_id if actor else None, created=len(issued))
    return Imported(len(rows), len(issued), len(rows) - len(fresh), tuple(sorted(issued, key=lambda each: each.unit)))
