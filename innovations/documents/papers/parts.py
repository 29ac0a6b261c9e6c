"""What several papers are made of: the letterhead, signatures, people, benefits, votes.

Plain values only, ready to print except dates and amounts: those stay ``date`` and ``Decimal`` and are written the Vietnamese
way when the paper is made.  No ORM object, no identifier of a row, no rule.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from innovations.core.rules.errors import N_


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The block at the head of an official paper (Decree 30/2020 as the units apply it).

    :param parent: the superior unit; empty when there is none.
    :param unit: the unit, or the board, that issues the paper.
    :param number: as the clerical registry gave it, with its signs, ``"12/QĐ-1A"``; empty: a blank to fill in by hand.
    :param place: where it is signed; empty: dots.
    :param on: the date it bears; ``None``: a blank, until it is issued.
    """

    unit: Annotated[str, N_("Nơi ban hành")]
    parent: Annotated[str, N_("Đơn vị cấp trên")] = ""
    number: Annotated[str, N_("Số văn bản")] = ""
    place: Annotated[str, N_("Nơi ký")] = ""
    on: Annotated[date | None, N_("Ngày ký")] = None


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs: the lines above the name, as ``("KT. TRUNG ĐOÀN TRƯỞNG", "PHÓ TRUNG ĐOÀN TRƯỞNG")``.

    :param note: under the lines, for example ``"(Ký, ghi rõ họ tên)"``.
    """

    lines: Annotated[tuple[str, ...], N_("Các dòng chức danh")]
    name: Annotated[str, N_("Họ và tên người ký")] = ""
    rank: Annotated[str, N_("Cấp bậc")] = ""
    note: Annotated[str, N_("Ghi chú dưới chức danh")] = ""


@dataclass(frozen=True, kw_only=True)
class Author:
    """One author of an application.  The date of birth is asked by the official form and printed there only.

    :param share: contribution in percent.
    """

    name: str
    share: Decimal
    rank: str = ""
    born: date | None = None
    unit: str = ""
    position: str = ""
    qualification: str = ""


@dataclass(frozen=True, kw_only=True)
class Applier:
    """Somebody who took part in the first application or the trial."""

    name: str
    birth_year: str = ""
    unit: str = ""
    qualification: str = ""
    task: str = ""


@dataclass(frozen=True, kw_only=True)
class BenefitLine:
    """One measured or expected benefit; ``before`` and ``after`` carry their unit of measure."""

    name: str
    before: str
    after: str
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    """How a letter names a proposal."""

    code: Annotated[str, N_("Mã số hồ sơ")]
    title: Annotated[str, N_("Tên sáng kiến")]
    authors: Annotated[tuple[str, ...], N_("Các tác giả")]
    receipt_number: Annotated[str, N_("Số giấy biên nhận")] = ""
    filed_on: Annotated[date | None, N_("Ngày nộp")] = None


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """One member of the board in the minutes; ``reason`` of the absence, when absent."""

    name: Annotated[str, N_("Cấp bậc, họ và tên")]
    role: Annotated[str, N_("Vai trò")]
    present: Annotated[bool, N_("Có mặt hay không")]
    reason: Annotated[str, N_("Lý do vắng")] = ""


@dataclass(frozen=True, kw_only=True)
class VoteLine:
    """The count of one vote.

    :param needed: approvals required.
    :param on_paper: secret, on printed ballots; ``tellers`` are who counted them.
    :param note: a vote declared void and held again, and why; how two counts that differed were settled.
    :param seal_code: what fixes the log as it was when the vote closed, to be compared by eye; ``seal_text`` is all of it, as a QR code.
    """

    secret: Annotated[bool, N_("Bỏ phiếu kín hay không")]
    issued: Annotated[int, N_("Số phiếu phát ra")]
    returned: Annotated[int, N_("Số phiếu thu về")]
    valid: Annotated[int, N_("Số phiếu hợp lệ")]
    agree: Annotated[int, N_("Số đồng ý")]
    disagree: Annotated[int, N_("Số không đồng ý")]
    needed: Annotated[int, N_("Số đồng ý cần có")]
    on_paper: Annotated[bool, N_("Bỏ phiếu bằng giấy hay không")] = False
    blank: Annotated[int, N_("Số không có ý kiến")] = 0
    tellers: Annotated[tuple[str, ...], N_("Tổ kiểm phiếu")] = ()
    note: Annotated[str, N_("Ghi chú về lần biểu quyết")] = ""
    seal_code: Annotated[str, N_("Dấu nhật ký khi đóng biểu quyết")] = ""
    seal_text: Annotated[str, N_("Dấu nhật ký đầy đủ")] = ""


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Who is invited, and the agenda as this member is told of it."""

    name: str
    role: str
    agenda: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CountFigures:
    """The figures of a count record."""

    issued: int
    collected: int
    valid: int
    invalid: int
    agree: int
    disagree: int
    blank: int


