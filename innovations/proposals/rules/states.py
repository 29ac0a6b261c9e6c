"""The life of a review as a table: state and action → next state, who, what is needed, audit tag, notice.

The help page prints this table and the database carries a CHECK made from :class:`State`.  Who a person is to a review
is decided in :mod:`.access`; whether the needs are met, in the use case.  Quarantine is no state: it lies over them.
"""

from __future__ import annotations

from dataclasses import dataclass

from innovations.core.rules.errors import N_, StateForbids
from innovations.proposals.rules.events import AuditTag, NoticeKind
from innovations.proposals.rules.stages import (
    AFTER_REVEAL,
    AWAITING_DECISION,
    BEFORE_ACCEPTED,
    BEFORE_SUBMITTED,
    EDITABLE,
    ENDED,
    HOLDER,
    NEGATIVE,
    OPEN,
    PENDING,
    WITH_BOARD,
    WITHDRAWABLE,
    Action,
    State,
    Who,
)

__all__ = [
    "AFTER_REVEAL",
    "AWAITING_DECISION",
    "BEFORE_ACCEPTED",
    "BEFORE_SUBMITTED",
    "EDITABLE",
    "ENDED",
    "HOLDER",
    "NEGATIVE",
    "OPEN",
    "PENDING",
    "TABLE",
    "WITHDRAWABLE",
    "WITH_BOARD",
    "Action",
    "ActionNotAllowed",
    "State",
    "Transition",
    "Who",
    "WrongTarget",
    "actions_from",
    "transition",
]


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
    :param notice: what the authors are told; ``notice_at`` where a target asks for another sentence than the rest.
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
    notice_at: tuple[tuple[State, NoticeKind], ...] = ()

    def notice_on(self, target: State) -> NoticeKind | None:
        """What the authors are told when the row leads to ``target``."""
        return dict(self.notice_at).get(target, self.notice)

    def check_target(self, target: State) -> State:
        """Return ``target`` when the row leads there.

        :raises WrongTarget: otherwise.
        """
        if target not in self.targets:
            raise WrongTarget(action=self.action, target=target)
        return target


_REASONS = N_("lý do")

