"""The only place that writes a review's state (house rule 6).

:func:`apply` is a step: the caller's use case has checked right and needs; here the table moves the state, and the timeline, the
audit row, the notices, the audience and the index job follow in the same transaction.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from innovations import audit
from innovations.core.clock import now, today
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.models import Person
from innovations.people.rules.roles import Actor
from innovations.proposals import audience
from innovations.proposals.models import Proposal, Review, ReviewStep
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.states import ENDED, Action, State, transition

#: Who holds a review in each state, as a role; the ended ones are held by nobody.
HOLDERS = {
    State.DRAFT: "author",
    State.UNIT_REVIEW: "commander",
    State.SUBMITTED: "receiver",
    State.NEEDS_FIX: "author",
    State.ACCEPTED: "secretary",
    State.TRIAL: "author",
    State.SCORING: "board",
    State.MEETING: "board",
    State.REVISE: "author",
    State.PASSED: "decider",
    State.FAILED: "decider",
}


def authors_of(proposal_id: int) -> list[int]:
    """Human ids of the authors: whom notices go to."""
    chosen = select(Person).join(Contribution, Contribution.person_id == Person.id)
    return [person.human_id for person in db.session.scalars(chosen.where(Contribution.proposal_id == proposal_id))]


def _enter(review: Review, state: State, due_on: date | None) -> None:
    review.state = state
    review.ended = state in ENDED
    review.held_by = HOLDERS.get(state, "")
    review.held_since = now()
    review.due_on = None if review.ended else due_on
    # Lists say and sort by when a dossier last changed: to its readers a step forward is a change as much as a new text.
    # Not through the mapper, for it is no new version of the text.
    db.session.execute(update(Proposal).where(Proposal.id == review.proposal_id).values(updated_at=review.held_since))


def apply(
    review: Review,
    action: Action,
    *,
    by: Actor | None,
    to: State | None = None,
    due_on: date | None = None,
    note: str = "",
    tell: Iterable[int | None] = (),
    tell_authors: bool = True,
    **data: Any,
) -> None:
    """Move ``review`` by ``action``.

    :param to: the target, where the table has several; else the only one.
    :param due_on: by when the next holder must act.
    :param note: the reason or comment given, shown in the timeline.
    :param tell: human ids to tell beside the authors.
    :param tell_authors: False where the use case tells the authors of several things at once.
    :param data: ids, dates and numbers for the audit row.
    :raises ActionNotAllowed: the state has no such action.
    :raises WrongTarget: the action does not lead to ``to``.
    """
    row = transition(review.state, action)
    target = row.check_target(to or row.targets[0])
    before = review.state
    _enter(review, target, due_on)
    db.session.add(
        ReviewStep(
            review_id=review.id, action=action, from_state=before, to_state=target, at=now(),
            person_id=by.person_id if by else None, due_on=review.due_on, note=note,
        )
    )  # fmt: skip
    stated = {"from": before.value, "to": target.value, "review": review.id, **data}
    audit.record(row.audit, "proposal", review.proposal_id, by=by.account_id if by else None, **stated)
    notice = row.notice_on(target)
    if notice is not None:
        people = [*(authors_of(review.proposal_id) if tell_authors else ()), *tell]
        notify(notice, people, "proposal", review.proposal_id, due=due_on or review.result_due_on or today())
    audience.refresh(review.proposal_id)


def begin_forwarded(review: Review, *, by: Actor, due_on: date | None) -> None:
    """Let a consideration begin at the level above, where :attr:`Transition.new_review` says.  A step.

    Its timeline opens with the forwarding; audit row and notice are those of the review it came from.
    """
    row = transition(State.RECOGNISED, Action.FORWARD)
    _enter(review, row.new_review or State.SUBMITTED, due_on)
    db.session.add(
        ReviewStep(
            review_id=review.id, action=Action.FORWARD, from_state=State.RECOGNISED, to_state=review.state, at=now(),
            person_id=by.person_id, due_on=review.due_on,
        )
    )  # fmt: skip
    audience.refresh(review.proposal_id)


def past(state: State, at: datetime | None) -> dict[str, Any]:
    """The columns of an imported record's review in the state its old register names, for rows written in bulk."""
    return {"state": state, "ended": state in ENDED, "held_by": HOLDERS.get(state, ""), "held_since": at, "due_on": None}


def record_past(review: Review, state: State, *, at: datetime | None = None) -> None:
    """Put an imported record into the state its old register names; no rule, notice or timeline is invented for it."""
    for name, value in past(state, at).items():
        setattr(review, name, value)
