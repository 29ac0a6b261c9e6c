"""Whom the steps of an adoption are told to."""

from collections.abc import Collection

from innovations.extensions import db
from innovations.library.models import Adoption
from innovations.library.rules.events import NoticeKind
from innovations.notifications import notify
from innovations.people.models import Unit
from innovations.people.queries import holders_of
from innovations.people.rules.roles import Actor, Role
from innovations.people.rules.units import ancestors
from innovations.proposals import lifecycle
from innovations.proposals.models import Proposal


def commanders_for(unit_id: int, *, but: Collection[int] = ()) -> list[int]:
    """Human ids of the commanders nearest to the unit who are not among ``but``: the next unit up when all are."""
    path = db.session.get_one(Unit, unit_id).path
    for each in reversed(ancestors(path)):
        free = [person for person in holders_of(Role.COMMANDER, each) if person not in but]
        if free:
            return free
    return []


def tell(kind: NoticeKind, adoption: Adoption, *, by: Actor) -> None:
    """Notice to the authors, the owning unit's and the adopting unit's command and the requester; not to who did it.  A step."""
    authors = lifecycle.authors_of(adoption.proposal_id)
    owner = db.session.get_one(Proposal, adoption.proposal_id).owning_unit_id
    concerned = {
        *authors, adoption.requested_by_id, *commanders_for(owner, but=authors), *commanders_for(adoption.unit_id, but=authors),
    }  # fmt: skip
    notify(kind, concerned - {by.person_id}, "adoption", adoption.id)
