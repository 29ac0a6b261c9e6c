"""What a secretary covers besides names and units, and decides on single files, where scorers do not know the authors."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from innovations.boards.rules.telling import RULING_REASON_MAX
from innovations.extensions import db


class CoveredWords(db.Model):
    """Words and phrases of one review's texts that scorers do not read until their sheet is in."""

    __tablename__ = "covered_words"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[list[str]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class FileRuling(db.Model):
    """The secretary's word on one file of a review: who scores without knowing the authors opens it, or does not.

    It goes before what was found in the file.  A file taken off the dossier takes it along.
    """

    __tablename__ = "file_ruling"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id", ondelete="CASCADE"), primary_key=True, index=True)
    withheld: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(RULING_REASON_MAX))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
