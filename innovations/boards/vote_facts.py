"""Who may vote on an item and how many must agree, from the attendance and the conflicts of interest."""

from collections.abc import Mapping
from dataclasses import dataclass

from innovations.boards.conflict_queries import conflicts_on
from innovations.boards.meeting_loading import Item
from innovations.boards.rules.quorum import Outlook, vote_outlook


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
    barred = set(voting) & set(conflicts_on(found.loaded))
    outlook = vote_outlook(
        found.loaded.rules, base=len(voting), present=len(present), recused=len(barred), recused_present=len(barred & present)
    )
    return Voters({seat: voting[seat] for seat in sorted(present - barred)}, len(voting), outlook)
