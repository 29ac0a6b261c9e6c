"""The decision of the unit's head: numbers come from the clerical registry and are typed in, never minted.

The board advises, the head decides and signs.  One decision holds many lines; a review has one line per kind at most.
Certificates have their own module.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from innovations.core.rules.errors import N_, DomainError, Forbidden, Invalid, StateForbids, raise_all
from innovations.core.rules.labels import Labelled
from innovations.core.rules.text import fold
from innovations.proposals.rules.content import ReasonsMissing, check_reasons

NUMBER_MAX = 60
SIGNER_MAX = 120


class DecisionKind(Labelled):
    """What a decision does; recognition at the base and of effectiveness above (scope) are different decisions."""

    RECOGNISE = "recognise", N_("Công nhận sáng kiến")
    NOT_RECOGNISE = "not_recognise", N_("Không công nhận sáng kiến")
    REVOKE = "revoke", N_("Hủy bỏ công nhận")
    SCOPE = "scope", N_("Công nhận hiệu quả, phạm vi ảnh hưởng")


class RevocationReason(Labelled):
    """Why a recognition is taken back."""

    NOT_NEW = "not_new", N_("Không mới tại cơ sở")
    NOT_EFFECTIVE = "not_effective", N_("Không còn mang lại lợi ích như đã công nhận")
    AUTHOR_DISPUTE = "author_dispute", N_("Tranh chấp tác giả")
    FALSE_STATEMENT = "false_statement", N_("Khai báo không đúng sự thật")
    EXCLUDED = "excluded", N_("Thuộc đối tượng không được công nhận")
    OTHER = "other", N_("Lý do khác")


class NumberMissing(Invalid):
    """The decision has no number from the registry."""

    message = N_("Xin nhập số quyết định do văn thư cấp.")


class NumberTaken(Invalid):
    """The number was used by this unit in that year for a decision of that kind."""

    message = N_("Số quyết định %(number)s đã dùng trong năm %(year)s; xin kiểm tra lại với văn thư.")


class DecisionDateMissing(Invalid):
    """The decision has no date."""

    message = N_("Xin nhập ngày ký quyết định.")


class DecisionDateInFuture(Invalid):
    """The decision is dated later than today."""

    message = N_("Ngày ký %(day)s chưa đến; xin kiểm tra lại.")


class DecisionBeforeConclusion(Invalid):
    """The decision is dated before the board concluded."""

    message = N_("Ngày ký %(day)s trước ngày hội đồng kết luận %(concluded_on)s; xin kiểm tra lại.")


class SignerMissing(Invalid):
    """Nobody signed."""

    message = N_("Xin nhập họ tên và chức vụ người ký quyết định.")


class GradeMissing(Invalid):
    """A recognition without a grade, where there are grades."""

    message = N_("Xin chọn xếp loại cho từng sáng kiến được công nhận.")


class ScopeMissing(Invalid):
    """A decision on scope without its text."""

    message = N_("Xin ghi phạm vi ảnh hưởng được công nhận.")


class NoLines(Invalid):
    """The decision says nothing of any review."""

    message = N_("Quyết định phải có ít nhất một hồ sơ.")


class AlreadyDecided(Invalid):
    """The review has a line of that kind already."""

    message = N_("Hồ sơ này đã có quyết định loại “%(kind)s”; mỗi hồ sơ chỉ có một quyết định mỗi loại.")


class SuperiorApprovalMissing(Invalid):
    """The head is an author of State-paid work, so the superior must have approved."""

    message = N_(
        "Thủ trưởng đơn vị là tác giả của sáng kiến do Nhà nước đầu tư: phải có văn bản đồng ý của cấp trên (số, ngày, người ký)."
    )


class SignerIsAuthor(Forbidden):
    """Who signs is an author of something the decision recognises."""

    message = N_("Người ký là tác giả của một sáng kiến trong quyết định; cấp phó được ủy quyền hoặc cấp trên phải ký.")


class CertificatesIssued(StateForbids):
    """After the first certificate a decision is no longer corrected by one person."""

    message = N_(
        "Đã cấp %(certificates)s giấy chứng nhận nên đính chính phải có hai người: cơ quan thường trực đề nghị, thủ trưởng xác nhận."
    )


class CorrectionCode(Labelled):
    """Why a decision on which certificates rest is corrected.  A judgement is never corrected like this, only what was typed of it."""

    TYPED = "typed", N_("Ghi vào sổ sai so với bản đã ký")
    REGISTRY = "registry", N_("Văn thư cấp lại số hoặc ngày")
    SIGNER = "signer", N_("Ghi sai người ký")


class CorrectionWaits(StateForbids):
    """Another correction of this decision waits for its answer."""

    message = N_("Quyết định này đang có đề nghị đính chính chờ xác nhận.")


class NoCorrectionWaits(StateForbids):
    """Nothing is proposed, or it was answered meanwhile."""

    message = N_("Không còn đề nghị đính chính nào chờ xác nhận.")


class NothingCorrected(Invalid):
    """The new values are the old ones."""

    message = N_("Không có giá trị nào thay đổi.")


class NothingRestsOnIt(StateForbids):
    """No certificate was issued: the head corrects it directly."""

    message = N_("Chưa cấp giấy chứng nhận nào nên thủ trưởng đính chính trực tiếp được.")


class OwnCorrection(Forbidden):
    """Who proposed a correction was to confirm it."""

    message = N_("Người đề nghị đính chính không được tự xác nhận.")


@dataclass(frozen=True)
class Approval:
    """The superior's approval."""

    number: str
    decided_on: date | None
    signer: str

    @property
    def is_complete(self) -> bool:
        """Whether number, date and signer are all there."""
        return bool(self.number.strip() and self.decided_on and self.signer.strip())


