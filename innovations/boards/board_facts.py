"""Boards as the rules know them: seats with canonical person ids, several boards in two queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from innovations.boards.models import Board, Seat
from innovations.boards.rules.seats import BoardFacts, SeatFacts, SeatRole
from innovations.core.statements import Columns, ids, kept_statement, read_once, rows
from innovations.people.models import Person, Unit
from innovations.people.queries import Human


@kept_statement
def _boards() -> Columns:
    return select(Board.id, Unit.id, Unit.path).join(Unit, Unit.id == Board.unit_id).where(Board.id.in_(ids()))


@kept_statement
def _seats() -> Columns:
    chosen = select(Seat.board_id, Seat.id, Human, Seat.role, Seat.from_on, Seat.to_on, Seat.may_score, Seat.may_vote)
    chosen = chosen.join(Person, Person.id == Seat.person_id).where(Seat.board_id.in_(ids()))
    return chosen.order_by(Seat.position, Seat.id)


@read_once
def _boards_facts(board_ids: tuple[int, ...]) -> Mapping[int, BoardFacts]:
    seats: dict[int, list[SeatFacts]] = defaultdict(list)
    for board_id, seat_id, human, role, *others in rows(_seats(), ids=board_ids):
        seats[board_id].append(SeatFacts(seat_id, human, SeatRole(role), *others))
    return {
        board_id: BoardFacts(board_id, unit_id, path, tuple(seats[board_id]))
        for board_id, unit_id, path in rows(_boards(), ids=board_ids)
    }


def boards_facts(board_ids: Iterable[int]) -> Mapping[int, BoardFacts]:
    """Facts of each board that exists; ids of others are left out."""
    return _boards_facts(tuple(sorted(set(board_ids))))


def board_facts(board_id: int) -> BoardFacts:
    """Facts of one board.

    :raises KeyError: there is no such board.
    """
    return boards_facts([board_id])[board_id]
