"""Papers of a board beside its minutes: how it was set up, what it submits to the head, what its reviewers say.  The contract is that of ``data``."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from innovations.documents.papers.data import PaperData
from innovations.documents.papers.parts import Signature


@dataclass(frozen=True, kw_only=True)
class BoardMember:
    """A seat in the list of members; ``rights`` are what the seat may do, as text."""

    name: str
    unit: str
    role: str
    rights: str
    from_on: date


@dataclass(frozen=True, kw_only=True)
class Establishment(PaperData):
    """Quyết định thành lập hội đồng with the list of its members; a draft until it has number and date.

    :param authority: the office that decides, ``"Thủ trưởng Trung đoàn 1A"``.
    :param fields: fields it considers; empty: all.
    :param quorum: the part of its members that must attend, ``"2/3"``; :param approval: the part that must agree.
    """

    signature: Signature
    authority: str
    board: str
    unit: str
    term_from: date
    term_to: date | None
    fields: tuple[str, ...]
    quorum: str
    approval: str
    members: tuple[BoardMember, ...]


@dataclass(frozen=True, kw_only=True)
class SubmittedLine:
    """One proposal in a submission to the head; ``note``: the reasons of a refusal, or what to know about a grade.

    :param agree: opinions agreeing, of ``base``, with ``needed`` required.
    """

    code: str
    title: str
    authors: tuple[str, ...]
    unit: str
    total: Decimal | None
    grade: str
    agree: int
    base: int
    needed: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Submission(PaperData):
    """Tờ trình of the board to the deciding head about what a meeting concluded.

    :param session: which meeting, ``"phiên số 4, ngày 30/11/2026"``.
    :param apart: how many more of the meeting are submitted by somebody else, because who prints takes no part in them.
    """

    signature: Signature
    addressee: str
    board: str
    session: str
    passed: tuple[SubmittedLine, ...]
    failed: tuple[SubmittedLine, ...]
    apart: int = 0


@dataclass(frozen=True, kw_only=True)
class RemarkLine:
    """What a reviewer says about one criterion."""

    criterion: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class ReviewerRemarks(PaperData):
    """Phiếu nhận xét phản biện of one reviewer: words only, the points stand on the score sheet."""

    signature: Signature
    board: str
    code: str
    title: str
    reviewer: str
    role: str
    remarks: tuple[RemarkLine, ...]
    comment: str
    proposal: str
    submitted_on: date
