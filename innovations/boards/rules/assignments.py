"""Who scores a review, when scoring may open, and when all sheets are in that are to be expected."""

from __future__ import annotations

from dataclasses import dataclass

from innovations.core.rules.errors import N_, Invalid, StateForbids
from innovations.core.rules.labels import Labelled
from innovations.regulations.rules.rulesets import RuleSet


class AssignmentRole(Labelled):
    """What an assigned member does: both fill in a sheet, the reviewer also writes a review."""

    SCORER = "scorer", N_("Chấm điểm")
    REVIEWER = "reviewer", N_("Phản biện")


class NobodyChosen(Invalid):
    """No member was chosen."""

    message = N_("Xin chọn ít nhất một ủy viên để phân công.")


class SeatMayNotScore(Invalid):
    """The seat is not held now, belongs to another board or has no right to score."""

    message = N_("Ghế này không có quyền chấm điểm trong hội đồng; xin chọn ủy viên khác.")


class ApartTogether(Invalid):
    """Two members who are kept apart were to score the same review."""

    message = N_("%(one)s và %(other)s không chấm chung một hồ sơ; xin chọn người khác.")


class SamePair(Invalid):
    """Somebody was to be kept apart from himself, or a pair was to be kept apart twice."""

    message = N_("Xin chọn hai người khác nhau, chưa có trong danh sách không chấm chung.")


class NotWaiting(Invalid):
    """A review of a plan is not one that the actor may assign now."""

    message = N_("Hồ sơ không có hoặc không ở bước phân công; xin xem lại danh sách.")


class NoSuchMember(Invalid):
    """No member of the board has the number."""

    message = N_("Không có ủy viên nào của hội đồng mang số hiệu này.")


class GivenTwice(Invalid):
    """The same member stands twice for the same review."""

    message = N_("Người này đã có trong danh sách cho cùng hồ sơ.")


class InPlan(Invalid):
    """One line of a plan is refused, and with it the whole plan; ``place`` is the code, or file and line."""

    message = N_("%(place)s: %(problem)s")


class DueNotAhead(Invalid):
    """The sheets would be due before they can be written."""

    message = N_("Hạn nộp phiếu %(due)s phải từ hôm nay trở đi.")


class SheetSubmitted(StateForbids):
    """What concerns a missing sheet came when it was there already."""

    message = N_("Ủy viên đã nộp phiếu chấm nên không bỏ, miễn hoặc từ chối phân công được nữa.")


class TooFewScorers(StateForbids):
    """Scoring cannot open with fewer scorers than a result needs."""

    message = N_("Mới có %(free)s người chấm không vướng xung đột; cần ít nhất %(minimum)s người. Xin phân công thêm.")


class SheetsMissing(StateForbids):
    """A sheet is missing and nobody said why the board may go on without it."""

    message = N_("Còn %(missing)s phiếu chấm chưa nộp; xin chờ, hoặc ghi lý do miễn từng phiếu.")


@dataclass(frozen=True)
class SheetCount:
    """How the expected sheets stand.

    :param submitted: sheets that count: of assigned members without conflict, on the present revision.
    :param missing: sheets neither submitted nor excused.
    """

    submitted: int
    excused: int
    missing: int


def check_enough_scorers(free: int, rules: RuleSet) -> None:
    """Refuse to open scoring with too few scorers.

    :param free: members with a running assignment and no conflict.
    :raises TooFewScorers: naming both numbers.
    """
    if free < rules.minimum_scorers:
        raise TooFewScorers(free=free, minimum=rules.minimum_scorers)


def check_all_in(count: SheetCount) -> None:
    """Refuse to go on while a sheet is missing without a reason.

    :raises SheetsMissing: naming how many.
    """
    if count.missing:
        raise SheetsMissing(missing=count.missing)


def check_not_submitted(submitted: bool) -> None:
    """Refuse to take back, excuse or decline what was done.

    :raises SheetSubmitted: the sheet is there.
    """
    if submitted:
        raise SheetSubmitted
