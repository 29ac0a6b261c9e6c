"""Meetings of a board: who is there, what is on the agenda, the votes and their opinions.

The database refuses a second running vote on an item, two opinions of one seat, and any part of whoever has a conflict.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.boards.models import Assignment, Board, ScoreSheet, Seat
from innovations.core.scoping import OPENED
from innovations.extensions import db
from innovations.proposals.models import Review


class Meeting(db.Model):
    """Phiên họp of a board."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("board_id", "number"),
        CheckConstraint("state IN ('planned', 'open', 'closed')", name="state_known"),
        {"info": OPENED},
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
    taken_up_at: Mapped[datetime | None]  # when its turn came
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
    on_paper: Mapped[bool] = mapped_column(default=False, server_default=false())  # secret, on printed ballots that tellers count
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary)  # of the sealed boxes; its private half is a file
    base: Mapped[int]  # active seats that may vote on the meeting's date, less the recused when the rule set says so
    present: Mapped[int]
    needed: Mapped[int]
    issued: Mapped[int | None]  # printed ballots handed out, of a vote on paper
    agree: Mapped[int | None]
    disagree: Mapped[int | None]
    blank: Mapped[int | None]
    invalid: Mapped[int | None]
    void_reason: Mapped[str] = mapped_column(String(200), default="")

    item: Mapped[AgendaItem] = relationship(back_populates="votes")
    settlement: Mapped["CountSettlement | None"] = relationship()


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


class TellerCount(db.Model):
    """What one teller counted of a vote on paper; two of them make an attempt.  Never changed: who errs counts again."""

    __tablename__ = "teller_count"
    __table_args__ = (
        UniqueConstraint("vote_id", "attempt", "seat_id"),
        CheckConstraint("place IN (1, 2)", name="two_tellers"),
        CheckConstraint(
            "collected <= issued AND valid + invalid = collected AND agree + disagree + blank = valid", name="adds_up"
        ),
        CheckConstraint("invalid >= 0 AND agree >= 0 AND disagree >= 0 AND blank >= 0", name="not_negative"),
    )

    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    issued: Mapped[int]
    collected: Mapped[int]
    valid: Mapped[int]
    invalid: Mapped[int]
    agree: Mapped[int]
    disagree: Mapped[int]
    blank: Mapped[int]

    seat: Mapped[Seat] = relationship()


class CountSettlement(db.Model):
    """Who presided chose between two counts that differed, and why."""

    __tablename__ = "count_settlement"
    __table_args__ = (
        ForeignKeyConstraint(
            ["vote_id", "attempt", "place"], ["teller_count.vote_id", "teller_count.attempt", "teller_count.place"]
        ),
        CheckConstraint("reason <> ''", name="with_reason"),
    )

    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    attempt: Mapped[int]
    place: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(500))


_HUMAN = "(SELECT coalesce(p.same_as_id, p.id) FROM seat s JOIN person p ON p.id = s.person_id WHERE s.id = NEW.seat_id)"


def _guard(table: str, when: str, review: str, condition: str) -> str:
    name = f"{table}_no_conflict_{when.split()[0].lower()}"
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {when} ON {table} WHEN {condition} AND ("  # noqa: S608  (constants of this file)
        "EXISTS (SELECT 1 FROM recusal r JOIN person q ON q.id = r.person_id "
        f"WHERE r.review_id = {review} AND coalesce(q.same_as_id, q.id) = {_HUMAN}) "
        "OR EXISTS (SELECT 1 FROM review w JOIN contribution c ON c.proposal_id = w.proposal_id "
        f"JOIN person q ON q.id = c.person_id WHERE w.id = {review} AND coalesce(q.same_as_id, q.id) = {_HUMAN})) "
        "BEGIN SELECT RAISE(ABORT, 'an author or a person with a conflict takes no part in the review'); END"
    )


_REVIEW = "NEW.review_id"
_VOTED_ON = "(SELECT i.review_id FROM vote v JOIN agenda_item i ON i.id = v.item_id WHERE v.id = NEW.vote_id)"
#: One human being does not count twice, whatever records and seats they have.
_TWO_PEOPLE = (
    "CREATE TRIGGER IF NOT EXISTS teller_count_two_people BEFORE INSERT ON teller_count "  # noqa: S608  (constants of this file)
    "WHEN EXISTS (SELECT 1 FROM teller_count t "
    "JOIN seat o ON o.id = t.seat_id JOIN person q ON q.id = o.person_id WHERE t.vote_id = NEW.vote_id "
    f"AND t.attempt = NEW.attempt AND coalesce(q.same_as_id, q.id) = {_HUMAN}) "
    "BEGIN SELECT RAISE(ABORT, 'two different people count the ballots'); END"
)
#: Whatever writes past the use cases: no duty, sheet or vote of an author or of a person whose conflict is on record.  What only takes
#: part away (a duty declined, a sheet reopened) passes.  The statements also stand in the migrations; SQLite's dialect.
GUARDS = (
    (Assignment, _guard("assignment", "INSERT", _REVIEW, "NEW.declined_at IS NULL")),
    (Assignment, _guard("assignment", "UPDATE OF review_id, seat_id, declined_at, done_at", _REVIEW, "NEW.declined_at IS NULL")),
    (ScoreSheet, _guard("score_sheet", "INSERT", _REVIEW, "1")),
    (ScoreSheet, _guard("score_sheet", "UPDATE OF review_id, seat_id, submitted_at", _REVIEW, "NEW.submitted_at IS NOT NULL")),
    (OpenOpinion, _guard("open_opinion", "INSERT", _VOTED_ON, "1")),
    (OpenOpinion, _guard("open_opinion", "UPDATE", _VOTED_ON, "1")),
    (HasVoted, _guard("has_voted", "INSERT", _VOTED_ON, "1")),
    (TellerCount, _guard("teller_count", "INSERT", _VOTED_ON, "1")),
    (TellerCount, _TWO_PEOPLE),
)
for _model, _statement in GUARDS:
    event.listen(_model.__table__, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect="sqlite"))
