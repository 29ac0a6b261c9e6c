"""Word templates that units uploaded: versions, never overwritten.  The bytes lie in the content-addressed store."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.core.columns import Coded, one_of
from innovations.documents.papers.word import WordPaper
from innovations.extensions import db
from innovations.people.models import Person, Unit


class WordTemplate(db.Model):
    """One version of a unit's own template of a paper.  The newest holds, unless it was withdrawn."""

    __tablename__ = "word_template"
    __table_args__ = (
        UniqueConstraint("unit_id", "paper", "number"),
        one_of("paper", WordPaper),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    paper: Mapped[WordPaper] = mapped_column(Coded(WordPaper))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    unit: Mapped[Unit] = relationship()
    added_by: Mapped[Person] = relationship(foreign_keys=[added_by_id])
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys=[withdrawn_by_id])
