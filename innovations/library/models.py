"""Adoptions: another unit takes an improvement over, and what that brought."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.core.columns import Coded, Fixed, one_of
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.proposals.models import Proposal
from innovations.proposals.rules.content import BenefitKind


class Adoption(db.Model):
    """A unit's use of an improvement, from the request on."""

    __tablename__ = "adoption"
    __table_args__ = (
        CheckConstraint("kind IN ('first', 'replication', 'transfer')", name="kind_known"),
        CheckConstraint("state IN ('requested', 'agreed', 'declined', 'cancelled', 'in_use', 'stopped')", name="state_known"),
        CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="period"),
        Index(
            "uq_adoption_running", "proposal_id", "unit_id", unique=True,
            sqlite_where=text("state IN ('requested', 'agreed', 'in_use')"),
            postgresql_where=text("state IN ('requested', 'agreed', 'in_use')"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12), default="replication")
    state: Mapped[str] = mapped_column(String(10), default="requested", index=True)
    purpose: Mapped[str] = mapped_column(Text, default="")
    requested_at: Mapped[datetime]
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(Text, default="")  # reasons of a refusal, or conditions of the agreement
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(String(200), default="")
    responsible: Mapped[str] = mapped_column(String(120), default="")
    result: Mapped[str] = mapped_column(Text, default="")
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reported_on: Mapped[date | None]  # day of the latest report of results: which follow-up it answers
    version: Mapped[int] = mapped_column(default=1)

    proposal: Mapped[Proposal] = relationship()
    unit: Mapped[Unit] = relationship()
    requested_by: Mapped[Person] = relationship(foreign_keys=[requested_by_id])
    benefits: Mapped[list["AdoptionBenefit"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class AdoptionBenefit(db.Model):
    """A measured before/after line at the adopting unit."""

    __tablename__ = "adoption_benefit"
    __table_args__ = (one_of("kind", BenefitKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id", ondelete="CASCADE"), index=True)
    kind: Mapped[BenefitKind] = mapped_column(Coded(BenefitKind))
    label: Mapped[str] = mapped_column(String(120), default="")
    before: Mapped[Decimal | None] = mapped_column(Fixed(2))
    after: Mapped[Decimal | None] = mapped_column(Fixed(2))
    measure: Mapped[str] = mapped_column(String(30), default="")
    period: Mapped[str] = mapped_column(String(60), default="")
    money_per_year: Mapped[int | None]


class AdoptionStep(db.Model):
    """One move of an adoption: its timeline, in order."""

    __tablename__ = "adoption_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id", ondelete="CASCADE"), index=True)
    action: Mapped[str] = mapped_column(String(10))  # "request", or an AdoptionAction
    at: Mapped[datetime]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")
