"""A meeting as its people see it: who is there, the quorum, its agenda whole or by pages."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import and_, func, or_, select

from innovations.boards.agenda_queries import ItemShown, items_shown, read_agenda
from innovations.boards.blinding import titles_for
from innovations.boards.board_queries import my_seats
from innovations.boards.meeting_loading import Sitting, load_meeting
from innovations.boards.models import Board, Seat
from innovations.boards.models_meeting import AgendaItem, Meeting, Vote
from innovations.boards.rules.access import check_may_run_meetings, permitted
from innovations.boards.rules.meetings import MeetingState
from innovations.boards.rules.quorum import needed
from innovations.boards.rules.seats import SeatRole
from innovations.boards.rules.votes import VoteState
from innovations.boards.services.meetings import ready_reviews
from innovations.boards.sight import without_part
from innovations.core.clock import today
from innovations.core.rules.errors import NotVisible
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_at_board
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import State
from innovations.regulations.queries import sets_in_force

#: Items on one page of an agenda.
AGENDA_PAGE = 20


@dataclass(frozen=True)
class SeatMark:
    """A seat held on the day; ``present`` is ``None`` before attendance is taken."""

    seat_id: int
    name: str
    role: SeatRole
    may_vote: bool
    present: bool | None
    reason: str


@dataclass(frozen=True)
class MeetingShown:
    """One meeting."""

    meeting_id: int
    board_id: int
    board: str
    number: int
    on: date
    starts: time | None
    place: str
    state: MeetingState
    started_at: datetime | None
    ended_at: datetime | None
    chair: str
    seats: tuple[SeatMark, ...]
    registered: bool
    base: int
    present: int
    quorum_needed: int
    items: tuple[ItemShown, ...]
    leads: bool
    has_vote: bool

    @property
    def has_quorum(self) -> bool:
        """Whether enough voting members are there."""
        return self.present >= self.quorum_needed


@dataclass(frozen=True)
class ReadyRow:
    """A review that could come before a meeting."""

    review_id: int
    code: str
    title: str
    state: State


def ready_rows(actor: Actor, board_id: int, *, besides: int | None = None) -> list[ReadyRow]:
    """What may be put on an agenda, as far as the actor sees it."""
    chosen = select(Review.id, Proposal.code, Proposal.title, Review.state).join(Proposal, Proposal.id == Review.proposal_id)
    ready = chosen.where(Review.id.in_(ready_reviews(board_id, besides=besides)), seen_at_board(actor))
    rows = db.session.execute(ready.where(Review.id.not_in(without_part(actor)))).all()
    titles = titles_for(actor, {review_id: title for review_id, _code, title, _state in rows})
    return [ReadyRow(review_id, code or "", titles[review_id], State(state)) for review_id, code, _title, state in rows]


def _names(sitting: Sitting) -> dict[int, str]:
    chosen = select(Seat.id, Person.rank, Person.full_name).join(Person, Person.id == Seat.person_id)
    rows = db.session.execute(chosen.where(Seat.id.in_(sitting.seats)))
    return {seat_id: f"{rank} {name}".strip() for seat_id, rank, name in rows}


def _seat_marks(sitting: Sitting, names: dict[int, str]) -> tuple[SeatMark, ...]:
    marks = {row.seat_id: row for row in sitting.meeting.attendance}
    return tuple(
        SeatMark(
            seat.seat_id, names[seat.seat_id], seat.role, seat.may_vote,
            marks[seat.seat_id].present if seat.seat_id in marks else None,
            marks[seat.seat_id].reason if seat.seat_id in marks else "",
        )
        for seat in sitting.board.active(sitting.meeting.on)
    )  # fmt: skip


def _shown(actor: Actor, sitting: Sitting, agenda: list[AgendaItem]) -> MeetingShown:
    meeting, names, board_id = sitting.meeting, _names(sitting), sitting.meeting.board_id
    voting = {seat.seat_id: seat.person_id for seat in sitting.board.voting(meeting.on)}
    board = db.session.get_one(Board, board_id)
    chair = db.session.get(Person, meeting.chair_id) if meeting.chair_id else None
    return MeetingShown(
        meeting_id=meeting.id, board_id=board_id, board=board.name, number=meeting.number, on=meeting.on, starts=meeting.starts, place=meeting.place,
        state=sitting.state, started_at=meeting.started_at, ended_at=meeting.ended_at,
        chair=f"{chair.rank} {chair.full_name}".strip() if chair else "", seats=_seat_marks(sitting, names),
        registered=bool(meeting.attendance), base=len(voting), present=len(set(voting) & set(sitting.present)),
        quorum_needed=needed(sets_in_force(board.unit_id, today()).rules.quorum, len(voting)),
        items=items_shown(actor, sitting, names, agenda), leads=permitted(check_may_run_meetings, actor, sitting.board, today()),
        has_vote=actor.person_id in voting.values(),
    )  # fmt: skip


def meeting_shown(actor: Actor, board_id: int, number: int) -> MeetingShown:
    """One meeting of a board, with its whole agenda.

    :raises NotVisible: there is none with this number, or the reader has nothing to do with the board.
    """
    sitting = load_meeting(actor, board_id, number)
    return _shown(actor, sitting, read_agenda(sitting.meeting.id))


def meeting_head(actor: Actor, board_id: int, number: int) -> MeetingShown:
    """The same without its agenda."""
    return _shown(actor, load_meeting(actor, board_id, number), [])


def meeting_item(actor: Actor, board_id: int, number: int, review_id: int) -> tuple[MeetingShown, ItemShown]:
    """The meeting with one item that the reader takes part in, and the item.

    :raises NotVisible: it is not on the agenda, or not for this reader.
    """
    sitting = load_meeting(actor, board_id, number)
    found = _shown(actor, sitting, read_agenda(sitting.meeting.id, AgendaItem.review_id == review_id))
    if not any(item.known for item in found.items):
        raise NotVisible
    return found, found.items[0]


@dataclass(frozen=True)
class AgendaPage:
    """A meeting with one page of its agenda.

    :param total: items of the whole agenda.
    """

    meeting: MeetingShown
    page: int
    total: int


def meeting_page(actor: Actor, board_id: int, number: int, page: int | None = None) -> AgendaPage:
    """The same with a page of the agenda; without a number the one on which the first item waits for its conclusion."""
    sitting = load_meeting(actor, board_id, number)
    of_meeting = select(func.count()).where(AgendaItem.meeting_id == sitting.meeting.id)
    total = db.session.scalar(of_meeting) or 0
    if page is None:
        waits = select(func.min(AgendaItem.position)).where(AgendaItem.meeting_id == sitting.meeting.id)
        first = db.session.scalar(waits.where(AgendaItem.confirmed_at.is_(None), AgendaItem.conclusion == ""))
        before = db.session.scalar(of_meeting.where(AgendaItem.position < first)) if first is not None else 0
        page = (before or 0) // AGENDA_PAGE + 1
    page = max(1, min(page, -(-total // AGENDA_PAGE)))
    agenda = read_agenda(sitting.meeting.id, on=slice((page - 1) * AGENDA_PAGE, page * AGENDA_PAGE))
    return AgendaPage(_shown(actor, sitting, agenda), page, total)


def running_meetings(actor: Actor) -> list[MeetingShown]:
    """The meetings that are open now on the boards the reader sits on, with the items that ask something of somebody."""
    chosen = select(Meeting.board_id, Meeting.number).where(Meeting.state == MeetingState.OPEN.value)
    running = db.session.execute(chosen.where(Meeting.board_id.in_(my_seats(actor))).order_by(Meeting.id)).all()
    voted_on = AgendaItem.votes.any(Vote.state == VoteState.OPEN.value)
    asks = or_(voted_on, and_(AgendaItem.conclusion != "", AgendaItem.confirmed_at.is_(None)))
    sittings = [load_meeting(actor, board_id, number) for board_id, number in running]
    return [_shown(actor, each, read_agenda(each.meeting.id, asks)) for each in sittings]
