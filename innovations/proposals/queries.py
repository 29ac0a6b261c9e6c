"""Reading proposals: lists, the dossier, the timeline.  Frozen values go out; what a reader may not see is filtered in SQL."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.people.queries import names_of
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_by
from innovations.proposals.effects import EffectRow, effect_row
from innovations.proposals.loading import Loaded, load
from innovations.proposals.models import Contribution, FormalCheck, Proposal, Review, ReviewStep
from innovations.proposals.relations import opens_at_board
from innovations.proposals.rules.access import allowed_actions, may_edit, may_see_confidential
from innovations.proposals.rules.codes import receipt_number
from innovations.proposals.rules.content import BenefitKind, SolutionType
from innovations.proposals.rules.formal import FormalItem
from innovations.proposals.rules.states import Action, State, transition
from innovations.regulations.queries import field_name

_later = aliased(Review)
#: The latest consideration: no later one exists.  By the index on ``proposal_id``; a GROUP BY over all reviews was walked thrice a page.
IS_LATEST = ~exists().where(_later.proposal_id == Review.proposal_id, _later.id > Review.id)
#: Order of a list: by what changed last, by deadline, by code.
SORTS = {
    "recent": (Proposal.updated_at.desc(), Proposal.id.desc()),
    "due": (Review.due_on.is_(None), Review.due_on, Proposal.id),
    "code": (Proposal.code.is_(None), Proposal.code, Proposal.id),
}


@dataclass(frozen=True)
class Row:
    """A proposal in a list."""

    id: int
    address: str
    title: str
    unit: str
    state: State
    held_by: str
    held_since: datetime | None
    due_on: date | None
    lead: str
    updated_at: datetime
    grade: str | None


@dataclass(frozen=True)
class Chosen:
    """What a list is narrowed by; everything may be left out."""

    state: State | None = None
    unit_path: str | None = None
    mine: bool = False
    overdue: bool = False
    ids: tuple[int, ...] | None = None
    sort: str = "recent"


def _conditions(actor: Actor, chosen: Chosen) -> list[ColumnElement[bool]]:
    conditions = [seen_by(actor)]
    if chosen.state:
        conditions.append(Review.state == chosen.state)
    if chosen.unit_path:
        below = select(Unit.id).where(Unit.path.startswith(chosen.unit_path, autoescape=True))
        conditions.append(Proposal.base_unit_id.in_(below))
    if chosen.mine:
        conditions.append(Proposal.id.in_(_written_by(actor)) | (Proposal.filed_by_id == actor.person_id))
    if chosen.overdue:
        conditions.append(Review.due_on < today())
    if chosen.ids is not None:
        conditions.append(Proposal.id.in_(chosen.ids))
    return conditions


def _written_by(actor: Actor) -> Select[Any]:
    humans = select(Person.id).where((Person.id == actor.person_id) | (Person.same_as_id == actor.person_id))
    return select(Contribution.proposal_id).where(Contribution.person_id.in_(humans))


def _joined(columns: Any) -> Select[Any]:
    return select(*columns).select_from(Proposal).join(Review, Review.proposal_id == Proposal.id).where(IS_LATEST)


@dataclass(frozen=True)
class Listed:
    """A page of a list: its rows, how many there are in all, and how many in each state, whatever state it is narrowed to."""

    rows: list[Row]
    total: int
    counts: dict[State, int]


def listing(actor: Actor, chosen: Chosen, *, page: int = 1, per_page: int = 20) -> Listed:
    """A page of what the actor may see, each proposal once with its latest consideration.

    Ids are sorted first, from the index alone; then only the rows of the page are read, which carry whole texts.
    """
    counts = _counts(actor, chosen)
    total = counts.get(chosen.state, 0) if chosen.state else sum(counts.values())
    rows = _rows(_page_of_ids(actor, chosen, page, per_page) if total else [])
    if chosen.ids is not None:
        place = {proposal_id: position for position, proposal_id in enumerate(chosen.ids)}
        rows.sort(key=lambda row: place[row.id])
    return Listed(rows, total, counts)


def _page_of_ids(actor: Actor, chosen: Chosen, page: int, per_page: int) -> list[int]:
    """Ids of the reviews on the page, in its order."""
    order = SORTS.get(chosen.sort, SORTS["recent"])
    ids = _joined([Review.id]).where(*_conditions(actor, chosen)).order_by(*order)
    return list(db.session.scalars(ids.limit(per_page).offset((page - 1) * per_page)))


#: What a row of a list shows; whole objects would carry the texts and the frozen rules along.
_SHOWN = (
    Proposal.id, func.coalesce(Proposal.code, Proposal.draft_code).label("address"), Proposal.title, Unit.short_name.label("unit"),
    Review.id.label("review_id"), Review.state, Review.held_by, Review.held_since, Review.due_on, Proposal.updated_at,
    Proposal.quarantined_at, func.coalesce(Review.grade, Proposal.grade).label("grade"),
)  # fmt: skip


def _rows(review_ids: list[int]) -> list[Row]:
    chosen = _joined(_SHOWN).join(Unit, Unit.id == Proposal.base_unit_id).where(Review.id.in_(review_ids))
    found = {row.review_id: row for row in db.session.execute(chosen)} if review_ids else {}
    leads = _leads([row.id for row in found.values()])
    return [
        Row(
            row.id, row.address, row.title, row.unit, row.state, row.held_by, row.held_since, row.due_on, leads.get(row.id, ""),
            row.updated_at, row.grade,
        )
        for row in (found[review_id] for review_id in review_ids)
    ]  # fmt: skip


def _leads(ids: list[int]) -> dict[int, str]:
    chosen = (
        select(Contribution.proposal_id, Contribution.rank, func.coalesce(Person.full_name, Contribution.free_name))
        .outerjoin(Person, Person.id == Contribution.person_id)
        .where(Contribution.proposal_id.in_(ids), Contribution.is_lead)
    )
    return {proposal_id: f"{rank} {name}".strip() for proposal_id, rank, name in db.session.execute(chosen)}


def _counts(actor: Actor, chosen: Chosen) -> dict[State, int]:
    """How many visible proposals stand in each state, whatever state the list is narrowed to."""
    conditions = _conditions(actor, replace(chosen, state=None))
    grouped = _joined([Review.state, func.count()]).where(*conditions).group_by(Review.state)
    return {state: count for state, count in db.session.execute(grouped)}


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


def quarantined(actor: Actor) -> list[Row]:
    """What is hidden now, for the security officers who see it."""
    chosen = _joined(_SHOWN).join(Unit, Unit.id == Proposal.base_unit_id)
    return [
        Row(row.id, row.address, row.title, row.unit, row.state, row.held_by, row.quarantined_at, None, "", row.updated_at, None)
        for row in db.session.execute(chosen.where(Proposal.quarantined_at.is_not(None), seen_by(actor)))
    ]
