"""A scorer's sheet while it is being filled: ranges, remarks, submitting, reopening.

A sheet belongs to (review, revision, seat), once.  What the sheets say together is :mod:`.scoring`'s subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from innovations.core.rules.errors import N_, DomainError, Invalid, Phrase, StateForbids, raise_all
from innovations.core.rules.labels import Labelled
from innovations.proposals.rules.content import check_reasons
from innovations.regulations.rules.criteria import CriteriaSet, Criterion

REMARK_MAX = 2_000  # characters
_CENT = Decimal("0.01")


class SheetProposal(Labelled):
    """What the scorer proposes; it counts for nothing, the board reads it."""

    RECOGNISE = "recognise", N_("Đề nghị công nhận")
    REVISE = "revise", N_("Đề nghị hoàn thiện")
    REFUSE = "refuse", N_("Đề nghị không công nhận")


class ScoreOutOfRange(Invalid):
    """Points below 0 or above the criterion's maximum."""

    message = N_("%(criterion)s: điểm phải từ 0 đến %(maximum)s.")


class ScoreTooFine(Invalid):
    """More than two decimals."""

    message = N_("%(criterion)s: điểm có tối đa hai chữ số lẻ.")


class ScoreMissing(Invalid):
    """A criterion without points was neither scored nor marked as not applicable."""

    message = N_("%(criterion)s: chưa chấm điểm; xin cho điểm hoặc chọn “không áp dụng”.")


class AnswerMissing(Invalid):
    """A gate was neither answered nor marked as not applicable."""

    message = N_("%(criterion)s: chưa trả lời có hay không.")


class NotYesOrNo(Invalid):
    """A gate takes yes or no, which count 1 and 0."""

    message = N_("%(criterion)s: chỉ trả lời có (1) hoặc không (0).")


class ReasonForNoMissing(Invalid):
    """Whoever answers a gate with no says why."""

    message = N_("%(criterion)s: trả lời “không” thì phải ghi lý do ở phần nhận xét.")


class RemarkMissing(Invalid):
    """Very low and very high points need a remark."""

    message = N_("%(criterion)s: điểm quá thấp hoặc quá cao so với mức tối đa thì phải ghi nhận xét.")


class UnknownCriterion(Invalid):
    """The sheet names a criterion that the frozen set does not have."""

    message = N_("Tiêu chí “%(code)s” không có trong bộ tiêu chí của hồ sơ này.")


class ProposalMissing(Invalid):
    """The sheet does not say what the scorer proposes."""

    message = N_("Xin chọn đề nghị: công nhận, hoàn thiện hoặc không công nhận.")


class ReviewMissing(Invalid):
    """A reviewer's sheet needs the written review, not points alone."""

    message = N_("Ủy viên phản biện phải ghi nhận xét phản biện trước khi chốt phiếu.")


class SheetIsFinal(StateForbids):
    """Submitted sheets rest; after the reveal nobody changes one, the secretary not either."""

    message = N_("Phiếu chấm đã chốt nên không sửa được; trước khi công bố điểm, thư ký có thể mở lại một lần.")


class AlreadyReopened(StateForbids):
    """A sheet is reopened once."""

    message = N_("Phiếu chấm này đã được mở lại một lần; không mở lại thêm.")


class NothingToReopen(StateForbids):
    """Only a submitted sheet can be reopened."""

    message = N_("Phiếu chấm chưa nộp nên không cần mở lại.")


@dataclass(frozen=True)
class SheetFacts:
    """Where a sheet stands."""

    submitted: bool = False
    revealed: bool = False
    reopened: bool = False


