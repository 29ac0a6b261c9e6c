"""Screenings of a whole import or campaign for repetitions: who asked, and how far the worker is.  Findings are the proposals'."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals.models import ImportBatch
from innovations.regulations.models import Campaign


class Screening(db.Model):
    """One look through an import or a campaign; ``last_id`` is the last proposal that was compared."""

    __tablename__ = "screening"
    __table_args__ = (
        CheckConstraint("(batch_id IS NULL) <> (campaign_id IS NULL)", name="of_one"),
        Index(
            "ix_screening_waiting", "id",
            sqlite_where=text("finished_at IS NULL"), postgresql_where=text("finished_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))  # what he may see is compared
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    last_id: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit] = relationship()
    batch: Mapped[ImportBatch | None] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
