"""Quarantine: the security officer hides a proposal everywhere at once; the state underneath stays (domain §5)."""

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import Forbidden, NotVisible, StateForbids
from innovations.core.transactions import atomic
from innovations.notifications import notify
from innovations.people.rules.roles import Actor
from innovations.proposals import audience, lifecycle
from innovations.proposals.facts import facts_of
from innovations.proposals.loading import load, proposal_at
from innovations.proposals.rules.access import check_official, may_quarantine
from innovations.proposals.rules.content import check_reasons
from innovations.proposals.rules.events import AuditTag, NoticeKind
from innovations.proposals.services.purges import check_not_purged
from innovations.proposals.services.reporting import settle


def hide(actor: Actor, address: str, *, reason: str) -> None:
    """Hide the content from everybody but the security officers of the base and above.

    The reason is asked for but, as it may itself say what nobody should read, only its being given is recorded.

    :raises NotVisible: there is no such proposal in the officer's units.
    """
    with atomic():
        # By code and not through ``load``: the officer hides what was reported without having been able to read it.
        proposal = proposal_at(address)
        if proposal is None or not may_quarantine(actor, facts_of(proposal.id)):
            raise NotVisible("code")
        check_reasons(reason)
        if proposal.quarantined_at is not None:
            return
        proposal.quarantined_at, proposal.quarantined_by_id = now(), actor.person_id
        audit.record(AuditTag.QUARANTINED, "proposal", proposal.id, by=actor.account_id)
        settle(proposal.id)
        notify(NoticeKind.QUARANTINED, lifecycle.authors_of(proposal.id), "proposal", proposal.id)
        audience.refresh(proposal.id)


def release(actor: Actor, address: str) -> None:
    """Show it again to those who saw it before.

    :raises AuthorMayNotAct: the officer is an author; another officer clears it.
    :raises StateForbids: it is not under quarantine, or a purge of it waits or was carried out.
    """
    with atomic():
        loaded = load(actor, address)
        if not may_quarantine(actor, loaded.facts):
            raise Forbidden
        check_official(actor, loaded.facts, loaded.at)
        if loaded.proposal.quarantined_at is None:
            raise StateForbids
        check_not_purged(loaded.proposal.id)
        loaded.proposal.quarantined_at = loaded.proposal.quarantined_by_id = None
        audit.record(AuditTag.RELEASED, "proposal", loaded.proposal.id, by=actor.account_id)
        audience.refresh(loaded.proposal.id)
