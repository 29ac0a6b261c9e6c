"""Computed conflicts of a review that the secretary may pin or dismiss, and those that were dismissed, with their reason."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from innovations.boards.board_facts import board_facts
from innovations.boards.conflict_queries import conflicts_on
from innovations.boards.models import DismissedConflict, Seat
from innovations.boards.rules.conflicts import DISMISSABLE, ConflictKind
from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Person
from innovations.proposals.loading import Loaded


@dataclass(frozen=True)
class Judgeable:
    """A conflict of a seat; ``reason`` says why it was dismissed, and is empty while it stands."""

    seat_id: int
    name: str
    kind: ConflictKind
    reason: str


def judgeable(loaded: Loaded) -> tuple[Judgeable, ...]:
    """What the rule set counts against members who sit today and have no conflict on record; then what was dismissed."""
    active = {seat.seat_id: seat.person_id for seat in board_facts(loaded.review.board_id or 0).active(today())}
    names = {
        seat_id: name
        for seat_id, name in db.session.execute(
            select(Seat.id, Person.full_name).join(Person, Person.id == Seat.person_id).where(Seat.id.in_(active))
        )
    }
    standing = [
        Judgeable(seat_id, names[seat_id], conflict.kind, "")
        for seat_id, found in sorted(conflicts_on(loaded).items())
        for conflict in found
        if conflict.kind in DISMISSABLE and seat_id in active and active[seat_id] not in loaded.at.recused
    ]
    chosen = select(DismissedConflict, Person.full_name).join(Person, Person.id == DismissedConflict.person_id)
    rows = db.session.execute(chosen.where(DismissedConflict.review_id == loaded.review.id).order_by(DismissedConflict.id))
    return (*standing, *(Judgeable(0, name, ConflictKind(row.kind), row.reason) for row, name in rows))
