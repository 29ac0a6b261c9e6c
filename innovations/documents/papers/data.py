"""What each paper holds (the regulation's list of forms): one frozen dataclass a paper, the contract with the features.

A feature fills one and gives it to :func:`innovations.documents.papers.render_pdf`.  Who may read which field is decided before
that: a paper prints what it is given.  Texts may hold anything a person can type; they are never read as markup.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from innovations.core.rules.errors import N_
from innovations.documents.papers.parts import (
    Applier,
    Author,
    BenefitLine,
    BlankSheet,
    CountFigures,
    CriterionHead,
    DecidedLine,
    Guest,
    Letterhead,
    MemberLine,
    MinutesItem,
    ProposalFacts,
    SheetLine,
    Signature,
    SummaryRow,
)


@dataclass(frozen=True, kw_only=True)
class PaperData:
    """What every paper has: who issues it and where the text of the law it rests on is named.

    :param recipients: lines under "Nơi nhận"; empty: the block is left out.
    :param legal_bases: without the word "Căn cứ": ``"Nghị định số 13/2012/NĐ-CP ngày 02 tháng 3 năm 2012 …"``.
    """

    head: Annotated[Letterhead, N_("Phần đầu văn bản")]
    recipients: Annotated[tuple[str, ...], N_("Nơi nhận")] = ()
    legal_bases: Annotated[tuple[str, ...], N_("Căn cứ, không có chữ “Căn cứ”")] = ()


@dataclass(frozen=True, kw_only=True)
class Application(PaperData):
    """Đơn yêu cầu công nhận sáng kiến, to be signed by hand.

    :param applied_on: first application; ``None``: ``trial`` is printed instead (a period, or nothing).
    :param confidential: what the author wants kept from others; empty when the reader may not see it.
    """

    signature: Signature
    addressee: str
    title: str
    authors: tuple[Author, ...]
    investor: str
    field: str
    solution_types: tuple[str, ...]
    before: str
    content: str
    novelty: str
    code: str = ""
    applied_on: date | None = None
    trial: str = ""
    confidential: str = ""
    conditions: str = ""
    benefit_author: str = ""
    benefit_appliers: str = ""
    appliers: tuple[Applier, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Description(PaperData):
    """Bản mô tả sáng kiến, the text that goes with the application."""

    signature: Signature
    title: str
    authors: tuple[str, ...]
    field: str
    before: str
    content: str
    code: str = ""
    place: str = ""
    steps: str = ""
    novelty: str = ""
    conditions: str = ""
    benefit_author: str = ""
    benefits: tuple[BenefitLine, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Receipt(PaperData):
    """Giấy biên nhận: number, promised dates, parts of the dossier.  Its own number stands in the letterhead.

    :param received_at: hour and date as text, ``"14 giờ 32, ngày 02 tháng 11 năm 2026"``.
    """

    signature: Signature
    proposal: ProposalFacts
    submitted_by: str
    received_at: str
    items: tuple[str, ...]
    formal_due: date
    result_due: date


@dataclass(frozen=True, kw_only=True)
class Notice(PaperData):
    """What the letters to an author share."""

    signature: Annotated[Signature, N_("Người ký")]
    addressee: Annotated[str, N_("Kính gửi")]
    proposal: Annotated[ProposalFacts, N_("Hồ sơ được thông báo")]


@dataclass(frozen=True, kw_only=True)
class NoticeDefects(Notice):
    """Thông báo thiếu sót: what to mend and by when."""

    defects: tuple[str, ...]
    fix_due: date


@dataclass(frozen=True, kw_only=True)
class NoticeAcceptance(Notice):
    """Thông báo chấp nhận: the board that considers it and the promised date."""

    accepted_on: date
    board: str
    result_due: date


@dataclass(frozen=True, kw_only=True)
class NoticeRefusal(Notice):
    """Thông báo từ chối, always with reasons."""

    reasons: tuple[str, ...]
    complaint_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class NoticeResult(Notice):
    """Thông báo kết quả: the outcome in words, grade and points when recognised, reasons when not, unnamed remarks."""

    decision_number: Annotated[str, N_("Số quyết định")]
    decision_on: Annotated[date | None, N_("Ngày quyết định")]
    outcome: Annotated[str, N_("Kết quả")]
    grade: Annotated[str, N_("Xếp loại")] = ""
    total: Annotated[Decimal | None, N_("Tổng điểm")] = None
    reasons: Annotated[tuple[str, ...], N_("Lý do")] = ()
    remarks: Annotated[tuple[str, ...], N_("Nhận xét của hội đồng, không nêu tên")] = ()
    complaint_until: Annotated[date | None, N_("Hạn khiếu nại")] = None


@dataclass(frozen=True, kw_only=True)
class Invitations(PaperData):
    """Giấy mời, a page for each member.

    :param starts: ``"08 giờ 00"``; empty: dots.
    """

    board: str
    session: str
    held_on: date
    guests: tuple[Guest, ...]
    signature: Signature
    starts: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Ballots(PaperData):
    """Phiếu biểu quyết of a secret vote: ``copies`` of one and the same ballot, four on a sheet to be cut."""

    board: str
    session: str
    code: str
    title: str
    copies: int


@dataclass(frozen=True, kw_only=True)
class CountRecord(PaperData):
    """Biên bản kiểm phiếu of a secret vote on paper.

    :param voters: who may vote on the item; ``needed``: approvals required, 0 before the vote opens.
    :param figures: ``None``: blanks to fill by hand.
    :param signatures: of the two tellers.
    """

    board: str
    session: str
    code: str
    title: str
    voters: int
    needed: int
    signatures: tuple[Signature, ...]
    figures: CountFigures | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Minutes(PaperData):
    """Biên bản họp hội đồng.

    :param session: which meeting, ``"đợt 2 năm 2026"``.
    :param establishing_decision: number, date and signer of the board's own decision, as text.
    :param base: members that may vote; ``present`` and ``quorum`` are counts of them.
    """

    board: Annotated[str, N_("Tên hội đồng")]
    session: Annotated[str, N_("Phiên họp")]
    establishing_decision: Annotated[str, N_("Quyết định thành lập hội đồng")]
    held_on: Annotated[date, N_("Ngày họp")]
    chair: Annotated[str, N_("Người chủ trì")]
    secretary: Annotated[str, N_("Thư ký")]
    members: Annotated[tuple[MemberLine, ...], N_("Thành viên")]
    base: Annotated[int, N_("Số thành viên có quyền biểu quyết")]
    present: Annotated[int, N_("Số có mặt")]
    quorum: Annotated[int, N_("Số có mặt tối thiểu")]
    quorate: Annotated[bool, N_("Đủ số thành viên hay không")]
    items: Annotated[tuple[MinutesItem, ...], N_("Hồ sơ trong chương trình")]
    chair_signature: Annotated[Signature, N_("Chữ ký chủ tọa")]
    secretary_signature: Annotated[Signature, N_("Chữ ký thư ký")]
    place: Annotated[str, N_("Địa điểm họp")] = ""
    started_at: Annotated[str, N_("Giờ bắt đầu")] = ""
    ended_at: Annotated[str, N_("Giờ kết thúc")] = ""


@dataclass(frozen=True, kw_only=True)
class ScoreSheet(PaperData):
    """Phiếu chấm điểm of one member; the total, if the criteria give points, is printed in figures and in words."""

    signature: Signature
    code: str
    title: str
    scorer: str
    role: str
    lines: tuple[SheetLine, ...]
    total: Decimal | None
    proposal: str
    comment: str = ""
    submitted_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class BlankSheets(PaperData):
    """Phiếu chấm điểm to be filled by hand, a page for each member.

    :param proposals: what the member may propose, a box each.
    """

    code: str
    title: str
    lines: tuple[SheetLine, ...]
    proposals: tuple[str, ...]
    sheets: tuple[BlankSheet, ...]


@dataclass(frozen=True, kw_only=True)
class ScoreSummary(PaperData):
    """Bảng tổng hợp điểm of one meeting."""

    board: str
    session: str
    criteria: tuple[CriterionHead, ...]
    rows: tuple[SummaryRow, ...]
    chair_signature: Signature
    secretary_signature: Signature


@dataclass(frozen=True, kw_only=True)
class Decision(PaperData):
    """Quyết định with its list.

    :param authority: the office that decides, ``"Trung đoàn trưởng Trung đoàn 1A"``.
    :param proposed_by: who proposed it, ``"Hội đồng sáng kiến Trung đoàn 1A"``.
    :param executors: who carries it out, at the start of the last article.
    :param superior_approval: number, date and signer as text, when the unit's head is an author of State-paid work.
    """

    signature: Annotated[Signature, N_("Người ký")]
    kind: Annotated[
        Literal["recognise", "not_recognise", "revoke", "scope"], N_("Loại quyết định: recognise, not_recognise, revoke, scope")
    ]
    authority: Annotated[str, N_("Chức danh người quyết định")]
    proposed_by: Annotated[str, N_("Nơi đề nghị")]
    executors: Annotated[str, N_("Nơi thi hành")]
    lines: Annotated[tuple[DecidedLine, ...], N_("Danh sách kèm theo")]
    superior_approval: Annotated[str, N_("Văn bản chấp thuận của cấp trên")] = ""
