"""The registrar's lists: fields of work and special days.  They serve every unit; any registrar keeps them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from innovations import audit
from innovations.core.rules.errors import N_, Forbidden, Invalid, NotVisible, StateForbids
from innovations.core.rules.text import clean_line
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.rules.roles import Actor, Role
from innovations.regulations.models import FieldOfWork, SpecialDay
from innovations.regulations.rules.campaigns import FIELD_NAME_MAX, OTHER_FIELD
from innovations.regulations.rules.events import AuditTag


class FieldNameTaken(Invalid):
    """Another field has the name."""

    message = N_("Đã có lĩnh vực “%(name)s”.")


class FieldNameMissing(Invalid):
    """A field needs a name."""

    message = N_("Nhập tên lĩnh vực.")


class OtherFieldStays(StateForbids):
    """What fits no field goes there, so it cannot be closed."""

    message = N_("Lĩnh vực “khác” luôn cần có nên không đóng được.")


def _check_registrar(actor: Actor) -> None:
    if not actor.holds_anywhere(Role.REGISTRAR):
        raise Forbidden


def _name(field: FieldOfWork, name: str, name_en: str) -> None:
    cleaned = clean_line(name, max_length=FIELD_NAME_MAX, field="name")
    if not cleaned:
        raise FieldNameMissing("name")
    taken = db.session.scalar(select(FieldOfWork.id).where(func.lower(FieldOfWork.name) == cleaned.lower()))
    if taken is not None and taken != field.id:
        raise FieldNameTaken("name", name=cleaned)
    field.name, field.name_en = cleaned, clean_line(name_en, max_length=FIELD_NAME_MAX, field="name_en")


def add_field(actor: Actor, name: str, name_en: str = "") -> int:
    """Add a field at the end of the list.

    :raises FieldNameTaken: FieldNameMissing: the name cannot be used.
    """
    with atomic() as session:
        _check_registrar(actor)
        last = session.scalar(select(func.max(FieldOfWork.position))) or 0
        number = (session.scalar(select(func.max(FieldOfWork.id))) or 0) + 1
        field = FieldOfWork(code=f"field{number}", position=last + 1)
        _name(field, name, name_en)
        session.add(field)
        session.flush()
        audit.record(AuditTag.FIELD_CHANGED, "field", field.id, by=actor.account_id)
        return field.id


def change_field(actor: Actor, field_id: int, name: str, name_en: str, *, active: bool) -> None:
    """Rename a field, close it, or open it again; what was filed under it stays.

    :raises OtherFieldStays: "khác" cannot be closed.
    """
    with atomic() as session:
        _check_registrar(actor)
        field = session.get(FieldOfWork, field_id)
        if field is None:
            raise NotVisible
        if field.code == OTHER_FIELD and not active:
            raise OtherFieldStays
        _name(field, name, name_en)
        field.active = active
        audit.record(AuditTag.FIELD_CHANGED, "field", field.id, by=actor.account_id)


def set_day(actor: Actor, on: date, *, works: bool, name: str) -> None:
    """Enter a holiday, or a weekend day that is worked; the same day again replaces the entry."""
    with atomic() as session:
        _check_registrar(actor)
        session.merge(SpecialDay(on=on, works=works, name=clean_line(name, max_length=100, field="name")))
        audit.record(AuditTag.CALENDAR_CHANGED, "special_day", None, by=actor.account_id, on=on.isoformat(), works=works)


def remove_day(actor: Actor, on: date) -> None:
    """Take a day out of the list; due dates already promised stay."""
    with atomic() as session:
        _check_registrar(actor)
        day = session.get(SpecialDay, on)
        if day is None:
            raise NotVisible
        session.delete(day)
        audit.record(AuditTag.CALENDAR_CHANGED, "special_day", None, by=actor.account_id, on=on.isoformat())
