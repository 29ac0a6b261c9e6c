"""A whole plan of who scores what, made by the balanced dry run or brought as a file, applied in one transaction or not at all.

Everything is asked again inside it: the review still waits, the seat may score, no conflict, nobody with whom he is kept apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from innovations import audit
from innovations.boards.apart_queries import apart_seats, seats_by_human
from innovations.boards.conflict_queries import conflicts_among
from innovations.boards.models import KeptApart, Seat
from innovations.boards.planning_queries import assignable, check_planner, running, scoring_seats
from innovations.boards.rules.assignments import (
    ApartTogether,
    AssignmentRole,
    DueNotAhead,
    GivenTwice,
    InPlan,
    NobodyChosen,
    NotWaiting,
    SamePair,
    SeatMayNotScore,
)
from innovations.boards.rules.balancing import Pair, apart_within
from innovations.boards.rules.conflicts import Conflict, MemberInConflict
from innovations.boards.rules.events import AuditTag
from innovations.boards.services.assigning import give, tell
from innovations.core.clock import now, today
from innovations.core.rules.errors import DomainError, Several
from innovations.core.transactions import atomic, leave_key
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals import audience
from innovations.proposals.loading import Loaded
from innovations.proposals.rules.clocks import sheet_due
from innovations.proposals.rules.content import check_reasons
from innovations.regulations.queries import working_calendar


@dataclass(frozen=True)
class Pick:
    """One member for one review; ``place`` says where it stands in the plan, for refusals."""

    review_id: int
    seat_id: int
    due_on: date | None = None
    place: str = ""


@dataclass(frozen=True)
class _Facts:
    """What each pick is held against, read inside the transaction."""

    reviews: Mapping[int, Loaded]
    seats: Mapping[int, str]
    conflicts: Mapping[int, Mapping[int, tuple[Conflict, ...]]]
    company: Mapping[int, set[int]]
    apart: frozenset[Pair]


def _facts(actor: Actor, board_id: int) -> _Facts:
    reviews = assignable(actor, board_id)
    company: dict[int, set[int]] = defaultdict(set)
    for review_id, given in running(reviews).items():
        company[review_id] |= {seat for seat, each in given.items() if each.declined_at is None}
    by_id = {loaded.review.id: loaded for loaded in reviews}
    return _Facts(by_id, scoring_seats(board_id), conflicts_among(reviews), company, apart_seats(board_id))


def _problem(pick: Pick, facts: _Facts, earlier: set[tuple[int, int]]) -> DomainError | None:
    """Why a pick cannot be; picks before it in the plan are company already."""
    if pick.review_id not in facts.reviews:
        return NotWaiting()
    if pick.seat_id not in facts.seats:
        return SeatMayNotScore()
    if (pick.review_id, pick.seat_id) in earlier:
        return GivenTwice()
    if pick.due_on is not None and pick.due_on < today():
        return DueNotAhead(due=pick.due_on)
    conflicts = facts.conflicts[pick.review_id].get(pick.seat_id)
    if conflicts:
        return MemberInConflict(person=facts.seats[pick.seat_id], kind=conflicts[0].kind)
    company = facts.company[pick.review_id] | {pick.seat_id}
    wrong = [pair for pair in apart_within(company, facts.apart) if pick.seat_id in pair]
    if wrong:
        one, other = (facts.seats.get(seat, "?") for seat in sorted(wrong[0]))
        return ApartTogether(one=one, other=other)
    return None


def _refused(picks: Sequence[Pick], facts: _Facts, field: str) -> list[tuple[Pick, InPlan]]:
    found: list[tuple[Pick, InPlan]] = []
    earlier: set[tuple[int, int]] = set()
    for pick in picks:
        problem = _problem(pick, facts, earlier)
        if problem is None:
            earlier.add((pick.review_id, pick.seat_id))
            facts.company[pick.review_id].add(pick.seat_id)
        else:
            code = facts.reviews[pick.review_id].facts.code if pick.review_id in facts.reviews else "–"
            found.append((pick, InPlan(field, place=pick.place or code, problem=problem)))
    return found


def _store(actor: Actor, picks: Sequence[Pick], facts: _Facts) -> None:
    seats = {seat.id: seat for seat in db.session.scalars(select(Seat).where(Seat.id.in_({pick.seat_id for pick in picks})))}
    calendar = working_calendar()
    for pick in picks:
        loaded = facts.reviews[pick.review_id]
        due_on = pick.due_on or sheet_due(today(), loaded.rules, calendar)
        given = give(loaded, seats[pick.seat_id], AssignmentRole.SCORER, due_on)
        tell(loaded, actor, [(given, seats[pick.seat_id])], due_on)
    audience.refresh(*{facts.reviews[pick.review_id].proposal.id for pick in picks})


def _record_conflicts(actor: Actor, refused: Sequence[tuple[Pick, InPlan]], facts: _Facts) -> None:
    tried: dict[int, list[int]] = defaultdict(list)
    for pick, error in refused:
        if isinstance(error.data["problem"], MemberInConflict):
            tried[pick.review_id].append(pick.seat_id)
    for review_id, seats in tried.items():
        subject = facts.reviews[review_id].proposal.id
        audit.record(AuditTag.ASSIGNMENT_REFUSED, "proposal", subject, by=actor.account_id, review=review_id, seats=seats)


def apply_plan(actor: Actor, board_id: int, picks: Sequence[Pick], *, field: str = "pick") -> int:
    """Assign everything in a plan, or nothing; each member is told.

    :param field: of the form, for refusals.
    :returns: how many duties were given.
    :raises NotSecretary: the actor does not keep the board.
    :raises NobodyChosen: the plan is empty.
    :raises Several: of :class:`InPlan`, one for each line that cannot be; conflicts are audited, nobody is assigned.
    """
    with atomic():
        check_planner(actor, board_id)
        if not picks:
            raise NobodyChosen(field)
        facts = _facts(actor, board_id)
        refused = _refused(picks, facts, field)
        if refused:
            _record_conflicts(actor, refused, facts)
            leave_key()
        else:
            _store(actor, picks, facts)
    if refused:
        raise Several([error for _pick, error in refused])
    return len(picks)


def keep_apart(actor: Actor, board_id: int, one_seat: int, other_seat: int, *, reason: str) -> None:
    """Say that two members never score the same review; what is assigned already stays.

    :raises SamePair: it is one person, or the pair is kept apart already.
    :raises SeatMayNotScore: a seat is not one of the board's.
    :raises ReasonsMissing: without a reason.
    """
    with atomic() as session:
        check_planner(actor, board_id)
        human_of = {seat: human for human, seats in seats_by_human(board_id).items() for seat in seats}
        if one_seat not in human_of or other_seat not in human_of:
            raise SeatMayNotScore("one")
        one, other = sorted((human_of[one_seat], human_of[other_seat]))
        same = select(KeptApart.id).where(KeptApart.board_id == board_id, KeptApart.one_id == one, KeptApart.other_id == other)
        if one == other or session.scalar(same) is not None:
            raise SamePair("other")
        kept = KeptApart(board_id=board_id, one_id=one, other_id=other, by_id=actor.person_id, at=now())
        kept.reason = check_reasons(reason)[:500]
        session.add(kept)
        audit.record(AuditTag.KEPT_APART, "board", board_id, by=actor.account_id, persons=[one, other])


def let_together(actor: Actor, board_id: int, pair_id: int) -> None:
    """Take back that two members never score the same review.

    :raises SamePair: there is no such pair on the board.
    """
    with atomic() as session:
        check_planner(actor, board_id)
        kept = session.get(KeptApart, pair_id)
        if kept is None or kept.board_id != board_id:
            raise SamePair("pair_id")
        audit.record(AuditTag.LET_TOGETHER, "board", board_id, by=actor.account_id, persons=[kept.one_id, kept.other_id])
        session.delete(kept)
