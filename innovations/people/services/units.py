"""Editing the tree of units: made, changed, moved, closed; never deleted."""

from dataclasses import dataclass

from sqlalchemy import func, select, update

from innovations import audit
from innovations.core.rules.errors import N_, Invalid, NotVisible, StateForbids
from innovations.core.rules.text import clean_line
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people import followers
from innovations.people.models import Person, Unit
from innovations.people.rules.events import AuditTag
from innovations.people.rules.roles import Actor, Role
from innovations.people.rules.units import Level, check_code, check_level, check_move, path_of
from innovations.people.services.persons import person_with_number


class CodeTaken(Invalid):
    """Another unit has the code."""

    message = N_("Mã “%(code)s” đã được đơn vị khác dùng.")


class HasOpenSubunits(StateForbids):
    """Units below must be closed or moved first."""

    message = N_("Đơn vị còn %(count)d đơn vị trực thuộc đang hoạt động; hãy đóng hoặc chuyển các đơn vị đó trước.")


@dataclass(frozen=True)
class UnitData:
    """What an admin types about a unit."""

    code: str
    name: str
    short_name: str
    level: Level
    kind: str = ""
    place: str = ""
    is_base: bool = False


def _cleaned(data: UnitData) -> dict[str, object]:
    name = clean_line(data.name, max_length=200, field="name")
    return {
        "code": check_code(data.code),
        "name": name,
        "short_name": clean_line(data.short_name, max_length=60, field="short_name") or name[:60],
        "level": data.level,
        "kind": clean_line(data.kind, max_length=60, field="kind"),
        "place": clean_line(data.place, max_length=100, field="place"),
        "is_base": data.is_base,
    }


def _check_code_free(code: object, unit_id: int | None) -> None:
    taken = db.session.scalar(select(Unit.id).where(Unit.code == code))
    if taken is not None and taken != unit_id:
        raise CodeTaken("code", code=code)


def _administered(actor: Actor, unit_id: int) -> Unit:
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotVisible
    if not actor.holds(Role.ADMIN, unit.path):
        raise NotVisible
    return unit


def add_unit(data: UnitData, parent: Unit | None) -> Unit:
    """Put a checked unit under ``parent``.  A step, shared by the page, the import and the first start."""
    values = _cleaned(data)
    _check_code_free(values["code"], None)
    check_level(data.level, parent.level if parent else None, is_base=data.is_base)
    unit = Unit(**values, parent_id=parent.id if parent else None, path="", active=True)
    db.session.add(unit)
    db.session.flush()
    unit.path = path_of(parent.path if parent else None, unit.id)
    db.session.flush()
    return unit


def create_unit(actor: Actor, data: UnitData, *, parent_id: int) -> int:
    """Add a unit below one the actor administers.

    :raises CodeTaken: another unit has the code.
    :raises LevelAboveParent: the level cannot stand under the parent's.
    """
    with atomic():
        unit = add_unit(data, _administered(actor, parent_id))
        audit.record(AuditTag.UNIT_CREATED, "unit", unit.id, by=actor.account_id)
        return unit.id


def change_unit(actor: Actor, unit_id: int, data: UnitData, *, head_number: str = "") -> None:
    """Change a unit's names, level and head; its place in the tree stays.

    :param head_number: service number of who heads the unit; empty for nobody.  As an author of State-paid work that person may
        not sit on the unit's board (Decree 13/2012).
    :raises NobodyWithNumber: no account has the number.
    """
    with atomic():
        unit = _administered(actor, unit_id)
        values = _cleaned(data)
        _check_code_free(values["code"], unit.id)
        check_level(data.level, unit.parent.level if unit.parent else None, is_base=data.is_base)
        for name, value in values.items():
            setattr(unit, name, value)
        head = person_with_number(head_number, "head_number")
        unit.head_id = head.id if head else None
        audit.record(AuditTag.UNIT_CHANGED, "unit", unit.id, by=actor.account_id)


def move_unit(actor: Actor, unit_id: int, new_parent_id: int) -> None:
    """Hang a unit, with everything below it, under another.  What happened before stays where it happened.

    :raises MoveUnderItself: the new parent is the unit or one below it.
    """
    with atomic() as session:
        unit, parent = _administered(actor, unit_id), _administered(actor, new_parent_id)
        check_move(unit.path, parent.path)
        check_level(unit.level, parent.level, is_base=unit.is_base)
        old, new = unit.path, path_of(parent.path, unit.id)
        unit.parent_id = parent.id
        session.flush()
        below = update(Unit).where(Unit.path.startswith(old, autoescape=True))
        session.execute(
            below.values(path=new + func.substr(Unit.path, len(old) + 1)), execution_options={"synchronize_session": False}
        )
        session.expire_all()
        followers.units_moved(session.scalars(select(Unit.id).where(Unit.path.startswith(new, autoescape=True))).all())
        audit.record(AuditTag.UNIT_MOVED, "unit", unit_id, by=actor.account_id, parent=new_parent_id)


def close_unit(actor: Actor, unit_id: int) -> None:
    """Close a unit: it can no longer be chosen; its history stays.

    :raises HasOpenSubunits: units below are still active.
    """
    with atomic() as session:
        unit = _administered(actor, unit_id)
        open_below = session.scalar(select(func.count()).where(Unit.parent_id == unit.id, Unit.active)) or 0
        if open_below:
            raise HasOpenSubunits(count=open_below)
        unit.active = False
        audit.record(AuditTag.UNIT_CLOSED, "unit", unit.id, by=actor.account_id)


def reopen_unit(actor: Actor, unit_id: int) -> None:
    """Open a closed unit again."""
    with atomic():
        unit = _administered(actor, unit_id)
        unit.active = True
        audit.record(AuditTag.UNIT_CHANGED, "unit", unit.id, by=actor.account_id)


def name_head(actor: Actor, unit_id: int, person_id: int | None) -> None:
    """Say who heads a unit: as an author of State-paid work that person may not sit on its board."""
    with atomic() as session:
        unit = _administered(actor, unit_id)
        if person_id is not None and session.get(Person, person_id) is None:
            raise NotVisible
        unit.head_id = person_id
        audit.record(AuditTag.UNIT_CHANGED, "unit", unit.id, by=actor.account_id)
