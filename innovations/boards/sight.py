"""What a reader takes part in: the condition of every list, count and choice of a board, and what a conflict leaves out of it."""

from datetime import date

from sqlalchemy import ColumnElement, Integer, and_, bindparam, select

from innovations.boards.conflict_queries import conflicted, counts_conflicts
from innovations.boards.models import Recusal, Seat
from innovations.core.clock import today
from innovations.core.scoping import unscoped
from innovations.core.statements import Columns, kept_statement, read_once, rows
from innovations.people.models import Person
from innovations.people.queries import Human
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_at_board, written_by
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import WITH_BOARD


@kept_statement
def _recorded() -> Columns:
    """Reviews in which a human being has a conflict on record."""
    chosen = select(Recusal.review_id).join(Person, Person.id == Recusal.person_id)
    return unscoped(chosen.where(Human == bindparam("human", type_=Integer)), because="ids of what is left out of lists")


@kept_statement
def _counting_on_seats() -> Columns:
    """Running reviews, on boards where a human being ever had a seat, whose rules count conflicts beside authorship."""
    seated = select(Seat.board_id).join(Person, Person.id == Seat.person_id).where(Human == bindparam("human", type_=Integer))
    counting = select(Review.id).where(Review.board_id.in_(seated), Review.state.in_(WITH_BOARD), counts_conflicts())
    return unscoped(counting, because="ids of what may be left out of lists")


@read_once
def _without(human_id: int, _day: date) -> frozenset[int]:
    counted = conflicted(list(rows(_counting_on_seats(), human=human_id).scalars()))
    recorded = rows(_recorded(), human=human_id).scalars()
    return frozenset(recorded) | {review_id for review_id, people in counted.items() if human_id in people}


def without_part(actor: Actor) -> frozenset[int]:
    """Reviews in which the actor takes no part for a conflict: boards show them in no list, whatever office lets read them elsewhere."""
    return _without(actor.person_id, today())


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """SQL condition on :class:`Proposal` and :class:`Review`: the actor takes part in it as far as a board may show it to them."""
    return and_(seen_at_board(actor), Proposal.id.not_in(written_by(actor)), Review.id.not_in(without_part(actor)))
