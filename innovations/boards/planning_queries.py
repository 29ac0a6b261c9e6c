"""The dry run of a balanced assignment: reviews that wait for scorers, who may score each, loads before and after, what is lacking.

Only reviews the reader may assign now enter, so loads tell nothing of the others.  Nothing is stored until the plan is applied.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from innovations.boards.apart_queries import apart_seats
from innovations.boards.board_facts import board_facts
from innovations.boards.conflict_queries import conflicts_among
from innovations.boards.loading import load_board
from innovations.boards.models import Assignment, Seat
from innovations.boards.rules.access import check_may_assign, check_may_plan, permitted
from innovations.boards.rules.balancing import Plan, Want, balance
from innovations.boards.rules.conflicts import Conflict
from innovations.boards.sight import without_part
from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_by
from innovations.proposals.facts import facts_for, review_facts
from innovations.proposals.loading import Loaded
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import State

#: While sheets may still be handed in, today or on a later day of the board's schedule.
WAITING = (State.ACCEPTED, State.SCORING)


@dataclass(frozen=True)
class Choice:
    """A member on one review of the plan."""

    seat_id: int
    name: str
    conflict: Conflict | None
    has: bool
    planned: bool


@dataclass(frozen=True)
class PlanRow:
    """A review of the plan; ``missing`` scorers with the reason, when it lacks some."""

    review_id: int
    code: str
    title: str
    choices: tuple[Choice, ...]
    missing: int
    why: str


@dataclass(frozen=True)
class Load:
    """How many reviews a member scores, now and after the plan."""

    name: str
    now: int
    then: int


@dataclass(frozen=True)
class PlanShown:
    """A dry run."""

    rows: tuple[PlanRow, ...]
    loads: tuple[Load, ...]
    per: int
    most: int | None


def check_planner(actor: Actor, board_id: int) -> None:
    """Let the board's secretary, or deputy, pass.

    :raises NotVisible: not a board of the actor; :raises NotSecretary: somebody else of it.
    """
    _board, facts = load_board(actor, board_id)
    check_may_plan(actor, facts, today())


def assignable(actor: Actor, board_id: int) -> list[Loaded]:
    """The board's reviews that the actor may assign now, by code; as many queries for any number."""
    chosen = select(Review, Proposal).join(Proposal, Proposal.id == Review.proposal_id).order_by(Proposal.code)
    chosen = chosen.where(Review.board_id == board_id, Review.state.in_(WAITING), seen_by(actor))
    rows = db.session.execute(chosen).all()
    facts = facts_for(proposal.id for _review, proposal in rows)
    found = (
        Loaded(proposal, review, facts[proposal.id], review_facts(facts[proposal.id], review.id)) for review, proposal in rows
    )
    return [loaded for loaded in found if permitted(check_may_assign, actor, loaded.facts, loaded.at)]


def running(reviews: Sequence[Loaded]) -> Mapping[int, Mapping[int, Assignment]]:
    """What was given on each review: review → seat → assignment, declined ones included."""
    ids = [loaded.review.id for loaded in reviews]
    found: dict[int, dict[int, Assignment]] = defaultdict(dict)
    for given in db.session.scalars(select(Assignment).where(Assignment.review_id.in_(ids))):
        found[given.review_id][given.seat_id] = given
    return found


def scoring_seats(board_id: int) -> dict[int, str]:
    """Seats that may score today with the names of their holders, in the order of the board."""
    active = [seat.seat_id for seat in board_facts(board_id).active(today()) if seat.may_score]
    chosen = select(Seat.id, Person.full_name).join(Person, Person.id == Seat.person_id).where(Seat.id.in_(active))
    return {seat_id: name for seat_id, name in db.session.execute(chosen.order_by(Seat.position, Person.sort_key))}


@dataclass(frozen=True)
class _Field:
    """Everything a plan is made from."""

    reviews: Sequence[Loaded]
    seats: Mapping[int, str]
    given: Mapping[int, Mapping[int, Assignment]]
    conflicts: Mapping[int, Mapping[int, tuple[Conflict, ...]]]

    def has(self, review_id: int) -> frozenset[int]:
        """Who scores a review already and may."""
        mine = self.given.get(review_id, {}).items()
        return frozenset(seat for seat, each in mine if each.declined_at is None and seat not in self.conflicts[review_id])

    def want(self, review_id: int, per: int) -> Want:
        """What the plan is to do for a review."""
        declined = {seat for seat, each in self.given.get(review_id, {}).items() if each.declined_at is not None}
        return Want(review_id, per, self.has(review_id), frozenset(self.conflicts[review_id]) | declined)


def _field(actor: Actor, board_id: int) -> _Field:
    reviews = assignable(actor, board_id)
    return _Field(reviews, scoring_seats(board_id), running(reviews), conflicts_among(reviews))


def _row(loaded: Loaded, field: _Field, plan: Plan) -> PlanRow:
    review_id, has = loaded.review.id, field.has(loaded.review.id)
    lacking = next((each for each in plan.shortfalls if each.review_id == review_id), None)
    conflicts, planned = field.conflicts[review_id], plan.added.get(review_id, ())
    choices = tuple(
        Choice(seat, name, conflicts[seat][0] if seat in conflicts else None, seat in has, seat in planned)
        for seat, name in field.seats.items()
    )
    why = lacking.why.label if lacking else ""
    return PlanRow(review_id, loaded.facts.code, loaded.proposal.title, choices, lacking.missing if lacking else 0, why)


def _loads(field: _Field) -> Counter[int]:
    return Counter(seat for loaded in field.reviews for seat in field.has(loaded.review.id))


def loads_of(actor: Actor, board_id: int) -> Mapping[int, int]:
    """How many waiting reviews, of those the actor may know of, each seat was given to score; 0 for seats left out.

    Counted, not read: it stands beside each name on the page of every review.
    """
    counted = select(Assignment.seat_id, func.count()).join(Review, Review.id == Assignment.review_id)
    counted = counted.join(Proposal, Proposal.id == Review.proposal_id).where(Review.board_id == board_id, seen_by(actor))
    known = counted.where(Review.state.in_(WAITING), Review.id.not_in(without_part(actor)), Assignment.declined_at.is_(None))
    return Counter({seat_id: count for seat_id, count in db.session.execute(known.group_by(Assignment.seat_id))})


def plan_shown(actor: Actor, board_id: int, *, per: int | None = None, most: int | None = None) -> PlanShown:
    """The plan for all reviews that wait; the same question gives the same plan.

    :param per: scorers of each review; without it what the rule sets of the reviews ask for at least.
    :param most: reviews a member scores at most.
    :raises NotVisible: not a board of the actor; :raises NotSecretary: the actor does not keep it.
    """
    check_planner(actor, board_id)
    field = _field(actor, board_id)
    wanted = per or max((loaded.rules.minimum_scorers for loaded in field.reviews), default=0)
    loads = _loads(field)
    wants = [field.want(loaded.review.id, wanted) for loaded in field.reviews]
    plan = balance(field.seats, wants, loads=loads, apart=apart_seats(board_id), most=most)
    shown = tuple(Load(name, loads[seat], plan.loads[seat]) for seat, name in field.seats.items())
    return PlanShown(tuple(_row(loaded, field, plan) for loaded in field.reviews), shown, wanted, most)
