"""Loading a board, one of its reviews or the reader's own duty in it: what the actor may not see does not exist."""

from sqlalchemy import func, select

from innovations.boards.board_facts import board_facts
from innovations.boards.models import Assignment, Board, ScoreSheet
from innovations.boards.rules.access import check_may_manage_board, check_may_open_review, check_may_read_board, permitted
from innovations.boards.rules.refusals import NotScorer
from innovations.boards.rules.seats import BoardFacts
from innovations.core.clock import today
from innovations.core.rules.errors import NotVisible
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import Loaded, load
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.access import AuthorMayNotAct


def load_board(actor: Actor, board_id: int) -> tuple[Board, BoardFacts]:
    """A board the actor has to do with.

    :raises NotVisible: it does not exist, or not for this actor.
    """
    board = db.session.get(Board, board_id)
    if board is None:
        raise NotVisible
    facts = board_facts(board_id)
    if not permitted(check_may_read_board, actor, facts, today()):
        raise NotVisible
    return board, facts


def load_managed_board(actor: Actor, board_id: int) -> tuple[Board, BoardFacts]:
    """The same, for changing the board or its seats.

    :raises NotRegistrar: the actor is not registrar of its unit.
    """
    board, facts = load_board(actor, board_id)
    check_may_manage_board(actor, facts.unit_path)
    return board, facts


def load_review(actor: Actor, board_id: int, review_id: int) -> Loaded:
    """A review of the board as the board's people see it.

    :raises NotVisible: it is no review of this board, or the actor may not know of it there.
    :raises AuthorMayNotAct: the actor is one of the authors: they follow it on the page of the proposal.
    """
    chosen = select(func.coalesce(Proposal.code, Proposal.draft_code)).join(Review, Review.proposal_id == Proposal.id)
    address = db.session.scalar(chosen.where(Review.id == review_id, Review.board_id == board_id))
    if address is None:
        raise NotVisible
    loaded = load(actor, address, review_id=review_id, at_board=True)
    if actor.person_id in loaded.facts.author_ids:
        raise AuthorMayNotAct
    if not permitted(check_may_open_review, actor, loaded.facts, loaded.at):
        raise NotVisible
    return loaded


def own_assignment(actor: Actor, loaded: Loaded) -> Assignment:
    """The running assignment of the actor, whichever of their accounts it was given to.

    :raises NotScorer: there is none.
    """
    seat = board_facts(loaded.review.board_id or 0).seats_person(actor.person_id, today())
    chosen = select(Assignment).where(Assignment.review_id == loaded.review.id, Assignment.declined_at.is_(None))
    found = db.session.scalar(chosen.where(Assignment.seat_id == seat.seat_id)) if seat else None
    if found is None:
        raise NotScorer
    return found


def present_sheet(loaded: Loaded, seat_id: int) -> ScoreSheet | None:
    """The seat's sheet on the text as it stands now."""
    of_seat = select(ScoreSheet).where(ScoreSheet.review_id == loaded.review.id, ScoreSheet.seat_id == seat_id)
    return db.session.scalar(of_seat.where(ScoreSheet.revision_id == loaded.review.revision_id))
