"""One proposal in every situation the regulation knows, told through the real use cases, for tests of who may do what.

Who they belong to is said in ``teller``; the proposals of T2B are ``docgia``'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from innovations.boards.minutes import minutes_paper
from innovations.boards.models import Assignment, ScoreSheet
from innovations.boards.models_decision import Certificate, DecisionLine
from innovations.boards.rules.decisions import RevocationReason
from innovations.boards.services import concluding, deciding, forwarding, meetings, recusing, screening
from innovations.core.clock import today
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.library.models import Adoption
from innovations.library.rules.adoptions import AdoptionKind
from innovations.library.services import adopting
from innovations.library.services.adopting import Request
from innovations.proposals.loading import proposal_at
from innovations.proposals.models_dossier import Attachment, SimilarityFinding
from innovations.proposals.rules.content import Handling
from innovations.proposals.services import authors, checking, quarantine, submitting
from innovations.regulations.queries import open_campaign
from tests import meeting_world as sitting
from tests.authority.teller import ONE_WRONG, SCORERS, Teller
from tests.board_files import attach
from tests.board_world import REASON
from tests.recognised import index
from tests.world import World


@dataclass(frozen=True)
class Case:
    """A proposal in one situation and the ids its addresses are made of; those it has not got itself are another's."""

    name: str
    title: str
    ids: dict[str, Any]
    version: int
    lines: tuple[int, ...]
    certificate: str
    seat: int


def _revise(tell: Teller) -> str:
    code = tell.meeting("Hoàn thiện")
    number, review = tell.number(code), tell.board.review_of(code)
    concluding.record_revise(tell.actor("thuky"), tell.board.board_id, number, review, text="Bổ sung số liệu.", back_to="scoring")
    concluding.confirm_conclusion(tell.actor("chutich"), tell.board.board_id, number, review)
    meetings.close_meeting(tell.actor("thuky"), tell.board.board_id, number)
    return code


def _meeting(tell: Teller) -> str:
    """The first version of the minutes is attached: as the product prints them, with every title."""
    code = tell.meeting("Họp")
    number = tell.number(code)
    printed = minutes_paper(tell.actor("thuky"), tell.board.board_id, number).content
    attach(tell.board, "bien-ban.pdf", printed, kind="edited", number=number)
    return code


def _unit_review(tell: Teller, title: str = "Chỉ huy xem") -> str:
    with tell.unit_review():
        return tell.submitted(title)


def _sent_back(tell: Teller) -> str:
    code = _unit_review(tell, "Trả lại")
    submitting.send_back(tell.actor("chihuy2"), code, comment="Viết rõ hơn.")
    return code


def _withdrawn_early(tell: Teller) -> str:
    code = _unit_review(tell, "Rút sớm")
    submitting.withdraw(tell.actor("tacgia"), code, reason=REASON)
    return code


def _needs_fix(tell: Teller) -> str:
    code = tell.submitted("Bổ sung")
    checking.ask_fix(tell.actor("tiepnhan"), code, ONE_WRONG, due_on=today() + timedelta(days=20))
    return code


def _trial(tell: Teller) -> str:
    code = tell.accepted("Áp dụng thử")
    checking.start_trial(tell.actor("thuky"), code, planned_end=today() + timedelta(days=30))
    return code


def _rejected(tell: Teller) -> str:
    code = tell.submitted("Từ chối")
    checking.reject(tell.actor("tiepnhan"), code, reason=REASON, answers=ONE_WRONG)
    return code


def _withdrawn(tell: Teller) -> str:
    code = tell.submitted("Rút")
    submitting.withdraw(tell.actor("tacgia"), code, reason=REASON)
    return code


def _not_recognised(tell: Teller) -> str:
    code = tell.concluded("Không công nhận", agree=2)
    deciding.decline(tell.actor("chihuy"), [tell.board.review_of(code)], tell.decision("21/QĐ-1A"), reason=REASON)
    return code


