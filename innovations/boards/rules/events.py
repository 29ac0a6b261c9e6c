"""What the boards feature writes into the audit trail and into notices; registered at start-up.

No event of a secret vote names who voted or how.
"""

from __future__ import annotations

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled


class AuditTag(Labelled):
    """Audit events of boards, sheets, meetings, votes, decisions and certificates."""

    BOARD_CREATED = "boards.board_created", N_("Lập hội đồng")
    BOARD_CHANGED = "boards.board_changed", N_("Sửa hội đồng")
    BOARD_CLOSED = "boards.board_closed", N_("Kết thúc nhiệm kỳ hội đồng")
    SCHEDULE_CHANGED = "boards.schedule_changed", N_("Sửa lịch giai đoạn của hội đồng")
    SEAT_FILLED = "boards.seat_filled", N_("Cử ủy viên")
    SEAT_LEFT = "boards.seat_left", N_("Ủy viên thôi giữ ghế")
    ASSIGNED = "boards.assigned", N_("Phân công chấm")
    UNASSIGNED = "boards.unassigned", N_("Bỏ phân công chấm")
    ASSIGNMENT_REFUSED = "boards.assignment_refused", N_("Từ chối phân công do xung đột lợi ích")
    ASSIGNMENT_DECLINED = "boards.assignment_declined", N_("Ủy viên xin không nhận phân công")
    ASSIGNMENT_EXCUSED = "boards.assignment_excused", N_("Miễn phiếu chấm còn thiếu")
    KEPT_APART = "boards.kept_apart", N_("Ghi hai ủy viên không chấm chung")
    LET_TOGETHER = "boards.let_together", N_("Bỏ ghi hai ủy viên không chấm chung")
    RECUSED = "boards.recused", N_("Xác định xung đột lợi ích")
    WORDS_COVERED = "boards.words_covered", N_("Che từ ngữ để chấm không biết tác giả")
    FILE_WITHHELD = "boards.file_withheld", N_("Không cho người chấm xem một tệp trước khi chốt phiếu")
    FILE_RELEASED = "boards.file_released", N_("Cho người chấm xem một tệp khi chưa biết tác giả")
    CONFLICT_DISMISSED = "boards.conflict_dismissed", N_("Xác định xung đột lợi ích không ảnh hưởng")
    SHEET_SUBMITTED = "boards.sheet_submitted", N_("Nộp phiếu chấm")
    PAPER_SHEET_KEYED = "boards.paper_sheet_keyed", N_("Nhập phiếu chấm giấy")
    PAPER_SHEETS_DIFFER = "boards.paper_sheets_differ", N_("Hai lần nhập phiếu chấm giấy không khớp")
    SHEET_PHOTO_ADDED = "boards.sheet_photo_added", N_("Gửi ảnh phiếu chấm giấy")
    SHEET_REOPENED = "boards.sheet_reopened", N_("Mở lại phiếu chấm")
    SHEET_CHANGE_REFUSED = "boards.sheet_change_refused", N_("Từ chối sửa phiếu chấm đã chốt")
    SCREENING_ASKED = "boards.screening_asked", N_("Yêu cầu rà soát trùng lặp")
    MEETING_CALLED = "boards.meeting_called", N_("Triệu tập phiên họp")
    MEETING_CHANGED = "boards.meeting_changed", N_("Sửa phiên họp")
    MEETING_CANCELLED = "boards.meeting_cancelled", N_("Hủy phiên họp")
    MEETING_STARTED = "boards.meeting_started", N_("Khai mạc phiên họp")
    MEETING_ENDED = "boards.meeting_ended", N_("Bế mạc phiên họp")
    MINUTES_ADDED = "boards.minutes_added", N_("Đính kèm biên bản phiên họp")
    ATTENDANCE_TAKEN = "boards.attendance_taken", N_("Điểm danh")
    AGENDA_CHANGED = "boards.agenda_changed", N_("Sửa chương trình họp")
    ITEM_TAKEN_UP = "boards.item_taken_up", N_("Bắt đầu xét mục của chương trình")
    DISCUSSION_NOTED = "boards.discussion_noted", N_("Ghi ý kiến thảo luận")
    VOTE_OPENED = "boards.vote_opened", N_("Mở biểu quyết")
    OPINION_GIVEN = "boards.opinion_given", N_("Biểu quyết công khai")
    ROLL_RECORDED = "boards.roll_recorded", N_("Ghi ý kiến biểu quyết công khai")
    VOTE_CLOSED = "boards.vote_closed", N_("Đóng biểu quyết, kiểm phiếu")
    VOTE_VOIDED = "boards.vote_voided", N_("Hủy lượt biểu quyết")
    COUNT_KEYED = "boards.count_keyed", N_("Nhập kết quả kiểm phiếu giấy")
    COUNTS_DIFFER = "boards.counts_differ", N_("Hai lần nhập kết quả kiểm phiếu không khớp")
    COUNT_SETTLED = "boards.count_settled", N_("Chủ tọa quyết định kết quả kiểm phiếu")
    CONCLUSION_RECORDED = "boards.conclusion_recorded", N_("Ghi kết luận")
    CONCLUSION_CONFIRMED = "boards.conclusion_confirmed", N_("Xác nhận kết luận")
    OUTCOMES_HELD = "boards.outcomes_held", N_("Ghi kết quả chờ công bố")
    OUTCOMES_DROPPED = "boards.outcomes_dropped", N_("Bỏ kết quả chờ công bố")
    OUTCOMES_PUBLISHED = "boards.outcomes_published", N_("Công bố kết quả")
    DECISION_RECORDED = "boards.decision_recorded", N_("Ghi quyết định")
    DECISION_CORRECTED = "boards.decision_corrected", N_("Đính chính quyết định")
    CORRECTION_PROPOSED = "boards.correction_proposed", N_("Đề nghị đính chính quyết định")
    CORRECTION_DROPPED = "boards.correction_dropped", N_("Bỏ đề nghị đính chính quyết định")
    CERTIFICATE_ISSUED = "boards.certificate_issued", N_("Cấp giấy chứng nhận")
    CERTIFICATE_REVOKED = "boards.certificate_revoked", N_("Hủy giấy chứng nhận")
    CERTIFICATE_REISSUED = "boards.certificate_reissued", N_("Cấp lại giấy chứng nhận")


