"""Khiếu nại: what a lead author says against an outcome, and the answer.  The database refuses a second open one."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.extensions import db
from innovations.proposals.models import Review


class Complaint(db.Model):
    """A complaint about the outcome of one review."""

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint("finding IN ('', 'upheld', 'partly', 'unfounded')", name="finding_known"),
        CheckConstraint("(finding = '') = (answered_at IS NULL)", name="answered_with_finding"),
        Index(
            "uq_complaint_open", "review_id", unique=True,
            sqlite_where=sql("answered_at IS NULL"), postgresql_where=sql("answered_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    filed_at: Mapped[datetime]
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    finding: Mapped[str] = mapped_column(String(10), default="")
    answer: Mapped[str] = mapped_column(Text, default="")

    review: Mapped[Review] = relationship()
