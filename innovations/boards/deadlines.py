"""Every clock that runs, with who has to act and whom a missed one climbs to; for the worker's reminders and the page of what is late.

What is under quarantine has no clock to show: nobody but the security officer may know of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from sqlalchemy import ColumnElement, or_, select

from innovations.boards.models import Assignment
from innovations.boards.rules.events import NoticeKind as BoardNotice
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.queries import holders_of
from innovations.people.rules.roles import Role
from innovations.people.rules.units import ancestors
from innovations.proposals.audience import published
from innovations.proposals.facts import facts_for, review_facts
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_complaint import Complaint
from innovations.proposals.rules.climbing import Rung, ladder
from innovations.proposals.rules.clocks import ReminderKind
from innovations.proposals.rules.events import NoticeKind
from innovations.proposals.rules.facts import ProposalFacts, ReviewFacts, acting_secretary
from innovations.proposals.rules.states import State
from innovations.regulations.rules.rulesets import RuleSet

#: State → what its clock is about and what a reminder says.
BY_STATE: dict[State, tuple[ReminderKind, StrEnum]] = {
    State.UNIT_REVIEW: (ReminderKind.UNIT_REVIEW, NoticeKind.UNIT_REVIEW_REMINDER),
    State.SUBMITTED: (ReminderKind.FORMAL, NoticeKind.FORMAL_REMINDER),
    State.NEEDS_FIX: (ReminderKind.FIX, NoticeKind.FIX_REMINDER),
    State.TRIAL: (ReminderKind.TRIAL, NoticeKind.TRIAL_REMINDER),
    State.REVISE: (ReminderKind.FIX, NoticeKind.REVISE_REMINDER),
    **dict.fromkeys(
        (State.ACCEPTED, State.SCORING, State.MEETING, State.PASSED, State.FAILED),
        (ReminderKind.DECISION, NoticeKind.DECISION_REMINDER),
    ),
}


@dataclass(frozen=True)
class Deadline:
    """A clock that runs.  ``ladder``: who is told at each rung; the first are those who have to act."""

    kind: ReminderKind
    notice: StrEnum
    subject: tuple[str, int]
    row_id: int  # of the review, the assignment or the complaint: what a reminder's key names
    proposal_id: int
    review_id: int
    state: State
    due: date
    since: datetime | None
    rules: RuleSet
    ladder: Mapping[Rung, frozenset[int]]


class _Offices:
    """Who holds which office where, asked once each."""

    def __init__(self) -> None:
        self._holders = cache(lambda role, unit_id: frozenset(holders_of(role, unit_id)))

    def free(self, role: Role, path: Iterable[int], barred: frozenset[int]) -> frozenset[int]:
        """Holders who are not barred, at the lowest unit of the path that has any: the next unit up stands in."""
        found = (self._holders(role, unit_id) - barred for unit_id in reversed(list(path)))
        return next(filter(None, found), frozenset())


def _one(person_id: int | None) -> frozenset[int]:
    return frozenset() if person_id is None else frozenset({person_id})


def _who_acts(facts: ProposalFacts, at: ReviewFacts, offices: _Offices) -> frozenset[int]:
    barred, here = facts.author_ids | at.without_part, ancestors(at.unit_path)
    if at.state is State.UNIT_REVIEW:
        return offices.free(Role.COMMANDER, ancestors(facts.author_unit_path), barred)
    if at.state is State.SUBMITTED:
        return offices.free(Role.RECEIVER, here, barred)
    if at.state in (State.PASSED, State.FAILED):
        return offices.free(Role.DECIDER, here, barred)
    if at.state in (State.ACCEPTED, State.SCORING, State.MEETING):
        return _one(acting_secretary(facts, at))
    return facts.own_people


def _above(facts: ProposalFacts, at: ReviewFacts, offices: _Offices) -> dict[Rung, frozenset[int]]:
    """Only who may see the dossier in its state: before the base received it, commanders; before it was accepted, no secretary."""
    barred, here = facts.author_ids | at.without_part, ancestors(at.unit_path)
    if not at.reached_submitted:
        return {Rung.HEAD: offices.free(Role.COMMANDER, ancestors(facts.author_unit_path)[:-1], barred)}
    keeper = _one(acting_secretary(facts, at)) if at.reached_accepted else frozenset()
    return {
        Rung.SECRETARY: keeper or offices.free(Role.REGISTRAR, here, barred),
        Rung.HEAD: offices.free(Role.DECIDER, here, barred),
        Rung.PARENT: offices.free(Role.REGISTRAR, here[:-1], barred),
    }


def _of_review(review: Review, facts: ProposalFacts, offices: _Offices) -> Deadline | None:
    kind, notice = BY_STATE[review.state]
    due = (review.result_due_on or review.due_on) if kind is ReminderKind.DECISION else review.due_on
    if due is None:
        return None
    at = review_facts(facts, review.id)
    people = {Rung.PERSON: _who_acts(facts, at, offices), **_above(facts, at, offices)}
    return Deadline(
        kind, notice, ("proposal", review.proposal_id), review.id, review.proposal_id, review.id, review.state, due,
        review.held_since, RuleSet.from_json(review.rules), ladder(people, facts.author_ids | at.without_part),
    )  # fmt: skip


def _of_sheet(sheet: Assignment, review: Review, facts: ProposalFacts, offices: _Offices) -> Deadline | None:
    at, member = review_facts(facts, review.id), sheet.seat.person.human_id
    if member in at.without_part or at.phase.scoring_from is not None:  # the board's schedule takes no sheet before that day
        return None
    people = {Rung.PERSON: _one(member), **_above(facts, at, offices)}
    return Deadline(
        ReminderKind.SHEET, BoardNotice.SHEET_REMINDER, ("assignment", sheet.id), sheet.id, review.proposal_id, review.id,
        review.state, sheet.due_on, sheet.assigned_at, RuleSet.from_json(review.rules),
        ladder(people, facts.author_ids | at.without_part),
    )  # fmt: skip


def _of_complaint(complaint: Complaint, review: Review, facts: ProposalFacts, offices: _Offices) -> Deadline:
    at, barred = review_facts(facts, review.id), facts.author_ids
    above = {rung: people for rung, people in _above(facts, at, offices).items() if rung is not Rung.SECRETARY}
    heads, here = offices.free(Role.DECIDER, ancestors(at.unit_path), barred | at.without_part), ancestors(at.unit_path)
    people = {**above, Rung.PERSON: heads, Rung.SECRETARY: offices.free(Role.REGISTRAR, here, barred | at.without_part)}
    return Deadline(
        ReminderKind.COMPLAINT, NoticeKind.COMPLAINT_REMINDER, ("proposal", review.proposal_id), complaint.id, review.proposal_id,
        review.id, review.state, complaint.due_on, complaint.filed_at, RuleSet.from_json(review.rules),
        ladder(people, barred | at.without_part),
    )  # fmt: skip


def deadlines(*conditions: ColumnElement[bool], before: date | None = None) -> list[Deadline]:
    """Every running clock of what is not hidden, the nearest first.

    :param conditions: on :class:`Proposal`, :class:`Review` and :class:`Unit`: what a reader may see of it.
    :param before: only those that ran out before this day.
    """
    seen = (Proposal.quarantined_at.is_(None), published(), *conditions)
    chosen = select(Review).join(Proposal, Proposal.id == Review.proposal_id).join(Unit, Unit.id == Review.unit_id)
    running = chosen.where(Review.state.in_(BY_STATE), *seen)
    if before is not None:  # the sheets of a review being scored have dates of their own
        running = running.where(or_(Review.due_on < before, Review.result_due_on < before, Review.state == State.SCORING))
    reviews = {review.id: review for review in db.session.scalars(running)}
    complained = select(Complaint, Review).join(Review, Review.id == Complaint.review_id)
    complained = complained.join(Proposal, Proposal.id == Review.proposal_id).join(Unit, Unit.id == Review.unit_id)
    complaints = list(db.session.execute(complained.where(Complaint.answered_at.is_(None), *seen)))
    concerned = {review.proposal_id for review in (*reviews.values(), *(review for _complaint, review in complaints))}
    facts, offices = facts_for(concerned), _Offices()
    found = [_of_review(review, facts[review.proposal_id], offices) for review in reviews.values()]
    found += [_of_complaint(complaint, review, facts[review.proposal_id], offices) for complaint, review in complaints]
    scored = [review_id for review_id, review in reviews.items() if review.state is State.SCORING]
    waiting = select(Assignment).where(Assignment.review_id.in_(scored), Assignment.done_at.is_(None))
    for sheet in db.session.scalars(waiting.where(Assignment.declined_at.is_(None))):
        review = reviews[sheet.review_id]
        found.append(_of_sheet(sheet, review, facts[review.proposal_id], offices))
    kept = [each for each in found if each is not None and (before is None or each.due < before)]
    return sorted(kept, key=lambda each: (each.due, each.subject, each.kind))
