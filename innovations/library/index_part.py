"""The library's part of a search document: how many other units use the improvement now."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from innovations.extensions import db
from innovations.library.models import Adoption
from innovations.library.rules.adoptions import COUNTED_KINDS, AdoptionState
from innovations.proposals.models import Proposal


def counted() -> ColumnElement[bool]:
    """SQL condition on :class:`Adoption` joined to its proposal: it counts as a use by another unit (domain §3)."""
    return and_(
        Adoption.state == AdoptionState.IN_USE,
        Adoption.kind.in_(COUNTED_KINDS),
        Adoption.unit_id != Proposal.owning_unit_id,
    )


def adoption_counts(proposal_ids: Iterable[int]) -> dict[int, int]:
    """Distinct other units now using each improvement; one that nobody uses is left out."""
    chosen = (
        select(Adoption.proposal_id, func.count(Adoption.unit_id.distinct()).label("units"))
        .join(Proposal, Proposal.id == Adoption.proposal_id)
        .where(Adoption.proposal_id.in_(list(proposal_ids)), counted())
        .group_by(Adoption.proposal_id)
    )
    return {row.proposal_id: row.units for row in db.session.execute(chosen)}


def parts(ids: Iterable[int]) -> Mapping[int, Mapping[str, Any]]:
    """The field ``adoptions`` of each document that has any."""
    return {proposal_id: {"adoptions": count} for proposal_id, count in adoption_counts(ids).items()}
