"""The secretary gives members a review to score; members may decline; a missing sheet is excused with a reason.

Conflicts of interest are computed inside the transaction; an attempt against one is refused and stays in the audit trail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from innovations import audit
from innovations.boards.apart_queries import apart_refusals
from innovations.boards.board_facts import board_facts
from innovations.boards.conflict_queries import conflicts_on
from innovations.boards.loading import load_review, own_assignment, present_sheet
from innovations.boards.models import Assignment, ScoreSheet, Seat
from innovations.boards.rules.access import check_may_assign, check_may_decline
from innovations.boards.rules.assignments import (
    AssignmentRole,
    DueNotAhead,
    NobodyChosen,
    SeatMayNotScore,
    check_not_submitted,
)
from innovations.boards.rules.conflicts import MemberInConflict
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.core.clock import now, today
from innovations.core.rules.errors import DomainError, NotVisible, Several
from innovations.core.transactions import atomic, leave_key
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.rules.roles import Actor
from innovations.proposals import audience
from innovations.proposals.loading import Loaded
from innovations.proposals.rules.clocks import sheet_due
from innovations.proposals.rules.content import check_reasons
from innovations.regulations.queries import working_calendar


@dataclass(frozen=True)
class Duty:
    """What is given to the chosen members; without ``due_on`` the rule set's working days from today."""

    role: AssignmentRole = AssignmentRole.SCORER
    due_on: date | None = None


def _record(tag: AuditTag, loaded: Loaded, actor: Actor, **ids: Any) -> None:
    audit.record(tag, "proposal", loaded.proposal.id, by=actor.account_id, review=loaded.review.id, **ids)


def load_for_secretary(actor: Actor, board_id: int, review_id: int) -> Loaded:
    """The review, for who may assign.

    :raises Forbidden: not the secretary; :raises NotNow: neither accepted nor being scored.
    """
    loaded = load_review(actor, board_id, review_id)
    check_may_assign(actor, loaded.facts, loaded.at)
    return loaded


def assignment_of(loaded: Loaded, assignment_id: int) -> Assignment:
    """One assignment of the review.

    :raises NotVisible: it belongs to another.
    """
    found = db.session.get(Assignment, assignment_id)
    if found is None or found.review_id != loaded.review.id:
        raise NotVisible
    return found


def _is_submitted(loaded: Loaded, seat_id: int) -> bool:
    sheet = present_sheet(loaded, seat_id)
    return sheet is not None and sheet.submitted_at is not None


def _scoring_seats(board_id: int, seat_ids: Sequence[int]) -> list[Seat]:
    if not seat_ids:
        raise NobodyChosen("seat_id")
    may_score = {seat.seat_id for seat in board_facts(board_id).active(today()) if seat.may_score}
    if not may_score.issuperset(seat_ids):
        raise SeatMayNotScore("seat_id")
    return list(db.session.scalars(select(Seat).where(Seat.id.in_(seat_ids)).order_by(Seat.position, Seat.id)))


def _refusals(loaded: Loaded, seats: Iterable[Seat]) -> list[DomainError]:
    conflicts, names = conflicts_on(loaded), {seat.id: seat.person.full_name for seat in seats}
    found: list[DomainError] = [
        MemberInConflict("seat_id", person=name, kind=conflicts[seat_id][0].kind)
        for seat_id, name in names.items()
        if seat_id in conflicts
    ]
    return found + apart_refusals("seat_id", loaded, names)


def give(loaded: Loaded, seat: Seat, role: AssignmentRole, due_on: date) -> Assignment:
    """Store the duty, over one that was declined or has another date.  A step."""
    mine = select(Assignment).where(Assignment.review_id == loaded.review.id, Assignment.seat_id == seat.id)
    given = db.session.scalar(mine) or Assignment(review_id=loaded.review.id, seat_id=seat.id)
    given.role, given.due_on, given.assigned_at = role.value, due_on, now()
    given.declined_at, given.decline_reason, given.excused_reason = None, "", ""
    db.session.add(given)
    db.session.flush()
    return given


