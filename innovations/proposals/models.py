"""What personnel submit: proposals and their revisions, and the reviews they go through.

Columns, relations and constraints only; the policy is in ``rules/``, the use cases in ``services/``.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.core.columns import Coded, Fixed, filled, one_of
from innovations.core.scoping import GUARDED, OPENED, SCOPE
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.proposals.models_dossier import Attachment, BenefitItem, Contribution, FirstApplier
from innovations.proposals.rules.content import FormalItem, Handling, InvestorKind, Origin, ProposalClass
from innovations.proposals.rules.states import State
from innovations.regulations.models import FieldOfWork


class Audience(db.Model):
    """A set of readers that many proposals share, so that a list is filtered by one small join."""

    __tablename__ = "audience"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256 of the sorted tokens


class AudienceToken(db.Model):
    """One token of an audience; ``proposals/rules/visibility.py`` says what tokens mean."""

    __tablename__ = "audience_token"
    __table_args__ = (Index("ix_audience_token_token", "token", "audience_id"),)

    audience_id: Mapped[int] = mapped_column(ForeignKey("audience.id"), primary_key=True)
    token: Mapped[str] = mapped_column(String(60), primary_key=True)


class ImportBatch(db.Model):
    """One import of an old register; its rows are invisible to every page, search and export until it is published."""

    __tablename__ = "import_batch"
    __table_args__ = {"info": OPENED}

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    started_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]  # everything is staged: whoever finds it unpublished finishes it instead of removing it
    published_at: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0)
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class Proposal(db.Model):
    """Hồ sơ: what was created.  Its consideration at each level is a :class:`Review`."""

    __tablename__ = "proposal"
    __table_args__ = (
        one_of("proposal_class", ProposalClass),
        one_of("handling", Handling),
        one_of("origin", Origin),
        one_of("investor_kind", InvestorKind),
        CheckConstraint("code IS NOT NULL OR draft_code IS NOT NULL", name="has_address"),
        Index("ix_proposal_external", "base_unit_id", "external_id"),
        # Lists, counts and reports are answered from this index alone: who sees it, in what order, by what it is counted.  From
        # the rows, which carry whole texts, the list of 10,000 took 84 ms of SQL instead of 13.
        Index(
            "ix_proposal_seen",
            "audience_id",
            "import_batch_id",
            "quarantined_at",
            "base_unit_id",
            "updated_at",
            "recognised_year",
            "origin",
        ),
        # The newest of a list, read in their order until there are enough for a page.
        Index("ix_proposal_recent", "updated_at", "id", "audience_id", "import_batch_id", "base_unit_id"),
        filled("ix_proposal_quarantined", "quarantined_at"),
        {"info": GUARDED},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(String(40), unique=True)  # from the first submit on
    draft_code: Mapped[str | None] = mapped_column(String(12), unique=True)  # the old address keeps leading here
    version: Mapped[int] = mapped_column(default=1)

    title: Mapped[str] = mapped_column(String(300), default="")
    solution_types: Mapped[list[str]] = mapped_column(JSON, default=list)
    proposal_class: Mapped[ProposalClass] = mapped_column(Coded(ProposalClass), default=ProposalClass.INITIATIVE)
    field_id: Mapped[int | None] = mapped_column(ForeignKey("field_of_work.id"), index=True)
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    situation: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[str] = mapped_column(Text, default="")
    steps: Mapped[str] = mapped_column(Text, default="")
    novelty: Mapped[str] = mapped_column(Text, default="")
    not_mandatory: Mapped[bool | None]  # "not already a mandatory procedure"; NULL = not answered yet
    conditions: Mapped[str] = mapped_column(Text, default="")
    author_benefit: Mapped[str] = mapped_column(Text, default="")
    applier_benefit: Mapped[str] = mapped_column(Text, default="")
    confidential: Mapped[str] = mapped_column(Text, default="")  # never indexed, exported, mailed or put in a notice
    place: Mapped[str] = mapped_column(String(200), default="")
    first_applied_on: Mapped[date | None]
    trial_from: Mapped[date | None]
    trial_to: Mapped[date | None]
    investor_kind: Mapped[InvestorKind | None] = mapped_column(Coded(InvestorKind))
    investor_name: Mapped[str] = mapped_column(String(200), default="")
    handling: Mapped[Handling] = mapped_column(Coded(Handling), default=Handling.OPEN)

    base_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)  # of filing; stays when the author moves
    owning_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    author_unit_id: Mapped[int] = mapped_column(
        ForeignKey("unit.id"), index=True
    )  # the lead's at filing: whose commander endorses
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    origin: Mapped[Origin] = mapped_column(Coded(Origin), default=Origin.FILED)
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    external_id: Mapped[str | None] = mapped_column(String(100))
    import_batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    import_digest: Mapped[str | None] = mapped_column(String(64))  # of the imported row, to tell "unchanged" from "changed"
    # Of an imported record with neither code nor external id: SHA-256 of title, unit and year as imported.
    import_key: Mapped[str | None] = mapped_column(String(64), index=True)
    register_year: Mapped[int | None]  # the year the old register gave, whatever the outcome
    edited_here: Mapped[bool] = mapped_column(default=False)

    declared_at: Mapped[datetime | None]  # "không có nội dung mật", the first step
    first_filed_at: Mapped[datetime | None]  # immutable: who was first
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    audience_id: Mapped[int | None] = mapped_column(ForeignKey("audience.id"), info=SCOPE)  # first column of ix_proposal_seen
    quarantined_at: Mapped[datetime | None]
    quarantined_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # Of the highest valid recognition, kept by boards' decisions: what lists sort by without joining four tables.
    recognised_on: Mapped[date | None] = mapped_column(index=True)
    recognised_year: Mapped[int | None]
    recognised_level: Mapped[str | None] = mapped_column(String(20))
    grade: Mapped[str | None] = mapped_column(String(30))

    base_unit: Mapped[Unit] = relationship(foreign_keys=[base_unit_id])
    owning_unit: Mapped[Unit] = relationship(foreign_keys=[owning_unit_id])
    author_unit: Mapped[Unit] = relationship(foreign_keys=[author_unit_id])
    responsible: Mapped[Person | None] = relationship(foreign_keys=[responsible_id])
    field: Mapped[FieldOfWork | None] = relationship()
    contributions: Mapped[list[Contribution]] = relationship(order_by="Contribution.position", cascade="all, delete-orphan")
    benefits: Mapped[list[BenefitItem]] = relationship(order_by="BenefitItem.position", cascade="all, delete-orphan")
    appliers: Mapped[list[FirstApplier]] = relationship(order_by="FirstApplier.position", cascade="all, delete-orphan")
    attachments: Mapped[list[Attachment]] = relationship(order_by="Attachment.id")
    reviews: Mapped[list["Review"]] = relationship(order_by="Review.id", back_populates="proposal")

    __mapper_args__ = {"version_id_col": version}

    @property
    def address(self) -> str:
        """What stands in URLs: the permanent code, before the first submit the temporary one."""
        return self.code or self.draft_code or ""


class Revision(db.Model):
    """The text as it stood at a submit; sheets and decisions name theirs."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Review(db.Model):
    """One consideration of a proposal by one board at one level.  Only ``proposals/lifecycle.py`` writes ``state``."""

    __tablename__ = "review"
    __table_args__ = (
        one_of("state", State),
        UniqueConstraint("unit_id", "receipt_year", "receipt_number"),
        # One consideration per level at a time; a second one at the same unit only after a negative end.
        Index(
            "uq_review_running", "proposal_id", "unit_id", unique=True,
            sqlite_where=text("NOT ended"), postgresql_where=text("NOT ended"),
        ),
        # The latest one of a proposal and its state, without reading the row with its frozen rules; one is the latest.
        Index("ix_review_of_proposal", "proposal_id", "latest", "state"),
        # What points at a row is looked for when that is deleted, while everybody else waits to write.
        filled("ix_review_revision_id", "revision_id"), filled("ix_review_forwarded_from_id", "forwarded_from_id"),
        Index("uq_review_latest", "proposal_id", unique=True, sqlite_where=text("latest"), postgresql_where=text("latest")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)  # whose board, receiver and decider
    level: Mapped[str] = mapped_column(String(20))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    board_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("board.id", use_alter=True), index=True)
    forwarded_from_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"))
    latest: Mapped[bool] = mapped_column(default=True, server_default=true())  # of the proposal: where it stands in lists
    state: Mapped[State] = mapped_column(Coded(State), default=State.DRAFT, index=True)
    ended: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)  # frozen RuleSet
    criteria: Mapped[dict[str, Any]] = mapped_column(JSON)  # frozen CriteriaSet
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", use_alter=True))
    receipt_year: Mapped[int | None]
    receipt_number: Mapped[int | None]
    received_at: Mapped[datetime | None]
    promised_formal_on: Mapped[date | None]
    promised_result_on: Mapped[date | None]
    accepted_at: Mapped[datetime | None]
    due_on: Mapped[date | None] = mapped_column(index=True)  # of whoever holds it now
    result_due_on: Mapped[date | None]
    held_by: Mapped[str] = mapped_column(String(30), default="author")  # role that holds it
    held_since: Mapped[datetime | None]
    trial_planned_end: Mapped[date | None]
    trial_ended_on: Mapped[date | None]
    trial_report: Mapped[str] = mapped_column(Text, default="")
    revise_text: Mapped[str] = mapped_column(Text, default="")
    revise_back_to: Mapped[str | None] = mapped_column(String(20))
    defects: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")  # of the outcome, as told to the authors
    total: Mapped[Decimal | None] = mapped_column(Fixed(2))
    grade: Mapped[str | None] = mapped_column(String(30))

    proposal: Mapped[Proposal] = relationship(back_populates="reviews")
    unit: Mapped[Unit] = relationship()
    revision: Mapped[Revision | None] = relationship(foreign_keys=[revision_id])

    __mapper_args__ = {"version_id_col": version}


class FormalCheck(db.Model):
    """One of the eight items the receiver checks."""

    __tablename__ = "formal_check"
    __table_args__ = (one_of("item", FormalItem),)

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[FormalItem] = mapped_column(Coded(FormalItem), primary_key=True)
    ok: Mapped[bool]
    note: Mapped[str] = mapped_column(String(1000), default="")
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime]


class ReviewStep(db.Model):
    """One move of a review: the timeline, in order."""

    __tablename__ = "review_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    action: Mapped[str] = mapped_column(String(30))
    from_state: Mapped[str] = mapped_column(String(30))
    to_state: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")  # the reason or comment given with the step
