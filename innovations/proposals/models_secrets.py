"""What two people have to agree on: purges of what is under quarantine, and reading what one may not read (break-glass)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.core.columns import Coded, one_of
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.rules.roles import Role
from innovations.proposals.models import Proposal
from innovations.proposals.rules.glass import GlassReason
from innovations.proposals.rules.purging import PurgeReason


class Purge(db.Model):
    """One security officer proposes it, another confirms it; either may take it back before that.

    No text of anybody's: a reason in words might itself say what nobody should read.
    """

    __tablename__ = "purge"
    __table_args__ = (
        one_of("reason", PurgeReason),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("confirmed_at IS NULL OR taken_back_at IS NULL", name="one_ending"),
        # Of each proposal one waits or was carried out.
        Index(
            "uq_purge_running", "proposal_id", unique=True,
            sqlite_where=text("taken_back_at IS NULL"), postgresql_where=text("taken_back_at IS NULL"),
        ),
        # The worker asks in every round whether a disk is to be cleaned.
        Index(
            "ix_purge_unclean", "confirmed_at",
            sqlite_where=text("confirmed_at IS NOT NULL AND cleaned_at IS NULL"),
            postgresql_where=text("confirmed_at IS NOT NULL AND cleaned_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    reason: Mapped[PurgeReason] = mapped_column(Coded(PurgeReason))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # the human being, not the login; like the next ones
    proposed_at: Mapped[datetime]
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    cleaned_at: Mapped[datetime | None]  # database file, its log, index and stored files hold nothing of it any more

    proposal: Mapped[Proposal] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])


class DestroyedCopy(db.Model):
    """Somebody's word that a backup or an export that may hold what was purged is destroyed; the copy is told by its audit event."""

    __tablename__ = "destroyed_copy"

    purge_id: Mapped[int] = mapped_column(ForeignKey("purge.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"), primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class BreakGlass(db.Model):
    """One proposal's content for one person, from the second person's word until ``until``; ended earlier by either."""

    __tablename__ = "break_glass"
    __table_args__ = (
        one_of("reason", GlassReason),
        one_of("office", Role),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("(confirmed_at IS NULL) = (until IS NULL)", name="for_a_while"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # the human being, like the others
    office: Mapped[Role] = mapped_column(Coded(Role))  # in which they ask: the second person holds another
    reason: Mapped[GlassReason] = mapped_column(Coded(GlassReason))
    note: Mapped[str] = mapped_column(Text)  # the reason in words, for the second person and the authors
    asked_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    proposal: Mapped[Proposal] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])


class ContentReport(db.Model):
    """A reader thinks that a proposal holds secret matter.  Without words: they might repeat it.  Who it was the authors never learn."""

    __tablename__ = "content_report"
    __table_args__ = (
        # Somebody reports a proposal once, until an officer has looked at it.
        Index(
            "uq_content_report_open", "proposal_id", "by_id", unique=True,
            sqlite_where=text("settled_at IS NULL"), postgresql_where=text("settled_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
