"""Reports of secret matter that wait for a security officer: of the proposal its code, of the reporters their number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy import func, select

from innovations.core.scoping import unscoped
from innovations.extensions import db
from innovations.notifications import Subject
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.facts import facts_for
from innovations.proposals.models import Proposal
from innovations.proposals.models_secrets import ContentReport
from innovations.proposals.rules.access import may_quarantine


@dataclass(frozen=True)
class Reported:
    """A proposal that readers reported."""

    proposal_id: int
    code: str
    unit: str
    people: int
    since: datetime


def reported(actor: Actor) -> list[Reported]:
    """What waits for this officer, the oldest first; not one's own."""
    if not actor.holds_anywhere(Role.SECURITY_OFFICER):
        return []
    since = func.min(ContentReport.at)
    chosen = (
        select(Proposal.id, Proposal.code, Unit.short_name, func.count(), since)
        .join(ContentReport, ContentReport.proposal_id == Proposal.id)
        .join(Unit, Unit.id == Proposal.base_unit_id)
        .where(ContentReport.settled_at.is_(None))
        .group_by(Proposal.id, Proposal.code, Unit.short_name)
        .order_by(since)
    )
    rows = db.session.execute(unscoped(chosen, because="the policy is asked of each one")).all()
    facts = facts_for(row[0] for row in rows)
    mine = {each.proposal_id for each in facts.values() if may_quarantine(actor, each) and actor.person_id not in each.author_ids}
    return [Reported(number, code or "", unit, people, at) for number, code, unit, people, at in rows if number in mine]


def subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """Codes, for the officers who may hide them."""
    page = url_for("proposals.quarantined")
    return {number: Subject(each.code, page) for number, each in facts_for(ids).items() if may_quarantine(actor, each)}
