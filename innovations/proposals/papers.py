"""Official papers about a proposal: application, description, receipt and the notices to its authors, filled from the record."""

from decimal import Decimal
from typing import Any

from innovations.core.clock import today
from innovations.core.formats import in_vietnamese, number
from innovations.core.rules.calendar import VIETNAM, local_date
from innovations.core.rules.errors import NotVisible
from innovations.documents.papers import Paper, data, parts, render_pdf
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor
from innovations.proposals.dossier_queries import Author, Dossier, shown
from innovations.proposals.loading import Loaded, load
from innovations.proposals.models import Review
from innovations.proposals.rules.access import may_see_confidential
from innovations.proposals.rules.clocks import complaint_until
from innovations.proposals.rules.content import SolutionType
from innovations.proposals.rules.states import State
from innovations.regulations.rules.rulesets import RuleSet

KINDS = ("application", "description", "receipt", "notice_defects", "notice_acceptance", "notice_refusal")


def _head(unit: Unit, *, number: str = "", on: object = None) -> parts.Letterhead:
    parent = unit.parent.name if unit.parent else ""
    return parts.Letterhead(unit=unit.name, parent=parent, number=number, place=unit.place, on=on)  # type: ignore[arg-type]


def _author(each: Author, born: object) -> parts.Author:
    return parts.Author(
        name=each.name, share=each.share or Decimal(0), rank=each.rank, unit=each.unit, position=each.duty, born=born,  # type: ignore[arg-type]
    )  # fmt: skip


def _lead(found: Dossier) -> Author:
    return next((each for each in found.authors if each.is_lead), found.authors[0])


def _signed_by_lead(found: Dossier) -> parts.Signature:
    lead = _lead(found)
    return parts.Signature(lines=("Người nộp đơn",), name=lead.name, rank=lead.rank, note="(Ký, ghi rõ họ tên)")


def _signed_by_unit() -> parts.Signature:
    return parts.Signature(lines=("Cán bộ tiếp nhận",), note="(Ký, ghi rõ họ tên)")


def _facts(found: Dossier) -> parts.ProposalFacts:
    return parts.ProposalFacts(
        code=found.code or found.address,
        title=found.title,
        authors=tuple(each.titled for each in found.authors),
        receipt_number=found.review.receipt,
        filed_on=local_date(found.first_filed_at) if found.first_filed_at else None,
    )


def _application(loaded: Loaded, found: Dossier) -> data.Application:
    proposal = loaded.proposal
    trial = " – ".join(f"{day:%d/%m/%Y}" for day in (found.trial_from, found.trial_to) if day)
    return data.Application(
        head=_head(proposal.author_unit), signature=_signed_by_lead(found), addressee=f"Hội đồng sáng kiến {found.review.unit}",
        title=found.title, code=found.code or "", investor=found.investor, field=found.field_name,
        authors=tuple(_author(each, line.born_on) for each, line in zip(found.authors, proposal.contributions, strict=True)),
        solution_types=tuple(SolutionType(each).label for each in found.solution_types), before=found.situation,
        content=found.content, novelty=found.novelty, applied_on=found.first_applied_on, trial=trial,
        confidential=found.confidential or "", conditions=found.conditions, benefit_author=found.author_benefit,
        benefit_appliers=found.applier_benefit,
    )  # fmt: skip


def _description(loaded: Loaded, found: Dossier) -> data.Description:
    return data.Description(
        head=_head(loaded.proposal.author_unit), signature=_signed_by_lead(found), title=found.title, code=found.code or "",
        authors=tuple(each.titled for each in found.authors), field=found.field_name, place=found.place, before=found.situation,
        content=found.content, steps=found.steps, novelty=found.novelty, conditions=found.conditions,
        benefit_author=found.author_benefit, evidence=tuple(each.name for each in found.files if each.kind in ("evidence", "photo")),
        benefits=tuple(
            parts.BenefitLine(
                name=each.label or each.kind.label, before=f"{number(each.before)} {each.measure}".strip(),
                after=f"{number(each.after)} {each.measure}".strip(), basis=each.basis,
            )
            for each in found.benefits
        ),
    )  # fmt: skip


