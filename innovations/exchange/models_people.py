"""A long list of people whose one-time passwords the worker prepares; nobody of it exists until its admin takes them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.extensions import db
from innovations.people.models import Account


class PeopleJob(db.Model):
    """One list; ``public_key`` seals for the sign-in that sent it (:mod:`innovations.exchange.sealing`)."""

    __tablename__ = "people_job"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))  # of the rows: the same list sent twice is one
    asked_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    taken_key: Mapped[str | None] = mapped_column(String(120))  # of the click that took it: the same click is answered again
    rows: Mapped[int]  # of the file, people who were there already included
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)

    by: Mapped[Account] = relationship()


class ListedPerson(db.Model):
    """A person of a list, until it is taken; the password stands here as its hash and sealed, never in clear."""

    __tablename__ = "listed_person"
    __table_args__ = (
        Index(
            "ix_listed_person_waiting", "job_id", "id",
            sqlite_where=text("password_hash IS NULL"), postgresql_where=text("password_hash IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("people_job.id", ondelete="CASCADE"), index=True)
    row: Mapped[int]  # in the spreadsheet
    service_number: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(40))  # its code
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
