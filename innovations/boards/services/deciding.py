"""The decision of the unit's head on what the board concluded: recognised, not recognised, taken back.

Number and date come from the clerical registry and are typed in.  One decision holds many reviews of one unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete, func, select

from innovations import audit
from innovations.boards.models_decision import Decision, DecisionLine, PendingOutcome
from innovations.boards.recognition import refresh_recognition
from innovations.boards.rules.decisions import (
    Approval,
    DecisionFacts,
    DecisionKind,
    LineFacts,
    RevocationReason,
    check_decision,
    missing_numbers,
)
from innovations.boards.rules.events import AuditTag
from innovations.boards.rules.pending import departs
from innovations.boards.score_queries import criteria_of
from innovations.boards.services import revoking
from innovations.core.clock import now, today
from innovations.core.rules.calendar import local_date
from innovations.core.rules.errors import N_, Invalid, NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Person, Unit
from innovations.people.rules.roles import Actor
from innovations.proposals import lifecycle
from innovations.proposals.loading import Loaded, load
from innovations.proposals.models import Proposal, Review
from innovations.proposals.rules.access import check_may
from innovations.proposals.rules.content import check_reasons
from innovations.proposals.rules.states import Action

KINDS = {
    Action.RECOGNISE: DecisionKind.RECOGNISE,
    Action.DECLINE: DecisionKind.NOT_RECOGNISE,
    Action.REVOKE: DecisionKind.REVOKE,
}


class SeveralUnits(Invalid):
    """One decision was to hold reviews of several units."""

    message = N_("Một quyết định chỉ gồm hồ sơ của một đơn vị; xin ra quyết định riêng cho từng đơn vị.")


@dataclass(frozen=True)
class DecisionData:
    """A decision as typed in; the superior's approval only where the head is an author of State-paid work."""

    number: str
    decided_on: date | None
    signer_name: str
    signer_position: str
    signer_rank: str = ""
    delegated: str = ""
    superior_number: str = ""
    superior_on: date | None = None
    superior_signer: str = ""


@dataclass(frozen=True)
class Recorded:
    """What was stored.  ``skipped``: numbers left out before this one, for a warning."""

    decision_id: int
    skipped: tuple[int, ...] = field(default=())


def load_case(actor: Actor, review_id: int) -> Loaded:
    """A review by its id, as far as the actor may know of it.

    :raises NotVisible: it does not exist, or not for this actor.
    """
    chosen = select(func.coalesce(Proposal.code, Proposal.draft_code)).join(Review, Review.proposal_id == Proposal.id)
    address = db.session.scalar(chosen.where(Review.id == review_id))
    if address is None:
        raise NotVisible
    return load(actor, address, review_id=review_id)


def _cases(actor: Actor, action: Action, review_ids: Sequence[int]) -> list[Loaded]:
    cases = [load_case(actor, review_id) for review_id in dict.fromkeys(review_ids)]
    for case in cases:
        check_may(action, actor, case.facts, case.at)
    if len({case.review.unit_id for case in cases}) > 1:
        raise SeveralUnits("review_ids")
    return cases


def _line_facts(case: Loaded, reason: str) -> LineFacts:
    decided = db.session.scalars(select(DecisionLine.kind).where(DecisionLine.review_id == case.review.id))
    held_since = case.review.held_since
    return LineFacts(
        review_id=case.review.id, grade=case.review.grade, graded=bool(criteria_of(case.review).grades), reason=reason,
        concluded_on=local_date(held_since) if held_since else None, decided_kinds=frozenset(map(DecisionKind, decided)),
        needs_superior=case.facts.state_paid and case.facts.head_is_author, author_ids=case.facts.author_ids,
    )  # fmt: skip


def _signer_id(actor: Actor, unit_id: int | None, name: str) -> int | None:
    """The signer's person when it is the actor or the head of the unit: whom the register knows by that name."""
    head = db.session.scalar(select(Unit.head_id).where(Unit.id == unit_id))
    known = (db.session.get(Person, person) for person in (actor.person_id, head) if person is not None)
    return next((person.human_id for person in known if person and person.full_name == name.strip()), None)


def _taken(unit_id: int | None, year: int, kind: DecisionKind, besides: int | None = None) -> list[str]:
    chosen = select(Decision.number).where(Decision.unit_id == unit_id, Decision.year == year, Decision.kind == kind.value)
    return list(db.session.scalars(chosen.where(Decision.id != besides) if besides is not None else chosen))