def check_sheet(
    criteria: CriteriaSet,
    values: Mapping[str, Decimal | None],
    comments: Mapping[str, str],
    for_submit: bool,
) -> None:
    """Refuse a sheet with points that cannot be; when it is submitted, also one that is not complete.

    :param values: criterion code → points, None for "not applicable"; a code left out is not scored yet.  Gates come in order:
        after a no the later ones need no answer.
    :raises Several: one refusal per criterion, its field the criterion's code.
    """
    known = {criterion.code for criterion in criteria.criteria}
    errors: list[DomainError] = [UnknownCriterion(code, code=code) for code in values if code not in known]
    wanted = {each.code for each in missing(criteria, values)} if for_submit else set()
    for criterion in criteria.criteria:
        error = _lacking(criterion) if criterion.code in wanted else _problem(criterion, values, comments, for_submit)
        if error is not None:
            errors.append(error)
    raise_all(errors)


def missing(criteria: CriteriaSet, values: Mapping[str, Decimal | None]) -> list[Criterion]:
    """Return the criteria that a sheet still has to answer; after a gate's no the later gates are not among them."""
    found, closed = [], False
    for criterion in criteria.criteria:
        if criterion.code not in values and not (closed and criterion.is_gate):
            found.append(criterion)
        closed = closed or (criterion.is_gate and values.get(criterion.code) == 0)
    return found


def _lacking(criterion: Criterion) -> DomainError:
    kind = AnswerMissing if criterion.is_gate else ScoreMissing
    return kind(criterion.code, criterion=Phrase(criterion.name))


def _problem(
    criterion: Criterion, values: Mapping[str, Decimal | None], comments: Mapping[str, str], for_submit: bool
) -> DomainError | None:
    code, name, value = criterion.code, Phrase(criterion.name), values.get(criterion.code)
    if value is None:
        return None
    if criterion.is_gate and value not in (0, 1):
        return NotYesOrNo(code, criterion=name)
    if not value.is_finite() or not 0 <= value <= criterion.maximum:
        return ScoreOutOfRange(code, criterion=name, maximum=criterion.maximum)
    if value != value.quantize(_CENT):
        return ScoreTooFine(code, criterion=name)
    if for_submit and remark_required(criterion, value) and not comments.get(code, "").strip():
        kind = ReasonForNoMissing if criterion.is_gate else RemarkMissing
        return kind(code, criterion=name)
    return None


def remark_required(criterion: Criterion, value: Decimal) -> bool:
    """Say whether points lie so low or so high that the scorer must say why (under 50 % or over 90 % as shipped)."""
    share = Fraction(value) / Fraction(criterion.maximum)
    below, above = criterion.comment_required_below, criterion.comment_required_above
    return (below is not None and share < below) or (above is not None and share > above)


def check_sheet_proposal(proposes: str | None) -> SheetProposal:
    """Return what the scorer proposes.

    :raises ProposalMissing: for nothing or an unknown value.
    """
    if proposes not in set(SheetProposal):
        raise ProposalMissing("proposes")
    return SheetProposal(proposes)


def check_review_text(comment: str, *, is_reviewer: bool) -> None:
    """Refuse a reviewer's sheet without the written review.

    :raises ReviewMissing: the field is ``comment``.
    """
    if is_reviewer and not comment.strip():
        raise ReviewMissing("comment")


def check_changeable(sheet: SheetFacts) -> None:
    """Refuse a change of a sheet that is submitted, or of any sheet after the reveal.

    :raises SheetIsFinal: the attempt is to be written to the audit trail.
    """
    if sheet.submitted or sheet.revealed:
        raise SheetIsFinal


def check_reopen(sheet: SheetFacts, reason: str) -> str:
    """Return the reason for reopening a submitted sheet.

    :raises SheetIsFinal: after the reveal.
    :raises NothingToReopen: it is still a draft.
    :raises AlreadyReopened: it was reopened before.
    :raises ReasonsMissing: without a reason.
    """
    if sheet.revealed:
        raise SheetIsFinal
    if not sheet.submitted:
        raise NothingToReopen
    if sheet.reopened:
        raise AlreadyReopened
    return check_reasons(reason)
