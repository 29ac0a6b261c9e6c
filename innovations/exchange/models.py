"""What an import keeps until it is whole: changed rows that wait to be written over their records."""

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from innovations.extensions import db


class StagedChange(db.Model):
    """A changed row of an import, seen by nobody until its batch is decided; gone once it is written over its record."""

    __tablename__ = "staged_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    row: Mapped[int]  # in the spreadsheet, for the report
    before: Mapped[str | None]  # import digest of the record when the file was checked
    held: Mapped[dict[str, Any]] = mapped_column(JSON)  # columns of proposal, review, authors and decision line
