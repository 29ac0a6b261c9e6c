"""One proposal read whole: its dossier, files, considerations and timeline.  What the reader may not see is left out here."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from innovations.extensions import db
from innovations.people.queries import names_of
from innovations.people.rules.roles import Actor
from innovations.proposals.effects import EffectRow, effect_row
from innovations.proposals.loading import Loaded, load
from innovations.proposals.models import FormalCheck, Review, ReviewStep
from innovations.proposals.relations import opens_at_board
from innovations.proposals.rules.access import allowed_actions, may_edit, may_see_confidential
from innovations.proposals.rules.codes import receipt_number
from innovations.proposals.rules.content import BenefitKind, SolutionType
from innovations.proposals.rules.formal import FormalItem
from innovations.proposals.rules.states import Action, State, transition
from innovations.regulations.queries import field_name


@dataclass(frozen=True)
class Author:
    """A contributor as the dossier shows them."""

    id: int
    person_id: int | None
    name: str
    rank: str
    duty: str
    unit: str
    share: Decimal | None
    is_lead: bool
    confirmed_at: datetime | None
    attested: bool
    has_account: bool
    is_me: bool

    @property
    def titled(self) -> str:
        """Rank and name."""
        return f"{self.rank} {self.name}".strip()


@dataclass(frozen=True)
class Benefit:
    """A before/after line."""

    label: str
    kind: BenefitKind
    before: Decimal | None
    after: Decimal | None
    measure: str
    money_per_year: int | None
    basis: str


@dataclass(frozen=True)
class File:
    """A file of the dossier."""

    id: int
    name: str
    size: int
    kind: str
    media_type: str
    withheld: bool = False  # from who scores without knowing the authors: it is listed, and does not open


@dataclass(frozen=True)
class StepShown:
    """One move in the timeline."""

    label: str
    at: datetime
    who: str
    note: str
    due_on: date | None
    to_state: State


@dataclass(frozen=True)
class ReviewShown:
    """One consideration as the dossier shows it."""

    id: int
    unit: str
    unit_code: str
    level: str
    state: State
    receipt: str
    received_at: datetime | None
    promised_formal_on: date | None
    promised_result_on: date | None
    due_on: date | None
    held_by: str
    held_since: datetime | None
    reason: str
    defects: str
    revise_text: str
    board_id: int | None
    total: Decimal | None
    grade: str | None
    steps: tuple[StepShown, ...] = ()
    checks: tuple[tuple[str, bool | None, str], ...] = ()


@dataclass(frozen=True)
class Dossier:
    """Everything the reader may read of a proposal; confidential text only where the policy gives it."""

    id: int
    address: str
    code: str | None
    version: int
    title: str
    proposal_class: str
    solution_types: tuple[str, ...]
    field_name: str
    base_unit: str
    base_unit_id: int
    owning_unit: str
    author_unit: str
    investor: str
    first_applied_on: date | None
    trial_from: date | None
    trial_to: date | None
    place: str
    situation: str
    content: str
    steps: str
    novelty: str
    not_mandatory: bool | None
    conditions: str
    author_benefit: str
    applier_benefit: str
    confidential: str | None
    handling: str
    tags: tuple[str, ...]
    origin: str
    first_filed_at: datetime | None
    updated_at: datetime
    quarantined: bool
    authors: tuple[Author, ...]
    benefits: tuple[Benefit, ...]
    files: tuple[File, ...]
    reviews: tuple[ReviewShown, ...]
    actions: tuple[Action, ...]
    may_edit: bool
    may_confirm: bool
    is_author: bool
    is_lead: bool
    restricted: bool
    opens_at_board: bool = False
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def review(self) -> ReviewShown:
        """The latest consideration."""
        return self.reviews[-1]

    @property
    def effects(self) -> list[EffectRow]:
        """The before/after lines as the chart draws them."""
        return [effect_row(each) for each in self.benefits]

    @property
    def type_labels(self) -> list[str]:
        """The kinds of solution in the reader's language."""
        return [gettext(SolutionType(each).label) for each in self.solution_types]


def _authors(loaded: Loaded, actor: Actor) -> tuple[Author, ...]:
    return tuple(
        Author(
            each.id, each.person_id, each.person.full_name if each.person else each.free_name, each.rank, each.duty, each.unit_name,
            each.share, each.is_lead, each.confirmed_at, each.attested_by_id is not None, each.person_id is not None,
            each.person is not None and each.person.human_id == actor.person_id,
        )
        for each in loaded.proposal.contributions
    )  # fmt: skip


