"""Correcting what was typed of a decision: by the head alone until a certificate rests on it, by two persons from then on.

The standing office proposes, the deciding head confirms.  Points, grades and conclusions are never corrected like this: that takes a new
round or a revocation.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from innovations import audit
from innovations.boards.correction_queries import DAYS, values_of, waiting_correction
from innovations.boards.models_decision import Certificate, Decision, DecisionCorrection, DecisionLine
from innovations.boards.recognition import refresh_recognition
from innovations.boards.rules.decisions import (
    CorrectionCode,
    CorrectionWaits,
    DecisionKind,
    LineFacts,
    NoCorrectionWaits,
    NothingCorrected,
    NothingRestsOnIt,
    OwnCorrection,
    check_correctable,
)
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.boards.services.deciding import DecisionData, Recorded, check_data, load_case, write
from innovations.core.clock import now
from innovations.core.rules.errors import Forbidden, NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.queries import holders_of
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.lifecycle import authors_of
from innovations.proposals.loading import Loaded
from innovations.proposals.rules.access import NotDecider, NotRegistrar, check_official


def _served(actor: Actor, decision_id: int, roles: tuple[Role, ...], refusal: type[Forbidden]) -> Decision:
    """A decision of a unit where the actor holds one of ``roles``.

    :raises NotVisible: there is no such decision; ``refusal``: it is another office's.
    """
    decision = db.session.get(Decision, decision_id)
    if decision is None:
        raise NotVisible
    if not any(actor.holds(role, decision.unit.path) for role in roles):
        raise refusal
    return decision


def _cases(actor: Actor, decision: Decision) -> list[Loaded]:
    """What a decision is about, none of it the actor's own.

    :raises AuthorMayNotAct: the actor is an author of one.
    """
    cases = [load_case(actor, line.review_id) for line in decision.lines]
    for case in cases:
        check_official(actor, case.facts, case.at)
    return cases


def certificates_on(decision_id: int) -> int:
    """How many certificates rest on a decision."""
    lines = select(DecisionLine.id).where(DecisionLine.decision_id == decision_id)
    return db.session.scalar(select(func.count()).where(Certificate.line_id.in_(lines))) or 0


def _checked(actor: Actor, decision: Decision, data: DecisionData) -> tuple[int, ...]:
    facts = [  # a correction leaves the grades as they are, also where there are none
        LineFacts(line.review_id, grade=line.grade, graded=line.grade is not None, scope=line.scope, reason=line.reason)
        for line in decision.lines
    ]
    return check_data(actor, DecisionKind(decision.kind), decision.unit_id, data, facts, besides=decision.id)


def _rewrite(actor: Actor, decision: Decision, cases: list[Loaded], data: DecisionData) -> None:
    """Put the new values in the place of the old, which are kept.  A step."""
    decision.corrections = [*decision.corrections, {"at": now().isoformat(), "by": actor.person_id, **values_of(decision)}]
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
        decision = _served(actor, decision_id, (Role.DECIDER,), NotDecider)
        cases = _cases(actor, decision)
        check_correctable(certificates_on(decision_id))
        skipped = _checked(actor, decision, data)
        _rewrite(actor, decision, cases, data)
        return Recorded(decision.id, skipped)


def propose(actor: Actor, decision_id: int, data: DecisionData, code: CorrectionCode) -> None:
    """Propose other values of a decision on which certificates rest; the deciding heads are told.

    :raises NotRegistrar: not the standing office; :raises NothingRestsOnIt: no certificate was issued.
    :raises CorrectionWaits: one is proposed already; :raises NothingCorrected: nothing would change.
    :raises Several: as in :func:`~innovations.boards.services.deciding.recognise`.
    """
    with atomic() as session:
        decision = _served(actor, decision_id, (Role.REGISTRAR,), NotRegistrar)
        cases = _cases(actor, decision)
        if not certificates_on(decision_id):
            raise NothingRestsOnIt
        if waiting_correction(decision_id) is not None:
            raise CorrectionWaits
        _checked(actor, decision, data)
        if values_of(data) == values_of(decision):
            raise NothingCorrected("number")
        session.add(
            DecisionCorrection(
                decision_id=decision_id, code=code.value, data=values_of(data), proposed_at=now(), proposed_by_id=actor.person_id
            )
        )
        audit.record(AuditTag.CORRECTION_PROPOSED, "decision", decision_id, by=actor.account_id, code=code.value)
        heads = holders_of(Role.DECIDER, decision.unit_id)
        notify(NoticeKind.CORRECTION_PROPOSED, heads, "decision_case", cases[0].review.id)


def confirm(actor: Actor, decision_id: int) -> Recorded:
    """Put a proposed correction into force; each author is told once.

    :raises NotDecider: not the deciding head; :raises OwnCorrection: the head proposed it.
    :raises NoCorrectionWaits: nothing is proposed any more.
    :raises Several: the new values became impossible meanwhile, such as a number used since.
    """
    with atomic():
        decision = _served(actor, decision_id, (Role.DECIDER,), NotDecider)
        proposed = _to_answer(decision_id)
        if proposed.proposed_by_id == actor.person_id:
            raise OwnCorrection
        cases = _cases(actor, decision)
        data = _typed(proposed.data)
        skipped = _checked(actor, decision, data)
        proposed.confirmed = True
        _answered(actor, proposed)
        _rewrite(actor, decision, cases, data)
        for case in cases:
            notify(NoticeKind.DECISION_CORRECTED, authors_of(case.proposal.id), "proposal", case.proposal.id)
        return Recorded(decision_id, skipped)


def drop(actor: Actor, decision_id: int) -> None:
    """Take a proposed correction back, or decline it.

    :raises NotDecider: neither the deciding head nor the standing office; :raises NoCorrectionWaits: nothing is proposed any more.
    """
    with atomic():
        _served(actor, decision_id, (Role.DECIDER, Role.REGISTRAR), NotDecider)
        proposed = _to_answer(decision_id)
        _answered(actor, proposed)
        audit.record(AuditTag.CORRECTION_DROPPED, "decision", decision_id, by=actor.account_id)


def _to_answer(decision_id: int) -> DecisionCorrection:
    proposed = waiting_correction(decision_id)
    if proposed is None:
        raise NoCorrectionWaits
    return proposed


def _answered(actor: Actor, proposed: DecisionCorrection) -> None:
    proposed.answered_at, proposed.answered_by_id = now(), actor.person_id


def _typed(values: Mapping[str, str]) -> DecisionData:
    days: dict[str, Any] = {name: date.fromisoformat(values[name]) if values[name] else None for name in DAYS}
    return DecisionData(**{**values, **days})
