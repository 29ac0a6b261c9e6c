"""Score sheets that come in on paper, as long as two clerks have not keyed the same."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.boards.models import Assignment
from innovations.extensions import db
from innovations.people.models import Person


class KeyedSheet(db.Model):
    """What one clerk keyed of a member's paper sheet; deleted when both keyed the same."""

    __tablename__ = "keyed_sheet"
    __table_args__ = (
        UniqueConstraint("assignment_id", "revision_id", "person_id"),
        CheckConstraint("place IN (1, 2)", name="two_clerks"),
    )

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # the human being, not the login
    filled: Mapped[dict[str, Any]] = mapped_column(JSON)
    keyed_at: Mapped[datetime]

    assignment: Mapped[Assignment] = relationship()
    person: Mapped[Person] = relationship()
