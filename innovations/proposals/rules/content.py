"""What a proposal is made of: closed lists, field limits, and the checks on single values.

Each datum is defined once here and validated once, on the way in.  What a whole draft still lacks is told by
:mod:`innovations.proposals.rules.completeness`; the receiver's eight items stand in :mod:`.formal`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from innovations.core.rules.calendar import VIETNAM, add_months, local_date
from innovations.core.rules.errors import N_, Invalid, StateForbids
from innovations.core.rules.labels import Labelled
from innovations.proposals.rules.formal import FormalItem

__all__ = [
    "FIELD_LIMITS",
    "BenefitBasis",
    "BenefitKind",
    "FilingWindowPassed",
    "FormalItem",
    "Handling",
    "InvestorKind",
    "Origin",
    "ProposalClass",
    "SolutionType",
    "check_applied_dates",
    "check_evidence_for_vote",
    "check_filing_day",
    "check_filing_window",
    "check_reasons",
    "check_share",
    "check_shares",
    "equal_shares",
    "is_state_paid",
    "last_filing_day",
]

# Characters after composition.  The rich fields hold a description of several pages.
FIELD_LIMITS = {
    "title": 200,
    "situation": 10_000,
    "content": 30_000,
    "steps": 10_000,
    "novelty": 10_000,
    "conditions": 5_000,
    "author_benefit": 10_000,
    "applier_benefit": 10_000,
    "confidential": 5_000,
    "place": 200,
    "investor_name": 200,
    "tag": 40,
    "reason": 2_000,
}
TITLE_MINIMUM = 10  # characters: shorter titles name a thing, not an improvement
TAGS_MAXIMUM = 12
AUTHORS_MAXIMUM = 15
REASON_MINIMUM = 10  # characters: "không đạt" alone is no reason
WHOLE = Decimal(100)
_CENT = Decimal("0.01")


class SolutionType(Labelled):
    """What kind of solution; a proposal has one or more (Decree 13/2012)."""

    TECHNICAL = "technical", N_("Giải pháp kỹ thuật")
    MANAGEMENT = "management", N_("Giải pháp quản lý")
    OPERATIONAL = "operational", N_("Giải pháp tác nghiệp")
    APPLIED_PROGRESS = "applied_progress", N_("Ứng dụng tiến bộ kỹ thuật")


class ProposalClass(Labelled):
    """What it is filed as."""

    INITIATIVE = "initiative", N_("Sáng kiến")
    IMPROVEMENT = "improvement", N_("Cải tiến kỹ thuật")
    PROTOTYPE = "prototype", N_("Sản phẩm, mô hình")


class Handling(Labelled):
    """Who may read it once recognised.  No value stands for a degree of secrecy: such matter stays outside."""

    OPEN = "open", N_("Phổ biến rộng rãi")
    INTERNAL = "internal", N_("Lưu hành nội bộ")


class Origin(Labelled):
    """How it came in; imported records are exempt from the checks on filing."""

    FILED = "filed", N_("Nộp trên hệ thống")
    ON_PAPER = "on_paper", N_("Hồ sơ giấy")
    IMPORTED = "imported", N_("Nhập từ sổ cũ")


class InvestorKind(Labelled):
    """Who paid."""

    AUTHOR = "author", N_("Tác giả tự đầu tư")
    UNIT = "unit", N_("Đơn vị")
    STATE = "state", N_("Nhà nước")
    OTHER = "other", N_("Tổ chức, cá nhân khác")


class BenefitKind(Labelled):
    """What a before/after line counts."""

    MANPOWER = "manpower", N_("Nhân lực")
    TIME = "time", N_("Thời gian")
    MATERIAL = "material", N_("Vật tư, nhiên liệu")
    MONEY = "money", N_("Tiền làm lợi")
    SAFETY = "safety", N_("An toàn")
    TRAINING_QUALITY = "training_quality", N_("Chất lượng huấn luyện")
    OTHER = "other", N_("Khác")


class BenefitBasis(Labelled):
    """Whether a benefit was measured; reports add confirmed ones only."""

    EXPECTED = "expected", N_("Dự kiến")
    CONFIRMED = "confirmed", N_("Đã xác nhận")


class SharesNotWhole(Invalid):
    """The shares do not add up to exactly 100.00 %."""

    message = N_("Tổng tỷ lệ đóng góp là %(total)s phần trăm; phải đúng 100 phần trăm.")


class BadShare(Invalid):
    """A share is not above 0, or has more than two decimals."""

    message = N_("Tỷ lệ %(share)s phần trăm chưa đúng; mỗi tỷ lệ phải lớn hơn 0 và có tối đa hai chữ số lẻ.")


class ShareBelowMinimum(Invalid):
    """A share is below the least share that the rule set allows a co-author."""

    message = N_("Tỷ lệ %(share)s phần trăm thấp hơn mức tối thiểu %(minimum)s phần trăm của một đồng tác giả.")


class FilingWindowPassed(Invalid):
    """Filed later than the window after the first application allows."""

    message = N_(
        "Giải pháp áp dụng lần đầu ngày %(first_applied_on)s nên thời hiệu nộp đơn hết ngày %(last_day)s "
        "(%(months)s tháng kể từ ngày áp dụng lần đầu, Điều lệ Sáng kiến, Nghị định 13/2012/NĐ-CP)."
    )


class DateInFuture(Invalid):
    """A day that is said to have happened lies ahead."""

    message = N_("Ngày %(day)s chưa đến; xin kiểm tra lại.")


class TrialReversed(Invalid):
    """The trial ends before it starts."""

    message = N_("Ngày kết thúc áp dụng thử %(until)s trước ngày bắt đầu %(since)s.")


class ReasonsMissing(Invalid):
    """A refusal, a postponement or a revocation without reasons in writing."""

    message = N_("Phải nêu lý do bằng văn bản, ít nhất %(minimum)s ký tự.")


class EvidenceMissing(StateForbids):
    """A vote on recognition needs evidence that the solution was applied or tried."""

    message = N_("Chưa có minh chứng áp dụng hoặc áp dụng thử; xin bổ sung trước khi biểu quyết công nhận.")


def check_share(share: Decimal, field: str = "shares") -> None:
    """Refuse a single share (per cent) that no total could mend.

    :raises BadShare: it is not above 0, is above 100, or has more than two decimals.
    """
    if not 0 < share <= WHOLE or share != share.quantize(_CENT):
        raise BadShare(field, share=share)


def check_shares(shares: Sequence[Decimal], minimum: Decimal | None = None, field: str = "shares") -> None:
    """Refuse shares (per cent) that are not exactly 100.00 together.  33.33 three times is refused.

    :param minimum: least share of each co-author, if the rule set has one.
    :raises BadShare: a share is not above 0 or has more than two decimals.
    :raises ShareBelowMinimum: naming the share.
    :raises SharesNotWhole: naming the total.
    """
    for share in shares:
        check_share(share, field)
        if minimum is not None and len(shares) > 1 and share < minimum:
            raise ShareBelowMinimum(field, share=share, minimum=minimum)
    total = sum(shares, Decimal(0))
    if total != WHOLE:
        raise SharesNotWhole(field, total=total)


def equal_shares(authors: int) -> tuple[Decimal, ...]:
    """Return shares as equal as two decimals allow; the first ones carry the rest: 3 → 33.34, 33.33, 33.33."""
    each, rest = divmod(int(WHOLE / _CENT), authors)
    return tuple((each + (1 if place < rest else 0)) * _CENT for place in range(authors))


def last_filing_day(first_applied_on: date, months: int) -> date:
    """Return the last local day of the filing window; it does not move for weekends or holidays [ours]."""
    return add_months(first_applied_on, months)


def check_filing_day(first_applied_on: date | None, day: date, months: int) -> None:
    """Refuse a first submit on a local ``day`` after the window, as :func:`check_filing_window` does by instant."""
    if first_applied_on is None:
        return
    last_day = last_filing_day(first_applied_on, months)
    if day > last_day:
        raise FilingWindowPassed("first_applied_on", first_applied_on=first_applied_on, last_day=last_day, months=months)


def check_filing_window(first_applied_on: date | None, submitted_at: datetime, months: int, tz: ZoneInfo = VIETNAM) -> None:
    """Refuse a first submit after the window that starts with the first application (Decree 13/2012).

    :param submitted_at: instant of the first submit; a day counts up to 24:00 local time.
    :raises FilingWindowPassed: citing the rule and the last day.
    """
    check_filing_day(first_applied_on, local_date(submitted_at, tz), months)


def check_applied_dates(first_applied_on: date | None, since: date | None, until: date | None, today: date) -> None:
    """Refuse dates of application and trial that cannot be.

    :raises DateInFuture: the first application lies ahead (a planned trial may).
    :raises TrialReversed: the trial ends before it starts.
    """
    if first_applied_on is not None and first_applied_on > today:
        raise DateInFuture("first_applied_on", day=first_applied_on)
    if since is not None and until is not None and until < since:
        raise TrialReversed("trial_to", since=since, until=until)


def check_reasons(reasons: str | None, field: str = "reason") -> str:
    """Return the reasons without surrounding blanks.

    :raises ReasonsMissing: for an empty text or one too short to be a reason.
    """
    text = (reasons or "").strip()
    if len(text) < REASON_MINIMUM:
        raise ReasonsMissing(field, minimum=REASON_MINIMUM)
    return text


def check_evidence_for_vote(evidence_count: int, origin: Origin = Origin.FILED) -> None:
    """Refuse a vote on recognition without evidence of application or trial; imported records are exempt.

    :raises EvidenceMissing: there is none.
    """
    if evidence_count == 0 and origin is not Origin.IMPORTED:
        raise EvidenceMissing


def is_state_paid(investor: InvestorKind | None, *, army_is_state_paid: bool) -> bool:
    """Say whether the State paid; a unit of the Army counts as the State when the rule set says so."""
    return investor is InvestorKind.STATE or (investor is InvestorKind.UNIT and army_is_state_paid)
