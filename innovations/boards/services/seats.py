"""Who sits on a board: seats are filled and ended by the registrar, never deleted.

A seat that begins or ends changes who may see the board's reviews; a seat with a date ahead does so on that date, by
:func:`follow_the_calendar`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from innovations import audit
from innovations.boards.conflict_queries import counts_conflicts
from innovations.boards.loading import load_managed_board
from innovations.boards.models import DayFollowed, Seat
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.boards.rules.seats import SeatRole, check_new_seat, check_seat_end
from innovations.core.clock import today
from innovations.core.rules.errors import N_, Invalid, NotVisible
from innovations.core.scoping import unscoped
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.models import Grant, Person
from innovations.people.rules.roles import Actor, Role
from innovations.people.services.sign_ins import end_sign_ins_of
from innovations.proposals import audience
from innovations.proposals.models import Review
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.states import WITH_BOARD

LEADING = tuple(role.value for role in (SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.SECRETARY))
#: How far the first look goes back, in an instance that did not remember the day.
FIRST_LOOK = timedelta(days=366)
ORDER = list(SeatRole)  # of the seats on every list: chair, deputy, secretary, reviewers, members


class NoSuchPerson(Invalid):
    """The person does not exist or left the service."""

    message = N_("Không tìm thấy người này trong danh sách đang công tác.")


@dataclass(frozen=True)
class SeatData:
    """A seat to fill."""

    person_id: int
    role: SeatRole
    since: date
    may_score: bool = True
    may_vote: bool = True


def refresh_reviews(board_id: int) -> None:
    """Recompute who sees the reviews of a board, the ended ones too: who leaves a seat no longer reads them.  A step."""
    db.session.flush()
    considered = select(Review.proposal_id).where(Review.board_id == board_id).distinct()
    audience.refresh(*db.session.scalars(unscoped(considered, because="who sees them is computed anew")))


def must_have_second_step(human_id: int) -> bool:
    """Whether somebody leads or keeps a board: the chair, the deputy, the secretary."""
    humans = select(Person.id).where(or_(Person.id == human_id, Person.same_as_id == human_id))
    leads = select(Seat.id).where(
        Seat.person_id.in_(humans), Seat.role.in_(LEADING), or_(Seat.to_on.is_(None), Seat.to_on >= today())
    )
    return db.session.scalar(leads.limit(1)) is not None


def follow_link(person_ids: Collection[int]) -> None:
    """Recompute who sees the reviews of boards on which these people sit.  A step."""
    for board_id in db.session.scalars(select(Seat.board_id).where(Seat.person_id.in_(person_ids)).distinct()).all():
        refresh_reviews(board_id)


def follow_posting(person_ids: Collection[int]) -> None:
    """Recompute who sees running reviews whose rules count where members and authors serve or command.  A step."""
    db.session.flush()
    seated = Review.board_id.in_(select(Seat.board_id).where(Seat.person_id.in_(person_ids)))
    written = Review.proposal_id.in_(select(Contribution.proposal_id).where(Contribution.person_id.in_(person_ids)))
    chosen = select(Review.proposal_id).where(Review.state.in_(WITH_BOARD), counts_conflicts(), or_(seated, written))
    audience.refresh(*db.session.scalars(unscoped(chosen, because="who sees them is computed anew").distinct()))


def seat_person(actor: Actor, board_id: int, data: SeatData) -> int:
    """Fill a seat; the person is told.

    :returns: id of the seat.
    :raises NoSuchPerson: unknown or no longer active.
    :raises Several: the person has a seat (also through another account), or the chair or secretary is held.
    """
    with atomic() as session:
        board, facts = load_managed_board(actor, board_id)
        person = session.get(Person, data.person_id)
        if person is None or not person.active:
            raise NoSuchPerson("person_id")
        check_new_seat(facts, person.human_id, data.role, data.since)
        seat = Seat(
            board_id=board.id, person_id=person.id, role=data.role.value, from_on=data.since, position=ORDER.index(data.role)
        )
        seat.may_score, seat.may_vote = data.may_score, data.may_vote
        session.add(seat)
        refresh_reviews(board.id)
        end_sign_ins_of([person.id])
        audit.record(AuditTag.SEAT_FILLED, "board", board.id, by=actor.account_id, seat=seat.id, role=data.role.value)
        notify(NoticeKind.SEAT_FILLED, [person.human_id], "board", board.id)
        return seat.id


def end_seat(actor: Actor, board_id: int, seat_id: int, *, last_day: date) -> None:
    """Let a seat end with a day; what its holder did stays.

    :raises SeatEnded: it has an end.
    :raises SeatEndsBeforeItStarts: ``last_day`` lies before the first day.
    """
    with atomic() as session:
        board, _facts = load_managed_board(actor, board_id)
        seat = session.get(Seat, seat_id)
        if seat is None or seat.board_id != board.id:
            raise NotVisible
        check_seat_end(seat.from_on, seat.to_on, last_day)
        seat.to_on = last_day
        refresh_reviews(board.id)
        end_sign_ins_of([seat.person_id])
        audit.record(AuditTag.SEAT_LEFT, "board", board.id, by=actor.account_id, seat=seat.id)


def follow_the_calendar() -> int:
    """Recompute who sees what where a seat or a command began or ended since this was done last; run once a day.

    :returns: on how many boards a seat did.
    """
    with atomic() as session:
        on, followed = today(), session.get(DayFollowed, 1)
        # The last day is looked at again: that costs little, and a clock that was ahead is none the wiser.
        since = min(followed.day if followed else on - FIRST_LOOK, on) - timedelta(days=1)
        commands = select(Grant.person_id).where(Grant.role == Role.COMMANDER, Grant.ended_at.is_(None))
        follow_posting(session.scalars(commands.where(_turned(Grant, since, on))).all())
        boards = list(session.scalars(select(Seat.board_id).where(_turned(Seat, since, on)).distinct()))
        for board_id in boards:
            refresh_reviews(board_id)
        session.merge(DayFollowed(id=1, day=on))
        return len(boards)


def _turned(held: type[Seat] | type[Grant], since: date, on: date) -> ColumnElement[bool]:
    """It began, or stood for the last day before, after ``since`` and not after ``on``."""
    began = and_(held.from_on > since, held.from_on <= on)
    return or_(began, and_(held.to_on >= since, held.to_on < on))
