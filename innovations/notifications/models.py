"""One row per notice and reader: kind and ids, never a title or other text of a proposal."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from innovations.extensions import db


class Notice(db.Model):
    """What a person is told.  It is put into words when read, after the rights check, in the reader's language."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_person", "person_id", "read_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # dates and numbers only
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    # A reminder is sent once: its key names the deadline and the step.
    once_key: Mapped[str | None] = mapped_column(String(120), unique=True)


class Digest(db.Model):
    """A person's summary of a day: numbers only.  Whoever opens it reads what they may see then."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("person_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date] = mapped_column(index=True)
    unread: Mapped[int]
    late: Mapped[int]
    soon: Mapped[int]
    mailed_at: Mapped[datetime | None]  # handed to the mail server
    refusals: Mapped[int] = mapped_column(default=0)  # of this address by the mail server