def _receipt(loaded: Loaded, found: Dossier) -> data.Receipt:
    review = loaded.review
    if review.received_at is None or review.promised_formal_on is None or review.promised_result_on is None:
        raise NotVisible
    lead, files = _lead(found), len(found.files)
    return data.Receipt(
        head=_head(review.unit, number=found.review.receipt, on=local_date(review.received_at)), signature=_signed_by_unit(),
        proposal=_facts(found), submitted_by=f"{lead.titled}, {lead.unit}",
        received_at=review.received_at.astimezone(VIETNAM).strftime("%H giờ %M, ngày %d tháng %m năm %Y"),
        items=("Đơn yêu cầu công nhận sáng kiến", "Bản mô tả sáng kiến", f"{files:02d} tệp kèm theo"),
        formal_due=review.promised_formal_on, result_due=review.promised_result_on, recipients=("Người nộp đơn",),
    )  # fmt: skip


def authors_letter(found: Dossier, review: Review, signature: parts.Signature) -> dict[str, Any]:
    """What every notice to the authors opens and closes with: head, legal bases in force today, addressee, the proposal."""
    lead, rules = _lead(found), RuleSet.from_json(review.rules)
    return {
        "head": _head(review.unit), "signature": signature,
        "legal_bases": tuple(basis.text for basis in rules.legal_bases_on(today())),
        "recipients": ("Như trên",), "addressee": f"{lead.titled}, {lead.unit}", "proposal": _facts(found),
    }  # fmt: skip


def _notice(loaded: Loaded, found: Dossier, kind: str) -> data.Notice:
    review = loaded.review
    letter = authors_letter(found, review, parts.Signature(lines=("Thủ trưởng đơn vị",)))
    if kind == "notice_defects" and review.state is State.NEEDS_FIX and review.due_on:
        return data.NoticeDefects(**letter, defects=tuple(review.defects.splitlines()), fix_due=review.due_on)
    if kind == "notice_acceptance" and review.accepted_at and review.result_due_on:
        board = f"Hội đồng sáng kiến {found.review.unit}"
        return data.NoticeAcceptance(
            **letter, accepted_on=local_date(review.accepted_at), board=board, result_due=review.result_due_on
        )
    if kind == "notice_refusal" and review.state is State.REJECTED:
        until = complaint_until(local_date(review.held_since or found.updated_at), loaded.rules)
        return data.NoticeRefusal(**letter, reasons=tuple(review.reason.splitlines()), complaint_until=until)
    raise NotVisible


def available(found: Dossier) -> tuple[str, ...]:
    """Which papers there are at this point of the proposal's life, for those who handle the dossier."""
    review = found.review
    kinds = ["application", "description"] if not found.restricted or found.is_author else []
    if kinds and review.received_at:
        kinds.append("receipt")
    if kinds and review.state is State.NEEDS_FIX:
        kinds.append("notice_defects")
    if (
        kinds
        and review.promised_result_on
        and review.state not in (State.DRAFT, State.UNIT_REVIEW, State.SUBMITTED, State.NEEDS_FIX)
    ):
        kinds.append("notice_refusal" if review.state is State.REJECTED else "notice_acceptance")
    return tuple(kinds)


@in_vietnamese
def paper(actor: Actor, address: str, kind: str) -> Paper:
    """A paper of the proposal as PDF, for its authors and those who handle the dossier.

    :param kind: one of :data:`KINDS`.
    :raises NotVisible: the paper does not exist, not yet, or not for this reader.
    """
    loaded = load(actor, address)
    found = shown(loaded, actor)
    if kind not in KINDS or not (found.is_author or may_see_confidential(actor, loaded.facts)):
        raise NotVisible
    makers = {"application": _application, "description": _description, "receipt": _receipt}
    content = makers[kind](loaded, found) if kind in makers else _notice(loaded, found, kind)
    db.session.rollback()  # the read transaction need not stay open while the paper is set
    return Paper(
        f"{found.code or found.address}-{kind}.pdf", render_pdf(content, draft=kind == "application" and found.code is None)
    )
