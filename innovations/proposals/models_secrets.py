"""Purges of what is under quarantine: who proposed, who confirmed, and whether the disk is clean of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.core.columns import Coded, one_of
from innovations.extensions import db
from innovations.people.models import Person
from innovations.proposals.models import Proposal
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