def check_data(
    actor: Actor,
    kind: DecisionKind,
    unit_id: int | None,
    data: DecisionData,
    lines: Sequence[LineFacts],
    besides: int | None = None,
) -> tuple[int, ...]:
    """Refuse what cannot be; the numbers skipped before this one.

    :param besides: a decision that is corrected: its own number is free.
    """
    approval = Approval(data.superior_number, data.superior_on, data.superior_signer)
    facts = DecisionFacts(
        kind, data.number, data.decided_on, data.signer_name, data.signer_position, tuple(lines), approval,
        _signer_id(actor, unit_id, data.signer_name),
    )  # fmt: skip
    taken = _taken(unit_id, (data.decided_on or today()).year, kind, besides)
    check_decision(facts, taken, today())
    return missing_numbers(data.number, taken)


def write(decision: Decision, data: DecisionData) -> None:
    """Put what was typed into the row.  A step."""
    decision.number, decision.decided_on = data.number.strip(), data.decided_on
    decision.year = (data.decided_on or today()).year
    decision.signer_name, decision.signer_rank = data.signer_name.strip(), data.signer_rank.strip()
    decision.signer_position, decision.delegated = data.signer_position.strip(), data.delegated
    decision.superior_number, decision.superior_on = data.superior_number.strip(), data.superior_on
    decision.superior_signer = data.superior_signer.strip()


def _store(actor: Actor, kind: DecisionKind, cases: Sequence[Loaded], data: DecisionData, reasons: Mapping[int, str]) -> Decision:
    decision = Decision(unit_id=cases[0].review.unit_id, kind=kind.value, recorded_at=now(), recorded_by_id=actor.person_id)
    write(decision, data)
    db.session.add(decision)
    db.session.flush()
    for case in cases:
        review = case.review
        grade = review.grade if kind is DecisionKind.RECOGNISE else None
        db.session.add(
            DecisionLine(
                decision_id=decision.id,
                review_id=review.id,
                kind=kind.value,
                revision_id=review.revision_id,
                grade=grade,
                reason=reasons[review.id],
                departs=departs(kind, review.state),
            )
        )
    audit.record(AuditTag.DECISION_RECORDED, "decision", decision.id, by=actor.account_id, kind=kind.value, lines=len(cases))
    db.session.flush()
    return decision


def decide(actor: Actor, action: Action, reasons: Mapping[int, str], data: DecisionData, *, told: bool = True) -> Recorded:
    """Store the decision and move every review by it; what was recorded for them before is over.  A step.

    :param reasons: review → reasons, empty where none are needed.
    :param told: whether the authors are told by this step.
    """
    cases, kind = _cases(actor, action, list(reasons)), KINDS[action]
    unit_id = cases[0].review.unit_id if cases else None
    skipped = check_data(actor, kind, unit_id, data, [_line_facts(case, reasons[case.review.id]) for case in cases])
    decision = _store(actor, kind, cases, data, reasons)
    for case in cases:
        reason = reasons[case.review.id]
        case.review.reason = reason or case.review.reason
        lifecycle.apply(case.review, action, by=actor, note=reason, tell_authors=told, decision=decision.id)
        refresh_recognition(case.proposal.id)
    db.session.execute(delete(PendingOutcome).where(PendingOutcome.review_id.in_(reasons)))
    return Recorded(decision.id, skipped)


def recognise(actor: Actor, review_ids: Sequence[int], data: DecisionData) -> Recorded:
    """Recognise one or many passed reviews of a unit; the grade is the board's result.

    :raises NotDecider: not the deciding head; :raises AuthorMayNotAct: the decider is an author of one.
    :raises SignerIsAuthor: who signs is an author.
    :raises Several: number missing or used, date before the conclusion or ahead, the superior's approval missing …
    """
    with atomic():
        return decide(actor, Action.RECOGNISE, dict.fromkeys(review_ids, ""), data)


def decline(actor: Actor, review_ids: Sequence[int], data: DecisionData, *, reason: str) -> Recorded:
    """Do not recognise, with the reasons the authors read.

    :raises Several: as in :func:`recognise`; also for missing reasons.
    """
    with atomic():
        return decide(actor, Action.DECLINE, dict.fromkeys(review_ids, reason.strip()), data)


def revoke(actor: Actor, review_id: int, data: DecisionData, *, code: RevocationReason, reason: str) -> Recorded:
    """Take a recognition back: its certificates are revoked and the proposal falls back to the next recognition.

    :raises Several: as in :func:`recognise`; also for missing reasons.
    """
    with atomic():
        check_reasons(reason)
        recorded = decide(actor, Action.REVOKE, {review_id: f"{code.label}. {reason.strip()}"}, data)
        revoking.revoke_certificates(actor, review_id)
        return recorded
