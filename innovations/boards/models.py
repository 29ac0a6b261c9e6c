"""Boards at work: seats, assignments, conflicts, sheets, meetings, votes, decisions, certificates.

What must never be stored, the database refuses: a second active chair, two sheets of one seat on one revision, two opinions of
one seat, a review twice in one kind of decision.
"""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.core.columns import Fixed
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.proposals.models import Contribution, Review, Revision
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


class SheetScore(db.Model):
    """Points and remark for one criterion; ``not_applicable`` leaves the criterion's mean, it never counts as 0."""

    __tablename__ = "sheet_score"
    __table_args__ = (CheckConstraint("value IS NULL OR NOT not_applicable", name="value_or_not"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id", ondelete="CASCADE"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(30), primary_key=True)
    value: Mapped[Decimal | None] = mapped_column(Fixed(2))
    not_applicable: Mapped[bool] = mapped_column(default=False)
    comment: Mapped[str] = mapped_column(Text, default="")


class Meeting(db.Model):
    """Phiên họp of a board."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("board_id", "number"),
        CheckConstraint("state IN ('planned', 'open', 'closed')", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
    number: Mapped[int]
    on: Mapped[date] = mapped_column("held_on")
    starts: Mapped[time | None]
    place: Mapped[str] = mapped_column(String(200), default="")
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who presides: the chair, or the deputy
    secretary_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(10), default="planned")
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    minutes_version: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    board: Mapped[Board] = relationship()
    attendance: Mapped[list["Attendance"]] = relationship(cascade="all, delete-orphan")
    items: Mapped[list["AgendaItem"]] = relationship(order_by="AgendaItem.position", back_populates="meeting")

    __mapper_args__ = {"version_id_col": version}


class Attendance(db.Model):
    """Whether a seat is there, and why not."""

    __tablename__ = "attendance"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
    present: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(200), default="")

    seat: Mapped[Seat] = relationship()


class AgendaItem(db.Model):
    """One review on the agenda of a meeting, with what was said and concluded."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "review_id"),
        CheckConstraint("conclusion IN ('', 'passed', 'failed', 'revise', 'postponed')", name="conclusion_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    position: Mapped[int]
    discussion: Mapped[str] = mapped_column(Text, default="")
    conclusion: Mapped[str] = mapped_column(String(10), default="")  # what the secretary recorded
    conclusion_text: Mapped[str] = mapped_column(Text, default="")
    revise_back_to: Mapped[str] = mapped_column(String(10), default="")
    recorded_at: Mapped[datetime | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # The computed outcome as it stood at the conclusion: totals, floors, flags, counts, reasons.
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    meeting: Mapped[Meeting] = relationship(back_populates="items")
    review: Mapped[Review] = relationship()
    votes: Mapped[list["Vote"]] = relationship(order_by="Vote.id")


class Vote(db.Model):
    """A vote on an agenda item: open by roll, or secret under seal (domain §6).  A void one is held again."""

    __tablename__ = "vote"
    __table_args__ = (
        CheckConstraint("mode IN ('open', 'secret')", name="mode_known"),
        CheckConstraint("state IN ('open', 'closing', 'closed', 'void')", name="state_known"),
        Index(
            "uq_vote_running", "item_id", unique=True,
            sqlite_where=text("state <> 'void'"), postgresql_where=text("state <> 'void'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    mode: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8), default="open")
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary)  # of the sealed boxes; its private half is a file
    base: Mapped[int]  # active seats that may vote on the meeting's date, less the recused when the rule set says so
    present: Mapped[int]
    needed: Mapped[int]
    agree: Mapped[int | None]
    disagree: Mapped[int | None]
    blank: Mapped[int | None]
    invalid: Mapped[int | None]
    void_reason: Mapped[str] = mapped_column(String(200), default="")

    item: Mapped[AgendaItem] = relationship(back_populates="votes")


class HasVoted(db.Model):
    """That a seat has voted; no time, no order, nothing that leads to an opinion."""

    __tablename__ = "has_voted"
    __table_args__ = {"sqlite_with_rowid": False}

    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)


class SealedBallot(db.Model):
    """An opinion nobody can read before the vote closes, under a random key; deleted at the close."""

    __tablename__ = "sealed_ballot"
    __table_args__ = {"sqlite_with_rowid": False}

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Ballot(db.Model):
    """A counted secret opinion under a random key, written in key order."""

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint("opinion IN ('agree', 'disagree', 'none')", name="opinion_known"),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), index=True)
    opinion: Mapped[str] = mapped_column(String(8))


class OpenOpinion(db.Model):
    """An opinion in an open vote: seat and opinion, for everyone to see."""

    __tablename__ = "open_opinion"
    __table_args__ = (CheckConstraint("opinion IN ('agree', 'disagree', 'none')", name="opinion_known"),)

    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
    opinion: Mapped[str] = mapped_column(String(8))

    seat: Mapped[Seat] = relationship()


class Decision(db.Model):
    """Quyết định of the unit's head; number and date come from the clerical registry and are typed in."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("kind IN ('recognise', 'not_recognise', 'revoke', 'scope')", name="kind_known"),
        Index(
            "uq_decision_number", "unit_id", "year", "kind", "number", unique=True,
            sqlite_where=text("NOT imported"), postgresql_where=text("NOT imported"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(15))
    number: Mapped[str] = mapped_column(String(60), default="")
    decided_on: Mapped[date | None]
    year: Mapped[int]
    signer_name: Mapped[str] = mapped_column(String(120), default="")
    signer_rank: Mapped[str] = mapped_column(String(40), default="")
    signer_position: Mapped[str] = mapped_column(String(120), default="")
    delegated: Mapped[str] = mapped_column(String(5), default="")  # "", "KT.", "TM.", "TUQ."
    superior_number: Mapped[str] = mapped_column(String(60), default="")
    superior_on: Mapped[date | None]
    superior_signer: Mapped[str] = mapped_column(String(120), default="")
    imported: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    corrections: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # old values, with when and by whom

    unit: Mapped[Unit] = relationship()
    lines: Mapped[list["DecisionLine"]] = relationship(order_by="DecisionLine.id", back_populates="decision")


class DecisionLine(db.Model):
    """What a decision says of one review, on one revision."""

    __tablename__ = "decision_line"
    __table_args__ = (UniqueConstraint("review_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    kind: Mapped[str] = mapped_column(String(15))  # of the decision, so that the database keeps one per kind
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    grade: Mapped[str | None] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(Text, default="")
    scope: Mapped[str] = mapped_column(Text, default="")

    decision: Mapped[Decision] = relationship(back_populates="lines")
    review: Mapped[Review] = relationship()


class Certificate(db.Model):
    """Giấy chứng nhận: one per contributor; revoked or reissued, never deleted."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("unit_id", "year", "number"),
        CheckConstraint("state IN ('valid', 'revoked', 'reissued')", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("decision_line.id"), index=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    number: Mapped[int]
    issued_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="valid")
    state_note: Mapped[str] = mapped_column(String(200), default="")
    code: Mapped[str] = mapped_column(String(40), unique=True)  # of verification: random, 80 bits or more

    line: Mapped[DecisionLine] = relationship()
    contribution: Mapped[Contribution] = relationship()
    unit: Mapped[Unit] = relationship()
