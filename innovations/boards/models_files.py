"""Files that a board keeps: versions of the minutes of a meeting, and photos of score sheets that were filled on paper.

The bytes lie in the content-addressed store under ``sha256``.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from innovations.boards.rules.attached_minutes import NOTE_MAX, MinutesKind
from innovations.core.columns import Coded, one_of
from innovations.extensions import db
from innovations.people.models import Person


class StoredFile:
    """What every such row says of its file, and who added it; adding it is also the word that it is unclassified."""

    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    added_at: Mapped[datetime]

    @declared_attr
    def added_by_id(cls) -> Mapped[int]:  # noqa: N805  (SQLAlchemy calls it with the class)
        """Who added it."""
        return mapped_column(ForeignKey("person.id"))

    @declared_attr
    def added_by(cls) -> Mapped[Person]:  # noqa: N805  (as above)
        """The person."""
        return relationship(Person)


class AttachedMinutes(StoredFile, db.Model):
    """One version of the minutes as somebody attached it; never replaced.  A purge leaves its number, day and who, without the file."""

    __tablename__ = "attached_minutes"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        one_of("kind", MinutesKind),
        CheckConstraint("sha256 <> '' OR (name = '' AND note = '' AND size = 0)", name="purged_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    kind: Mapped[MinutesKind] = mapped_column(Coded(MinutesKind))
    note: Mapped[str] = mapped_column(String(NOTE_MAX), default="")


class SheetPhoto(StoredFile, db.Model):
    """A photo or scan of a member's paper sheet for one text of the proposal; it submits nothing."""

    __tablename__ = "sheet_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
