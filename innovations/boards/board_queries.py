"""Reading boards: which ones a reader has to do with, one board with its seats, terms and meetings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, bindparam, func, or_, select

from innovations.boards.loading import load_board
from innovations.boards.models import Board, Seat
from innovations.boards.models_meeting import Meeting
from innovations.boards.rules.access import check_may_manage_board, check_may_plan, check_may_weigh_campaigns, permitted
from innovations.boards.rules.seats import BoardFacts, SeatRole, check_board
from innovations.boards.sight import in_sight
from innovations.core.clock import today
from innovations.core.rules.errors import DomainError, Several
from innovations.core.rules.text import fold
from innovations.core.statements import Columns, kept_statement, read_once, rows
from innovations.extensions import db
from innovations.people.models import Account, Person, Unit
from innovations.people.rules.roles import Actor, Role, is_active
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import WITH_BOARD
from innovations.regulations.queries import Frozen, field_name, sets_in_force

#: Offices of a unit that read its boards without a seat.
OFFICES = (Role.REGISTRAR, Role.DECIDER, Role.RECEIVER)


@dataclass(frozen=True)
class BoardRow:
    """A board in a list; ``role`` is the reader's seat today, empty without one."""

    id: int
    name: str
    unit: str
    term_from: date
    term_to: date | None
    active: bool
    role: str
    reviews: int
    overdue: int


@kept_statement
def _held() -> Columns:
    """Seats that a human being was ever given, under whichever account."""
    human = bindparam("human", type_=Integer)
    humans = select(Person.id).where(or_(Person.id == human, Person.same_as_id == human))
    return select(Seat.board_id, Seat.role, Seat.from_on, Seat.to_on).where(Seat.person_id.in_(humans))


@read_once
def _seats_on(human_id: int, on: date) -> Mapping[int, SeatRole]:
    held = rows(_held(), human=human_id)
    return {board_id: SeatRole(role) for board_id, role, since, until in held if is_active(since, until, on)}


def my_seats(actor: Actor) -> Mapping[int, SeatRole]:
    """The reader's seats held today, whichever account they were given to: board id → role."""
    return _seats_on(actor.person_id, today())


def kept_boards(actor: Actor) -> list[int]:
    """The boards that the reader keeps as secretary today."""
    return [board_id for board_id, role in my_seats(actor).items() if role is SeatRole.SECRETARY]


def _loads(actor: Actor, board_ids: list[int]) -> Mapping[int, tuple[int, int]]:
    """How many reviews each board has for the reader, and how many of them are late."""
    late = func.coalesce(func.sum(Review.due_on < today()), 0)
    chosen = select(Review.board_id, func.count(), late).join(Proposal, Proposal.id == Review.proposal_id)
    chosen = chosen.where(Review.board_id.in_(board_ids), Review.state.in_(WITH_BOARD), in_sight(actor))
    rows = db.session.execute(chosen.group_by(Review.board_id))
    return {board_id: (count, int(overdue)) for board_id, count, overdue in rows if board_id is not None}


def boards_of(actor: Actor) -> list[BoardRow]:
    """The boards the reader sits on, or serves as registrar, decider or receiver; active ones and own ones first."""
    seats = my_seats(actor)
    paths = {path for role in OFFICES for path in actor.paths_of(role)}
    served = [Unit.path.startswith(path, autoescape=True) for path in sorted(paths)]
    chosen = select(Board, Unit.short_name).join(Unit, Unit.id == Board.unit_id).where(or_(Board.id.in_(seats), *served))
    rows = db.session.execute(chosen.order_by(Board.active.desc(), Unit.path, Board.name)).all()
    loads = _loads(actor, [board.id for board, _unit in rows])
    found = [
        BoardRow(
            board.id, board.name, unit, board.term_from, board.term_to, board.active,
            seats[board.id].label if board.id in seats else "", *loads.get(board.id, (0, 0)),
        )
        for board, unit in rows
    ]  # fmt: skip
    return sorted(found, key=lambda row: (not row.active, not row.role))


