"""What lies in a proposal's dossier beside its text: authors, benefits, first appliers, files, proposals that look alike."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.core.columns import Coded, Fixed, filled, one_of
from innovations.extensions import db
from innovations.people.models import Person
from innovations.proposals.rules.content import BenefitBasis, BenefitKind


class Contribution(db.Model):
    """Tác giả, đồng tác giả: a person of the register, or free text for somebody who is not in it."""

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint("share IS NULL OR (share > 0 AND share <= 10000)", name="share"),
        CheckConstraint("person_id IS NOT NULL OR free_name <> ''", name="somebody"),
        Index("uq_contribution_lead", "proposal_id", unique=True, sqlite_where=text("is_lead"), postgresql_where=text("is_lead")),
        UniqueConstraint("proposal_id", "person_id"),
        filled("ix_contribution_attested_by_id", "attested_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    free_name: Mapped[str] = mapped_column(String(120), default="")
    is_lead: Mapped[bool] = mapped_column(default=False)
    share: Mapped[Decimal | None] = mapped_column(Fixed(2))  # per cent; NULL only where the old register had none
    rank: Mapped[str] = mapped_column(String(40), default="")
    duty: Mapped[str] = mapped_column(String(120), default="")  # as at filing, like the next two
    qualification: Mapped[str] = mapped_column(String(120), default="")
    born_on: Mapped[date | None]
    unit_name: Mapped[str] = mapped_column(String(200), default="")
    confirmed_at: Mapped[datetime | None]
    # A co-author without an account: the lead attests with a signed page, an attachment of kind "consent".
    attested_by_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))

    person: Mapped[Person | None] = relationship()


class BenefitItem(db.Model):
    """One before/after line."""

    __tablename__ = "benefit_item"
    __table_args__ = (one_of("kind", BenefitKind), one_of("basis", BenefitBasis))

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    basis: Mapped[BenefitBasis] = mapped_column(Coded(BenefitBasis), default=BenefitBasis.EXPECTED)
    kind: Mapped[BenefitKind] = mapped_column(Coded(BenefitKind))
    label: Mapped[str] = mapped_column(String(120), default="")
    before: Mapped[Decimal | None] = mapped_column(Fixed(2))
    after: Mapped[Decimal | None] = mapped_column(Fixed(2))
    measure: Mapped[str] = mapped_column(String(30), default="")
    period: Mapped[str] = mapped_column(String(60), default="")
    money_per_year: Mapped[int | None]  # đồng
    method: Mapped[str] = mapped_column(String(300), default="")
    verified_by: Mapped[str] = mapped_column(String(120), default="")
    verified_on: Mapped[date | None]


class FirstApplier(db.Model):
    """Somebody who took part in the first application."""

    __tablename__ = "first_applier"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    born_year: Mapped[int | None]
    unit_name: Mapped[str] = mapped_column(String(200), default="")
    qualification: Mapped[str] = mapped_column(String(120), default="")
    task: Mapped[str] = mapped_column(String(300), default="")


class Attachment(db.Model):
    """A file of the dossier; its bytes lie in the content-addressed store under ``sha256``."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # evidence, photo, consent, signed_scan, other
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]
    declared_at: Mapped[datetime]  # the uploader's word that it is unclassified


class SimilarityFinding(db.Model):
    """Another proposal that looks alike, and what the author and the examiner say of it.  A prompt, never a refusal."""

    __tablename__ = "similarity_finding"
    __table_args__ = (UniqueConstraint("proposal_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    # Whether the author has to answer; not when an examiner or a screening found what the author may not even see.
    asked: Mapped[bool] = mapped_column(default=True, server_default=true())
    score: Mapped[Decimal] = mapped_column(Fixed(2))
    author_says: Mapped[str] = mapped_column(String(20), default="")  # different, extends, same
    author_note: Mapped[str] = mapped_column(String(1000), default="")
    looked_at_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    looked_at: Mapped[datetime | None]
    verdict: Mapped[str] = mapped_column(String(20), default="")  # the examiner's
