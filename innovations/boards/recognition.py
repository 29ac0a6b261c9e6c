"""Which recognition of a proposal counts: the highest valid one; lists sort by it without joining the decisions."""

from sqlalchemy import select, update

from innovations.boards.models_decision import Decision, DecisionLine
from innovations.boards.rules.decisions import DecisionKind
from innovations.extensions import db
from innovations.people.rules.units import Level
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import State
from innovations.search import outbox


def refresh_recognition(proposal_id: int) -> None:
    """Keep date, year, level and grade of the highest valid recognition beside the proposal, or nothing.  A step.

    ``year`` is its decision's year; after a revocation the next lower one counts (domain §5).
    """
    db.session.flush()
    chosen = (
        select(Review.level, Decision.decided_on, Decision.year, DecisionLine.grade)
        .join(DecisionLine, DecisionLine.review_id == Review.id)
        .join(Decision, Decision.id == DecisionLine.decision_id)
        .where(Review.proposal_id == proposal_id, Review.state == State.RECOGNISED)
        .where(DecisionLine.kind == DecisionKind.RECOGNISE.value)
        .order_by(Decision.decided_on, DecisionLine.id)
    )
    highest = max(db.session.execute(chosen).all(), key=lambda row: Level(row.level).order, default=None)
    level, on, year, grade = highest or (None, None, None, None)
    # Not through the mapper: a decision is no new version of the text.
    values = {"recognised_on": on, "recognised_year": year, "recognised_level": level, "grade": grade}
    db.session.execute(update(Proposal).where(Proposal.id == proposal_id).values(**values))
    outbox.enqueue(proposal_id)
