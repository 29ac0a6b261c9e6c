"""Any reader reports a proposal that may hold secret matter; the security officers of the base and above look at it.

Without words, which might repeat the secret.  The reporter stays unnamed to the authors and to the officers' pages.
"""

from sqlalchemy import select

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import NotVisible, StateForbids
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.queries import holders_over
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.facts import facts_of
from innovations.proposals.loading import load, proposal_at
from innovations.proposals.models_secrets import ContentReport
from innovations.proposals.rules.access import may_quarantine
from innovations.proposals.rules.events import AuditTag, NoticeKind


def report(actor: Actor, address: str) -> None:
    """Tell the security officers; a second report of the same reader changes nothing while the first one waits.

    :raises NotVisible: no such proposal for this reader.
    :raises StateForbids: a draft, which its authors purge themselves, or hidden already.
    """
    with atomic() as session:
        loaded = load(actor, address)
        proposal_id = loaded.proposal.id
        if loaded.proposal.code is None or loaded.facts.quarantined:
            raise StateForbids
        mine = select(ContentReport.id).where(ContentReport.proposal_id == proposal_id, ContentReport.by_id == actor.person_id)
        if session.scalar(mine.where(ContentReport.settled_at.is_(None))):
            return
        session.add(ContentReport(proposal_id=proposal_id, by_id=actor.person_id, at=now()))
        audit.record(AuditTag.CONTENT_REPORTED, "proposal", proposal_id, by=actor.account_id)
        officers = holders_over(Role.SECURITY_OFFICER, loaded.facts.base_unit_path) - loaded.facts.author_ids
        notify(NoticeKind.CONTENT_REPORTED, officers, "content_report", proposal_id)


def settle(proposal_id: int) -> int:
    """Close the reports that wait, as an officer looked at it; returns how many.  A step."""
    chosen = select(ContentReport).where(ContentReport.proposal_id == proposal_id, ContentReport.settled_at.is_(None))
    rows = list(db.session.scalars(chosen))
    for row in rows:
        row.settled_at = now()
    return len(rows)


def settle_reports(actor: Actor, code: str) -> None:
    """An officer looked at it and found nothing.

    :raises NotVisible: nothing was reported in the officer's units under this code.
    """
    with atomic():
        proposal = proposal_at(code)
        facts = facts_of(proposal.id) if proposal else None
        if (
            facts is None
            or not may_quarantine(actor, facts)
            or actor.person_id in facts.author_ids
            or not settle(facts.proposal_id)
        ):
            raise NotVisible
        audit.record(AuditTag.REPORTS_SETTLED, "proposal", facts.proposal_id, by=actor.account_id)
