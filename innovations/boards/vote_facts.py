"""Who may vote on an item and how many must agree, from the attendance and the conflicts of interest."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from innovations.boards.meeting_loading import Item
from innovations.boards.models import Seat
from innovations.boards.models_meeting import TellerCount, Vote
from innovations.boards.rules.quorum import Outlook, vote_outlook
from innovations.boards.rules.seats import SeatRole
from innovations.boards.rules.tellers import Figures, Keyed
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.queries import Human
from innovations.proposals.rules.facts import acting_chair


@dataclass(frozen=True)
class Voters:
    """Seats by their part in the vote on one item.

    :param free: present, with a vote and without conflict: seat → person.
    :param base: how many seats may vote on the meeting's date.
    """

    free: Mapping[int, int]
    base: int
    outlook: Outlook


def voters_of(found: Item) -> Voters:
    """The voters of an item.  A member with a conflict counts for the quorum and has no opinion."""
    voting = {seat.seat_id: seat.person_id for seat in found.sitting.board.voting(found.sitting.meeting.on)}
    present = set(voting) & set(found.sitting.present)
    barred = set(voting) & set(found.barred)
    outlook = vote_outlook(
        found.loaded.rules, base=len(voting), present=len(present), recused=len(barred), recused_present=len(barred & present)
    )
    return Voters({seat: voting[seat] for seat in sorted(present - barred)}, len(voting), outlook)


def tellers_of(found: Item) -> Mapping[int, int]:
    """Who may count printed ballots: present, without conflict, voting or the secretary, and not who presides: seat → person.

    Who presides settles between two counts that differ, so does not make one of them.
    """
    barred, chair = found.barred, acting_chair(found.loaded.facts, found.loaded.at)
    there = [seat for seat in found.sitting.board.active(found.sitting.meeting.on) if seat.seat_id in found.sitting.present]
    chosen = [seat for seat in there if seat.may_vote or seat.role is SeatRole.SECRETARY]
    return {seat.seat_id: seat.person_id for seat in chosen if seat.seat_id not in barred and seat.person_id != chair}


def counts_of(vote: Vote) -> list[Keyed]:
    """What tellers keyed of a vote on paper, oldest first."""
    chosen = select(TellerCount, Human).join(Seat, Seat.id == TellerCount.seat_id).join(Person, Person.id == Seat.person_id)
    found = db.session.execute(chosen.where(TellerCount.vote_id == vote.id).order_by(TellerCount.attempt, TellerCount.place))
    return [Keyed(row.attempt, row.place, human, figures_of(row)) for row, human in found]


def figures_of(row: TellerCount) -> Figures:
    """A stored count as the rules know it."""
    return Figures(row.issued, row.collected, row.valid, row.invalid, row.agree, row.disagree, row.blank)