def _revoked(tell: Teller) -> str:
    code = tell.decided("Hủy công nhận", "31/QĐ-1A")
    deciding.revoke(
        tell.actor("chihuy"), tell.board.review_of(code), tell.decision("41/QĐ-1A"), code=RevocationReason.OTHER, reason=REASON
    )
    return code


def _assigned(tell: Teller) -> str:
    code = tell.accepted("Đã phân công")
    review = tell.board.review_of(code)
    tell.board.assign(review, *SCORERS)
    recusing.recuse_myself(tell.actor("uyvien5"), tell.board.board_id, review, reason=REASON)
    return code


def _scored(tell: Teller) -> str:
    code = tell.scored("Đủ phiếu, trước khi công bố")
    sitting.attended(tell.board, sitting.called(tell.board, tell.board.review_of(code)))
    return code


def _voting(tell: Teller) -> str:
    code = tell.meeting("Đang bỏ phiếu")
    sitting.open_vote(tell.board, tell.number(code), tell.board.review_of(code))
    return code


def _counted(tell: Teller) -> str:
    code = tell.meeting("Đã kiểm phiếu")
    tell.vote(code, agree=6)
    return code


def _recorded(tell: Teller) -> str:
    code = tell.meeting("Chờ chủ tọa xác nhận")
    tell.vote(code, agree=6)
    concluding.record_conclusion(tell.actor("thuky"), tell.board.board_id, tell.number(code), tell.board.review_of(code))
    return code


def _unconfirmed(tell: Teller) -> str:
    address = tell.draft("Chờ đồng tác giả xác nhận", co=None)
    authors.add_author(tell.actor("tacgia"), address, service_number="tacgia2")
    return address


def _quarantined(tell: Teller) -> str:
    code = tell.scoring("Cách ly khi đang chấm")
    quarantine.hide(tell.actor("baomat"), code, reason=REASON)
    return code


def _quarantined_recognised(tell: Teller) -> str:
    code = tell.decided("Cách ly sau công nhận", "32/QĐ-1A")
    quarantine.hide(tell.actor("baomat"), code, reason=REASON)
    return code


def _recognised_open(tell: Teller) -> str:
    code = tell.decided("Công nhận, phổ biến rộng", "33/QĐ-1A")
    unit = tell.world.staff.units["T2B"]
    adopting.request_adoption(tell.actor("donvi"), code, Request(unit, AdoptionKind.REPLICATION, "Dùng cho hai kho."))
    return code


def _forwarded(tell: Teller) -> str:
    code = tell.decided("Đề nghị cấp trên", "35/QĐ-1A", handling=Handling.INTERNAL)
    forwarding.forward(tell.actor("vanphong"), tell.board.review_of(code))
    return code


#: Name of the situation → how it is told.
SITUATIONS: dict[str, Callable[[Teller], str]] = {
    "draft": lambda tell: tell.draft("Nháp"),
    "unconfirmed": _unconfirmed,
    "sent_back": _sent_back,
    "unit_review": _unit_review,
    "withdrawn_early": _withdrawn_early,
    "submitted": lambda tell: tell.submitted("Đã nộp"),
    "needs_fix": _needs_fix,
    "rejected": _rejected,
    "withdrawn": _withdrawn,
    "accepted": lambda tell: tell.accepted("Thụ lý"),
    "trial": _trial,
    "assigned": _assigned,
    "scoring": lambda tell: tell.scoring("Chấm điểm"),
    "scored": _scored,
    "meeting": _meeting,
    "voting": _voting,
    "counted": _counted,
    "recorded": _recorded,
    "revise": _revise,
    "passed": lambda tell: tell.concluded("Thông qua"),
    "failed": lambda tell: tell.concluded("Không thông qua", agree=3),
    "not_recognised": _not_recognised,
    "recognised_open": _recognised_open,
    "recognised_internal": lambda tell: tell.decided(
        "Công nhận, lưu hành nội bộ", "34/QĐ-1A", issued=False, handling=Handling.INTERNAL
    ),
    "forwarded": _forwarded,
    "revoked": _revoked,
    "quarantined": _quarantined,
    "quarantined_recognised": _quarantined_recognised,
    "elsewhere_draft": lambda tell: tell.draft("Đơn vị khác, nháp", by="docgia", co=None),
    "elsewhere_unit_review": lambda tell: tell.submitted("Đơn vị khác, chỉ huy xem", by="docgia", co=None),
}


