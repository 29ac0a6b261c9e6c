"""Complaints as the dossier shows them, and until when one is taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext
from sqlalchemy import select

from innovations.core.clock import today
from innovations.core.rules.calendar import local_date
from innovations.core.rules.errors import DomainError
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.queries import names_of
from innovations.people.rules.roles import Actor
from innovations.proposals.facts import facts_of
from innovations.proposals.models import Review, ReviewStep
from innovations.proposals.models_complaint import Complaint
from innovations.proposals.rules.clocks import complaint_until
from innovations.proposals.rules.complaints import (
    COMPLAINABLE,
    Finding,
    check_may_complain,
    may_answer,
    reads_complaints,
)
from innovations.proposals.rules.facts import ProposalFacts, ReviewFacts
from innovations.proposals.rules.states import State
from innovations.regulations.rules.rulesets import RuleSet


@dataclass(frozen=True)
class ComplaintShown:
    """A complaint; ``finding`` and ``answer`` are empty while it waits."""

    text: str
    filed_at: datetime
    by: str
    due_on: date
    answered_at: datetime | None
    answered_by: str
    finding: str
    answer: str


@dataclass(frozen=True)
class ComplaintsShown:
    """Of one review, as far as the reader reads them, and what the reader may do."""

    review_id: int
    unit: str
    rows: tuple[ComplaintShown, ...]
    until: date | None
    may_complain: bool
    may_answer: bool


def open_complaint(review_id: int) -> Complaint | None:
    """The one that waits for its answer."""
    return db.session.scalar(select(Complaint).where(Complaint.review_id == review_id, Complaint.answered_at.is_(None)))


def outcome_on(review_id: int) -> date | None:
    """The day on which the authors were told of the present outcome; an old register's record has none.

    Forwarding a recognised one is no new outcome.
    """
    chosen = select(ReviewStep.at).where(ReviewStep.review_id == review_id, ReviewStep.from_state != ReviewStep.to_state)
    told = db.session.scalar(chosen.order_by(ReviewStep.id.desc()).limit(1))
    return local_date(told) if told else None


def last_day(review_id: int, rules: RuleSet) -> date | None:
    """The last day on which a complaint about the present outcome is taken."""
    on = outcome_on(review_id)
    return complaint_until(on, rules) if on else None


def _rows(review_id: int) -> tuple[ComplaintShown, ...]:
    rows = list(db.session.scalars(select(Complaint).where(Complaint.review_id == review_id).order_by(Complaint.id)))
    names = names_of({person for row in rows for person in (row.filed_by_id, row.answered_by_id) if person is not None})
    return tuple(
        ComplaintShown(
            row.text, row.filed_at, names[row.filed_by_id].titled, row.due_on, row.answered_at,
            names[row.answered_by_id].titled if row.answered_by_id else "",
            gettext(Finding(row.finding).label) if row.finding else "", row.answer,
        )
        for row in rows
    )  # fmt: skip


def _shown(actor: Actor, facts: ProposalFacts, at: ReviewFacts, unit: str, rules: RuleSet) -> ComplaintsShown:
    until, waits = last_day(at.review_id, rules), open_complaint(at.review_id)
    try:
        check_may_complain(actor, facts, at, until=until, today=today(), is_open=waits is not None)
        may_complain = True
    except DomainError:
        may_complain = False
    answers = waits is not None and may_answer(actor, facts, at)
    return ComplaintsShown(at.review_id, unit, _rows(at.review_id), until, may_complain, answers)


def complaints_of(actor: Actor, proposal_id: int, states: Mapping[int, State]) -> list[ComplaintsShown]:
    """What the reader reads and may do about complaints, review by review; those without either are left out.

    :param states: of each review; one without an outcome has no complaints.
    """
    decided = [review_id for review_id, state in states.items() if state in COMPLAINABLE]
    if not decided:
        return []
    facts = facts_of(proposal_id)
    chosen = select(Review.id, Unit.name, Review.rules).join(Unit, Unit.id == Review.unit_id).where(Review.id.in_(decided))
    known = {review_id: (unit, RuleSet.from_json(rules)) for review_id, unit, rules in db.session.execute(chosen)}
    read = [at for at in facts.reviews if at.review_id in known and reads_complaints(actor, facts, at)]
    found = [_shown(actor, facts, at, *known[at.review_id]) for at in read]
    return [each for each in found if each.rows or each.may_complain]
