"""Use cases of complaints: the lead author complains about an outcome, a deciding head answers with reasons."""

from innovations import audit
from innovations.core.clock import now, today
from innovations.core.transactions import atomic
from innovations.notifications import notify
from innovations.people.queries import holders_of
from innovations.people.rules.roles import Actor, Role
from innovations.people.rules.units import ancestors
from innovations.proposals.complaint_queries import last_day, open_complaint
from innovations.proposals.lifecycle import authors_of
from innovations.proposals.loading import load
from innovations.proposals.models_complaint import Complaint
from innovations.proposals.rules.complaints import (
    Finding,
    NoOpenComplaint,
    answer_due,
    check_may_answer,
    check_may_complain,
)
from innovations.proposals.rules.content import check_reasons
from innovations.proposals.rules.events import AuditTag, NoticeKind
from innovations.proposals.rules.facts import ProposalFacts, ReviewFacts
from innovations.regulations.queries import working_calendar


def answerers(facts: ProposalFacts, at: ReviewFacts) -> frozenset[int]:
    """Human ids of the deciding heads who may answer, at the lowest unit that has one free of conflict."""
    barred = facts.author_ids | at.recused
    found = (frozenset(holders_of(Role.DECIDER, unit_id)) - barred for unit_id in reversed(ancestors(at.unit_path)))
    return next(filter(None, found), frozenset())


def complain(actor: Actor, address: str, review_id: int, *, reason: str) -> int:
    """Complain about the outcome of a review; returns the complaint's id.

    :raises NothingToComplainOf: no outcome; :raises NotLeadAuthor: somebody else; :raises ComplaintOpen: one waits already.
    :raises ComplaintTooLate: the rule set's months are over; :raises ReasonsMissing: no words.
    """
    with atomic() as session:
        loaded = load(actor, address, review_id=review_id)
        until, waits = last_day(review_id, loaded.rules), open_complaint(review_id)
        check_may_complain(actor, loaded.facts, loaded.at, until=until, today=today(), is_open=waits is not None)
        due = answer_due(today(), loaded.rules, working_calendar())
        made = Complaint(review_id=review_id, filed_at=now(), filed_by_id=actor.person_id, text=check_reasons(reason), due_on=due)
        session.add(made)
        session.flush()
        audit.record(AuditTag.COMPLAINT_FILED, "proposal", loaded.proposal.id, by=actor.account_id, complaint=made.id)
        people = answerers(loaded.facts, loaded.at)
        notify(NoticeKind.COMPLAINT_FILED, people, "proposal", loaded.proposal.id, due=due)
        return made.id


def answer(actor: Actor, address: str, review_id: int, *, finding: Finding, reason: str) -> None:
    """Answer the open complaint of a review, with reasons; the authors are told.

    :raises NotDecider: no deciding head; :raises AuthorMayNotAct: an author; :raises RecusedMayNotAct: a conflict is on record.
    :raises NoOpenComplaint: nothing waits; :raises ReasonsMissing: no reasons.
    """
    with atomic():
        loaded = load(actor, address, review_id=review_id)
        check_may_answer(actor, loaded.facts, loaded.at)
        row = open_complaint(review_id)
        if row is None:
            raise NoOpenComplaint
        row.answer, row.finding = check_reasons(reason), finding.value
        row.answered_at, row.answered_by_id = now(), actor.person_id
        audit.record(
            AuditTag.COMPLAINT_ANSWERED,
            "proposal",
            loaded.proposal.id,
            by=actor.account_id,
            complaint=row.id,
            finding=finding.value,
        )
        notify(NoticeKind.COMPLAINT_ANSWERED, authors_of(loaded.proposal.id), "proposal", loaded.proposal.id)