def tell(loaded: Loaded, actor: Actor, given: Sequence[tuple[Assignment, Seat]], due_on: date) -> None:
    """Record and notify what was given.  A step."""
    for assignment, seat in given:
        audit.record(
            AuditTag.ASSIGNED, "proposal", loaded.proposal.id, by=actor.account_id, review=loaded.review.id, seat=seat.id
        )
        notify(NoticeKind.ASSIGNED, [seat.person.human_id], "assignment", assignment.id, due=due_on)


def assign(actor: Actor, board_id: int, review_id: int, seat_ids: Sequence[int], duty: Duty) -> None:
    """Give the review to several members at once, all or none; who has it already gets the new date.

    :raises NobodyChosen: no seat was chosen.
    :raises SeatMayNotScore: a seat is not held today, or has no right to score.
    :raises DueNotAhead: the date has passed.
    :raises Several: of :class:`MemberInConflict` for each member with a conflict and :class:`ApartTogether` for each pair kept
        apart; audited, nobody is assigned.
    """
    with atomic():
        loaded = load_for_secretary(actor, board_id, review_id)
        seats = _scoring_seats(board_id, seat_ids)
        due_on = duty.due_on or sheet_due(today(), loaded.rules, working_calendar())
        if due_on < today():
            raise DueNotAhead("due_on", due=due_on)
        refusals = _refusals(loaded, seats)
        if refusals:
            _record(AuditTag.ASSIGNMENT_REFUSED, loaded, actor, seats=list(seat_ids))
            leave_key()
        else:
            tell(loaded, actor, [(give(loaded, seat, duty.role, due_on), seat) for seat in seats], due_on)
            audience.refresh(loaded.proposal.id)
    if refusals:
        raise Several(refusals)


def unassign(actor: Actor, board_id: int, review_id: int, assignment_id: int) -> None:
    """Take an assignment back, with the draft of its sheet.

    :raises SheetSubmitted: the sheet is there; it counts.
    """
    with atomic() as session:
        loaded = load_for_secretary(actor, board_id, review_id)
        given = assignment_of(loaded, assignment_id)
        check_not_submitted(_is_submitted(loaded, given.seat_id))
        drafts = ScoreSheet.seat_id == given.seat_id, ScoreSheet.submitted_at.is_(None)
        session.execute(delete(ScoreSheet).where(ScoreSheet.review_id == loaded.review.id, *drafts))
        seat_id = given.seat_id
        session.delete(given)
        audience.refresh(loaded.proposal.id)
        _record(AuditTag.UNASSIGNED, loaded, actor, seat=seat_id)


def excuse(actor: Actor, board_id: int, review_id: int, assignment_id: int, *, reason: str) -> None:
    """Say why the board may go on without a member's sheet.

    :raises SheetSubmitted: it is there.
    :raises ReasonsMissing: without a reason.
    """
    with atomic():
        loaded = load_for_secretary(actor, board_id, review_id)
        given = assignment_of(loaded, assignment_id)
        check_not_submitted(_is_submitted(loaded, given.seat_id))
        given.excused_reason = check_reasons(reason)[:500]
        _record(AuditTag.ASSIGNMENT_EXCUSED, loaded, actor, seat=given.seat_id)


def decline(actor: Actor, board_id: int, review_id: int, *, reason: str) -> None:
    """A member does not take an assignment; the secretary is told and finds somebody else.

    :raises SheetSubmitted: the sheet is submitted already; :raises NotNow: the points are revealed.
    :raises ReasonsMissing: without a reason.
    """
    with atomic():
        loaded = load_review(actor, board_id, review_id)
        given = own_assignment(actor, loaded)
        check_may_decline(actor, loaded.facts, loaded.at, frozenset({actor.person_id}))
        check_not_submitted(_is_submitted(loaded, given.seat_id))
        given.decline_reason, given.declined_at = check_reasons(reason)[:500], now()
        audience.refresh(loaded.proposal.id)
        audit.record(
            AuditTag.ASSIGNMENT_DECLINED,
            "proposal",
            loaded.proposal.id,
            by=actor.account_id,
            review=review_id,
            seat=given.seat_id,
        )
        notify(NoticeKind.ASSIGNMENT_DECLINED, [loaded.secretary], "review", review_id)