def _step_label(step: ReviewStep) -> str:
    return transition(State(step.from_state), Action(step.action)).audit.label


def _timeline(review_ids: list[int], *, notes: bool) -> dict[int, list[StepShown]]:
    rows = list(db.session.scalars(select(ReviewStep).where(ReviewStep.review_id.in_(review_ids)).order_by(ReviewStep.id)))
    names = names_of({row.person_id for row in rows if row.person_id is not None})
    found: dict[int, list[StepShown]] = {}
    for row in rows:
        who = names[row.person_id].titled if row.person_id in names else ""
        shown = StepShown(_step_label(row), row.at, who, row.note if notes else "", row.due_on, State(row.to_state))
        found.setdefault(row.review_id, []).append(shown)
    return found


def _checks(review_id: int) -> tuple[tuple[str, bool | None, str], ...]:
    rows = {row.item: row for row in db.session.scalars(select(FormalCheck).where(FormalCheck.review_id == review_id))}
    return tuple((item.label, rows[item].ok, rows[item].note) for item in FormalItem if item in rows)


def _review_shown(review: Review, steps: list[StepShown]) -> ReviewShown:
    receipt = ""
    if review.receipt_number and review.receipt_year:
        receipt = receipt_number(review.unit.code, review.receipt_year, review.receipt_number)
    return ReviewShown(
        id=review.id, unit=review.unit.name, unit_code=review.unit.code, level=review.level, state=review.state, receipt=receipt,
        received_at=review.received_at, promised_formal_on=review.promised_formal_on, promised_result_on=review.promised_result_on,
        due_on=review.due_on, held_by=review.held_by, held_since=review.held_since, reason=review.reason, defects=review.defects,
        revise_text=review.revise_text, board_id=review.board_id, total=review.total, grade=review.grade, steps=tuple(steps),
        checks=_checks(review.id),
    )  # fmt: skip


def dossier(actor: Actor, address: str) -> Dossier:
    """The dossier as far as the actor may read it.

    :raises NotVisible: it does not exist, or not for this actor.
    """
    return shown(load(actor, address), actor)


def shown(loaded: Loaded, actor: Actor) -> Dossier:
    """The dossier of a proposal that is loaded already."""
    proposal, facts = loaded.proposal, loaded.facts
    confidential = may_see_confidential(actor, facts)
    is_author = actor.person_id in facts.own_people
    timeline = _timeline([review.id for review in proposal.reviews], notes=confidential or is_author)
    authors = _authors(loaded, actor)
    return Dossier(
        id=proposal.id, address=proposal.address, code=proposal.code, version=proposal.version, title=proposal.title,
        proposal_class=proposal.proposal_class.label, solution_types=tuple(proposal.solution_types),
        field_name=field_name(proposal.field), base_unit=proposal.base_unit.name,
        base_unit_id=proposal.base_unit_id, owning_unit=proposal.owning_unit.name, author_unit=proposal.author_unit.name,
        investor=proposal.investor_name or (proposal.investor_kind.label if proposal.investor_kind else ""),
        first_applied_on=proposal.first_applied_on, trial_from=proposal.trial_from, trial_to=proposal.trial_to, place=proposal.place,
        situation=proposal.situation, content=proposal.content, steps=proposal.steps, novelty=proposal.novelty,
        not_mandatory=proposal.not_mandatory, conditions=proposal.conditions, author_benefit=proposal.author_benefit,
        applier_benefit=proposal.applier_benefit, confidential=proposal.confidential if confidential else None,
        handling=proposal.handling.label, tags=tuple(proposal.tags), origin=proposal.origin.value,
        first_filed_at=proposal.first_filed_at, updated_at=proposal.updated_at, quarantined=proposal.quarantined_at is not None,
        authors=authors,
        benefits=tuple(
            Benefit(each.label, each.kind, each.before, each.after, each.measure, each.money_per_year, each.basis.label)
            for each in proposal.benefits
        ),
        files=tuple(
            File(each.id, each.name, each.size, each.kind, each.media_type)
            for each in proposal.attachments
            if confidential or each.kind not in ("consent", "signed_scan")
        ),
        reviews=tuple(_review_shown(review, timeline.get(review.id, [])) for review in proposal.reviews),
        actions=allowed_actions(actor, facts, loaded.at),
        may_edit=may_edit(actor, facts, loaded.at),
        may_confirm=any(each.is_me and each.confirmed_at is None for each in authors),
        is_author=is_author, is_lead=actor.person_id in (facts.lead_id, facts.filed_by_id), restricted=not confidential,
        opens_at_board=opens_at_board(actor, facts, loaded.at),
    )  # fmt: skip
