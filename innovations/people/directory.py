"""What an admin sees of people and units: those at or below the units administered, nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from innovations.core.paging import Page
from innovations.core.rules.errors import NotVisible
from innovations.core.rules.text import vietnamese_key
from innovations.extensions import db
from innovations.people.models import Account, Grant, Person, SecondStep, Unit
from innovations.people.queries import UnitRow, units
from innovations.people.rules.roles import Actor, Role


@dataclass(frozen=True)
class PersonLine:
    """A person in the list."""

    id: int
    full_name: str
    rank: str
    unit: str
    numbers: str
    active: bool


@dataclass(frozen=True)
class AccountShown:
    """A way to sign in."""

    id: int
    service_number: str
    active: bool
    must_change: bool
    second_step: bool


@dataclass(frozen=True)
class GrantShown:
    """A role; ``ended`` when it no longer holds."""

    id: int
    role: Role
    unit: str
    from_on: date
    to_on: date | None
    ended: bool
    deputy: str
    deputy_number: str
    away_from: date | None
    away_to: date | None


@dataclass(frozen=True)
class Candidate:
    """Another record that may be the same human being: the same name, and no other year of birth."""

    id: int
    titled: str
    unit: str
    born: int | None


@dataclass(frozen=True)
class PersonShown:
    """A person with accounts and roles; ``values`` are what the form edits."""

    id: int
    values: dict[str, object]
    same_as_id: int | None
    accounts: tuple[AccountShown, ...]
    grants: tuple[GrantShown, ...]
    candidates: tuple[Candidate, ...] = ()

    @property
    def full_name(self) -> str:
        """The name as stored."""
        return str(self.values["full_name"])


def administered(actor: Actor, *, only_active: bool = True) -> list[UnitRow]:
    """Units at or below those the actor administers, in the order of the tree."""
    paths = actor.paths_of(Role.ADMIN)
    return [unit for unit in units(only_active=only_active) if unit.path.startswith(paths)]


def _mine(actor: Actor) -> ColumnElement[bool]:
    return or_(false(), *(Unit.path.startswith(path, autoescape=True) for path in actor.paths_of(Role.ADMIN)))


def _matching(chosen: Select[Any], query: str) -> Select[Any]:
    """Narrowed to a part of the name, without accents too, or to a service number."""
    words = vietnamese_key(query).split(" ")[0] if query.strip() else ""
    if not query.strip():
        return chosen
    numbered = select(Account.person_id).where(func.lower(Account.service_number) == query.strip().lower())
    named = func.lower(Person.full_name).contains(query.strip().lower(), autoescape=True)
    keyed = Person.sort_key.contains(words, autoescape=True)
    return chosen.where(or_(named, keyed, Person.id.in_(numbered)))


def people_page(actor: Actor, query: str, number: int, per_page: int, url_for: Callable[[int], str]) -> Page[PersonLine]:
    """People of the actor's units, in Vietnamese order of given names."""
    found = _matching(select(Person.id).join(Unit, Unit.id == Person.unit_id).where(_mine(actor)), query)
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    ids = list(db.session.scalars(found.order_by(Person.sort_key, Person.id).offset((number - 1) * per_page).limit(per_page)))
    chosen = (
        select(Person.id, Person.full_name, Person.rank, Unit.short_name, Person.active, Account.service_number, Account.active.label("open"))
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.id.in_(ids))
        .order_by(Person.sort_key, Person.id, Account.id)
    )  # fmt: skip
    lines: dict[int, PersonLine] = {}
    for row in db.session.execute(chosen):
        numbers = ", ".join(filter(None, [lines[row.id].numbers if row.id in lines else "", row.service_number]))
        lines[row.id] = PersonLine(row.id, row.full_name, row.rank, row.short_name, numbers, bool(row.active and row.open))
    return Page(list(lines.values()), number, per_page, total, url_for)


def person_shown(actor: Actor, person_id: int) -> PersonShown:
    """One person of the actor's units.

    :raises NotVisible: there is none, or somebody else administers the unit.
    """
    person = db.session.get(Person, person_id)
    if person is None or not actor.holds(Role.ADMIN, person.unit.path):
        raise NotVisible
    stepped = select(SecondStep.account_id).where(SecondStep.account_id == Account.id).exists()
    accounts = db.session.execute(select(Account, stepped).where(Account.person_id == person.id).order_by(Account.id))
    names = ("full_name", "rank", "position", "qualification", "born_on", "category", "unit_id")
    return PersonShown(
        person.id, {name: getattr(person, name) for name in names}, person.same_as_id,
        tuple(AccountShown(each.id, each.service_number, each.active, each.must_change, step) for each, step in accounts),
        _grants(person.id), _candidates(actor, person),
    )  # fmt: skip


def _candidates(actor: Actor, person: Person) -> tuple[Candidate, ...]:
    chosen = (
        select(Person, Unit.short_name)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.sort_key == person.sort_key, Person.id != person.id, Person.same_as_id.is_(None), _mine(actor))
    )
    found = (
        Candidate(each.id, f"{each.rank} {each.full_name}".strip(), unit, each.born_on.year if each.born_on else None)
        for each, unit in db.session.execute(chosen.order_by(Person.id))
        if person.same_as_id != each.id
    )
    year = person.born_on.year if person.born_on else None
    return tuple(each for each in found if year is None or each.born in (None, year))


def _grants(person_id: int) -> tuple[GrantShown, ...]:
    chosen = select(Grant, Unit.short_name).join(Unit, Unit.id == Grant.unit_id).where(Grant.person_id == person_id)
    return tuple(
        GrantShown(
            grant.id, grant.role, unit, grant.from_on, grant.to_on, grant.ended_at is not None,
            grant.deputy.full_name if grant.deputy else "", _number_of(grant.deputy_id), grant.away_from, grant.away_to,
        )
        for grant, unit in db.session.execute(chosen.order_by(Grant.ended_at.is_not(None), Grant.id))
    )  # fmt: skip


def _number_of(person_id: int | None) -> str:
    """The service number a person signs in with; empty without one."""
    chosen = select(Account.service_number).where(Account.person_id == person_id).order_by(Account.active.desc(), Account.id)
    return db.session.scalar(chosen.limit(1)) or "" if person_id else ""


def unit_shown(actor: Actor, unit_id: int) -> tuple[int, dict[str, object], bool]:
    """Id, what the form edits, and whether the unit is open.

    :raises NotVisible: there is none, or somebody else administers it.
    """
    unit = db.session.get(Unit, unit_id)
    if unit is None or not actor.holds(Role.ADMIN, unit.path):
        raise NotVisible
    names = ("code", "name", "short_name", "level", "kind", "place", "is_base")
    values = {name: getattr(unit, name) for name in names} | {"head_number": _number_of(unit.head_id)}
    return unit.id, values, unit.active