@dataclass
class Told:
    """Everything that was told: cases by name, and ids that belong to no proposal."""

    cases: dict[str, Case] = field(default_factory=dict)
    board: int = 0
    adoption: int = 0
    screening: int = 0
    tokens: dict[str, str] = field(default_factory=dict)


def _ids(tell: Teller, code: str) -> dict[str, Any]:
    """What the addresses around a proposal are made of, as far as it has it."""
    proposal = proposal_at(code)
    assert proposal is not None
    review = proposal.reviews[0].id
    files = {row.kind: row.id for row in db.session.scalars(select(Attachment).where(Attachment.proposal_id == proposal.id))}
    given = select(Assignment.id).where(Assignment.review_id == review, Assignment.seat_id == tell.board.seat("uyvien4"))
    found = {
        "address": proposal.address,
        "code": proposal.address,
        "review_id": review,
        "revision_id": proposal.reviews[0].revision_id,
        "attachment_id": files["evidence"],
        "consent_id": files["consent"],
        "contribution_id": proposal.contributions[-1].id,
        "number": tell.number(code),
        "decision_id": db.session.scalar(select(DecisionLine.decision_id).where(DecisionLine.review_id == review)),
        "assignment_id": db.session.scalar(given),
        "sheet_id": db.session.scalar(select(ScoreSheet.id).where(ScoreSheet.review_id == review)),
    }
    return {name: value for name, value in found.items() if value}


def _case(tell: Teller, name: str, code: str, others: dict[str, Any]) -> Case:
    proposal = proposal_at(code)
    assert proposal is not None
    certificate = db.session.scalar(
        select(Certificate.code)
        .join(DecisionLine, DecisionLine.id == Certificate.line_id)
        .where(DecisionLine.review_id == proposal.reviews[0].id)
    )
    return Case(
        name, proposal.title, {**others, **_ids(tell, code)}, proposal.version, tuple(each.id for each in proposal.contributions),
        certificate or "none", tell.board.seat("uyvien1"),
    )  # fmt: skip


def _find_similar(tell: Teller, codes: dict[str, str]) -> int:
    """Every proposal is found similar to the open one of the library; that one's id."""
    with atomic() as session:
        other = proposal_at(codes["recognised_open"])
        assert other is not None
        for code in codes.values():
            proposal = proposal_at(code)
            if proposal is not None and proposal.id != other.id:
                session.add(
                    SimilarityFinding(proposal_id=proposal.id, other_id=other.id, score=Decimal("0.5"), author_says="different")
                )
        return other.id


def tell_all(world: World) -> Told:
    """Every situation, indexed; accounts have a token for the API."""
    tell = Teller(world)
    codes = {name: how(tell) for name, how in SITUATIONS.items()}
    similar = _find_similar(tell, codes)
    index(world)
    db.session.expire_all()
    others = {"board_id": tell.board.board_id, "other_id": similar, **_ids(tell, codes["recognised_open"])}
    told = Told({name: _case(tell, name, code, others) for name, code in codes.items()}, tell.board.board_id)
    campaign = open_campaign(world.staff.units["T1A"], today())
    assert campaign is not None
    told.screening = screening.ask_screening(tell.actor("vanphong"), campaign_id=campaign.id)
    told.adoption = db.session.scalar(select(Adoption.id)) or 0
    return told
