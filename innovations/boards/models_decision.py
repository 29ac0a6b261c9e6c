"""Decisions on reviews and the certificates they give.

The database refuses a review twice in one kind of decision, and a unit's own number twice in a year and kind.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.core.columns import filled
from innovations.core.scoping import OPENED
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals.models import Review
from innovations.proposals.models_dossier import Contribution


class Decision(db.Model):
    """Quyết định of the unit's head; number and date come from the clerical registry and are typed in."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("kind IN ('recognise', 'not_recognise', 'revoke', 'scope')", name="kind_known"),
        Index(
            "uq_decision_number", "unit_id", "year", "kind", "number", unique=True,
            sqlite_where=text("NOT imported"), postgresql_where=text("NOT imported"),
        ),
        {"info": OPENED},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(15))
    number: Mapped[str] = mapped_column(String(60), default="")
    decided_on: Mapped[date | None]
    year: Mapped[int]
    signer_name: Mapped[str] = mapped_column(String(120), default="")
    signer_rank: Mapped[str] = mapped_column(String(40), default="")
    signer_position: Mapped[str] = mapped_column(String(120), default="")
    delegated: Mapped[str] = mapped_column(String(5), default="")  # "", "KT.", "TM.", "TUQ."
    superior_number: Mapped[str] = mapped_column(String(60), default="")
    superior_on: Mapped[date | None]
    superior_signer: Mapped[str] = mapped_column(String(120), default="")
    imported: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    corrections: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # old values, with when and by whom

    unit: Mapped[Unit] = relationship()
    lines: Mapped[list["DecisionLine"]] = relationship(order_by="DecisionLine.id", back_populates="decision")


class DecisionCorrection(db.Model):
    """What one person proposes to correct of a decision on which certificates rest, and another confirms or drops."""

    __tablename__ = "decision_correction"
    __table_args__ = (
        CheckConstraint("NOT confirmed OR answered_by_id <> proposed_by_id", name="two_people"),
        Index(
            "uq_decision_correction_open", "decision_id", unique=True, sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, str]] = mapped_column(JSON)  # the new values, days as ISO
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed: Mapped[bool] = mapped_column(default=False)

    decision: Mapped[Decision] = relationship()


class DecisionLine(db.Model):
    """What a decision says of one review, on one revision."""

    __tablename__ = "decision_line"
    __table_args__ = (UniqueConstraint("review_id", "kind"), filled("ix_decision_line_revision_id", "revision_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    kind: Mapped[str] = mapped_column(String(15))  # of the decision, so that the database keeps one per kind
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    grade: Mapped[str | None] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(Text, default="")
    scope: Mapped[str] = mapped_column(Text, default="")
    departs: Mapped[bool] = mapped_column(default=False)  # from the board's conclusion, for the reasons given

    decision: Mapped[Decision] = relationship(back_populates="lines")
    review: Mapped[Review] = relationship()


class PendingOutcome(db.Model):
    """What is recorded for a concluded review and not published; one at most, gone with the decision."""

    __tablename__ = "pending_outcome"
    __table_args__ = (CheckConstraint("outcome IN ('recognise', 'decline')", name="outcome_known"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    review: Mapped[Review] = relationship()


class Certificate(db.Model):
    """Giấy chứng nhận: one per contributor; revoked or reissued, never deleted."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("unit_id", "year", "number"),
        CheckConstraint("state IN ('valid', 'revoked', 'reissued')", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("decision_line.id"), index=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    number: Mapped[int]
    issued_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="valid")
    state_note: Mapped[str] = mapped_column(String(200), default="")
    code: Mapped[str] = mapped_column(String(40), unique=True)  # of verification: random, 80 bits or more

    line: Mapped[DecisionLine] = relationship()
    contribution: Mapped[Contribution] = relationship()
    unit: Mapped[Unit] = relationship()
