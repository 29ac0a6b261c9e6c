"""One proposal in every situation the regulation knows, told through the real use cases, for tests of who may do what.

The lead author is ``tacgia`` and the co-author ``tacgia2``, of regiment T1A; the proposals of T2B are ``docgia``'s.  Whatever reached
the board was assigned to ``uyvien2`` to ``uyvien5``, and ``uyvien5`` declared a conflict; ``uyvien1``, the deputy, was given nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from sqlalchemy import select

from innovations.boards.models import Assignment, ScoreSheet
from innovations.boards.models_decision import Certificate, DecisionLine
from innovations.boards.models_meeting import AgendaItem, Meeting
from innovations.boards.services import assigning, certificates, concluding, deciding, forwarding, meetings, progress, recusing
from innovations.boards.services.assigning import Duty
from innovations.boards.services.deciding import DecisionData
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
from innovations.proposals.rules.formal import FormalAnswer, FormalItem
from innovations.proposals.services import attachments, authors, checking, quarantine, submitting
from innovations.regulations.models import Campaign, RuleSetRow
from innovations.regulations.services.campaigns import CampaignData, change_campaign
from tests import meeting_world as sitting
from tests.board_world import REASON, BoardWorld, seated
from tests.recognised import index
from tests.world import World

#: What the authors marked as confidential; no page shows it to who may not read it.
CONFIDENTIAL = "bí quyết pha dung dịch"
#: A word that every title has, so that one search asks for all of them.
EVERYWHERE = "saobien"
SCORERS = ("uyvien2", "uyvien3", "uyvien4", "uyvien5")
ALL_FINE = {item: FormalAnswer(True) for item in FormalItem}
ONE_WRONG = {
    item: FormalAnswer(item is not FormalItem.EVIDENCE, "" if item is not FormalItem.EVIDENCE else "Thiếu.")
    for item in FormalItem
}


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


class Teller:
    """Tells the situations; each method brings a proposal one step further and returns its code."""

    def __init__(self, world: World) -> None:
        self.world, self.told = world, 0
        self.board: BoardWorld = seated(world)

    def actor(self, number: str) -> Any:
        """A person as the rules know them."""
        return self.world.actor(number)

    def draft(self, title: str, by: str = "tacgia", co: str | None = "tacgia2", handling: Handling = Handling.OPEN) -> str:
        """A complete draft, its co-author confirmed, with a piece of evidence and a signed page."""
        self.told += 1
        # Words of its own: nothing is similar to anything else, and a search for them finds it alone.
        own = [f"M{self.told}N{place}" for place in range(60)]
        texts = {
            "title": f"{title}, {EVERYWHERE} {' '.join(own[:4])}",
            "situation": " ".join(own[4:30]),
            "content": " ".join(own[30:]),
        }
        address = self.world.draft(by, confidential=CONFIDENTIAL, handling=handling, **texts)
        if co:
            authors.add_author(self.actor(by), address, service_number=co)
            authors.confirm(self.actor(co), address)
        for kind in ("evidence", "consent"):
            source = BytesIO(f"{kind} {title}".encode())
            attachments.attach(self.actor(by), address, name=f"{kind}.txt", source=source, kind=kind, nothing_secret=True)
        return address

    def submitted(self, title: str, by: str = "tacgia", co: str | None = "tacgia2", handling: Handling = Handling.OPEN) -> str:
        """Submitted, or with the author's commander where the rules ask for it."""
        return submitting.submit(self.actor(by), self.draft(title, by, co, handling), nothing_secret=True)

    def accepted(self, title: str, by_receiver: str = "tiepnhan", **filed: Any) -> str:
        """Past the formal check."""
        code = self.submitted(title, **filed)
        checking.accept(self.actor(by_receiver), code, ALL_FINE)
        return code

    def scoring(self, title: str, secretary: str = "thuky", scorers: tuple[str, ...] = SCORERS, **filed: Any) -> str:
        """Being scored by four, one of whom has withdrawn since."""
        code = self.accepted(title, **filed)
        review = self.board.review_of(code)
        seats = [self.board.seat(number) for number in scorers]
        assigning.assign(self.actor(secretary), self.board.board_id, review, seats, Duty())
        progress.open_scoring(self.actor(secretary), self.board.board_id, review)
        if "uyvien5" in scorers:
            recusing.recuse_myself(self.actor("uyvien5"), self.board.board_id, review, reason=REASON)
        return code

    def scored(self, title: str, **filed: Any) -> str:
        """Every sheet is in."""
        code = self.scoring(title, **filed)
        for number in filed.get("scorers", SCORERS):
            if number != "uyvien5":
                self.board.submit(self.board.review_of(code), number)
        return code

    def meeting(self, title: str, **filed: Any) -> str:
        """Before a meeting that runs, its points revealed."""
        code = self.scored(title, **filed)
        sitting.before_board(self.board, self.board.review_of(code))
        return code

    def number(self, code: str) -> int:
        """The meeting that has the proposal on its agenda."""
        proposal = proposal_at(code)
        chosen = select(Meeting.number).join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        return db.session.scalar(chosen.where(AgendaItem.review_id == proposal.reviews[0].id)) or 0 if proposal else 0

    def vote(self, code: str, agree: int) -> None:
        """A secret vote of the six who are free."""
        number, review = self.number(code), self.board.review_of(code)
        sitting.open_vote(self.board, number, review)
        for place, who in enumerate(("chutich", "uyvien1", "thuky", "uyvien2", "uyvien3", "uyvien4")):
            sitting.cast(self.board, number, review, who, sitting.Opinion.AGREE if place < agree else sitting.Opinion.DISAGREE)
        sitting.close_vote(self.board, number, review)

    def concluded(self, title: str, agree: int = 6, **filed: Any) -> str:
        """Passed, or failed with fewer than five who agree; the meeting is over."""
        code = self.meeting(title, **filed)
        self.vote(code, agree)
        sitting.conclude(self.board, self.number(code), self.board.review_of(code))
        meetings.close_meeting(self.actor("thuky"), self.board.board_id, self.number(code))
        return code

    def decided(self, title: str, number: str, *, issued: bool = True, **filed: Any) -> str:
        """Recognised by the head of the regiment, certificates issued unless said otherwise."""
        code = self.concluded(title, **filed)
        made = deciding.recognise(self.actor("chihuy"), [self.board.review_of(code)], self.decision(number))
        if issued:
            certificates.issue_certificates(self.actor("vanphong"), made.decision_id)
        return code

    @staticmethod
    def decision(number: str) -> DecisionData:
        """A decision signed by the head of the regiment."""
        return DecisionData(number, today(), "Dương Văn Nam", "Trung đoàn trưởng", "Thượng tá")

    @contextmanager
    def unit_review(self) -> Iterator[None]:
        """The regiment's campaign asks the author's commander first, as long as the block lasts."""
        running = db.session.scalars(
            select(Campaign).where(Campaign.unit_id == self.world.staff.units["T1A"]).order_by(Campaign.id)
        ).first()
        asks = db.session.scalar(select(RuleSetRow.id).where(RuleSetRow.active.is_(False)))
        usual, campaign = running.rule_set_id, running.id
        self._set_rules(campaign, asks)
        yield
        self._set_rules(campaign, usual)

    def _set_rules(self, campaign_id: int, rule_set_id: int) -> None:
        row = db.session.get_one(Campaign, campaign_id)
        data = CampaignData(row.name, row.year, row.opens_on, row.closes_on, rule_set_id, row.criteria_set_id)
        db.session.rollback()
        change_campaign(self.actor("vanphong"), campaign_id, data)


def _revise(tell: Teller) -> str:
    code = tell.meeting("Hoàn thiện")
    number, review = tell.number(code), tell.board.review_of(code)
    concluding.record_revise(tell.actor("thuky"), tell.board.board_id, number, review, text="Bổ sung số liệu.", back_to="scoring")
    concluding.confirm_conclusion(tell.actor("chutich"), tell.board.board_id, number, review)
    meetings.close_meeting(tell.actor("thuky"), tell.board.board_id, number)
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
    deciding.revoke(tell.actor("chihuy"), tell.board.review_of(code), tell.decision("41/QĐ-1A"), code="other", reason=REASON)
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
    "meeting": lambda tell: tell.meeting("Họp"),
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
    told.adoption = db.session.scalar(select(Adoption.id)) or 0
    return told
