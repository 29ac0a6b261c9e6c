"""What a revocation does to the certificates: the register keeps every row, the public page says revoked.  Steps only."""

from sqlalchemy import select

from innovations import audit
from innovations.boards.models_decision import Certificate, DecisionLine
from innovations.boards.rules.certificates import CertificateState
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.rules.roles import Actor


def revoke_certificates(actor: Actor, review_id: int) -> None:
    """Mark the review's valid certificates as revoked and tell their holders.  A step."""
    chosen = select(Certificate).join(DecisionLine, DecisionLine.id == Certificate.line_id)
    chosen = chosen.where(DecisionLine.review_id == review_id, Certificate.state == CertificateState.VALID.value)
    for certificate in db.session.scalars(chosen):
        certificate.state = CertificateState.REVOKED.value
        audit.record(AuditTag.CERTIFICATE_REVOKED, "certificate", certificate.id, by=actor.account_id)
        holder, proposal_id = certificate.contribution.person, certificate.contribution.proposal_id
        notify(NoticeKind.CERTIFICATE_REVOKED, [holder.human_id if holder else None], "proposal", proposal_id)
