"""Boards are set up by the registrar of the unit, under the decision that establishes them; they are closed, never deleted."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from innovations import audit
from innovations.boards.loading import load_managed_board
from innovations.boards.models import Board, BoardField
from innovations.boards.relations import find_board
from innovations.boards.rules.access import check_may_manage_board
from innovations.boards.rules.events import AuditTag
from innovations.boards.rules.seats import check_term
from innovations.core.rules.errors import N_, Invalid, NotVisible, StateForbids
from innovations.core.rules.text import clean_line
from innovations.core.scoping import unscoped
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor
from innovations.proposals import audience
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import WITH_BOARD
from innovations.regulations.models import FieldOfWork

NAME_MAX, NUMBER_MAX, SIGNER_MAX = 200, 60, 120  # characters


class NameMissing(Invalid):
    """A board needs a name."""

    message = N_("Nhập tên hội đồng.")


class BoardBusy(StateForbids):
    """The board still has reviews, which would be left to nobody."""

    message = N_("Hội đồng còn %(reviews)s hồ sơ đang xét; xin kết thúc các hồ sơ đó hoặc gia hạn nhiệm kỳ.")


@dataclass(frozen=True)
class BoardData:
    """What a registrar types about a board.  No ``field_ids``: it takes every field; no ``term_to``: an open end."""

    name: str
    term_from: date
    term_to: date | None = None
    decision_number: str = ""
    decision_on: date | None = None
    decision_signer: str = ""
    field_ids: tuple[int, ...] = ()


def _set(board: Board, data: BoardData) -> None:
    check_term(data.term_from, data.term_to)
    board.name = clean_line(data.name, max_length=NAME_MAX, field="name")
    if not board.name:
        raise NameMissing("name")
    board.decision_number = clean_line(data.decision_number, max_length=NUMBER_MAX, field="decision_number")
    board.decision_signer = clean_line(data.decision_signer, max_length=SIGNER_MAX, field="decision_signer")
    board.decision_on, board.term_from, board.term_to = data.decision_on, data.term_from, data.term_to
    known = set(db.session.scalars(select(FieldOfWork.id).where(FieldOfWork.id.in_(data.field_ids))))
    board.fields = [BoardField(field_id=field_id) for field_id in sorted(known)]


def _take_waiting(board: Board) -> None:
    """Give the board the unit's accepted reviews that came before there was one for them.  A step."""
    db.session.flush()
    waiting = select(Review, Proposal.field_id).join(Proposal, Proposal.id == Review.proposal_id)
    waiting = waiting.where(Review.unit_id == board.unit_id, Review.board_id.is_(None), Review.state.in_(WITH_BOARD))
    for review, field_id in db.session.execute(
        unscoped(waiting, because="a board takes over what waits, whoever sets it up")
    ).all():
        if find_board(board.unit_id, field_id) == board.id:
            review.board_id = board.id
            audience.refresh(review.proposal_id)


def create_board(actor: Actor, unit_id: int, data: BoardData) -> int:
    """Set up a board of a unit; it takes over accepted reviews that waited for one.

    :returns: its id.
    :raises NotVisible: no such unit.
    :raises NotRegistrar: somebody else's office.
    :raises TermReversed: the term ends before it starts.
    """
    with atomic() as session:
        unit = session.get(Unit, unit_id)
        if unit is None:
            raise NotVisible
        check_may_manage_board(actor, unit.path)
        board = Board(unit_id=unit.id)
        _set(board, data)
        session.add(board)
        _take_waiting(board)
        audit.record(AuditTag.BOARD_CREATED, "board", board.id, by=actor.account_id, unit=unit.id)
        return board.id


def change_board(actor: Actor, board_id: int, data: BoardData) -> None:
    """Correct the decision, move the end of the term, change the fields; reviews it has stay with it."""
    with atomic():
        board, _facts = load_managed_board(actor, board_id)
        _set(board, data)
        _take_waiting(board)
        audit.record(AuditTag.BOARD_CHANGED, "board", board.id, by=actor.account_id)


def close_board(actor: Actor, board_id: int) -> None:
    """End a board that has nothing left to consider.

    :raises BoardBusy: naming how many reviews it has.
    """
    with atomic() as session:
        board, _facts = load_managed_board(actor, board_id)
        busy = select(func.count()).select_from(Review).where(Review.board_id == board.id, Review.state.in_(WITH_BOARD))
        left = session.scalar(unscoped(busy, because="a board ends with nothing left, whoever may see it")) or 0
        if left:
            raise BoardBusy(reviews=left)
        board.active = False
        audit.record(AuditTag.BOARD_CLOSED, "board", board.id, by=actor.account_id)
