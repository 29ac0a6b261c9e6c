"""The conclusion on an item: passed and failed are computed, never chosen; completion needs its text and the way back."""

from __future__ import annotations

from innovations.boards.rules.meetings import Conclusion
from innovations.boards.rules.votes import Outcome
from innovations.core.rules.errors import N_, Invalid, StateForbids
from innovations.proposals.rules.content import check_reasons
from innovations.proposals.rules.states import State

#: Where a completed text may come back to.
WAYS_BACK = (State.SCORING, State.MEETING)


class VoteMissing(StateForbids):
    """Without a closed vote nothing can be computed."""

    message = N_("Chưa có kết quả biểu quyết; xin biểu quyết và đóng biểu quyết trước khi ghi kết luận.")


class NoWayBack(Invalid):
    """Completion was asked for without saying where the text comes back to."""

    message = N_("Chọn bước quay lại sau khi hoàn thiện: chấm điểm lại hoặc đưa thẳng ra họp.")


class NothingToConfirm(StateForbids):
    """No conclusion is recorded, or it is confirmed already."""

    message = N_("Chưa có kết luận nào chờ xác nhận cho hồ sơ này.")


class ConclusionOutdated(StateForbids):
    """What was recorded is not what vote and points say by now: a member withdrew meanwhile, and a sheet no longer counts."""

    message = N_("Từ khi ghi kết luận, số phiếu chấm được tính đã thay đổi và kết quả khác đi; xin thư ký ghi lại kết luận.")


def check_still_so(recorded: Conclusion, outcome: Outcome) -> None:
    """Refuse to confirm a recorded outcome that is no longer the computed one.

    :raises ConclusionOutdated: it is to be recorded again.
    """
    if recorded is not conclusion_of(outcome):
        raise ConclusionOutdated


def conclusion_of(outcome: Outcome) -> Conclusion:
    """Return what the vote, the quorum, the points and the floors say."""
    return Conclusion.PASSED if outcome.passed else Conclusion.FAILED


def check_revise(text: str, back_to: str) -> State:
    """Return the way back of a conclusion that asks for completion.

    :raises ReasonsMissing: it does not say what to complete.
    :raises NoWayBack: the way back is neither scoring nor the meeting.
    """
    check_reasons(text, "text")
    found = next((state for state in WAYS_BACK if state.value == back_to), None)
    if found is None:
        raise NoWayBack("back_to")
    return found
