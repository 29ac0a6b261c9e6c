"""The words of a review's life: states, actions, whose act each is, and named groups of states.

The table that joins them is :mod:`innovations.proposals.rules.states`, which offers these names too.
"""

from __future__ import annotations

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled


class State(Labelled):
    """Where a review stands; the order is that of its life."""

    DRAFT = "draft", N_("Nháp")
    UNIT_REVIEW = "unit_review", N_("Chỉ huy đơn vị xem")
    SUBMITTED = "submitted", N_("Đã nộp")
    NEEDS_FIX = "needs_fix", N_("Chờ bổ sung")
    ACCEPTED = "accepted", N_("Đã thụ lý")
    TRIAL = "trial", N_("Đang áp dụng thử")
    SCORING = "scoring", N_("Đang thẩm định, chấm điểm")
    MEETING = "meeting", N_("Đưa ra họp")
    REVISE = "revise", N_("Hoàn thiện theo kết luận")
    PASSED = "passed", N_("Thông qua")
    FAILED = "failed", N_("Không thông qua")
    RECOGNISED = "recognised", N_("Đã công nhận")
    REJECTED = "rejected", N_("Từ chối đơn")
    WITHDRAWN = "withdrawn", N_("Đã rút")
    NOT_RECOGNISED = "not_recognised", N_("Không công nhận")
    REVOKED = "revoked", N_("Đã hủy công nhận")


class Action(Labelled):
    """What can be done to a review."""

    SUBMIT = "submit", N_("Nộp")
    DISCARD = "discard", N_("Bỏ bản nháp")
    ENDORSE = "endorse", N_("Đồng ý, chuyển lên")
    SEND_BACK = "send_back", N_("Trả lại")
    ACCEPT = "accept", N_("Thụ lý")
    ASK_FIX = "ask_fix", N_("Yêu cầu bổ sung")
    REJECT = "reject", N_("Từ chối")
    RESUBMIT = "resubmit", N_("Nộp lại")
    START_TRIAL = "start_trial", N_("Cho áp dụng thử")
    FINISH_TRIAL = "finish_trial", N_("Kết thúc áp dụng thử")
    FAIL_TRIAL = "fail_trial", N_("Áp dụng thử không đạt")
    OPEN_SCORING = "open_scoring", N_("Mở chấm điểm")
    REVEAL = "reveal", N_("Công bố điểm, đưa ra họp")
    POSTPONE = "postpone", N_("Hoãn xét")
    CONCLUDE = "conclude", N_("Kết luận")
    HAND_IN = "hand_in", N_("Nộp bản hoàn thiện")
    CLOSE_OVERDUE = "close_overdue", N_("Kết thúc do quá hạn")
    RECOGNISE = "recognise", N_("Công nhận")
    DECLINE = "decline", N_("Không công nhận")
    REVOKE = "revoke", N_("Hủy bỏ công nhận")
    FORWARD = "forward", N_("Đề nghị cấp trên xét")
    WITHDRAW = "withdraw", N_("Rút hồ sơ")


class Who(Labelled):
    """Whose act a transition is."""

    LEAD_AUTHOR = "lead_author", N_("Tác giả chính")
    COMMANDER = "commander", N_("Chỉ huy đơn vị của tác giả, hoặc cấp trên trực tiếp nếu chỉ huy là tác giả")
    RECEIVER = "receiver", N_("Cán bộ tiếp nhận")
    SECRETARY = "secretary", N_("Ủy viên thư ký hội đồng")
    SECRETARY_AND_CHAIR = "secretary_and_chair", N_("Ủy viên thư ký ghi; chủ tịch (hoặc phó chủ tịch) xác nhận")
    DECIDER = "decider", N_("Thủ trưởng quyết định")
    REGISTRAR = "registrar", N_("Cơ quan thường trực")


# Named groups, so that nobody repeats a list of states.
BEFORE_SUBMITTED = frozenset({State.DRAFT, State.UNIT_REVIEW})
BEFORE_ACCEPTED = BEFORE_SUBMITTED | {State.SUBMITTED, State.NEEDS_FIX}
WITH_BOARD = frozenset({State.ACCEPTED, State.TRIAL, State.SCORING, State.MEETING, State.REVISE})
AWAITING_DECISION = frozenset({State.PASSED, State.FAILED})
NEGATIVE = frozenset({State.REJECTED, State.WITHDRAWN, State.NOT_RECOGNISED, State.REVOKED})
ENDED = NEGATIVE | {State.RECOGNISED}
OPEN = frozenset(State) - ENDED
PENDING = OPEN - BEFORE_SUBMITTED
EDITABLE = frozenset({State.DRAFT, State.NEEDS_FIX, State.REVISE})  # the lead author may change the text
AFTER_REVEAL = frozenset(
    {State.MEETING, State.REVISE, State.PASSED, State.FAILED, State.RECOGNISED, State.NOT_RECOGNISED, State.REVOKED}
)
WITHDRAWABLE = (
    State.UNIT_REVIEW,
    State.SUBMITTED,
    State.NEEDS_FIX,
    State.ACCEPTED,
    State.TRIAL,
    State.SCORING,
)


# Who holds the review in a state, so that the timeline can say since when; an ended one nobody holds.
HOLDER: dict[State, Who] = {
    State.DRAFT: Who.LEAD_AUTHOR,
    State.UNIT_REVIEW: Who.COMMANDER,
    State.SUBMITTED: Who.RECEIVER,
    State.NEEDS_FIX: Who.LEAD_AUTHOR,
    State.ACCEPTED: Who.SECRETARY,
    State.TRIAL: Who.RECEIVER,
    State.SCORING: Who.SECRETARY,
    State.MEETING: Who.SECRETARY_AND_CHAIR,
    State.REVISE: Who.LEAD_AUTHOR,
    State.PASSED: Who.DECIDER,
    State.FAILED: Who.DECIDER,
}
