"""Issuing certificates: one per contributor, numbered without gaps in the transaction of the issue."""

import secrets

from sqlalchemy import select

from innovations import audit
from innovations.boards.models_decision import Certificate, Decision, DecisionLine
from innovations.boards.rules.certificates import CODE_BYTES, verification_code
from innovations.boards.rules.decisions import DecisionKind
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.boards.services.deciding import load_case
from innovations.core import counters
from innovations.core.clock import now, today
from innovations.core.rules.errors import N_, Forbidden, NotVisible, StateForbids
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.access import check_official
from innovations.proposals.rules.states import State


class NotIssuer(Forbidden):
    """Neither registrar nor decider of the unit."""

    message = N_("Việc cấp giấy chứng nhận do cơ quan thường trực hoặc thủ trưởng có thẩm quyền quyết định làm.")


class NothingToIssue(StateForbids):
    """Every contributor has a certificate, or nothing of the decision stands."""

    message = N_("Quyết định này không còn giấy chứng nhận nào để cấp.")


def may_issue(actor: Actor, unit_path: str) -> bool:
    """Whether the actor issues certificates at the unit."""
    return actor.holds(Role.REGISTRAR, unit_path) or actor.holds(Role.DECIDER, unit_path)


def without_certificate(line_id: int, proposal_id: int) -> list[Contribution]:
    """The contributors who have none from this line of the decision."""
    given = select(Certificate.contribution_id).where(Certificate.line_id == line_id)
    chosen = select(Contribution).where(Contribution.proposal_id == proposal_id, Contribution.id.not_in(given))
    return list(db.session.scalars(chosen.order_by(Contribution.position)))


def issue(actor: Actor, decision: Decision, line: DecisionLine, contribution: Contribution, *, told: bool = True) -> None:
    """Number and store the certificate of one contributor.  A step.

    :param told: whether the contributor is told by this step.
    """
    year = today().year
    certificate = Certificate(
        line_id=line.id, contribution_id=contribution.id, unit_id=decision.unit_id, year=year,
        number=counters.next_number("certificate", decision.unit_id, year), issued_at=now(),
        code=verification_code(secrets.token_bytes(CODE_BYTES)),
    )  # fmt: skip
    db.session.add(certificate)
    db.session.flush()
    audit.record(AuditTag.CERTIFICATE_ISSUED, "certificate", certificate.id, by=actor.account_id, decision=decision.id)
    holder = contribution.person if told else None
    notify(NoticeKind.CERTIFICATE_ISSUED, [holder.human_id if holder else None], "certificate", certificate.id)


def issue_certificates(actor: Actor, decision_id: int) -> int:
    """Issue what is missing to every contributor named by a decision on recognition; from then on it is not corrected.

    :returns: how many were issued.
    :raises NotIssuer: neither registrar nor decider; :raises AuthorMayNotAct: the actor is an author of one.
    :raises NothingToIssue: nothing is missing.
    """
    with atomic() as session:
        decision = session.get(Decision, decision_id)
        if decision is None or decision.kind != DecisionKind.RECOGNISE.value:
            raise NotVisible
        if not may_issue(actor, decision.unit.path):
            raise NotIssuer
        issued = 0
        for line in decision.lines:
            case = load_case(actor, line.review_id)
            check_official(actor, case.facts, case.at)
            if case.at.state is State.RECOGNISED:
                for contribution in without_certificate(line.id, case.proposal.id):
                    issue(actor, decision, line, contribution)
                    issued += 1
        if not issued:
            raise NothingToIssue
        return issued
