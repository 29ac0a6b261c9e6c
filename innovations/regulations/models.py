"""What a board year is run by: campaigns, rule sets, criteria sets, fields of work, working days.

Sets are edited freely by the registrar of the unit that owns them: a review freezes its own copy when it starts (domain §4,
invariant 5).  A set without an owner is a shipped one: it is copied, never changed.
"""

from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.extensions import db
from innovations.people.models import Unit


class FieldOfWork(db.Model):
    """Lĩnh vực: an editable list; a field in use is closed, never deleted."""

    __tablename__ = "field_of_work"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    name_en: Mapped[str] = mapped_column(String(100), default="")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class RuleSetRow(db.Model):
    """A named, dated version of the rules; ``content`` is ``RuleSet.to_json()``."""

    __tablename__ = "rule_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    valid_from: Mapped[date]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    active: Mapped[bool] = mapped_column(default=True)
    updated_at: Mapped[datetime]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # the owner; NULL: shipped

    unit: Mapped[Unit | None] = relationship()


class CriteriaSetRow(db.Model):
    """A named set of criteria and grades; ``content`` is ``CriteriaSet.to_json()``."""

    __tablename__ = "criteria_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    active: Mapped[bool] = mapped_column(default=True)
    updated_at: Mapped[datetime]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # the owner; NULL: shipped

    unit: Mapped[Unit | None] = relationship()


#: Either kind of set: what is done to one is done to the other alike.
SetRow = TypeVar("SetRow", RuleSetRow, CriteriaSetRow)


class Campaign(db.Model):
    """Đợt xét: a unit takes proposals in from one day to another, or with an open end."""

    __tablename__ = "campaign"
    __table_args__ = (CheckConstraint("closes_on IS NULL OR closes_on >= opens_on", name="period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    year: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]
    rule_set_id: Mapped[int] = mapped_column(ForeignKey("rule_set.id"))
    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"))

    unit: Mapped[Unit] = relationship()
    rule_set: Mapped[RuleSetRow] = relationship()
    criteria_set: Mapped[CriteriaSetRow] = relationship()


class SpecialDay(db.Model):
    """A holiday, or a weekend day that is worked; the calendar is edited each year, as Tết moves."""

    __tablename__ = "special_day"

    on: Mapped[date] = mapped_column(primary_key=True)
    works: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(100), default="")
