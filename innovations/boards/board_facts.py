"""Boards as the rules know them: seats with canonical person ids, several boards in two queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from innovations.boards.models import Board, Seat
from innovations.boards.rules.seats import BoardFacts, SeatFacts, SeatRole
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.people.queries import Human


def _seats(board_ids: list[int]) -> Mapping[int, list[SeatFacts]]:
    chosen = select(Seat, Human).join(Person, Person.id == Seat.person_id).where(Seat.board_id.in_(board_ids))
    found: dict[int, list[SeatFacts]] = defaultdict(list)
    for seat, human in db.session.execute(chosen.order_by(Seat.position, Seat.id)):
        facts = SeatFacts(seat.id, human, SeatRole(seat.role), seat.from_on, seat.to_on, seat.may_score, seat.may_vote)
        found[seat.board_id].append(facts)
    return found


def boards_facts(board_ids: Iterable[int]) -> Mapping[int, BoardFacts]:
    """Facts of each board that exists; ids of others are left out."""
    ids = sorted(set(board_ids))
    rows = db.session.execute(select(Board.id, Unit.id, Unit.path).join(Unit, Unit.id == Board.unit_id).where(Board.id.in_(ids)))
    seats = _seats(ids)
    return {
        board_id: BoardFacts(board_id, unit_id, path, tuple(seats.get(board_id, ()))) for board_id, unit_id, path in rows.all()
    }


def board_facts(board_id: int) -> BoardFacts:
    """Facts of one board.

    :raises KeyError: there is no such board.
    """
    return boards_facts([board_id])[board_id]
