"""What a secretary covers besides the authors' names and units, where scorers do not know the authors."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from innovations.extensions import db


class CoveredWords(db.Model):
    """Words and phrases of one review's texts that scorers do not read until their sheet is in."""

    __tablename__ = "covered_words"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[list[str]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
