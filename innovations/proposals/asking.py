"""Whether what a notice about a proposal asked of its reader is still to be done."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import Select, select

from innovations.extensions import db
from innovations.notifications import StillAsking
from innovations.people.rules.roles import Actor
from innovations.proposals import glass_queries, report_queries
from innovations.proposals.audience import seen_by, written_by
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_complaint import Complaint
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.quarantine_queries import hidden
from innovations.proposals.rules.events import NoticeKind
from innovations.proposals.rules.states import State


def _proposals(actor: Actor, ids: Collection[int]) -> Select[Any]:
    """The proposals among ``ids`` that the reader may see, with each of their reviews."""
    joined = select(Proposal.id).join(Review, Review.proposal_id == Proposal.id)
    return joined.where(Proposal.id.in_(ids), seen_by(actor))


def _in(states: Collection[State], actor: Actor, ids: Collection[int]) -> Collection[int]:
    """The proposals with a review in one of these states."""
    return set(db.session.scalars(_proposals(actor, ids).where(Review.state.in_(states))))


def _to_confirm(actor: Actor, ids: Collection[int]) -> Collection[int]:
    """The proposals, not submitted yet, whose share the reader has not confirmed."""
    unconfirmed = written_by(actor).where(Contribution.confirmed_at.is_(None), ~Contribution.is_lead)
    open_ones = Review.state.in_((State.DRAFT, State.NEEDS_FIX, State.REVISE))
    return set(db.session.scalars(_proposals(actor, ids).where(open_ones, Proposal.id.in_(unconfirmed))))


def _complained_of(actor: Actor, ids: Collection[int]) -> Collection[int]:
    complaints = _proposals(actor, ids).join(Complaint, Complaint.review_id == Review.id)
    return set(db.session.scalars(complaints.where(Complaint.answered_at.is_(None))))


def _to_purge(actor: Actor, _ids: Collection[int]) -> Collection[int]:
    return {each.id for each in hidden(actor) if each.purge is not None and each.purge.may_confirm}


def _glass(actor: Actor, _ids: Collection[int]) -> Collection[int]:
    return {row.id for row in glass_queries.waiting(actor)}


def _reported(actor: Actor, _ids: Collection[int]) -> Collection[int]:
    return {row.proposal_id for row in report_queries.reported(actor)}


def _while(*states: State) -> StillAsking:
    return partial(_in, states)


_UNIT_REVIEW, _SUBMITTED, _NEEDS_FIX, _REVISE = map(_while, (State.UNIT_REVIEW, State.SUBMITTED, State.NEEDS_FIX, State.REVISE))

ASKING: Mapping[StrEnum, StillAsking] = {
    NoticeKind.CO_AUTHOR_NAMED: _to_confirm,
    NoticeKind.CONFIRMATIONS_CLEARED: _to_confirm,
    NoticeKind.UNIT_REVIEW_ASKED: _UNIT_REVIEW,
    NoticeKind.UNIT_REVIEW_REMINDER: _UNIT_REVIEW,
    NoticeKind.NEW_IN_QUEUE: _SUBMITTED,
    NoticeKind.FORMAL_REMINDER: _SUBMITTED,
    NoticeKind.SENT_BACK: _while(State.DRAFT),
    NoticeKind.FIX_ASKED: _NEEDS_FIX,
    NoticeKind.FIX_REMINDER: _NEEDS_FIX,
    NoticeKind.TRIAL_REMINDER: _while(State.TRIAL),
    NoticeKind.DECISION_REMINDER: _while(State.ACCEPTED, State.SCORING, State.MEETING, State.PASSED, State.FAILED),
    NoticeKind.REVISE_ASKED: _REVISE,
    NoticeKind.REVISE_REMINDER: _REVISE,
    NoticeKind.COMPLAINT_FILED: _complained_of,
    NoticeKind.COMPLAINT_REMINDER: _complained_of,
    NoticeKind.PURGE_PROPOSED: _to_purge,
    NoticeKind.GLASS_ASKED: _glass,
    NoticeKind.CONTENT_REPORTED: _reported,
}
