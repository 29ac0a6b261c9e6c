"""What anybody may learn of a certificate from the code printed on it; what cannot be told looks like what does not exist."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from innovations.boards.decision_queries import holder_of
from innovations.boards.models_decision import Certificate
from innovations.boards.rules.certificates import CertificateState, normal_code, registration_number
from innovations.core.rules.calendar import local_date
from innovations.extensions import db
from innovations.proposals.models import Proposal
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.rules.content import Handling


@dataclass(frozen=True)
class Verified:
    """A certificate as the public sees it: no score, no grade; the title only of what circulates openly."""

    number: str
    issued_on: date
    base: str
    decision_number: str
    decided_on: date | None
    holder: str
    authors: tuple[str, ...]
    title: str
    state: CertificateState


def verified(code: str) -> Verified | None:
    """The certificate with this code; ``None`` when it is unknown or under quarantine."""
    known = normal_code(code)
    row = db.session.scalar(select(Certificate).where(Certificate.code == known)) if known else None
    proposal = db.session.get_one(Proposal, row.contribution.proposal_id) if row else None
    if row is None or proposal is None or proposal.quarantined_at is not None:
        return None
    authors = db.session.scalars(
        select(Contribution).where(Contribution.proposal_id == proposal.id).order_by(Contribution.position)
    )
    decision = row.line.decision
    return Verified(
        number=registration_number(row.unit.code, row.year, row.number), issued_on=local_date(row.issued_at), base=row.unit.name,
        decision_number=decision.number, decided_on=decision.decided_on, holder=holder_of(row.contribution),
        authors=tuple(map(holder_of, authors)), title=proposal.title if proposal.handling is Handling.OPEN else "",
        state=CertificateState(row.state),
    )  # fmt: skip
