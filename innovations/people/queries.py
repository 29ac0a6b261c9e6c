"""Reading people: who holds a role where, units as a tree, persons by name or number."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Account, Grant, Person, Unit
from innovations.people.rules.roles import Role
from innovations.people.rules.units import ancestors

Human = func.coalesce(Person.same_as_id, Person.id)


def holders_of(role: Role, unit_id: int) -> list[int]:
    """Human ids of those who hold ``role`` nearest to the unit: at it, else at the next unit above that has a holder."""
    path = db.session.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
    on = today()
    chosen = (
        select(Grant.unit_id, Human)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.role == role, Grant.unit_id.in_(ancestors(path)), Grant.ended_at.is_(None), Grant.from_on <= on)
        .where(or_(Grant.to_on.is_(None), Grant.to_on >= on))
    )
    found: dict[int, list[int]] = {}
    for at, human in db.session.execute(chosen):
        found.setdefault(at, []).append(human)
    nearest = next((unit for unit in reversed(ancestors(path)) if unit in found), None)
    return found[nearest] if nearest is not None else []


def holders_over(role: Role, unit_path: str) -> set[int]:
    """Human ids of all who hold ``role`` at the unit or above it; who stands in for somebody absent is not among them."""
    on = today()
    chosen = (
        select(Human)
        .select_from(Grant)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.role == role, Grant.unit_id.in_(ancestors(unit_path)), Grant.ended_at.is_(None), Person.active)
        .where(Grant.from_on <= on, or_(Grant.to_on.is_(None), Grant.to_on >= on))
    )
    return set(db.session.scalars(chosen))


@dataclass(frozen=True)
class UnitRow:
    """A unit in a list or tree; ``depth`` counts from the root."""

    id: int
    code: str
    name: str
    short_name: str
    level: str
    is_base: bool
    active: bool
    depth: int
    path: str
    parent_id: int | None


def units(*, under: str = "/", only_active: bool = True) -> list[UnitRow]:
    """Units below a path in the order of the tree: every unit directly after its parent, siblings by name."""
    chosen = select(Unit).where(Unit.path.startswith(under, autoescape=True))
    rows = list(db.session.scalars(chosen.where(Unit.active) if only_active else chosen))
    names = {unit.id: (unit.name, unit.id) for unit in rows}
    rows.sort(key=lambda unit: [names.get(each, ("", each)) for each in ancestors(unit.path)])
    return [
        UnitRow(
            unit.id, unit.code, unit.name, unit.short_name, unit.level.value, unit.is_base, unit.active,
            len(ancestors(unit.path)) - 1, unit.path, unit.parent_id,
        )
        for unit in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class PersonName:
    """A person as lists name them."""

    id: int
    full_name: str
    rank: str
    unit: str

    @property
    def titled(self) -> str:
        """Rank and name."""
        return f"{self.rank} {self.full_name}".strip()


def names_of(person_ids: set[int]) -> dict[int, PersonName]:
    """Names by person id."""
    chosen = select(Person.id, Person.full_name, Person.rank, Unit.short_name).join(Unit, Unit.id == Person.unit_id)
    rows = db.session.execute(chosen.where(Person.id.in_(person_ids))) if person_ids else ()
    return {row.id: PersonName(row.id, row.full_name, row.rank, row.short_name) for row in rows}


def number_of(account_id: int) -> str:
    """The service number of an account."""
    return db.session.scalar(select(Account.service_number).where(Account.id == account_id)) or ""


def account_with(service_number: str) -> Account | None:
    """The account with this service number."""
    return db.session.scalar(select(Account).where(Account.service_number == service_number.strip()))
