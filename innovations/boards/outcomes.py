"""The outcome of a proposal for its own page: decisions, certificates, and for the authors what the sheets said, without names."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from innovations.boards.decision_queries import holder_of
from innovations.boards.models_decision import Certificate, DecisionLine
from innovations.boards.rules.certificates import CertificateState, registration_number
from innovations.boards.rules.decisions import DecisionKind
from innovations.boards.score_queries import Summary, summary
from innovations.boards.services.certificates import may_issue
from innovations.core.formats import in_vietnamese, named
from innovations.core.rules.errors import NotVisible
from innovations.documents.papers import Paper, data, parts
from innovations.documents.papers.word import Contents, as_pdf
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.dossier_queries import Dossier, shown
from innovations.proposals.loading import load
from innovations.proposals.models import Review
from innovations.proposals.outcomes import CertificateLink, CriterionMean, Outcome
from innovations.proposals.papers import authors_letter
from innovations.proposals.rules.clocks import complaint_until
from innovations.regulations.rules.rulesets import RuleSet
from innovations.regulations.services.word_templates import in_template

#: Kinds that answer the application itself; others change or widen an answer.
ANSWERS = (DecisionKind.RECOGNISE.value, DecisionKind.NOT_RECOGNISE.value)


def _lines(review_ids: list[int]) -> list[DecisionLine]:
    chosen = select(DecisionLine).options(joinedload(DecisionLine.decision), joinedload(DecisionLine.review))
    return list(db.session.scalars(chosen.where(DecisionLine.review_id.in_(review_ids)).order_by(DecisionLine.id)))


def outcomes_for(actor: Actor, dossier: Dossier) -> list[Outcome]:
    """The decisions on the considerations the reader sees, oldest first."""
    return [_outcome(actor, dossier, line) for line in _lines([review.id for review in dossier.reviews])]


def _outcome(actor: Actor, dossier: Dossier, line: DecisionLine) -> Outcome:
    decision, points = line.decision, _points(dossier, line)
    handles = (dossier.is_author or not dossier.restricted) and not decision.imported and line.kind in ANSWERS
    return Outcome(
        line.review_id, gettext(DecisionKind(line.kind).label), decision.number, decision.decided_on,
        f"{decision.signer_rank} {decision.signer_name}".strip(), line.grade or "", line.reason if not dossier.restricted else "",
        line.scope, url_for("boards.result_paper", address=dossier.address, review_id=line.review_id) if handles else "",
        points.result.total if points else None,
        tuple(CriterionMean(named(each.name), each.mean, each.maximum, each.measure) for each in points.criteria) if points else (),
        _remarks(points), _certificates(actor, dossier, line),
        url_for("boards.result_word", address=dossier.address, review_id=line.review_id) if handles else "",
    )  # fmt: skip


def _points(dossier: Dossier, line: DecisionLine) -> Summary | None:
    """What the sheets said: for the authors, and only with the decision that answers them."""
    return summary(line.review) if dossier.is_author and line.kind in ANSWERS else None


def _remarks(points: Summary | None) -> tuple[str, ...]:
    if points is None:
        return ()
    return tuple(f"{named(each.criterion)}: {each.text}" if each.criterion else each.text for each in points.remarks)


def _certificates(actor: Actor, dossier: Dossier, line: DecisionLine) -> tuple[CertificateLink, ...]:
    if not (dossier.is_author or may_issue(actor, line.decision.unit.path)):
        return ()
    rows = db.session.scalars(select(Certificate).where(Certificate.line_id == line.id).order_by(Certificate.number))
    return tuple(
        CertificateLink(
            registration_number(row.unit.code, row.year, row.number), holder_of(row.contribution),
            gettext(CertificateState(row.state).label), row.state == CertificateState.VALID.value,
            url_for("boards.certificate_paper", code=row.code),
        )
        for row in rows
    )  # fmt: skip


def _answer_to(review: Review) -> DecisionLine:
    line = next((each for each in _lines([review.id]) if each.kind in ANSWERS and not each.decision.imported), None)
    if line is None:
        raise NotVisible
    return line


def result_contents(actor: Actor, address: str, review_id: int) -> Contents:
    """The notice of the result, for the authors and those who handle the dossier.

    :raises NotVisible: there is no decision yet, or it is not for this reader.
    """
    loaded = load(actor, address)
    found = shown(loaded, actor)
    review = next((each for each in loaded.proposal.reviews if each.id == review_id), None)
    if review is None or (found.restricted and not found.is_author):
        raise NotVisible
    line = _answer_to(review)
    decision, points, rules = line.decision, _points(found, line), RuleSet.from_json(review.rules)
    position = f"{decision.delegated} {decision.signer_position}".strip().upper()
    paper = data.NoticeResult(
        **authors_letter(found, review, parts.Signature(lines=(position,), name=decision.signer_name, rank=decision.signer_rank)),
        decision_number=decision.number, decision_on=decision.decided_on, outcome=DecisionKind(line.kind).label,
        grade=line.grade or "", total=points.result.total if points else None, reasons=tuple(line.reason.splitlines()),
        remarks=_remarks(points),
        complaint_until=complaint_until(decision.decided_on, rules) if decision.decided_on else None,
    )  # fmt: skip
    return Contents(f"{found.code}-ket-qua", paper, decision.unit.path)


@in_vietnamese
def result_paper(actor: Actor, address: str, review_id: int) -> Paper:
    """The paper as PDF; who reads it and the refusals as in :func:`result_contents`."""
    return as_pdf(result_contents(actor, address, review_id))


@in_vietnamese
def result_word(actor: Actor, address: str, review_id: int) -> Paper:
    """The paper in the unit's Word template; as in :func:`result_contents`."""
    return in_template(result_contents(actor, address, review_id))