@dataclass(frozen=True)
class LineFacts:
    """What a decision says of one review.

    :param graded: whether the review's criteria have grades; one that asks only yes or no has none.
    :param decided_kinds: kinds of decision the review has already.
    :param needs_superior: its head-of-unit is an author and the State paid.
    """

    review_id: int
    grade: str | None = None
    graded: bool = True
    scope: str = ""
    reason: str = ""
    concluded_on: date | None = None
    decided_kinds: frozenset[DecisionKind] = frozenset()
    needs_superior: bool = False
    author_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class DecisionFacts:
    """A decision as typed in.  ``signer_id`` is the signer's person when the register knows it."""

    kind: DecisionKind
    number: str
    decided_on: date | None
    signer_name: str
    signer_position: str
    lines: tuple[LineFacts, ...]
    approval: Approval | None = None
    signer_id: int | None = None


def same_number(one: str, other: str) -> bool:
    """Say whether two numbers are the same to a clerk: ``"12/QĐ-SĐ"`` and ``"12 / qđ-sđ"``."""
    return _normal(one) == _normal(other)


def _normal(number: str) -> str:
    return "".join(fold(number).split())


def check_decision(decision: DecisionFacts, taken_numbers: Collection[str], today: date) -> None:
    """Refuse a decision that lacks something or contradicts the register.

    :param taken_numbers: numbers of the same unit, year and kind.
    :raises SignerIsAuthor: an author signs about the own work.
    :raises Several: everything else that is wrong, each with its field.
    """
    if any(decision.signer_id in line.author_ids for line in decision.lines):
        raise SignerIsAuthor("signer_name")
    errors = [*_heading_errors(decision, taken_numbers, today)]
    if not decision.lines:
        errors.append(NoLines("lines"))
    for line in decision.lines:
        errors += _line_errors(decision, line)
    raise_all(errors)


def _heading_errors(decision: DecisionFacts, taken: Collection[str], today: date) -> Iterable[DomainError]:
    if not decision.number.strip():
        yield NumberMissing("number")
    elif any(same_number(decision.number, number) for number in taken):
        year = decision.decided_on.year if decision.decided_on else today.year
        yield NumberTaken("number", number=decision.number.strip(), year=year)
    if decision.decided_on is None:
        yield DecisionDateMissing("decided_on")
    elif decision.decided_on > today:
        yield DecisionDateInFuture("decided_on", day=decision.decided_on)
    if not (decision.signer_name.strip() and decision.signer_position.strip()):
        yield SignerMissing("signer_name")


def _line_errors(decision: DecisionFacts, line: LineFacts) -> Iterable[DomainError]:
    kind, day = decision.kind, decision.decided_on
    if kind in line.decided_kinds:
        yield AlreadyDecided("lines", kind=kind, review_id=line.review_id)
    if day is not None and line.concluded_on is not None and day < line.concluded_on:
        yield DecisionBeforeConclusion("decided_on", day=day, concluded_on=line.concluded_on)
    if kind is DecisionKind.RECOGNISE:
        if line.graded and not (line.grade or "").strip():
            yield GradeMissing("grade")
        if line.needs_superior and not (decision.approval and decision.approval.is_complete):
            yield SuperiorApprovalMissing("superior_number")
    if kind is DecisionKind.SCOPE and not line.scope.strip():
        yield ScopeMissing("scope")
    if kind in {DecisionKind.NOT_RECOGNISE, DecisionKind.REVOKE}:
        yield from _reason_errors(line)


def _reason_errors(line: LineFacts) -> Iterable[DomainError]:
    try:
        check_reasons(line.reason)
    except ReasonsMissing as error:
        yield error


def missing_numbers(number: str, earlier: Iterable[str]) -> tuple[int, ...]:
    """Return the leading numbers skipped before this one, for a warning: ``("15/QĐ", ["12/QĐ"])`` → ``(13, 14)``.

    The registry numbers other papers too, so a gap is only shown; nothing before the first known number counts.
    """
    own = _leading(number)
    known = sorted({value for value in map(_leading, earlier) if value is not None})
    if own is None or not known or own < known[0]:
        return ()
    below = max(value for value in known if value <= own)
    return tuple(range(below + 1, own))


def _leading(number: str) -> int | None:
    found = re.match(r"\s*(\d{1,6})", number)
    return int(found.group(1)) if found else None


def check_correctable(certificates: int) -> None:
    """Refuse a correction once a certificate was issued; before it the old value is kept beside the new.

    :raises CertificatesIssued: with their number.
    """
    if certificates:
        raise CertificatesIssued(certificates=certificates)
