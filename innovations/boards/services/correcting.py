"""Correcting what was typed of a decision: by the head alone until a certificate rests on it."""

from collections.abc import Mapping

from sqlalchemy import func, select

from innovations import audit
from innovations.boards.models_decision import Certificate, Decision, DecisionLine
from innovations.boards.recognition import refresh_recognition
from innovations.boards.rules.decisions import DecisionKind, LineFacts, check_correctable
from innovations.boards.rules.events import AuditTag
from innovations.boards.services.deciding import DecisionData, Recorded, check_data, load_case, write
from innovations.core.clock import now
from innovations.core.rules.errors import NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.loading import Loaded
from innovations.proposals.rules.access import NotDecider, check_official


def _load(actor: Actor, decision_id: int) -> tuple[Decision, list[Loaded]]:
    """A decision with what it is about, none of it the actor's own.

    :raises NotVisible: there is no such decision; :raises AuthorMayNotAct: the actor is an author of one.
    """
    decision = db.session.get(Decision, decision_id)
    if decision is None:
        raise NotVisible
    cases = [load_case(actor, line.review_id) for line in decision.lines]
    for case in cases:
        check_official(actor, case.facts, case.at)
    return decision, cases


def certificates_on(decision_id: int) -> int:
    """How many certificates rest on a decision."""
    lines = select(DecisionLine.id).where(DecisionLine.decision_id == decision_id)
    return db.session.scalar(select(func.count()).where(Certificate.line_id.in_(lines))) or 0


def _checked(actor: Actor, decision: Decision, data: DecisionData) -> tuple[int, ...]:
    facts = [LineFacts(line.review_id, line.grade, line.scope, line.reason) for line in decision.lines]
    return check_data(actor, DecisionKind(decision.kind), decision.unit_id, data, facts, besides=decision.id)


def plain(decision: Decision | DecisionData) -> Mapping[str, str]:
    """What was typed, as text."""
    names = ("number", "decided_on", "signer_name", "signer_rank", "signer_position", "superior_number", "superior_on")
    return {name: str(getattr(decision, name) or "") for name in names}


def _rewrite(actor: Actor, decision: Decision, cases: list[Loaded], data: DecisionData) -> None:
    """Put the new values in the place of the old, which are kept.  A step."""
    decision.corrections = [*decision.corrections, {"at": now().isoformat(), "by": actor.person_id, **plain(decision)}]
    write(decision, data)
    audit.record(AuditTag.DECISION_CORRECTED, "decision", decision.id, by=actor.account_id)
    db.session.flush()
    for case in cases:
        refresh_recognition(case.proposal.id)


def correct(actor: Actor, decision_id: int, data: DecisionData) -> Recorded:
    """Correct what was typed, until the first certificate is issued; the old values are kept.

    :raises CertificatesIssued: naming how many; :raises Several: as in :func:`~innovations.boards.services.deciding.recognise`.
    """
    with atomic():
        decision = db.session.get(Decision, decision_id)
        if decision is not None and not actor.holds(Role.DECIDER, decision.unit.path):
            raise NotDecider
        decision, cases = _load(actor, decision_id)
        check_correctable(certificates_on(decision_id))
        skipped = _checked(actor, decision, data)
        _rewrite(actor, decision, cases, data)
        return Recorded(decision.id, skipped)
