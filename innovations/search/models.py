"""What the database remembers of the index: the jobs that are waiting, and which commit it last knew of."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from innovations.core.columns import Coded, one_of
from innovations.extensions import db


class Lane(StrEnum):
    """Single changes are indexed before batches: one person waits for the one, nobody for the other."""

    SINGLE = "single"
    BATCH = "batch"


class IndexJob(db.Model):
    """ "Index this document again": written in the transaction of the change, deleted after the index commit."""

    __tablename__ = "index_job"
    __table_args__ = (
        one_of("lane", Lane),
        Index("ix_index_job_lane_id", "lane", "id"),
        Index("ix_index_job_batch", "batch"),
        {"sqlite_autoincrement": True},  # an id never comes back, so deleting by id can never meet a newer job
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # No foreign key: a job also says that a document is gone.
    document_id: Mapped[int]
    lane: Mapped[Lane] = mapped_column(Coded(Lane))
    batch: Mapped[str | None] = mapped_column(String(40))
    # Documents in the whole batch, on each of its jobs: "indexing n/m" needs no second table.
    batch_size: Mapped[int | None]
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(80))


class IndexState(db.Model):
    """One row: which index belongs to this database."""

    __tablename__ = "index_state"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    # Also in the index's manifest: an index copied from another database is noticed and rebuilt.
    fingerprint: Mapped[str] = mapped_column(String(32))
    # Index commits so far, also in the manifest: a power cut or a restored database leaves them different.
    sequence: Mapped[int] = mapped_column(default=0)
    rebuilt_at: Mapped[datetime | None]
    rebuilt_because: Mapped[str | None] = mapped_column(String(200))
