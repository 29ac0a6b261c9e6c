"""Outcomes recorded singly or in bulk, kept pending, and published together: one transaction, one message for each author.

Who serves the unit as deciding head or standing office records; the head alone publishes, for that is the decision.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from innovations import audit
from innovations.boards.models_decision import Decision, PendingOutcome
from innovations.boards.rules.decisions import DecisionKind
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.boards.rules.pending import NothingChosen, NotPending, Outcome, checked_reason
from innovations.boards.services import certificates
from innovations.boards.services.deciding import DecisionData, Recorded, SeveralUnits, decide, load_case
from innovations.core.clock import now, today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.lifecycle import authors_of
from innovations.proposals.loading import Loaded
from innovations.proposals.rules.access import NotDecider, UnderQuarantine, check_official
from innovations.proposals.rules.events import NoticeKind as ProposalNotice
from innovations.proposals.rules.states import transition

RECORDERS = (Role.DECIDER, Role.REGISTRAR)


def _case(actor: Actor, review_id: int, *offices: Role) -> Loaded:
    """A review that the actor may deal with in one of the offices.

    :raises NotVisible: not for this actor; :raises NotDecider: none of the offices; :raises UnderQuarantine: it is hidden.
    :raises AuthorMayNotAct: the actor is an author; :raises RecusedMayNotAct: a conflict is on record.
    """
    case = load_case(actor, review_id)
    if not any(actor.holds(role, case.at.unit_path) for role in offices):
        raise NotDecider
    if case.facts.quarantined:
        raise UnderQuarantine
    check_official(actor, case.facts, case.at)
    return case


def _chosen(review_ids: Sequence[int]) -> list[int]:
    if not review_ids:
        raise NothingChosen("review_ids")
    return list(dict.fromkeys(review_ids))


def _pending(review_ids: Sequence[int]) -> Mapping[int, PendingOutcome]:
    rows = db.session.scalars(select(PendingOutcome).where(PendingOutcome.review_id.in_(review_ids)))
    found = {row.review_id: row for row in rows}
    if len(found) < len(review_ids):
        raise NotPending
    return found


def hold(actor: Actor, review_ids: Sequence[int], outcome: Outcome, *, reason: str = "") -> int:
    """Record an outcome for one or many concluded reviews, in place of what was recorded before; nobody else is told.

    :returns: how many.
    :raises NothingChosen: none; :raises ReasonsMissing: a refusal without reasons.
    :raises ActionNotAllowed: the state does not allow the outcome; :raises NotDecider: see :func:`_case`.
    """
    with atomic() as session:
        ids = _chosen(review_ids)
        for case in [_case(actor, review_id, *RECORDERS) for review_id in ids]:
            transition(case.at.state, outcome.action)
            row = session.get(PendingOutcome, case.review.id) or PendingOutcome(review_id=case.review.id)
            row.outcome, row.reason = outcome.value, checked_reason(outcome, reason)
            row.recorded_at, row.recorded_by_id = now(), actor.person_id
            session.add(row)
        audit.record(AuditTag.OUTCOMES_HELD, "unit", case.at.unit_id, by=actor.account_id, reviews=ids, outcome=outcome.value)
        return len(ids)


def drop(actor: Actor, review_ids: Sequence[int]) -> int:
    """Forget what was recorded; the reviews await a decision as before.

    :raises NothingChosen: none; :raises NotPending: nothing is recorded for one of them.
    """
    with atomic() as session:
        ids = _chosen(review_ids)
        cases = [_case(actor, review_id, *RECORDERS) for review_id in ids]
        for row in _pending(ids).values():
            session.delete(row)
        audit.record(AuditTag.OUTCOMES_DROPPED, "unit", cases[0].at.unit_id, by=actor.account_id, reviews=ids)
        return len(ids)


def _certify(actor: Actor, decision_id: int) -> None:
    decision = db.session.get_one(Decision, decision_id)
    for line in decision.lines:
        for contribution in certificates.without_certificate(line.id, line.review.proposal_id):
            certificates.issue(actor, decision, line, contribution, told=False)


def _tell(outcomes: Mapping[Outcome, Sequence[int]]) -> None:
    """One message for each author: about the one outcome, or how many there are of each."""
    proposals = {Outcome.RECOGNISE: ProposalNotice.RECOGNISED, Outcome.DECLINE: ProposalNotice.DECLINED}
    of_author: dict[int, list[tuple[Outcome, int]]] = defaultdict(list)
    for outcome, proposal_ids in outcomes.items():
        for proposal_id in proposal_ids:
            for author in set(authors_of(proposal_id)):
                of_author[author].append((outcome, proposal_id))
    for author, theirs in of_author.items():
        if len(theirs) == 1:
            outcome, proposal_id = theirs[0]
            notify(proposals[outcome], [author], "proposal", proposal_id, due=today())
        else:
            counts = Counter(outcome for outcome, _proposal in theirs)
            recognised, declined = counts[Outcome.RECOGNISE], counts[Outcome.DECLINE]
            kind = NoticeKind.OUTCOMES_PUBLISHED
            notify(kind, [author], "outcomes", len(theirs), recognised=recognised, declined=declined)


def publish(actor: Actor, review_ids: Sequence[int], data: DecisionData) -> Recorded:
    """Decide all that is chosen at once: states, numbers of certificates and messages come with this transaction or not at all.

    Recognitions and refusals are two decisions under the typed number, as the registry keeps them by kind.

    :returns: the decision on recognition, else that of the refusals.
    :raises NothingChosen: none; :raises NotPending: nothing is recorded for one of them.
    :raises NotDecider: not the deciding head; otherwise as :func:`.deciding.recognise` and :func:`.deciding.decline`.
    """
    with atomic() as session:
        ids = _chosen(review_ids)
        # What one may not see does not exist, pending or not.
        if len({_case(actor, review_id, Role.DECIDER).review.unit_id for review_id in ids}) > 1:
            raise SeveralUnits("review_ids")
        rows = _pending(ids)
        recorded: list[Recorded] = []
        outcomes: dict[Outcome, list[int]] = {}
        for outcome in Outcome:
            reasons = {each: rows[each].reason for each in ids if rows[each].outcome == outcome.value}
            if reasons:
                outcomes[outcome] = [rows[each].review.proposal_id for each in reasons]
                recorded.append(decide(actor, outcome.action, reasons, data, told=False))
        for each in recorded:
            decision = session.get_one(Decision, each.decision_id)
            if decision.kind == DecisionKind.RECOGNISE.value:
                _certify(actor, each.decision_id)
        _tell(outcomes)
        unit_id = session.get_one(Decision, recorded[0].decision_id).unit_id
        audit.record(AuditTag.OUTCOMES_PUBLISHED, "unit", unit_id, by=actor.account_id, reviews=ids)
        return recorded[0]
