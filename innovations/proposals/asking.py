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
from innovations.proposals.quarantine_queries import purges_waiting
from innovations.proposals.rules.events import NoticeKind
from innovations.proposals.rules.states import EDITABLE, State


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
    return set(db.session.scalars(_proposals(actor, ids).where(Review.state.in_(EDITABLE), Proposal.id.in_(unconfirmed))))


def _complained_of(actor: Actor, ids: Collection[int]) -> Collection[int]:
    complaints = _proposals(actor, ids).join(Complaint, Complaint.review_id == Review.id)
    return set(db.session.scalars(complaints.where(Complaint.answered_at.is_(None))))


def _to_purge(actor: Actor, _ids: Collection[int]) -> Collection[int]:
    return {number for number, _address, _reason in purges_waiting(actor)}


def _glass(actor: Actor, _ids: Collection[int]) -> Collection[int]:
    return {row.id for row in glass_queries.waiting(actor)}


def _reported(actor: Actor, _ids: Collection[int]) -> Collection[int]:
    return {row.proposal_id for row in report_queries.reported(actor)}


def while_in(*states: State) -> StillAsking:
    """What is asked as long as a review of the proposal is in one of these states."""
    return partial(_in, states)


#: Reminders of the states' deadlines are the boards', who have the clocks.
ASKING: Mapping[StrEnum, StillAsking] = {
    NoticeKind.CO_AUTHOR_NAMED: _to_confirm,
    NoticeKind.CONFIRMATIONS_CLEARED: _to_confirm,
    NoticeKind.UNIT_REVIEW_ASKED: while_in(State.UNIT_REVIEW),
    NoticeKind.NEW_IN_QUEUE: while_in(State.SUBMITTED),
    NoticeKind.SENT_BACK: while_in(State.DRAFT),
    NoticeKind.FIX_ASKED: while_in(State.NEEDS_FIX),
    NoticeKind.REVISE_ASKED: while_in(State.REVISE),
    NoticeKind.COMPLAINT_FILED: _complained_of,
    NoticeKind.COMPLAINT_REMINDER: _complained_of,
    NoticeKind.PURGE_PROPOSED: _to_purge,
    NoticeKind.GLASS_ASKED: _glass,
    NoticeKind.CONTENT_REPORTED: _reported,
}
