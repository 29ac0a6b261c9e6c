"""Every number of the regulation, as dated and versioned data.

Rules change by decree: no other module holds such a number.  A review freezes its rule set as JSON when it starts and
reads only that copy from then on, so later edits never reach it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from innovations.core.rules.errors import N_, DomainError, Invalid, raise_all
from innovations.core.rules.labels import Labelled


class ApprovalBase(Labelled):
    """Of whom the approving share is taken."""

    ALL_MEMBERS = "all_members", N_("Trên tổng số ủy viên có quyền biểu quyết")
    PRESENT = "present", N_("Trên số ủy viên có mặt")


class VoteMode(Labelled):
    """How opinions are given."""

    OPEN = "open", N_("Biểu quyết công khai")
    SECRET = "secret", N_("Bỏ phiếu kín")


class OutOfRange(Invalid):
    """A number of the rule set lies outside what makes sense."""

    message = N_("Giá trị phải từ %(least)s đến %(most)s.")


class ClimbReversed(Invalid):
    """A higher office would be told before a lower one."""

    message = N_("Nhắc việc phải lên dần: thư ký trước, rồi thủ trưởng, rồi cấp trên.")


class LegalBasisWithoutText(Invalid):
    """A legal basis has no text or ends before it starts."""

    message = N_("Căn cứ pháp lý cần có nội dung và ngày hết hiệu lực không được trước ngày có hiệu lực.")


@dataclass(frozen=True)
class LegalBasis:
    """A text to print among the căn cứ, with the days on which it is in force (both ends included)."""

    text: str
    since: date | None = None
    until: date | None = None

    def in_force(self, on: date) -> bool:
        """Say whether the text may be cited on a date."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


LEGAL_BASES = (
    LegalBasis("Nghị định số 13/2012/NĐ-CP ngày 02 tháng 3 năm 2012 của Chính phủ ban hành Điều lệ Sáng kiến", date(2012, 5, 2)),
    LegalBasis(
        "Thông tư số 18/2013/TT-BKHCN ngày 01 tháng 8 năm 2013 của Bộ Khoa học và Công nghệ "
        "hướng dẫn thi hành một số quy định của Điều lệ Sáng kiến",
        date(2013, 10, 1),
    ),
    LegalBasis("Luật Khoa học, công nghệ và đổi mới sáng tạo số 93/2025/QH15", date(2025, 10, 1)),
)


@dataclass(frozen=True)
class RuleSet:
    """The numbers one review runs by.  Months are calendar months; shares of votes are exact fractions."""

    name: str = "Quy tắc mặc định"
    legal_bases: tuple[LegalBasis, ...] = LEGAL_BASES
    formal_months: int = 1  # from receipt to the answer of the formal check [ours]
    fix_months: int = 1  # for the author to complete the dossier [ours]
    result_months: int = 3  # from acceptance or the end of the first application (Decree 13/2012)
    filing_window_months: int = 12  # after the first application (Decree 13/2012)
    revise_months: int = 1  # for the author after a conclusion that asks for completion [ours]
    complaint_months: int = 3  # in which a complaint is taken [ours]
    complaint_answer_months: int = 1  # from a complaint to its answer [ours]
    unit_review_days: int = 5  # working days for the commander [ours]
    reviewer_days: int = 10  # working days for a sheet [ours]
    climb_secretary_days: int = 3  # days overdue after which the secretary is told [ours]
    climb_head_days: int = 7  # days overdue after which the head of the unit is told [ours]
    climb_parent_days: int = 14  # days overdue after which the parent office is told [ours]
    quorum: Fraction = Fraction(2, 3)  # of the base; a local rule, apart from the approval [practice]
    approval: Fraction = Fraction(2, 3)  # of the base (Decree 13/2012)
    approval_base: ApprovalBase = ApprovalBase.ALL_MEMBERS
    recusal_lowers_base: bool = False
    vote_mode: VoteMode = VoteMode.SECRET
    board_minimum: int = 5  # seats
    board_maximum: int = 9  # seats
    minimum_scorers: int = 3  # submitted sheets without which there is no result
    drop_extremes: bool = False  # leave out one highest and one lowest whole sheet
    drop_extremes_minimum: int = 5  # sheets from which extremes are dropped
    rescale_unscored: bool = False  # a criterion nobody scored leaves the maximum
    spread_flag: Decimal = Decimal(20)  # points between highest and lowest sheet above which a flag is shown
    blind_authors: bool = False  # scorers do not see who the authors are
    sheets_follow: bool = False  # the board above reads what the sheets said when a recognition is forwarded
    unit_review: bool = False  # the author's commander endorses before the board's unit receives
    minimum_author_share: Decimal | None = None  # per cent; 30 seen in practice
    army_is_state_paid: bool = True  # a unit of the Army as investor counts as State-paid
    superior_is_conflict: bool = False  # commander over an author's unit may not score or vote
    subordinate_is_conflict: bool = False  # serving in a unit that an author commands is a conflict
    same_subunit_is_conflict: bool = False  # serving in the author's own sub-unit is a conflict
    retention_years: int | None = 10  # None keeps for ever (ministry)

    def legal_bases_on(self, day: date) -> tuple[LegalBasis, ...]:
        """Return the bases a paper of that date cites, in their order."""
        return tuple(basis for basis in self.legal_bases if basis.in_force(day))

    def to_json(self) -> dict[str, Any]:
        """Return the set as plain JSON values; fractions as ``"2/3"``, decimals as text, so that nothing is lost."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> RuleSet:
        """Return the set that :meth:`to_json` wrote; a number that was not known then takes the shipped value."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: _READERS.get(name, _same)(value) for name, value in data.items() if name in known})


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction | Decimal):
        return str(value)
    if isinstance(value, Labelled):
        return value.value
    if isinstance(value, tuple):
        return [_basis_to_json(basis) for basis in value]
    return value


