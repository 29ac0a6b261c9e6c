"""Proposals in lists.  Frozen values go out; what a reader may not see is filtered in SQL."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, select, type_coerce, union

from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_by, written_by
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.models_tally import ProposalTally
from innovations.proposals.rules.states import State
from innovations.proposals.tally import tallied

#: Order of a list: by what changed last, by code; by deadline see :func:`_by_deadline`.
SORTS: dict[str, tuple[Any, ...]] = {
    "recent": (Proposal.updated_at.desc(), Proposal.id.desc()),
    "code": (Proposal.code.asc().nulls_last(), Proposal.id),
}


#: One in so many: a list of a rarer state begins at the reviews in that state, not at the newest proposals.
_RARE = 50


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
    """All but the state; a query begins at what narrows the list or at its order."""
    conditions = [seen_by(actor)]
    if chosen.unit_path:
        below = select(Unit.id).where(Unit.path.startswith(chosen.unit_path, autoescape=True))
        conditions.append(Proposal.base_unit_id.in_(below))
    if chosen.mine:
        filed = select(Proposal.id).where(Proposal.filed_by_id == actor.person_id)
        conditions.append(Proposal.id.in_(union(written_by(actor), filed)))
    if chosen.overdue:
        conditions.append(Review.due_on < today())
    if chosen.ids is not None:
        conditions.append(Proposal.id.in_(chosen.ids))
    return conditions


def _joined(columns: Any) -> Select[Any]:
    return select(*columns).select_from(Proposal).join(Review, Review.proposal_id == Proposal.id).where(Review.latest)


@dataclass(frozen=True)
class Listed:
    """A page of a list: its rows, how many there are in all, and how many in each state, whatever state it is narrowed to."""

    rows: list[Row]
    total: int
    counts: dict[State, int]


def listing(actor: Actor, chosen: Chosen, *, page: int = 1, per_page: int = 20) -> Listed:
    """A page of what the actor may see, each proposal once with its latest consideration.

    Ids are found first, from indexes alone; then only the rows of the page are read, which carry whole texts.
    """
    counts = _counts(actor, chosen)
    total = counts.get(chosen.state, 0) if chosen.state else sum(counts.values())
    rows = _rows(_page_of_ids(actor, chosen, counts, page, per_page) if total else [])
    if chosen.ids is not None:
        place = {proposal_id: position for position, proposal_id in enumerate(chosen.ids)}
        rows.sort(key=lambda row: place[row.id])
    return Listed(rows, total, counts)


def _page_of_ids(actor: Actor, chosen: Chosen, counts: dict[State, int], page: int, per_page: int) -> list[int]:
    """Ids of the proposals on the page, in its order; reviews are looked up only when they narrow or order it."""
    by_review = chosen.state or chosen.overdue or chosen.sort == "due"
    ids = _joined([Proposal.id]) if by_review else select(Proposal.id)
    if chosen.state:
        rare = counts[chosen.state] * _RARE < sum(counts.values())
        state = Review.state if rare else type_coerce(Review.state, String).concat("")  # SQLite begins at it, or does not
        ids = ids.where(state == chosen.state.value)
    ids, first = ids.where(*_conditions(actor, chosen)), (page - 1) * per_page
    if chosen.sort == "due":
        return _by_deadline(ids, first, per_page)
    return list(db.session.scalars(ids.order_by(*SORTS.get(chosen.sort, SORTS["recent"])).limit(per_page).offset(first)))


def _by_deadline(ids: Select[int], first: int, count: int) -> list[int]:
    """What is due, the most urgent first, then the rest: what is under way is little beside what has ended, so all of it is read."""
    due = list(db.session.scalars(ids.where(Review.due_on.is_not(None)).order_by(Review.due_on, Proposal.id)))
    page = due[first : first + count]
    if len(page) == count:
        return page
    rest = ids.where(Review.due_on.is_(None)).order_by(Review.id).limit(count - len(page)).offset(max(0, first - len(due)))
    return page + list(db.session.scalars(rest))


#: What a row of a list shows; whole objects would carry the texts and the frozen rules along.
_SHOWN = (
    Proposal.id, func.coalesce(Proposal.code, Proposal.draft_code).label("address"), Proposal.title, Unit.short_name.label("unit"),
    Review.state, Review.held_by, Review.held_since, Review.due_on, Proposal.updated_at,
    func.coalesce(Review.grade, Proposal.grade).label("grade"),
)  # fmt: skip


def _rows(ids: list[int]) -> list[Row]:
    chosen = _joined(_SHOWN).join(Unit, Unit.id == Proposal.base_unit_id).where(Proposal.id.in_(ids))
    found = {row.id: row for row in db.session.execute(chosen)} if ids else {}
    leads = _leads(ids)
    return [
        Row(
            row.id, row.address, row.title, row.unit, row.state, row.held_by, row.held_since, row.due_on, leads.get(row.id, ""),
            row.updated_at, row.grade,
        )
        for row in (found[proposal_id] for proposal_id in ids)
    ]  # fmt: skip


def _leads(ids: list[int]) -> dict[int, str]:
    chosen = (
        select(Contribution.proposal_id, Contribution.rank, func.coalesce(Person.full_name, Contribution.free_name))
        .outerjoin(Person, Person.id == Contribution.person_id)
        .where(Contribution.proposal_id.in_(ids), Contribution.is_lead)
    )
    return {proposal_id: f"{rank} {name}".strip() for proposal_id, rank, name in db.session.execute(chosen)}


def _counts(actor: Actor, chosen: Chosen) -> dict[State, int]:
    """How many visible proposals stand in each state, whatever state the list is narrowed to; few are counted, all are added up."""
    if not (chosen.mine or chosen.overdue or chosen.ids is not None):
        return dict(tallied(actor, [ProposalTally.state], under=chosen.unit_path or "/"))
    return dict(Counter(db.session.scalars(_joined([Review.state]).where(*_conditions(actor, chosen)))))