class NoticeKind(Labelled):
    """Notices of the boards; the label is the sentence."""

    SEAT_FILLED = "boards.seat_filled", N_("Đồng chí được cử vào hội đồng: %(subject)s.")
    ASSIGNED = "boards.assigned", N_("Đồng chí được phân công chấm %(subject)s; hạn nộp phiếu %(due)s.")
    SHEET_REOPENED = "boards.sheet_reopened", N_("Phiếu chấm %(subject)s của đồng chí được mở lại để sửa.")
    SHEET_REMINDER = "boards.sheet_reminder", N_("Phiếu chấm %(subject)s: hạn nộp là ngày %(due)s.")
    ASSIGNMENT_DECLINED = "boards.assignment_declined", N_("Một ủy viên không nhận chấm %(subject)s.")
    SHEETS_COMPLETE = "boards.sheets_complete", N_("Đã đủ phiếu chấm %(subject)s.")
    MEETING_CALLED = "boards.meeting_called", N_("Mời đồng chí dự họp %(subject)s ngày %(date)s.")
    MEETING_CHANGED = "boards.meeting_changed", N_("Phiên họp %(subject)s thay đổi; ngày họp %(date)s.")
    MEETING_CANCELLED = "boards.meeting_cancelled", N_("Phiên họp %(subject)s ngày %(date)s đã hủy.")
    MEETING_REMINDER = "boards.meeting_reminder", N_("Nhắc lịch: phiên họp %(subject)s vào ngày %(date)s.")
    VOTE_OPENED = "boards.vote_opened", N_("Đang biểu quyết %(subject)s; xin đồng chí cho ý kiến.")
    CONFIRMATION_ASKED = "boards.confirmation_asked", N_("Kết luận về %(subject)s chờ đồng chí xác nhận.")
    DECISION_ASKED = "boards.decision_asked", N_("%(subject)s chờ đồng chí quyết định; hạn %(due)s.")
    CORRECTION_PROPOSED = (
        "boards.correction_proposed",
        N_("Có đề nghị đính chính quyết định về %(subject)s, chờ đồng chí xác nhận."),
    )
    DECISION_CORRECTED = (
        "boards.decision_corrected",
        N_("Quyết định về %(subject)s được đính chính; giấy chứng nhận in lại theo quyết định."),
    )
    CERTIFICATE_ISSUED = "boards.certificate_issued", N_("Giấy chứng nhận của đồng chí đã sẵn sàng: %(subject)s.")
    CERTIFICATE_REVOKED = "boards.certificate_revoked", N_("Giấy chứng nhận của đồng chí về %(subject)s đã bị hủy.")
    OUTCOMES_PUBLISHED = (
        "boards.outcomes_published",
        N_("Đã có kết quả %(subject)s của đồng chí: %(recognised)s công nhận, %(declined)s không công nhận."),
    )
