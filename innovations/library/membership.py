"""What stands in the library for a reader: recognised, not quarantined, and visible to him.  One condition for every door."""

from sqlalchemy import ColumnElement, and_, exists

from innovations.people.rules.roles import Actor
from innovations.proposals.audience import seen_by
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.states import State


def recognised() -> ColumnElement[bool]:
    """SQL condition on :class:`Proposal`: some level recognised it and nobody took it back; a quarantined one is not there.

    Asked for each proposal by the index on its reviews; a list of all recognised ones was made anew for every page of cards.
    """
    standing = exists().where(Review.proposal_id == Proposal.id, Review.state == State.RECOGNISED).correlate(Proposal)
    return and_(standing, Proposal.quarantined_at.is_(None))


def in_library(actor: Actor) -> ColumnElement[bool]:
    """SQL condition on :class:`Proposal`: the library shows it to ``actor``."""
    return and_(recognised(), seen_by(actor))
