"""Papers of a board beside its minutes: how it was set up, what it submits to the head, what its reviewers say.  The contract is that of ``data``."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from innovations.core.rules.errors import N_
from innovations.documents.papers.data import PaperData
from innovations.documents.papers.parts import Signature


@dataclass(frozen=True, kw_only=True)
class BoardMember:
    """A seat in the list of members; ``rights`` are what the seat may do, as text."""

    name: Annotated[str, N_("Cấp bậc, họ và tên")]
    unit: Annotated[str, N_("Đơn vị")]
    role: Annotated[str, N_("Vai trò")]
    rights: Annotated[str, N_("Quyền")]
    from_on: Annotated[date, N_("Từ ngày")]


@dataclass(frozen=True, kw_only=True)
class Establishment(PaperData):
    """Quyết định thành lập hội đồng with the list of its members; a draft until it has number and date.

    :param authority: the office that decides, ``"Thủ trưởng Trung đoàn 1A"``.
    :param fields: fields it considers; empty: all.
    :param quorum: the part of its members that must attend, ``"2/3"``; :param approval: the part that must agree.
    """

    signature: Annotated[Signature, N_("Người ký")]
    authority: Annotated[str, N_("Chức danh người quyết định")]
    board: Annotated[str, N_("Tên hội đồng")]
    unit: Annotated[str, N_("Đơn vị")]
    term_from: Annotated[date, N_("Nhiệm kỳ từ ngày")]
    term_to: Annotated[date | None, N_("Nhiệm kỳ đến ngày")]
    fields: Annotated[tuple[str, ...], N_("Lĩnh vực được xét; trống là tất cả")]
    quorum: Annotated[str, N_("Tỷ lệ có mặt tối thiểu")]
    approval: Annotated[str, N_("Tỷ lệ đồng ý tối thiểu")]
    members: Annotated[tuple[BoardMember, ...], N_("Thành viên")]


@dataclass(frozen=True, kw_only=True)
class SubmittedLine:
    """One proposal in a submission to the head; ``note``: the reasons of a refusal, or what to know about a grade.

    :param agree: opinions agreeing, of ``base``, with ``needed`` required.
    """

    code: Annotated[str, N_("Mã số hồ sơ")]
    title: Annotated[str, N_("Tên sáng kiến")]
    authors: Annotated[tuple[str, ...], N_("Các tác giả")]
    unit: Annotated[str, N_("Đơn vị")]
    total: Annotated[Decimal | None, N_("Tổng điểm")]
    grade: Annotated[str, N_("Xếp loại")]
    agree: Annotated[int, N_("Số đồng ý")]
    base: Annotated[int, N_("Số thành viên có quyền biểu quyết")]
    needed: Annotated[int, N_("Số đồng ý cần có")]
    note: Annotated[str, N_("Lý do hoặc lưu ý")] = ""


@dataclass(frozen=True, kw_only=True)
class Submission(PaperData):
    """Tờ trình of the board to the deciding head about what a meeting concluded.

    :param session: which meeting, ``"phiên số 4, ngày 30/11/2026"``.
    :param apart: how many more of the meeting are submitted by somebody else, because who prints takes no part in them.
    """

    signature: Annotated[Signature, N_("Người ký")]
    addressee: Annotated[str, N_("Kính gửi")]
    board: Annotated[str, N_("Tên hội đồng")]
    session: Annotated[str, N_("Phiên họp")]
    passed: Annotated[tuple[SubmittedLine, ...], N_("Hồ sơ đề nghị công nhận")]
    failed: Annotated[tuple[SubmittedLine, ...], N_("Hồ sơ đề nghị không công nhận")]
    apart: Annotated[int, N_("Số hồ sơ được trình riêng")] = 0


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
