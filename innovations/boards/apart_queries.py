"""Pairs of members that a board keeps apart: they never score the same review."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from innovations.boards.models import Assignment, KeptApart, Seat
from innovations.boards.rules.assignments import ApartTogether
from innovations.boards.rules.balancing import Pair, apart_within
from innovations.core.rules.errors import DomainError
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.queries import Human
from innovations.proposals.loading import Loaded


def seats_by_human(board_id: int) -> Mapping[int, list[int]]:
    """All seats a human being ever held on the board."""
    chosen = select(Seat.id, Human).join(Person, Person.id == Seat.person_id).where(Seat.board_id == board_id)
    found: dict[int, list[int]] = {}
    for seat_id, human in db.session.execute(chosen):
        found.setdefault(human, []).append(seat_id)
    return found


def apart_seats(board_id: int) -> frozenset[Pair]:
    """The pairs as seats."""
    seats = seats_by_human(board_id)
    one, other = aliased(Person), aliased(Person)
    # Through the person: a record may since have been found to be another one's.
    chosen = select(func.coalesce(one.same_as_id, one.id), func.coalesce(other.same_as_id, other.id))
    chosen = chosen.select_from(KeptApart).join(one, one.id == KeptApart.one_id).join(other, other.id == KeptApart.other_id)
    rows = db.session.execute(chosen.where(KeptApart.board_id == board_id)).all()
    return frozenset(
        frozenset({first, second})
        for one_id, other_id in rows
        for first in seats.get(one_id, ())
        for second in seats.get(other_id, ())
        if first != second
    )


def pairs_of(board_id: int) -> list[tuple[int, str, str, str]]:
    """The pairs to show: id, both names, reason."""
    one, other = aliased(Person), aliased(Person)
    chosen = select(KeptApart.id, one.full_name, other.full_name, KeptApart.reason).join(one, one.id == KeptApart.one_id)
    chosen = chosen.join(other, other.id == KeptApart.other_id).where(KeptApart.board_id == board_id)
    return [tuple(row) for row in db.session.execute(chosen.order_by(one.sort_key, other.sort_key))]


def apart_refusals(field: str, loaded: Loaded, joining: Mapping[int, str]) -> list[DomainError]:
    """A refusal for each pair that would be together on a review.

    :param joining: the seats that are to join, with the names of their holders.
    """
    running = select(Assignment.seat_id).where(Assignment.review_id == loaded.review.id, Assignment.declined_at.is_(None))
    company = set(db.session.scalars(running)) | set(joining)
    wrong = [pair for pair in apart_within(company, apart_seats(loaded.review.board_id or 0)) if pair & set(joining)]
    chosen = select(Seat.id, Person.full_name).join(Person, Person.id == Seat.person_id)
    names = {seat_id: name for seat_id, name in db.session.execute(chosen.where(Seat.id.in_(set().union(*wrong))))}
    return [ApartTogether(field, one=names[min(pair)], other=names[max(pair)]) for pair in wrong]
