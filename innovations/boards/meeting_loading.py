"""Loading a meeting, or one item of its agenda, for the people who may know of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select

from innovations.boards.conflict_queries import conflicts_on
from innovations.boards.loading import load_board, load_review
from innovations.boards.models_meeting import AgendaItem, Meeting, Vote
from innovations.boards.rules.access import check_may_run_meetings
from innovations.boards.rules.conflicts import Conflict
from innovations.boards.rules.meetings import MeetingState, NotRevealed, check_running
from innovations.boards.rules.seats import BoardFacts
from innovations.boards.sight import without_part
from innovations.core.clock import today
from innovations.core.rules.errors import NotVisible
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.audience import written_by
from innovations.proposals.loading import Loaded
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import State


@dataclass(frozen=True)
class Sitting:
    """A meeting with its board; good for one transaction."""

    meeting: Meeting
    board: BoardFacts

    @property
    def state(self) -> MeetingState:
        """Where it stands."""
        return MeetingState(self.meeting.state)

    @property
    def seats(self) -> Collection[int]:
        """Seats held on the day of the meeting."""
        return {seat.seat_id for seat in self.board.active(self.meeting.on)}

    @property
    def present(self) -> Collection[int]:
        """Seats registered as present."""
        return {row.seat_id for row in self.meeting.attendance if row.present}


@dataclass(frozen=True)
class Item:
    """One review before a meeting.

    :param conflicts: of seats with it, where they were read for a whole agenda; without, they are read when asked for.
    """

    sitting: Sitting
    item: AgendaItem
    loaded: Loaded
    conflicts: Mapping[int, tuple[Conflict, ...]] | None = None

    @property
    def barred(self) -> Collection[int]:
        """Seats that have a conflict of interest with it."""
        return set(conflicts_on(self.loaded) if self.conflicts is None else self.conflicts)

    @property
    def vote(self) -> Vote | None:
        """The vote that stands; void ones were held for nothing."""
        return next((vote for vote in self.item.votes if vote.state != "void"), None)


def load_meeting(actor: Actor, board_id: int, number: int) -> Sitting:
    """A meeting of the board.

    :raises NotVisible: there is none with this number, or the actor has nothing to do with the board.
    """
    _board, facts = load_board(actor, board_id)
    found = db.session.scalar(select(Meeting).where(Meeting.board_id == board_id, Meeting.number == number))
    if found is None:
        raise NotVisible
    return Sitting(found, facts)


def load_led_meeting(actor: Actor, board_id: int, number: int) -> Sitting:
    """The same, for secretary, chair and deputy.

    :raises NotOnBoard: somebody else.
    """
    sitting = load_meeting(actor, board_id, number)
    check_may_run_meetings(actor, sitting.board, today())
    return sitting


def out_of_sight(leader: Actor, meeting_id: int) -> list[int]:
    """Reviews on the agenda that who leads the meeting takes no part in: an author's own, one with a conflict, one under quarantine.

    A seat sees everything else on an agenda.  Asked of each item's facts, 300 of them took two fifths of the meeting's page.
    """
    chosen = select(AgendaItem.review_id).join(Review, Review.id == AgendaItem.review_id)
    chosen = chosen.join(Proposal, Proposal.id == Review.proposal_id).where(AgendaItem.meeting_id == meeting_id)
    conflicts = AgendaItem.review_id.in_(without_part(leader))
    hidden = or_(Proposal.quarantined_at.is_not(None), Proposal.id.in_(written_by(leader)), conflicts)
    return list(db.session.scalars(chosen.where(hidden).order_by(AgendaItem.position)))


def load_item(actor: Actor, board_id: int, number: int, review_id: int) -> Item:
    """One item of a meeting that runs now.

    :raises NotVisible: it is not on this agenda, or not for this actor.
    :raises AuthorMayNotAct: the actor is one of the authors.
    :raises MeetingNotOpen: the meeting does not run.
    """
    sitting = load_meeting(actor, board_id, number)
    item = next((each for each in sitting.meeting.items if each.review_id == review_id), None)
    if item is None:
        raise NotVisible
    loaded = load_review(actor, board_id, review_id)
    check_running(sitting.state)
    return Item(sitting, item, loaded)


def load_revealed_item(actor: Actor, board_id: int, number: int, review_id: int) -> Item:
    """The same, once its points are out.

    :raises NotRevealed: they are hidden still.
    """
    found = load_item(actor, board_id, number, review_id)
    if found.loaded.at.state is State.SCORING:
        raise NotRevealed
    return found
