"""What an import keeps until it is whole: the order given to the worker, and changed rows that wait to be written over their records."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.core.columns import Coded, one_of
from innovations.exchange.rules.jobs import Ending
from innovations.extensions import db
from innovations.people.models import Account, Unit


class RegisterJob(db.Model):
    """A large import that a registrar handed to the worker; its file lies in :mod:`innovations.exchange.uploads` until it ends."""

    __tablename__ = "register_job"
    __table_args__ = (
        one_of("ending", Ending),
        Index(
            "ix_register_job_waiting", "id",
            sqlite_where=text("ending = 'waiting'"), postgresql_where=text("ending = 'waiting'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))  # whose rights count when it is done
    upload: Mapped[str] = mapped_column(String(32))  # name of the kept file
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of its content: the same order given twice is one
    create_units: Mapped[bool]
    skip_bad_rows: Mapped[bool]
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    ending: Mapped[Ending] = mapped_column(Coded(Ending), default=Ending.WAITING)
    crashes: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)  # rows read; once the batch was begun, rows written
    total: Mapped[int] = mapped_column(default=0)  # rows to write; 0 while the file is read
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # of a job without a batch

    unit: Mapped[Unit] = relationship()
    by: Mapped[Account] = relationship()


class StagedChange(db.Model):
    """A changed row of an import, seen by nobody until its batch is decided; gone once it is written over its record."""

    __tablename__ = "staged_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    row: Mapped[int]  # in the spreadsheet, for the report
    before: Mapped[str | None]  # import digest of the record when the file was checked
    held: Mapped[dict[str, Any]] = mapped_column(JSON)  # columns of proposal, review, authors and decision line