@dataclass(frozen=True, kw_only=True)
class MinutesItem:
    """One proposal on the agenda.

    :param mean: points, ``None`` when it was not scored; then ``highest`` and ``lowest`` are ``None`` too.
    :param sheets: number of submitted score sheets.
    :param vote: ``None`` when no vote was taken (revise, postponed).
    """

    code: Annotated[str, N_("Mã số hồ sơ")]
    title: Annotated[str, N_("Tên sáng kiến")]
    authors: Annotated[tuple[str, ...], N_("Các tác giả")]
    conclusion: Annotated[str, N_("Kết luận")]
    taken_up: Annotated[str, N_("Giờ bắt đầu xét")] = ""
    discussion: Annotated[str, N_("Ý kiến thảo luận")] = ""
    recused: Annotated[tuple[str, ...], N_("Người không tham gia do có liên quan")] = ()
    mean: Annotated[Decimal | None, N_("Điểm trung bình")] = None
    highest: Annotated[Decimal | None, N_("Điểm cao nhất")] = None
    lowest: Annotated[Decimal | None, N_("Điểm thấp nhất")] = None
    sheets: Annotated[int, N_("Số phiếu chấm")] = 0
    vote: Annotated[VoteLine | None, N_("Kết quả biểu quyết; trống khi không biểu quyết")] = None
    remark: Annotated[str, N_("Nội dung kết luận thêm")] = ""


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """One criterion on a score sheet; ``points`` ``None``: not applicable; ``band``: level 1–5 as text, or empty; a ``gate`` is
    answered with yes (1) or no (0)."""

    criterion: str
    max: Decimal
    points: Decimal | None
    band: str = ""
    remark: str = ""
    gate: bool = False


@dataclass(frozen=True, kw_only=True)
class BlankSheet:
    """A page to fill by hand: whose it is, the short code, and the address that its QR code opens."""

    scorer: str
    role: str
    code: str
    address: str


@dataclass(frozen=True, kw_only=True)
class CriterionHead:
    """A column of the score summary; of a ``gate`` the column holds the share of sheets that say yes."""

    name: str
    max: Decimal
    gate: bool = False


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """One proposal in the score summary; ``means`` in the order of the criteria."""

    code: str
    title: str
    authors: tuple[str, ...]
    means: tuple[Decimal | None, ...]
    sheets: int
    total: Decimal | None = None
    grade: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DecidedLine:
    """One proposal in the list of a decision; ``note``: the reason or the scope, by the kind of decision."""

    code: Annotated[str, N_("Mã số hồ sơ")]
    title: Annotated[str, N_("Tên sáng kiến")]
    authors: Annotated[tuple[str, ...], N_("Các tác giả")]
    unit: Annotated[str, N_("Đơn vị")]
    grade: Annotated[str, N_("Xếp loại")] = ""
    note: Annotated[str, N_("Lý do hoặc phạm vi")] = ""
