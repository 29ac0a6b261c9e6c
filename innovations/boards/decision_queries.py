"""Decisions as pages show them: what awaits one, what was decided, one decision with its lines and certificates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select

from innovations.boards.correction_queries import CorrectionShown, correction_shown
from innovations.boards.models_decision import Certificate, Decision, DecisionLine
from innovations.boards.rules.certificates import CertificateState, registration_number
from innovations.boards.rules.decisions import DecisionKind
from innovations.boards.services.certificates import may_issue
from innovations.core.formats import day, written
from innovations.core.rules.errors import NotVisible
from innovations.core.scoping import unscoped
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.audience import seen_by, written_by
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.states import AWAITING_DECISION, State

#: Offices that read a unit's decisions.
READERS = (Role.DECIDER, Role.REGISTRAR)


@dataclass(frozen=True)
class PendingRow:
    """A concluded review that awaits its decision."""

    review_id: int
    code: str
    title: str
    unit: str
    state: State
    total: str
    grade: str
    due_on: date | None


@dataclass(frozen=True)
class DecisionRow:
    """A decision in a list."""

    id: int
    kind: DecisionKind
    number: str
    decided_on: date | None
    unit: str
    lines: int


@dataclass(frozen=True)
class CertificateShown:
    """A certificate in the register."""

    id: int
    number: str
    holder: str
    code: str
    state: CertificateState


@dataclass(frozen=True)
class LineShown:
    """A review in a decision, as far as the reader may see it."""

    review_id: int
    code: str
    title: str
    state: State
    grade: str
    reason: str
    departs: bool
    certificates: tuple[CertificateShown, ...]


@dataclass(frozen=True)
class BesideShown:
    """Another decision that bears the same number: what was published together is kept by kind."""

    id: int
    kind: DecisionKind


@dataclass(frozen=True)
class DecisionShown:
    """One decision."""

    id: int
    kind: DecisionKind
    unit: str
    number: str
    decided_on: date | None
    signer: str
    position: str
    superior: str
    lines: tuple[LineShown, ...]
    corrections: tuple[dict[str, Any], ...]
    decides: bool
    registers: bool
    issues: bool
    correction: CorrectionShown | None
    beside: tuple[BesideShown, ...]

    @property
    def issued(self) -> int:
        """How many certificates rest on it."""
        return sum(len(line.certificates) for line in self.lines)


def _served(actor: Actor, *roles: Role) -> ColumnElement[bool]:
    paths = sorted({path for role in roles for path in actor.paths_of(role)})
    return or_(*(Unit.path.startswith(path, autoescape=True) for path in paths)) if paths else false()


def pending(actor: Actor, *roles: Role) -> list[PendingRow]:
    """What awaits a decision where the reader serves: passed first, then by the promised date; never the reader's own work.

    :param roles: the offices that count; without any the deciding head's, whose task it is.
    """
    chosen = (
        select(Review, Proposal.code, Proposal.title, Unit.short_name)
        .join(Proposal, Proposal.id == Review.proposal_id)
        .join(Unit, Unit.id == Review.unit_id)
        .where(
            Review.state.in_(AWAITING_DECISION),
            _served(actor, *(roles or (Role.DECIDER,))),
            seen_by(actor),
            Proposal.id.not_in(written_by(actor)),
        )
        .order_by(Review.state.desc(), Review.due_on, Review.id)
    )
    return [
        PendingRow(
            review.id, code or "", title, unit, review.state, written(review.total) if review.total else "", review.grade or "",
            review.due_on,
        )
        for review, code, title, unit in db.session.execute(chosen)
    ]  # fmt: skip


def decisions(actor: Actor, *, page: int, per_page: int) -> tuple[list[DecisionRow], int]:
    """A page of the decisions of the units the reader serves, newest first, and how many there are."""
    lines = select(func.count()).select_from(DecisionLine).join(Review, Review.id == DecisionLine.review_id)
    lines = lines.join(Proposal, Proposal.id == Review.proposal_id)
    counted = lines.where(DecisionLine.decision_id == Decision.id, seen_by(actor)).correlate(Decision).scalar_subquery()
    chosen = select(Decision, Unit.short_name, counted).join(Unit, Unit.id == Decision.unit_id).where(_served(actor, *READERS))
    total = db.session.scalar(chosen.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    newest = chosen.order_by(Decision.decided_on.desc(), Decision.id.desc()).limit(per_page).offset((page - 1) * per_page)
    rows = db.session.execute(newest)
    return [
        DecisionRow(row.id, DecisionKind(row.kind), row.number, row.decided_on, unit, lines) for row, unit, lines in rows
    ], total


def unissued(actor: Actor) -> list[DecisionRow]:
    """Decisions on recognition that stand and have no certificate yet, where the reader is registrar."""
    lines = select(DecisionLine.id).where(DecisionLine.decision_id == Decision.id).correlate(Decision)
    issued = lines.join(Certificate, Certificate.line_id == DecisionLine.id)
    standing = lines.join(Review, Review.id == DecisionLine.review_id).where(Review.state == State.RECOGNISED)
    chosen = select(Decision, Unit.short_name).join(Unit, Unit.id == Decision.unit_id)
    chosen = chosen.where(Decision.kind == DecisionKind.RECOGNISE.value, ~Decision.imported, _served(actor, Role.REGISTRAR))
    asked = unscoped(
        chosen.where(~issued.exists(), standing.exists()), because="decisions of the registrar's unit, nothing of a line"
    )
    rows = db.session.execute(asked.order_by(Decision.id))
    return [DecisionRow(row.id, DecisionKind(row.kind), row.number, row.decided_on, unit, 0) for row, unit in rows]


def holder_of(contribution: Contribution) -> str:
    """Rank and name of a contributor, the rank as at filing."""
    name = contribution.person.full_name if contribution.person else contribution.free_name
    return f"{contribution.rank} {name}".strip()


def _certificates(line_id: int) -> tuple[CertificateShown, ...]:
    rows = db.session.scalars(select(Certificate).where(Certificate.line_id == line_id).order_by(Certificate.number))
    return tuple(
        CertificateShown(
            row.id, registration_number(row.unit.code, row.year, row.number), holder_of(row.contribution), row.code,
            CertificateState(row.state),
        )
        for row in rows
    )  # fmt: skip


def _lines(actor: Actor, decision_id: int) -> tuple[LineShown, ...]:
    chosen = (
        select(DecisionLine, Review.state, Proposal.code, Proposal.title)
        .join(Review, Review.id == DecisionLine.review_id)
        .join(Proposal, Proposal.id == Review.proposal_id)
        .where(DecisionLine.decision_id == decision_id, seen_by(actor))
        .order_by(DecisionLine.id)
    )
    return tuple(
        LineShown(
            line.review_id, code or "", title, State(state), line.grade or "", line.reason, line.departs, _certificates(line.id)
        )
        for line, state, code, title in db.session.execute(chosen)
    )


def known_decision(actor: Actor, decision_id: int, *, review_id: int | None = None) -> Decision:
    """The decision, as far as the actor may know of it.

    :param review_id: a review that it must hold, where an address names both.
    :raises NotVisible: it does not exist, holds no such review, or the actor serves another unit.
    """
    row = db.session.get(Decision, decision_id)
    if row is None or not any(actor.holds(role, row.unit.path) for role in READERS):
        raise NotVisible
    if review_id is not None and review_id not in {line.review_id for line in row.lines}:
        raise NotVisible
    return row


def _beside(row: Decision) -> tuple[BesideShown, ...]:
    """Who may know of a decision may know of every other one of its unit."""
    same = (Decision.unit_id == row.unit_id, Decision.year == row.year, Decision.number == row.number, Decision.id != row.id)
    found = db.session.execute(select(Decision.id, Decision.kind).where(*same, Decision.number != "").order_by(Decision.id))
    return tuple(BesideShown(each, DecisionKind(kind)) for each, kind in found)


def as_signer(actor: Actor) -> dict[str, str]:
    """The reader's own name, rank and position where they decide: what most decisions they record are signed with."""
    if not actor.holds_anywhere(Role.DECIDER):
        return {}
    person = db.session.get_one(Person, actor.person_id)
    return {"signer_name": person.full_name, "signer_rank": person.rank, "signer_position": person.position}


def decision_shown(actor: Actor, decision_id: int) -> DecisionShown:
    """One decision.

    :raises NotVisible: it does not exist, or the reader serves another unit.
    """
    row = known_decision(actor, decision_id)
    superior = " ".join(filter(None, (row.superior_number, day(row.superior_on), row.superior_signer)))
    return DecisionShown(
        row.id, DecisionKind(row.kind), row.unit.name, row.number, row.decided_on, f"{row.signer_rank} {row.signer_name}".strip(),
        row.signer_position, superior, _lines(actor, row.id), tuple(row.corrections), actor.holds(Role.DECIDER, row.unit.path),
        actor.holds(Role.REGISTRAR, row.unit.path), may_issue(actor, row.unit.path), correction_shown(actor, row), _beside(row),
    )  # fmt: skip
