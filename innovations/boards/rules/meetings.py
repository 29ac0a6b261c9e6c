"""A meeting from its calling to its close: what may be done when, and what each refusal asks for first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from innovations.core.rules.errors import N_, DomainError, Invalid, StateForbids, raise_all
from innovations.core.rules.labels import Labelled
from innovations.proposals.rules.states import State

PLACE_MAX = 200  # characters
DISCUSSION_MAX = 10_000  # characters
ABSENCE_MAX = 200  # characters
#: What an agenda takes: reviews whose sheets are to be revealed, and revealed ones that were postponed or handed in again.
READY = frozenset({State.SCORING, State.MEETING})


class MeetingState(Labelled):
    """Where a meeting stands."""

    PLANNED = "planned", N_("Đã triệu tập")
    OPEN = "open", N_("Đang họp")
    CLOSED = "closed", N_("Đã bế mạc")


class Conclusion(Labelled):
    """What an item of the agenda came to."""

    PASSED = "passed", N_("Thông qua")
    FAILED = "failed", N_("Không thông qua")
    REVISE = "revise", N_("Hoàn thiện theo kết luận")
    POSTPONED = "postponed", N_("Hoãn xét")


class MeetingInPast(Invalid):
    """The meeting was to be called for a day that is over."""

    message = N_("Ngày họp %(day)s đã qua; xin chọn từ hôm nay trở đi.")


class NothingOnAgenda(Invalid):
    """A meeting without any review."""

    message = N_("Chọn ít nhất một hồ sơ đưa vào chương trình họp.")


class NotReadyForMeeting(Invalid):
    """A review chosen for the agenda is not being scored and not before a meeting, or stands on another running agenda."""

    message = N_("Có hồ sơ chưa đến bước họp hoặc đã nằm trong chương trình của phiên họp khác; xin tải lại trang rồi chọn lại.")


class NotMeetingDay(StateForbids):
    """The meeting starts on its own day; another day is set first, so that the members know it."""

    message = N_("Phiên họp được triệu tập vào ngày %(day)s; hôm nay chưa khai mạc được. Xin đổi ngày họp trước.")


class MeetingNotOpen(StateForbids):
    """Something that happens in a meeting was done before its start or after its close."""

    message = N_("Phiên họp đang ở trạng thái “%(state)s” nên chưa làm được việc này.")


class MeetingOver(StateForbids):
    """A closed meeting is history."""

    message = N_("Phiên họp đã bế mạc nên không sửa được nữa.")


class AttendanceMissing(StateForbids):
    """The points are revealed and votes opened only when it is known who is there."""

    message = N_("Chưa điểm danh đủ các ủy viên; xin điểm danh trước.")


class AbsenceWithoutReason(Invalid):
    """A member is absent and nobody says why; the minutes print it."""

    message = N_("Xin ghi lý do vắng mặt của từng ủy viên vắng.")


class NotRevealed(StateForbids):
    """The points of the item are still hidden."""

    message = N_("Chưa công bố điểm của hồ sơ này; xin công bố điểm trước.")


class ItemSettled(StateForbids):
    """The item has a vote or a conclusion that stands."""

    message = N_("Mục này đã biểu quyết hoặc đã có kết luận nên không làm được việc này.")


class VoteRuns(StateForbids):
    """Who is present cannot change under a running vote."""

    message = N_("Đang có biểu quyết chưa đóng; xin đóng biểu quyết trước.")


class NothingToSubmit(StateForbids):
    """Nothing that the meeting concluded awaits the head's decision."""

    message = N_("Phiên họp không có hồ sơ nào đã kết luận mà chưa có quyết định, nên chưa có gì để trình.")


class ItemsLeft(StateForbids):
    """An item is neither concluded and confirmed nor postponed."""

    message = N_("Còn %(left)s mục chưa có kết luận được xác nhận; xin kết luận hoặc hoãn xét trước khi bế mạc.")


@dataclass(frozen=True)
class Mark:
    """One member's attendance."""

    present: bool
    reason: str = ""


def check_meeting_day(day: date, today: date) -> None:
    """Refuse to call a meeting for a day that is over.

    :raises MeetingInPast: naming the day.
    """
    if day < today:
        raise MeetingInPast("on", day=day)


def check_agenda(chosen: Collection[int], ready: Collection[int]) -> None:
    """Refuse an empty agenda, or one with a review that cannot come before this meeting.

    :raises NothingOnAgenda: nothing was chosen.
    :raises NotReadyForMeeting: one of them is not among ``ready``.
    """
    if not chosen:
        raise NothingOnAgenda("review_ids")
    if not set(chosen) <= set(ready):
        raise NotReadyForMeeting("review_ids")


def check_start(state: MeetingState, day: date, today: date) -> None:
    """Refuse to start a meeting twice, or on another day.

    :raises MeetingNotOpen: it runs already, or is over.
    :raises NotMeetingDay: naming its day.
    """
    if state is not MeetingState.PLANNED:
        raise MeetingNotOpen(state=state)
    if day != today:
        raise NotMeetingDay(day=day)


def check_running(state: MeetingState) -> None:
    """Refuse what happens in a meeting while it does not run.

    :raises MeetingNotOpen: naming its state.
    """
    if state is not MeetingState.OPEN:
        raise MeetingNotOpen(state=state)


def check_changeable(state: MeetingState) -> None:
    """Refuse to change a closed meeting.

    :raises MeetingOver: it is closed.
    """
    if state is MeetingState.CLOSED:
        raise MeetingOver


def check_marks(seats: Collection[int], marks: Mapping[int, Mark]) -> None:
    """Refuse an attendance list that leaves a seat out or an absence without its reason.

    :param seats: seats held on the day of the meeting; marks of others are refused too.
    :raises Several: of :class:`AttendanceMissing` and :class:`AbsenceWithoutReason`.
    """
    errors: list[DomainError] = []
    if set(marks) != set(seats):
        errors.append(AttendanceMissing())
    if any(not mark.present and not mark.reason.strip() for mark in marks.values()):
        errors.append(AbsenceWithoutReason("reason"))
    raise_all(errors)


def check_registered(seats: Collection[int], registered: Collection[int]) -> None:
    """Refuse to go on before everybody's attendance is known.

    :raises AttendanceMissing: a seat held today has no mark.
    """
    if not seats or not set(seats) <= set(registered):
        raise AttendanceMissing


def check_all_settled(left: int) -> None:
    """Refuse to close a meeting with items left.

    :raises ItemsLeft: naming how many.
    """
    if left:
        raise ItemsLeft(left=left)