# A row: from where to where and whose act; then what it needs, how it is recorded and told.
# fmt: off
_ROWS = (
    Transition(
        State.DRAFT, Action.SUBMIT, (State.UNIT_REVIEW, State.SUBMITTED), Who.LEAD_AUTHOR,
        N_("hồ sơ đủ, tỷ lệ đóng góp, xác nhận của đồng tác giả, cam kết không mật, còn thời hiệu, đợt xét đang mở"),
        AuditTag.SUBMITTED, NoticeKind.SUBMITTED,
        notice_at=((State.UNIT_REVIEW, NoticeKind.SENT_TO_COMMANDER),),  # the base has not received it yet: no receipt, no promise
    ),
    Transition(
        State.DRAFT, Action.DISCARD, (), Who.LEAD_AUTHOR,
        N_("bản nháp chưa từng nộp"), AuditTag.DISCARDED,
    ),
    Transition(
        State.UNIT_REVIEW, Action.ENDORSE, (State.SUBMITTED,), Who.COMMANDER,
        N_("cam kết của chỉ huy là không có nội dung mật"), AuditTag.ENDORSED, NoticeKind.SUBMITTED,
    ),
    Transition(
        State.UNIT_REVIEW, Action.SEND_BACK, (State.DRAFT,), Who.COMMANDER,
        N_("ý kiến"), AuditTag.SENT_BACK, NoticeKind.SENT_BACK,
    ),
    Transition(
        State.SUBMITTED, Action.ACCEPT, (State.ACCEPTED,), Who.RECEIVER,
        N_("đủ 8 mục kiểm tra"), AuditTag.ACCEPTED, NoticeKind.ACCEPTED,
    ),
    Transition(
        State.SUBMITTED, Action.ASK_FIX, (State.NEEDS_FIX,), Who.RECEIVER,
        N_("những điểm thiếu và thời hạn"), AuditTag.FIX_ASKED, NoticeKind.FIX_ASKED,
    ),
    Transition(
        State.SUBMITTED, Action.REJECT, (State.REJECTED,), Who.RECEIVER,
        _REASONS, AuditTag.REJECTED, NoticeKind.REJECTED,
    ),
    Transition(
        State.NEEDS_FIX, Action.RESUBMIT, (State.SUBMITTED,), Who.LEAD_AUTHOR,
        N_("bản mới của hồ sơ; được nộp cả khi đợt xét đã đóng"), AuditTag.RESUBMITTED, NoticeKind.RESUBMITTED,
    ),
    Transition(
        State.NEEDS_FIX, Action.REJECT, (State.REJECTED,), Who.RECEIVER,
        N_("quá hạn hoặc không thể bổ sung, kèm lý do; không tự động"), AuditTag.REJECTED, NoticeKind.REJECTED,
    ),
    Transition(
        State.ACCEPTED, Action.START_TRIAL, (State.TRIAL,), Who.SECRETARY,
        N_("ngày dự kiến kết thúc"), AuditTag.TRIAL_STARTED, NoticeKind.TRIAL_STARTED,
    ),
    Transition(
        State.TRIAL, Action.FINISH_TRIAL, (State.ACCEPTED,), Who.RECEIVER,
        N_("báo cáo của tác giả và ngày kết thúc không ở tương lai"),
        AuditTag.TRIAL_FINISHED, NoticeKind.TRIAL_FINISHED,
    ),
    Transition(
        State.TRIAL, Action.FAIL_TRIAL, (State.REJECTED,), Who.RECEIVER,
        _REASONS, AuditTag.TRIAL_FAILED, NoticeKind.REJECTED,
    ),
    Transition(
        State.ACCEPTED, Action.OPEN_SCORING, (State.SCORING,), Who.SECRETARY,
        N_("hội đồng đang hoạt động, đủ số người chấm không vướng xung đột"),
        AuditTag.SCORING_OPENED, NoticeKind.SCORING_OPENED,
    ),
    Transition(
        State.SCORING, Action.REVEAL, (State.MEETING,), Who.SECRETARY,
        N_("đã điểm danh, đủ số phiếu chấm; mỗi phiếu thiếu có lý do"), AuditTag.REVEALED, NoticeKind.MEETING_NEXT,
    ),
    Transition(
        State.MEETING, Action.POSTPONE, (State.MEETING,), Who.SECRETARY,
        _REASONS, AuditTag.POSTPONED, NoticeKind.POSTPONED,
    ),
    Transition(
        State.MEETING, Action.CONCLUDE, (State.PASSED, State.FAILED, State.REVISE), Who.SECRETARY_AND_CHAIR,
        N_("kết quả tính từ phiếu, số người dự, điểm và mức sàn; hoàn thiện thì có nội dung và bước quay lại"),
        AuditTag.CONCLUDED, NoticeKind.CONCLUDED,
    ),
    Transition(
        State.REVISE, Action.HAND_IN, (State.SCORING, State.MEETING), Who.LEAD_AUTHOR,
        N_("bản mới của hồ sơ"), AuditTag.HANDED_IN, NoticeKind.HANDED_IN,
    ),
    Transition(
        State.REVISE, Action.CLOSE_OVERDUE, (State.FAILED,), Who.SECRETARY,
        N_("đã quá hạn, kèm lý do"), AuditTag.CLOSED_OVERDUE, NoticeKind.CLOSED_OVERDUE,
    ),
    Transition(
        State.PASSED, Action.RECOGNISE, (State.RECOGNISED,), Who.DECIDER,
        N_("số, ngày, người ký quyết định, xếp loại; cấp trên đồng ý khi thủ trưởng là tác giả và Nhà nước đầu tư"),
        AuditTag.RECOGNISED, NoticeKind.RECOGNISED,
    ),
    *(
        Transition(
            source, Action.DECLINE, (State.NOT_RECOGNISED,), Who.DECIDER,
            N_("quyết định và lý do bằng văn bản"), AuditTag.DECLINED, NoticeKind.DECLINED,
        )
        for source in (State.PASSED, State.FAILED)
    ),
    Transition(
        State.RECOGNISED, Action.REVOKE, (State.REVOKED,), Who.DECIDER,
        N_("quyết định và mã lý do; giấy chứng nhận bị hủy"), AuditTag.REVOKED, NoticeKind.REVOKED,
    ),
    Transition(
        State.RECOGNISED, Action.FORWARD, (State.RECOGNISED,), Who.REGISTRAR,
        N_("hội đồng cấp trên; biên nhận và thời hạn mới"),
        AuditTag.FORWARDED, NoticeKind.FORWARDED, new_review=State.SUBMITTED,
    ),
    *(
        Transition(
            source, Action.WITHDRAW, (State.WITHDRAWN,), Who.LEAD_AUTHOR,
            "", AuditTag.WITHDRAWN, NoticeKind.WITHDRAWN,
        )
        for source in WITHDRAWABLE
    ),
)
# fmt: on

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
