"""Papers of a decision: the decision with its list, and each contributor's certificate."""

from decimal import Decimal

from flask import url_for
from sqlalchemy import select

from innovations.audit.signing import sign
from innovations.boards.decision_queries import decision_shown, holder_of
from innovations.boards.models_decision import Certificate, Decision
from innovations.boards.rules.certificates import CertificateState, Statement, registration_number, sealed
from innovations.boards.services.certificates import may_issue
from innovations.core.clock import today
from innovations.core.formats import in_vietnamese
from innovations.core.rules.calendar import local_date
from innovations.core.rules.errors import NotVisible
from innovations.documents.papers import Paper, data, parts, render_pdf
from innovations.documents.papers import certificates as certificate_papers
from innovations.documents.papers.word import Contents, as_pdf
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.facts import facts_of
from innovations.proposals.models import Proposal
from innovations.proposals.models_dossier import Contribution
from innovations.regulations.rules.rulesets import RuleSet
from innovations.regulations.services.word_templates import in_template

SUMMARY_LENGTH = 600  # characters that fit the single page


def _signature(decision: Decision) -> parts.Signature:
    lines = (f"{decision.delegated} {decision.signer_position}".strip().upper(),)
    return parts.Signature(lines=lines, name=decision.signer_name, rank=decision.signer_rank)


def _head(unit: Unit, number: str, on: object) -> parts.Letterhead:
    parent = unit.parent.name if unit.parent else ""
    return parts.Letterhead(unit=unit.name, parent=parent, number=number, place=unit.place, on=on)  # type: ignore[arg-type]


def _authors(proposal: Proposal) -> tuple[str, ...]:
    return tuple(map(holder_of, proposal.contributions))


def _decided_lines(decision: Decision, seen: set[int]) -> tuple[parts.DecidedLine, ...]:
    proposals = [(line, line.review.proposal) for line in decision.lines if line.review_id in seen]
    return tuple(
        parts.DecidedLine(
            code=proposal.code or "", title=proposal.title, authors=_authors(proposal), unit=proposal.author_unit.name,
            grade=line.grade or "", note=line.reason or line.scope,
        )
        for line, proposal in proposals
    )  # fmt: skip


def decision_contents(actor: Actor, decision_id: int) -> Contents:
    """The decision with its list, for the offices of its unit.

    :raises NotVisible: it does not exist, or the reader serves another unit.
    """
    page = decision_shown(actor, decision_id)
    decision = db.session.get_one(Decision, decision_id)
    rules = RuleSet.from_json(decision.lines[0].review.rules)
    paper = data.Decision(
        head=_head(decision.unit, decision.number, decision.decided_on), signature=_signature(decision), kind=decision.kind,  # type: ignore[arg-type]
        legal_bases=tuple(basis.text for basis in rules.legal_bases_on(decision.decided_on or today())),
        recipients=("Như Điều 3",), authority=f"{decision.signer_position} {decision.unit.name}".strip(),
        proposed_by=f"Hội đồng sáng kiến {decision.unit.name}",
        executors="Các cơ quan, đơn vị và các tác giả có tên trong danh sách",
        lines=_decided_lines(decision, {line.review_id for line in page.lines}), superior_approval=page.superior,
    )  # fmt: skip
    return Contents(f"quyet-dinh-{decision.year}-{decision.id}", paper, decision.unit.path)


@in_vietnamese
def decision_paper(actor: Actor, decision_id: int) -> Paper:
    """The paper as PDF; who reads it and the refusals as in :func:`decision_contents`."""
    return as_pdf(decision_contents(actor, decision_id))


@in_vietnamese
def decision_word(actor: Actor, decision_id: int) -> Paper:
    """The paper in the unit's Word template; as in :func:`decision_contents`."""
    return in_template(decision_contents(actor, decision_id))


def _held(actor: Actor, code: str) -> Certificate:
    found = db.session.scalar(select(Certificate).where(Certificate.code == code))
    if found is None:
        raise NotVisible
    facts = facts_of(found.contribution.proposal_id)
    if facts.quarantined or not (actor.person_id in facts.own_people or may_issue(actor, found.unit.path)):
        raise NotVisible
    return found


def _qr_text(row: Certificate, proposal: Proposal, address: str) -> str:
    """The page that tells whether it still holds, and what it says, signed, for where that page cannot be reached."""
    if row.state != CertificateState.VALID.value:
        return address
    decision, own = row.line.decision, row.contribution
    text = Statement(
        number=registration_number(row.unit.code, row.year, row.number), holder=holder_of(own), share=own.share or Decimal(0),
        code=proposal.code or "", title=proposal.title, decision=decision.number, decided_on=decision.decided_on,
        grade=row.line.grade or "", verification=row.code,
    ).text  # fmt: skip
    return f"{address}#{sealed(text, sign(text))}"


def _certificate(row: Certificate, proposal: Proposal) -> certificate_papers.Certificate:
    own, decision = row.contribution, row.line.decision
    others = tuple(holder_of(each) for each in proposal.contributions if each.id != own.id)
    address = url_for("verify.show", code=row.code, _external=True)
    return certificate_papers.Certificate(
        head=_head(row.unit, registration_number(row.unit.code, row.year, row.number), local_date(row.issued_at)),
        signature=_signature(decision), level=f"cấp {row.unit.name}", rank=own.rank, name=_name(own), unit=own.unit_name,
        title=proposal.title, code=proposal.code or "", share=own.share or Decimal(0), others=others,
        investor=proposal.investor_name, summary=proposal.content[:SUMMARY_LENGTH], benefits=proposal.author_benefit[:SUMMARY_LENGTH],
        grade=row.line.grade or "", decision_number=decision.number, decision_on=decision.decided_on or local_date(row.issued_at),
        verification_code=row.code, verification_url=address, qr_text=_qr_text(row, proposal, address),
        mark="" if row.state == CertificateState.VALID.value else CertificateState(row.state).label,
    )  # fmt: skip


def _name(contribution: Contribution) -> str:
    return contribution.person.full_name if contribution.person else contribution.free_name


@in_vietnamese
def certificate_paper(actor: Actor, code: str) -> Paper:
    """A certificate, for the authors of the proposal and those who issue.

    :param code: the verification code printed on it.
    :raises NotVisible: unknown, under quarantine, or not for this reader.
    """
    row = _held(actor, code)
    proposal = db.session.get_one(Proposal, row.contribution.proposal_id)
    number = registration_number(row.unit.code, row.year, row.number)
    return Paper(f"{number}.pdf", render_pdf(_certificate(row, proposal)))


@in_vietnamese
def certificates_paper(actor: Actor, decision_id: int) -> Paper:
    """All certificates of a decision in one file, for those who issue.

    :raises NotVisible: the decision is not for this reader, who does not issue, or none was issued on what the reader sees.
    """
    page, decision = decision_shown(actor, decision_id), db.session.get_one(Decision, decision_id)
    if not may_issue(actor, decision.unit.path):
        raise NotVisible
    seen = {line.review_id for line in page.lines}
    lines = {line.id: line.review.proposal for line in decision.lines if line.review_id in seen}
    rows = db.session.scalars(
        select(Certificate).where(Certificate.line_id.in_(lines)).order_by(Certificate.year, Certificate.number)
    )
    made = tuple(_certificate(row, lines[row.line_id]) for row in rows)
    if not made:
        raise NotVisible
    paper = certificate_papers.Certificates(head=made[0].head, certificates=made)
    return Paper(f"giay-chung-nhan-{decision.year}-{decision.id}.pdf", render_pdf(paper))
