"""The life of a review as a table: state and action → next state, who, what is needed, audit tag, notice.

The help page prints this table and the database carries a CHECK made from :class:`State`.  Who a person is to a review
is decided in :mod:`.access`; whether the needs are met, in the use case.  Quarantine is no state: it lies over them.
"""

from __future__ import annotations

from dataclasses import dataclass

from innovations.core.rules.errors import N_, StateForbids
from innovations.core.rules.labels import Labelled
from innovations.proposals.rules.events import AuditTag, NoticeKind


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
    REJECT = "reject", N_("Từ chối đơn")
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


class ActionNotAllowed(StateForbids):
    """The table has no such transition."""

    message = N_("Hồ sơ đang ở trạng thái “%(state)s” nên không thể “%(action)s”; xin tải lại trang.")


class WrongTarget(StateForbids):
    """The transition exists but does not lead to the state asked for."""

    message = N_("“%(action)s” không đưa hồ sơ sang trạng thái “%(target)s”.")


@dataclass(frozen=True)
class Transition:
    """One row of the table.

    :param targets: the states it may lead to; empty when the draft is gone.
    :param needs: what must be at hand, as the help page says it; empty when nothing.
    :param new_review: the state of a second review that the action opens (``forward``).
    """

    source: State
    action: Action
    targets: tuple[State, ...]
    who: Who
    needs: str
    audit: AuditTag
    notice: NoticeKind | None = None
    new_review: State | None = None

    def check_target(self, target: State) -> State:
        """Return ``target`` when the row leads there.

        :raises WrongTarget: otherwise.
        """
        if target not in self.targets:
            raise WrongTarget(action=self.action, target=target)
        return target


_REASONS = N_("lý do")