def _basis_to_json(basis: LegalBasis) -> dict[str, str | None]:
    since, until = (day.isoformat() if day else None for day in (basis.since, basis.until))
    return {"text": basis.text, "since": since, "until": until}


def _basis_from_json(data: dict[str, Any]) -> LegalBasis:
    since, until = (date.fromisoformat(data[end]) if data.get(end) else None for end in ("since", "until"))
    return LegalBasis(data["text"], since, until)


def _same(value: Any) -> Any:
    return value


def _optional_decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


#: Settings that count conflicts of interest beside authorship, which always counts.
CONFLICT_SETTINGS = ("superior_is_conflict", "subordinate_is_conflict", "same_subunit_is_conflict")

_READERS: dict[str, Callable[[Any], Any]] = {
    "legal_bases": lambda rows: tuple(map(_basis_from_json, rows)),
    "quorum": Fraction,
    "approval": Fraction,
    "approval_base": ApprovalBase,
    "vote_mode": VoteMode,
    "spread_flag": Decimal,
    "minimum_author_share": _optional_decimal,
}

# name → (least, most), both allowed
_RANGES: dict[str, tuple[Any, Any]] = {
    "formal_months": (1, 12),
    "fix_months": (1, 12),
    "result_months": (1, 24),
    "filing_window_months": (1, 60),
    "revise_months": (1, 12),
    "complaint_months": (1, 24),
    "complaint_answer_months": (1, 12),
    "unit_review_days": (1, 60),
    "reviewer_days": (1, 90),
    "climb_secretary_days": (1, 60),
    "climb_head_days": (1, 90),
    "climb_parent_days": (1, 180),
    "quorum": (Fraction(1, 2), Fraction(1)),
    "approval": (Fraction(1, 2), Fraction(1)),
    "board_minimum": (3, 30),
    "board_maximum": (3, 30),
    "minimum_scorers": (1, 30),
    "drop_extremes_minimum": (3, 30),
    "spread_flag": (Decimal(0), Decimal(100)),
    "minimum_author_share": (Decimal(0), Decimal(100)),
    "retention_years": (1, 100),
}


def check_rule_set(rules: RuleSet) -> None:
    """Refuse a rule set that no board could work by.

    :raises Several: with :class:`OutOfRange` per number and :class:`LegalBasisWithoutText` where a basis is empty.
    """
    errors: list[DomainError] = []
    for name, (least, most) in _RANGES.items():
        value = getattr(rules, name)
        if value is not None and not least <= value <= most:
            errors.append(OutOfRange(name, least=least, most=most))
    if rules.board_minimum > rules.board_maximum:
        errors.append(OutOfRange("board_minimum", least=3, most=rules.board_maximum))
    if not rules.climb_secretary_days <= rules.climb_head_days <= rules.climb_parent_days:
        errors.append(ClimbReversed("climb_head_days"))
    if any(not _is_complete(basis) for basis in rules.legal_bases):
        errors.append(LegalBasisWithoutText("legal_bases"))
    raise_all(errors)


def _is_complete(basis: LegalBasis) -> bool:
    in_order = basis.since is None or basis.until is None or basis.since <= basis.until
    return bool(basis.text.strip()) and in_order


DEFAULT = RuleSet()
MINISTRY = replace(DEFAULT, name="Quy tắc cấp Bộ", retention_years=None)