@dataclass(frozen=True)
class SeatShown:
    """A seat with its holder."""

    id: int
    person_id: int
    name: str
    unit: str
    role: SeatRole
    may_score: bool
    may_vote: bool
    from_on: date
    to_on: date | None
    held: bool


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in the board's list."""

    id: int
    number: int
    on: date
    state: str


@dataclass(frozen=True)
class BoardShown:
    """A board as its own page shows it.  ``warnings``: what a sound board would have; they stop nothing."""

    id: int
    name: str
    unit_id: int
    unit: str
    decision_number: str
    decision_on: date | None
    decision_signer: str
    term_from: date
    term_to: date | None
    active: bool
    fields: tuple[str, ...]
    seats: tuple[SeatShown, ...]
    meetings: tuple[MeetingRow, ...]
    warnings: tuple[DomainError, ...]
    may_manage: bool
    runs_meetings: bool
    weighs_scores: bool
    plans: bool


def _seats_shown(board: Board, on: date) -> tuple[SeatShown, ...]:
    chosen = select(Seat, Person, Unit.short_name).join(Person, Person.id == Seat.person_id).join(Unit, Unit.id == Person.unit_id)
    rows = db.session.execute(chosen.where(Seat.board_id == board.id).order_by(Seat.position, Person.sort_key, Seat.id))
    return tuple(
        SeatShown(
            seat.id, person.id, f"{person.rank} {person.full_name}".strip(), unit, SeatRole(seat.role), seat.may_score,
            seat.may_vote, seat.from_on, seat.to_on, is_active(seat.from_on, seat.to_on, on),
        )
        for seat, person, unit in rows
    )  # fmt: skip


def _meetings(board_id: int) -> tuple[MeetingRow, ...]:
    rows = db.session.scalars(select(Meeting).where(Meeting.board_id == board_id).order_by(Meeting.number.desc()))
    return tuple(MeetingRow(row.id, row.number, row.on, row.state) for row in rows)


def _warnings(facts: BoardFacts, sets: Frozen, on: date) -> tuple[DomainError, ...]:
    try:
        check_board(facts.active(on), sets.rules)
    except Several as several:
        return tuple(several.errors)
    return ()


def board_shown(actor: Actor, board_id: int) -> BoardShown:
    """One board.

    :raises NotVisible: it does not exist, or not for this reader.
    """
    board, facts = load_board(actor, board_id)
    on = today()
    running = {facts.holder(role, on) for role in (SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.SECRETARY)}
    return BoardShown(
        id=board.id, name=board.name, unit_id=board.unit_id, unit=board.unit.name, decision_number=board.decision_number,
        decision_on=board.decision_on, decision_signer=board.decision_signer, term_from=board.term_from, term_to=board.term_to,
        active=board.active, fields=tuple(field_name(each.field) for each in board.fields), seats=_seats_shown(board, on),
        meetings=_meetings(board.id), warnings=_warnings(facts, sets_in_force(board.unit_id, on), on),
        may_manage=permitted(check_may_manage_board, actor, facts.unit_path), runs_meetings=actor.person_id in running,
        weighs_scores=permitted(check_may_weigh_campaigns, actor, facts, on), plans=permitted(check_may_plan, actor, facts, on),
    )  # fmt: skip


def find_people(query: str, *, limit: int = 20) -> list[tuple[int, str]]:
    """Active people for a seat, by the start of a word of the name (accents do not matter) or the whole service number.

    :returns: id and "rank name, unit", in Vietnamese order; nothing for fewer than two letters.
    """
    wanted = fold(query.strip())
    if len(wanted) < 2:
        return []
    numbered = set(db.session.scalars(select(Account.person_id).where(Account.service_number == query.strip())))
    chosen = select(Person.id, Person.full_name, Person.rank, Unit.short_name).join(Unit, Unit.id == Person.unit_id)
    rows = db.session.execute(chosen.where(Person.active).order_by(Person.sort_key))
    found = [row for row in rows if row.id in numbered or f" {wanted}" in f" {fold(row.full_name)}"]
    return [(row.id, f"{row.rank} {row.full_name}, {row.short_name}".strip()) for row in found[:limit]]