_ROWS = (
    Transition(
        State.DRAFT,
        Action.SUBMIT,
        (State.UNIT_REVIEW, State.SUBMITTED),
        Who.LEAD_AUTHOR,
        N_("hồ sơ đủ, tỷ lệ đóng góp, xác nhận của đồng tác giả, cam kết không mật, còn thời hiệu, đợt xét đang mở"),
        AuditTag.SUBMITTED,
        NoticeKind.SUBMITTED,
    ),
    Transition(
        State.DRAFT, Action.DISCARD, (), Who.LEAD_AUTHOR, N_("bản nháp chưa từng nộp"), AuditTag.DISCARDED
    ),
    Transition(
        State.UNIT_REVIEW,
        Action.ENDORSE,
        (State.SUBMITTED,),
        Who.COMMANDER,
        N_("cam kết của chỉ huy là không có nội dung mật"),
        AuditTag.ENDORSED,
        NoticeKind.SUBMITTED,
    ),
    Transition(
        State.UNIT_REVIEW,
        Action.SEND_BACK,
        (State.DRAFT,),
        Who.COMMANDER,
        N_("ý kiến"),
        AuditTag.SENT_BACK,
        NoticeKind.SENT_BACK,
    ),
    Transition(
        State.SUBMITTED,
        Action.ACCEPT,
        (State.ACCEPTED,),
        Who.RECEIVER,
        N_("đủ 8 mục kiểm tra"),
        AuditTag.ACCEPTED,
        NoticeKind.ACCEPTED,
    ),
    Transition(
        State.SUBMITTED,
        Action.ASK_FIX,
        (State.NEEDS_FIX,),
        Who.RECEIVER,
        N_("những điểm thiếu và thời hạn"),
        AuditTag.FIX_ASKED,
        NoticeKind.FIX_ASKED,
    ),
    Transition(
        State.SUBMITTED,
        Action.REJECT,
        (State.REJECTED,),
        Who.RECEIVER,
        _REASONS,
        AuditTag.REJECTED,
        NoticeKind.REJECTED,
    ),
    Transition(
        State.NEEDS_FIX,
        Action.RESUBMIT,
        (State.SUBMITTED,),
        Who.LEAD_AUTHOR,
        N_("bản mới của hồ sơ; được nộp cả khi đợt xét đã đóng"),
        AuditTag.RESUBMITTED,
        NoticeKind.RESUBMITTED,
    ),
    Transition(
        State.NEEDS_FIX,
        Action.REJECT,
        (State.REJECTED,),
        Who.RECEIVER,
        N_("quá hạn hoặc không thể bổ sung, kèm lý do; không tự động"),
        AuditTag.REJECTED,
        NoticeKind.REJECTED,
    ),
    Transition(
        State.ACCEPTED,
        Action.START_TRIAL,
        (State.TRIAL,),
        Who.SECRETARY,
        N_("ngày dự kiến kết thúc"),
        AuditTag.TRIAL_STARTED,
        NoticeKind.TRIAL_STARTED,
    ),
    Transition(
        State.TRIAL,
        Action.FINISH_TRIAL,
        (State.ACCEPTED,),
        Who.RECEIVER,
        N_("báo cáo của tác giả và ngày kết thúc không ở tương lai"),
        AuditTag.TRIAL_FINISHED,
        NoticeKind.TRIAL_FINISHED,
    ),
    Transition(
        State.TRIAL,
        Action.FAIL_TRIAL,
        (State.REJECTED,),
        Who.RECEIVER,
        _REASONS,
        AuditTag.TRIAL_FAILED,
        NoticeKind.REJECTED,
    ),
    Transition(
        State.ACCEPTED,
        Action.OPEN_SCORING,
        (State.SCORING,),
        Who.SECRETARY,
        N_("hội đồng đang hoạt động, đủ số người chấm không vướng xung đột"),
        AuditTag.SCORING_OPENED,
        NoticeKind.SCORING_OPENED,
    ),
    Transition(
        State.SCORING,
        Action.REVEAL,
        (State.MEETING,),
        Who.SECRETARY,
        N_("đã điểm danh, đủ số phiếu chấm; mỗi phiếu thiếu có lý do"),
        AuditTag.REVEALED,
        NoticeKind.MEETING_NEXT,
    ),
    Transition(
        State.MEETING,
        Action.POSTPONE,
        (State.MEETING,),
        Who.SECRETARY,
        _REASONS,
        AuditTag.POSTPONED,
        NoticeKind.POSTPONED,
    ),
    Transition(
        State.MEETING,
        Action.CONCLUDE,
        (State.PASSED, State.FAILED, State.REVISE),
        Who.SECRETARY_AND_CHAIR,
        N_("kết quả tính từ phiếu, số người dự, điểm và mức sàn; hoàn thiện thì có nội dung và bước quay lại"),
        AuditTag.CONCLUDED,
        NoticeKind.CONCLUDED,
    ),
    Transition(
        State.REVISE,
        Action.HAND_IN,
        (State.SCORING, State.MEETING),
        Who.LEAD_AUTHOR,
        N_("bản mới của hồ sơ"),
        AuditTag.HANDED_IN,
        NoticeKind.HANDED_IN,
    ),
    Transition(
        State.REVISE,
        Action.CLOSE_OVERDUE,
        (State.FAILED,),
        Who.SECRETARY,
        N_("đã quá hạn, kèm lý do"),
        AuditTag.CLOSED_OVERDUE,
        NoticeKind.CLOSED_OVERDUE,
    ),
    Transition(
        State.PASSED,
        Action.RECOGNISE,
        (State.RECOGNISED,),
        Who.DECIDER,
        N_("số, ngày, người ký quyết định, xếp loại; cấp trên đồng ý khi thủ trưởng là tác giả và Nhà nước đầu tư"),
        AuditTag.RECOGNISED,
        NoticeKind.RECOGNISED,
    ),
    *(
        Transition(
            source,
            Action.DECLINE,
            (State.NOT_RECOGNISED,),
            Who.DECIDER,
            N_("quyết định và lý do bằng văn bản"),
            AuditTag.DECLINED,
            NoticeKind.DECLINED,
        )
        for source in (State.PASSED, State.FAILED)
    ),
    Transition(
        State.RECOGNISED,
        Action.REVOKE,
        (State.REVOKED,),
        Who.DECIDER,
        N_("quyết định và mã lý do; giấy chứng nhận bị hủy"),
        AuditTag.REVOKED,
        NoticeKind.REVOKED,
    ),
    Transition(
        State.RECOGNISED,
        Action.FORWARD,
        (State.RECOGNISED,),
        Who.REGISTRAR,
        N_("hội đồng cấp trên; biên nhận và thời hạn mới"),
        AuditTag.FORWARDED,
        NoticeKind.FORWARDED,
        new_review=State.SUBMITTED,
    ),
    *(
        Transition(
            source,
            Action.WITHDRAW,
            (State.WITHDRAWN,),
            Who.LEAD_AUTHOR,
            "",
            AuditTag.WITHDRAWN,
            NoticeKind.WITHDRAWN,
        )
        for source in WITHDRAWABLE
    ),
)

TABLE: dict[tuple[State, Action], Transition] = {(row.source, row.action): row for row in _ROWS}


def transition(state: State, action: Action) -> Transition:
    """Return the row for an action in a state.

    :raises ActionNotAllowed: for every other pair, naming both.
    """
    row = TABLE.get((state, action))
    if row is None:
        raise ActionNotAllowed(state=state, action=action)
    return row


def actions_from(state: State) -> tuple[Action, ...]:
    """Return the actions the state allows, in the table's order; rights are another question."""
    return tuple(action for source, action in TABLE if source == state)
