"""Boards at work: seats, conflicts, assignments, score sheets.

What must never be stored, the database refuses: a second active chair, two sheets of one seat on one revision.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.core.columns import Fixed
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.proposals.models import Review, Revision
from innovations.regulations.models import FieldOfWork


class BoardField(db.Model):
    """A board takes the fields named here; a board without any takes all."""

    __tablename__ = "board_field"

    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("field_of_work.id"), primary_key=True)

    field: Mapped[FieldOfWork] = relationship()


class Board(db.Model):
    """Hội đồng sáng kiến of a unit, with the decision that set it up."""

    __tablename__ = "board"
    __table_args__ = (CheckConstraint("term_to IS NULL OR term_to >= term_from", name="term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    decision_number: Mapped[str] = mapped_column(String(60), default="")
    decision_on: Mapped[date | None]
    decision_signer: Mapped[str] = mapped_column(String(120), default="")
    term_from: Mapped[date]
    term_to: Mapped[date | None]
    active: Mapped[bool] = mapped_column(default=True)

    unit: Mapped[Unit] = relationship()
    seats: Mapped[list["Seat"]] = relationship(order_by="Seat.position, Seat.id", back_populates="board")
    fields: Mapped[list[BoardField]] = relationship(cascade="all, delete-orphan")


class Seat(db.Model):
    """A person's place on a board: chair, deputy, secretary, reviewer or member, from–to."""

    __tablename__ = "seat"
    __table_args__ = (
        CheckConstraint("role IN ('chair', 'deputy', 'secretary', 'reviewer', 'member')", name="role_known"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="period"),
        *(
            Index(
                f"uq_seat_{role}", "board_id", unique=True,
                sqlite_where=text(f"role = '{role}' AND to_on IS NULL"),
                postgresql_where=text(f"role = '{role}' AND to_on IS NULL"),
            )
            for role in ("chair", "secretary")
        ),
        Index(
            "uq_seat_person", "board_id", "person_id", unique=True,
            sqlite_where=text("to_on IS NULL"), postgresql_where=text("to_on IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    position: Mapped[int] = mapped_column(default=0)
    may_score: Mapped[bool] = mapped_column(default=True)
    may_vote: Mapped[bool] = mapped_column(default=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]

    board: Mapped[Board] = relationship(back_populates="seats")
    person: Mapped[Person] = relationship()


class Recusal(db.Model):
    """A person who may take no part in a review: computed conflict that was confirmed, declared, or set by the secretary."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("review_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)  # the human being, not the login
    kind: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(String(500), default="")
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class DismissedConflict(db.Model):
    """A computed conflict that the secretary found not to matter in one review; an author's is never dismissed."""

    __tablename__ = "dismissed_conflict"
    __table_args__ = (
        UniqueConstraint("review_id", "person_id", "kind"),
        CheckConstraint("kind IN ('superior', 'subordinate', 'same_subunit')", name="kind_known"),
        CheckConstraint("reason <> ''", name="with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # the human being, not the login
    kind: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class KeptApart(db.Model):
    """Two members who never score the same review of a board; ``one_id`` is the smaller of both canonical ids."""

    __tablename__ = "kept_apart"
    __table_args__ = (UniqueConstraint("board_id", "one_id", "other_id"), CheckConstraint("one_id < other_id", name="in_order"))

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Assignment(db.Model):
    """A seat's duty on a review: to score it, or to write the reviewer's remarks."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("review_id", "seat_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    role: Mapped[str] = mapped_column(String(12), default="scorer")
    due_on: Mapped[date]
    assigned_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(String(500), default="")
    # Why the reveal may go on without this seat's sheet.
    excused_reason: Mapped[str] = mapped_column(String(500), default="")

    seat: Mapped[Seat] = relationship()
    review: Mapped[Review] = relationship()


class ScoreSheet(db.Model):
    """One seat's sheet on one revision, once; hidden from everyone else until the reveal."""

    __tablename__ = "score_sheet"
    __table_args__ = (UniqueConstraint("review_id", "revision_id", "seat_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    comment: Mapped[str] = mapped_column(Text, default="")
    proposes: Mapped[str] = mapped_column(String(12), default="")  # recognise, revise, refuse
    total: Mapped[Decimal | None] = mapped_column(Fixed(2))
    submitted_at: Mapped[datetime | None]
    tie_key: Mapped[str | None] = mapped_column(String(32))  # random, fixed at submission: breaks ties when extremes are dropped
    updated_at: Mapped[datetime]
    reopened_at: Mapped[datetime | None]
    reopen_reason: Mapped[str] = mapped_column(String(500), default="")

    seat: Mapped[Seat] = relationship()
    revision: Mapped[Revision] = relationship()
    scores: Mapped[list["SheetScore"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class DayFollowed(db.Model):
    """Up to which day it was followed that seats and commands begin and end: a worker that rested over a holiday misses none."""

    __tablename__ = "day_followed"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    day: Mapped[date]


class SheetScore(db.Model):
    """Points and remark for one criterion; ``not_applicable`` leaves the criterion's mean, it never counts as 0."""

    __tablename__ = "sheet_score"
    __table_args__ = (CheckConstraint("value IS NULL OR NOT not_applicable", name="value_or_not"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id", ondelete="CASCADE"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(30), primary_key=True)
    value: Mapped[Decimal | None] = mapped_column(Fixed(2))
    not_applicable: Mapped[bool] = mapped_column(default=False)
    comment: Mapped[str] = mapped_column(Text, default="")
