"""Loading an adoption for a use case or a page: what the actor may not see does not exist."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from innovations.core.rules.errors import NotVisible
from innovations.extensions import db
from innovations.library.models import Adoption
from innovations.library.rules.adoptions import AdoptionFacts, AdoptionState, may_see
from innovations.people.models import Person, Unit
from innovations.people.rules.roles import Actor
from innovations.proposals import lifecycle
from innovations.proposals.audience import seen_by
from innovations.proposals.models import Proposal


@dataclass(frozen=True)
class LoadedAdoption:
    """An adoption and what the rights to it depend on; good for one transaction."""

    adoption: Adoption
    facts: AdoptionFacts


def load(actor: Actor, adoption_id: int) -> LoadedAdoption:
    """The adoption, as far as the actor may know of it.

    :raises NotVisible: it does not exist, it concerns others, or its improvement is hidden from the actor.
    """
    owner = aliased(Unit)
    chosen = (
        select(Adoption, Unit.path, owner.path)
        .join(Unit, Unit.id == Adoption.unit_id)
        .join(Proposal, Proposal.id == Adoption.proposal_id)
        .join(owner, owner.id == Proposal.owning_unit_id)
        .where(Adoption.id == adoption_id, Proposal.quarantined_at.is_(None), seen_by(actor))
    )
    found = db.session.execute(chosen).first()
    if found is None:
        raise NotVisible
    adoption, unit_path, owner_path = found
    facts = AdoptionFacts(
        state=AdoptionState(adoption.state),
        unit_path=unit_path,
        owning_unit_path=owner_path,
        author_ids=frozenset(lifecycle.authors_of(adoption.proposal_id)),
        requested_by_id=db.session.get_one(Person, adoption.requested_by_id).human_id,
    )
    if not may_see(actor, facts):
        raise NotVisible
    return LoadedAdoption(adoption, facts)
