"""What somebody reads of a review's sheets: all, all without their writers, the summary, or nothing.

:mod:`.rules.sheet_access` says what.  For the page of the review and papers; what the sheets say together is :mod:`.score_queries`'s subject.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select

from innovations.boards.board_facts import board_facts
from innovations.boards.models import Assignment, ScoreSheet, Seat
from innovations.boards.rules.assignments import AssignmentRole
from innovations.boards.rules.scoring import Sheet
from innovations.boards.rules.sheet_access import READS_SHEETS, READS_SUMMARY, SheetAccess, sheet_access
from innovations.boards.score_queries import Summary, counted_sheets, criteria_of, shown_total, summary, values_of
from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import Loaded


@dataclass(frozen=True)
class SheetShown:
    """A revealed sheet: its writer, points by criterion, total; ``remarks`` says that the writer was assigned as reviewer.

    Without ``name``, and then without a seat, where the phase of the board's schedule keeps the writers from the reader.
    """

    seat_id: int | None
    name: str
    points: Mapping[str, Decimal | None]
    total: Decimal | None
    proposes: str
    remarks: bool


def titled(person: Person) -> str:
    """Rank and name."""
    return f"{person.rank} {person.full_name}".strip()


def sheet_access_of(actor: Actor, loaded: Loaded) -> SheetAccess:
    """What the actor reads of the sheets of a review."""
    active = board_facts(loaded.review.board_id or 0).active(today())
    voting = frozenset(seat.person_id for seat in active if seat.may_vote)
    chosen = select(Person).join(Seat, Seat.person_id == Person.id).join(ScoreSheet, ScoreSheet.seat_id == Seat.id)
    writers = frozenset(person.human_id for person in db.session.scalars(chosen.where(ScoreSheet.review_id == loaded.review.id)))
    return sheet_access(actor, loaded.facts, loaded.at, scorers=writers, voting=voting)


def reviewer_seats(review_id: int) -> frozenset[int]:
    """Seats that were given the review to write the reviewer's remarks."""
    given = select(Assignment.seat_id).where(Assignment.review_id == review_id, Assignment.role == AssignmentRole.REVIEWER.value)
    return frozenset(db.session.scalars(given.where(Assignment.declined_at.is_(None))))


def told(loaded: Loaded, access: SheetAccess) -> Summary | None:
    """The summary for who reads it; a single sheet's total is no aggregate."""
    found = summary(loaded.review) if access in READS_SUMMARY else None
    return replace(found, totals=()) if found and access not in READS_SHEETS else found


def _nameless(sheet: SheetShown) -> SheetShown:
    return replace(sheet, seat_id=None, name="", remarks=False)


def revealed(loaded: Loaded, access: SheetAccess) -> tuple[SheetShown, ...]:
    """The sheets for who reads them; without names the highest first: the order of the seats would name the writers."""
    if access not in READS_SHEETS:
        return ()
    sheets = _counted(loaded)
    if access is SheetAccess.ALL:
        return sheets
    return tuple(sorted(map(_nameless, sheets), key=lambda each: (-(each.total or 0), str(sorted(each.points.items())))))


def _counted(loaded: Loaded) -> tuple[SheetShown, ...]:
    criteria = criteria_of(loaded.review)
    rows, reviewers = counted_sheets(loaded.review), reviewer_seats(loaded.review.id)
    return tuple(
        SheetShown(
            row.seat_id, titled(row.seat.person), values_of(row), shown_total(Sheet(row.id, values_of(row)), criteria),
            row.proposes, row.seat_id in reviewers,
        )
        for row in rows
    )  # fmt: skip
