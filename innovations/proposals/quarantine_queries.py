"""What the security officers' page lists: what is hidden, which purges wait for whom, what was purged."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.queries import holders_over, names_of
from innovations.people.rules.roles import Actor, Role
from innovations.proposals import erasing
from innovations.proposals.audience import seen_by
from innovations.proposals.copies import Copy, copies_of
from innovations.proposals.facts import facts_for
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_secrets import Purge
from innovations.proposals.rules.facts import ProposalFacts
from innovations.proposals.rules.purging import PurgeReason, may_confirm
from innovations.proposals.rules.states import State


@dataclass(frozen=True)
class PurgeShown:
    """A purge that waits or was carried out."""

    reason: PurgeReason
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    cleaned_at: datetime | None
    may_confirm: bool


@dataclass(frozen=True)
class Hidden:
    """A proposal under quarantine.

    :param lonely: nobody else could confirm a purge of it.
    :param copies: backups and exports that may hold it.
    :param same_files: addresses of other proposals that name a file of the same content.
    """

    id: int
    address: str
    title: str
    unit: str
    state: State
    since: datetime | None
    purge: PurgeShown | None
    lonely: bool
    copies: list[Copy]
    same_files: list[str]

    @property
    def left(self) -> int:
        """Copies that nobody ticked off as destroyed."""
        return sum(copy.destroyed_at is None for copy in self.copies)

    @property
    def purged(self) -> bool:
        """Whether nothing but number and dates is left."""
        return self.purge is not None and self.purge.confirmed_at is not None


def other_officers(facts: ProposalFacts, person_id: int) -> set[int]:
    """Human ids of the other security officers of the base and above who are no authors: who may be the second person."""
    return holders_over(Role.SECURITY_OFFICER, facts.base_unit_path) - {person_id} - facts.author_ids


def hidden(actor: Actor) -> list[Hidden]:
    """What is hidden now, for the security officers who see it; what was purged stands last."""
    rows = db.session.execute(
        select(Proposal, Unit.short_name, Review.state)
        .join(Review, Review.proposal_id == Proposal.id)
        .join(Unit, Unit.id == Proposal.base_unit_id)
        .where(Review.latest, Proposal.quarantined_at.is_not(None), seen_by(actor))
        .order_by(Proposal.quarantined_at, Proposal.id)
    ).all()
    ids = [proposal.id for proposal, _unit, _state in rows]
    facts = facts_for(ids)
    running = {row.proposal_id: row for row in _running(ids)}
    purges = _purges(actor, facts, running.values())
    found = [
        Hidden(
            row.id, row.address, row.title, unit, state, row.quarantined_at, purges.get(row.id),
            copies=copies_of(row, running.get(row.id)), lonely=not other_officers(facts[row.id], actor.person_id), same_files=erasing.same_files(row.id),
        )
        for row, unit, state in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: each.purged)


def _running(ids: Iterable[int]) -> list[Purge]:
    return list(db.session.scalars(select(Purge).where(Purge.proposal_id.in_(ids), Purge.taken_back_at.is_(None))))


def _purges(actor: Actor, facts: Mapping[int, ProposalFacts], rows: Collection[Purge]) -> dict[int, PurgeShown]:
    names = names_of({person for row in rows for person in (row.proposed_by_id, row.confirmed_by_id) if person is not None})
    return {
        row.proposal_id: PurgeShown(
            row.reason, names[row.proposed_by_id].titled, row.proposed_at,
            names[row.confirmed_by_id].titled if row.confirmed_by_id else "", row.confirmed_at, row.cleaned_at,
            row.confirmed_at is None and may_confirm(actor, facts[row.proposal_id], row.proposed_by.human_id),
        )
        for row in rows
    }  # fmt: skip


def purges_waiting(actor: Actor) -> list[tuple[int, str, str]]:
    """Id, address and reason of each proposal whose purge waits for this officer's confirmation."""
    found = [(each, each.purge) for each in hidden(actor)]
    return [(each.id, each.address, purge.reason.label) for each, purge in found if purge is not None and purge.may_confirm]
