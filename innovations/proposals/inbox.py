"""What of proposals waits for whom, and how readers see a proposal that a notice is about."""

from collections.abc import Iterable, Mapping

from flask import url_for
from flask_babel import gettext
from sqlalchemy import or_, select, true

from innovations.core.clock import today
from innovations.core.waiting import Waiting
from innovations.extensions import db
from innovations.notifications import Subject
from innovations.people.models import Unit
from innovations.people.rules.roles import Actor, Role
from innovations.proposals import glass_queries, report_queries
from innovations.proposals.audience import seen_by, written_by
from innovations.proposals.facts import facts_of, review_facts
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_complaint import Complaint
from innovations.proposals.models_dossier import Contribution
from innovations.proposals.quarantine_queries import purges_waiting
from innovations.proposals.rules.complaints import may_answer
from innovations.proposals.rules.glass import CONFIRMERS
from innovations.proposals.rules.states import State


def subjects(actor: Actor, ids: Iterable[int]) -> Mapping[int, Subject]:
    """Label and address of each proposal the reader may still see."""
    rows = db.session.scalars(select(Proposal).where(Proposal.id.in_(list(ids)), seen_by(actor)))
    return {row.id: Subject(_label(row), url_for("proposals.show", address=row.address)) for row in rows}


def _label(proposal: Proposal) -> str:
    if proposal.quarantined_at is not None:
        return proposal.address  # who may open it there is told no title anywhere else
    title = proposal.title or gettext("(chưa có tên)")
    return f"{proposal.code} “{title}”" if proposal.code else f"“{title}”"


def _rows(actor: Actor, state_of: tuple[State, ...], *conditions: object) -> list[tuple[Proposal, Review]]:
    """What meets the conditions in one of these states, in any when none is named."""
    chosen = (
        select(Proposal, Review)
        .join(Review, Review.proposal_id == Proposal.id)
        .join(Unit, Unit.id == Review.unit_id)
        .where(Review.state.in_(state_of) if state_of else true(), seen_by(actor), *conditions)  # type: ignore[arg-type]
        .order_by(Review.due_on.is_(None), Review.due_on)
        .limit(200)
    )
    return [(proposal, review) for proposal, review in db.session.execute(chosen)]


def _waiting(group: str, proposal: Proposal, review: Review, endpoint: str, note: str) -> Waiting:
    url = url_for(endpoint, address=proposal.address)
    return Waiting(group, proposal.title or gettext("(chưa có tên)"), url, review.due_on, note, proposal.code or "")


def _under(actor: Actor, role: Role) -> list[object]:
    return [or_(*(Unit.path.startswith(path, autoescape=True) for path in actor.paths_of(role)))]


def _as_author(actor: Actor) -> list[Waiting]:
    lines = written_by(actor)
    lead = Proposal.id.in_(lines.where(Contribution.is_lead)) | (Proposal.filed_by_id == actor.person_id)
    mine = [
        _waiting(gettext("Hồ sơ của tôi"), proposal, review, "proposals.show", gettext(review.state.label))
        for proposal, review in _rows(actor, (State.DRAFT, State.NEEDS_FIX, State.REVISE), lead)
    ]
    asked = Proposal.id.in_(lines.where(Contribution.confirmed_at.is_(None), ~Contribution.is_lead))
    mine += [
        _waiting(gettext("Chờ tôi xác nhận đồng tác giả"), proposal, review, "proposals.show", "")
        for proposal, review in _rows(actor, (State.DRAFT, State.NEEDS_FIX, State.REVISE), asked)
    ]
    return mine


def _by_role(actor: Actor) -> list[Waiting]:
    found: list[Waiting] = []
    if actor.holds_anywhere(Role.RECEIVER):
        rows = _rows(actor, (State.SUBMITTED,), *_under(actor, Role.RECEIVER))
        found += [_waiting(gettext("Chờ kiểm tra hồ sơ"), p, r, "proposals.check", "") for p, r in rows]
    if actor.holds_anywhere(Role.COMMANDER):
        rows = _rows(actor, (State.UNIT_REVIEW,))
        found += [_waiting(gettext("Chờ chỉ huy xem"), p, r, "proposals.show", "") for p, r in rows]
    return found


def _complaints(actor: Actor) -> list[Waiting]:
    """Complaints that the reader has to answer as deciding head; never about the own work."""
    if not actor.holds_anywhere(Role.DECIDER):
        return []
    chosen = select(Complaint, Proposal, Review).join(Review, Review.id == Complaint.review_id)
    chosen = chosen.join(Proposal, Proposal.id == Review.proposal_id).join(Unit, Unit.id == Review.unit_id)
    chosen = chosen.where(Complaint.answered_at.is_(None), seen_by(actor), *_under(actor, Role.DECIDER))  # type: ignore[arg-type]
    found, group = [], gettext("Khiếu nại chờ trả lời")
    for complaint, proposal, review in db.session.execute(chosen):
        facts = facts_of(proposal.id)
        if may_answer(actor, facts, review_facts(facts, review.id)):
            page = url_for("proposals.show", address=proposal.address)
            found.append(Waiting(group, proposal.title, page, complaint.due_on, "", proposal.code or ""))
    return found


def _overdue_below(actor: Actor) -> list[Waiting]:
    """What is late in the commander's units, whoever holds it."""
    if not actor.holds_anywhere(Role.COMMANDER):
        return []
    rows = _rows(actor, (), Review.due_on < today(), ~Review.ended, *_under(actor, Role.COMMANDER))
    return [_waiting(gettext("Quá hạn trong đơn vị"), p, r, "proposals.show", gettext(r.state.label)) for p, r in rows]


def _as_officer(actor: Actor) -> list[Waiting]:
    """What readers reported, and purges that wait for a second security officer."""
    if not actor.holds_anywhere(Role.SECURITY_OFFICER):
        return []
    page = url_for("proposals.quarantined")
    told = gettext("Có người báo nội dung mật")
    return [Waiting(told, each.unit, page, code=each.code) for each in report_queries.reported(actor)] + [
        Waiting(gettext("Chờ xác nhận xóa sạch"), gettext(reason), page, code=address)
        for _id, address, reason in purges_waiting(actor)
    ]


def _glass_to_confirm(actor: Actor) -> list[Waiting]:
    """Requests to read content that wait for a second person of another office."""
    if not any(actor.holds_anywhere(role) for role in CONFIRMERS):
        return []
    group, page = gettext("Chờ xác nhận mở khẩn cấp"), url_for("proposals.glass")
    return [Waiting(group, gettext(row.reason.label), page, code=row.code) for row in glass_queries.waiting(actor)]


def waiting(actor: Actor) -> list[Waiting]:
    """What waits for the reader as author, receiver, commander, deciding head, security officer or second person."""
    return [
        *_as_author(actor),
        *_by_role(actor),
        *_complaints(actor),
        *_overdue_below(actor),
        *_as_officer(actor),
        *_glass_to_confirm(actor),
    ]
