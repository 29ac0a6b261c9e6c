"""What the proposals feature writes into the audit trail and into notices; registered at start-up.

A notice stores ids, dates and numbers only; ``%(subject)s`` becomes the proposal's label after the rights check.
"""

from __future__ import annotations

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled


class CopyTag(Labelled):
    """Audit events of copies that leave the product: a purge lists them."""

    DOSSIER_SAVED = "proposal.dossier_saved", N_("Tải cả bộ hồ sơ")


class AuditTag(Labelled):
    """Audit events of proposals and of the states of their reviews."""

    CREATED = "proposal.created", N_("Tạo bản nháp")
    FILED_ON_PAPER = "proposal.filed_on_paper", N_("Nhập hồ sơ giấy thay tác giả")
    IMPORTED = "proposal.imported", N_("Nhập từ sổ cũ")
    CONTENT_CHANGED = "proposal.content_changed", N_("Sửa nội dung")
    BASE_CHOSEN = "proposal.base_chosen", N_("Chọn cơ sở nhận đơn")
    AUTHORS_CHANGED = "proposal.authors_changed", N_("Thay đổi tác giả, tỷ lệ đóng góp")
    CONTRIBUTION_CONFIRMED = "proposal.contribution_confirmed", N_("Đồng tác giả xác nhận")
    CONTRIBUTION_ATTESTED = "proposal.contribution_attested", N_("Tác giả chính chứng thực thay")
    LEAD_PASSED_ON = "proposal.lead_passed_on", N_("Chuyển vai trò tác giả chính")
    ATTACHMENT_ADDED = "proposal.attachment_added", N_("Thêm tệp đính kèm")
    ATTACHMENT_REMOVED = "proposal.attachment_removed", N_("Bỏ tệp đính kèm")
    HANDLING_CHANGED = "proposal.handling_changed", N_("Đổi phạm vi lưu hành")
    OWNER_CHANGED = "proposal.owner_changed", N_("Đổi đơn vị quản lý")
    SIMILARITY_LOOKED_AT = "proposal.similarity_looked_at", N_("Xem xét hồ sơ tương tự")
    CONTENT_REPORTED = "proposal.content_reported", N_("Có người báo nội dung mật")
    REPORTS_SETTLED = "proposal.reports_settled", N_("Cán bộ bảo mật đã xem báo cáo")
    QUARANTINED = "proposal.quarantined", N_("Cách ly nội dung")
    RELEASED = "proposal.released", N_("Bỏ cách ly")
    PURGE_PROPOSED = "proposal.purge_proposed", N_("Đề nghị xóa sạch nội dung bị cách ly")
    PURGE_TAKEN_BACK = "proposal.purge_taken_back", N_("Rút đề nghị xóa sạch")
    PURGED = "proposal.purged", N_("Xóa sạch nội dung bị cách ly")
    PURGE_CLEANED = "proposal.purge_cleaned", N_("Đã dọn sạch đĩa sau khi xóa")
    COPY_DESTROYED = "proposal.copy_destroyed", N_("Xác nhận đã hủy một bản sao còn giữ nội dung đã xóa")
    SECRET_DECLARED = "proposal.secret_declared", N_("Xóa sạch bản nháp theo khai báo")

    GLASS_ASKED = "proposal.glass_asked", N_("Đề nghị mở khẩn cấp")
    GLASS_OPENED = "proposal.glass_opened", N_("Xác nhận mở khẩn cấp")
    GLASS_READ = "proposal.glass_read", N_("Đọc nội dung khi mở khẩn cấp")
    GLASS_ENDED = "proposal.glass_ended", N_("Kết thúc mở khẩn cấp")

    SUBMITTED = "proposal.submitted", N_("Nộp hồ sơ")
    DISCARDED = "proposal.discarded", N_("Bỏ bản nháp")
    ENDORSED = "proposal.endorsed", N_("Chỉ huy đơn vị đồng ý")
    SENT_BACK = "proposal.sent_back", N_("Chỉ huy đơn vị trả lại")
    ACCEPTED = "proposal.accepted", N_("Thụ lý hồ sơ")
    FIX_ASKED = "proposal.fix_asked", N_("Yêu cầu bổ sung")
    REJECTED = "proposal.rejected", N_("Từ chối đơn")
    RESUBMITTED = "proposal.resubmitted", N_("Nộp lại hồ sơ đã bổ sung")
    TRIAL_STARTED = "proposal.trial_started", N_("Bắt đầu áp dụng thử")
    TRIAL_FINISHED = "proposal.trial_finished", N_("Kết thúc áp dụng thử")
    TRIAL_FAILED = "proposal.trial_failed", N_("Áp dụng thử không đạt")
    SCORING_OPENED = "proposal.scoring_opened", N_("Mở chấm điểm")
    REVEALED = "proposal.revealed", N_("Công bố điểm, đưa ra họp")
    POSTPONED = "proposal.postponed", N_("Hoãn xét")
    CONCLUDED = "proposal.concluded", N_("Hội đồng kết luận")
    HANDED_IN = "proposal.handed_in", N_("Nộp bản hoàn thiện")
    CLOSED_OVERDUE = "proposal.closed_overdue", N_("Kết thúc do quá hạn hoàn thiện")
    RECOGNISED = "proposal.recognised", N_("Công nhận sáng kiến")
    DECLINED = "proposal.declined", N_("Quyết định không công nhận")
    REVOKED = "proposal.revoked", N_("Hủy bỏ công nhận")
    FORWARDED = "proposal.forwarded", N_("Đề nghị cấp trên xét")
    WITHDRAWN = "proposal.withdrawn", N_("Rút hồ sơ")
    DUE_CHANGED = "proposal.due_changed", N_("Thay đổi thời hạn")
    COMPLAINT_FILED = "proposal.complaint_filed", N_("Khiếu nại kết quả")
    COMPLAINT_ANSWERED = "proposal.complaint_answered", N_("Trả lời khiếu nại")


class NoticeKind(Labelled):
    """Notices about proposals; the label is the sentence."""

    CO_AUTHOR_NAMED = "proposal.co_author_named", N_("Đồng chí được ghi là đồng tác giả của %(subject)s; xin xác nhận.")
    CONTRIBUTION_CONFIRMED = "proposal.contribution_confirmed", N_("Một đồng tác giả đã xác nhận %(subject)s.")
    CONFIRMATIONS_CLEARED = (
        "proposal.confirmations_cleared",
        N_("Tác giả hoặc tỷ lệ đóng góp của %(subject)s đã thay đổi; xin xác nhận lại."),
    )
    UNIT_REVIEW_ASKED = "proposal.unit_review_asked", N_("%(subject)s chờ đồng chí xem xét trước ngày %(due)s.")
    SENT_TO_COMMANDER = (
        "proposal.sent_to_commander",
        N_("%(subject)s đã chuyển đến chỉ huy đơn vị, xem xét trước ngày %(due)s; sau đó cơ sở mới tiếp nhận."),
    )
    SUBMITTED = "proposal.submitted", N_("Đã tiếp nhận %(subject)s; thông báo kết quả kiểm tra trước ngày %(due)s.")
    NEW_IN_QUEUE = "proposal.new_in_queue", N_("Hồ sơ mới chờ kiểm tra: %(subject)s; hạn trả lời %(due)s.")
    SENT_BACK = "proposal.sent_back", N_("Chỉ huy đơn vị trả lại %(subject)s; xin xem ý kiến.")
    ACCEPTED = "proposal.accepted", N_("%(subject)s đã được thụ lý; dự kiến có kết quả trước ngày %(due)s.")
    FIX_ASKED = "proposal.fix_asked", N_("%(subject)s cần bổ sung trước ngày %(due)s.")
    REJECTED = "proposal.rejected", N_("%(subject)s bị từ chối; lý do có trong hồ sơ.")
    RESUBMITTED = "proposal.resubmitted", N_("%(subject)s đã được bổ sung và nộp lại; hạn trả lời %(due)s.")
    TRIAL_STARTED = "proposal.trial_started", N_("%(subject)s được áp dụng thử đến ngày %(due)s.")
    TRIAL_FINISHED = (
        "proposal.trial_finished",
        N_("%(subject)s đã kết thúc áp dụng thử; dự kiến có kết quả trước ngày %(due)s."),
    )
    SCORING_OPENED = "proposal.scoring_opened", N_("Hội đồng bắt đầu chấm điểm %(subject)s.")
    MEETING_NEXT = "proposal.meeting_next", N_("%(subject)s được đưa ra họp hội đồng.")
    POSTPONED = "proposal.postponed", N_("Việc xét %(subject)s được hoãn; lý do có trong hồ sơ.")
    CONCLUDED = "proposal.concluded", N_("Hội đồng đã kết luận về %(subject)s.")
    REVISE_ASKED = "proposal.revise_asked", N_("Hội đồng đề nghị hoàn thiện %(subject)s trước ngày %(due)s.")
    HANDED_IN = "proposal.handed_in", N_("Tác giả đã nộp bản hoàn thiện của %(subject)s.")
    CLOSED_OVERDUE = "proposal.closed_overdue", N_("%(subject)s kết thúc do quá hạn hoàn thiện.")
    RECOGNISED = "proposal.recognised", N_("%(subject)s đã được công nhận.")
    DECLINED = "proposal.declined", N_("%(subject)s không được công nhận; lý do có trong hồ sơ.")
    REVOKED = "proposal.revoked", N_("Việc công nhận %(subject)s đã bị hủy bỏ; lý do có trong hồ sơ.")
    FORWARDED = "proposal.forwarded", N_("%(subject)s được đề nghị cấp trên xét.")
    WITHDRAWN = "proposal.withdrawn", N_("Tác giả chính đã rút %(subject)s.")
    DUE_CHANGED = "proposal.due_changed", N_("Thời hạn của %(subject)s chuyển sang ngày %(due)s; lý do có trong hồ sơ.")
    QUARANTINED = "proposal.quarantined", N_("Một hồ sơ của đồng chí tạm ngừng hiển thị để kiểm tra.")
    PURGED = (
        "proposal.purged",
        N_("Nội dung một hồ sơ của đồng chí đã bị xóa theo quy định bảo vệ bí mật; mã số và ngày tháng còn lưu."),
    )
    PURGE_PROPOSED = "proposal.purge_proposed", N_("Có đề nghị xóa sạch %(subject)s chờ cán bộ bảo mật thứ hai.")
    GLASS_ASKED = "proposal.glass_asked", N_("Đề nghị mở khẩn cấp %(subject)s chờ đồng chí xác nhận.")
    GLASS_OPENED = "proposal.glass_opened", N_("Nội dung được mở khẩn cấp: %(subject)s.")
    CONTENT_REPORTED = "proposal.content_reported", N_("Có người báo %(subject)s có thể có nội dung mật.")
    FORMAL_REMINDER = "proposal.formal_reminder", N_("%(subject)s: hạn trả lời kiểm tra hồ sơ là ngày %(due)s.")
    FIX_REMINDER = "proposal.fix_reminder", N_("%(subject)s: hạn bổ sung là ngày %(due)s.")
    UNIT_REVIEW_REMINDER = "proposal.unit_review_reminder", N_("%(subject)s: hạn chỉ huy xem xét là ngày %(due)s.")
    REVISE_REMINDER = "proposal.revise_reminder", N_("%(subject)s: hạn nộp bản hoàn thiện là ngày %(due)s.")
    DECISION_REMINDER = "proposal.decision_reminder", N_("%(subject)s: hạn ra quyết định là ngày %(due)s.")
    TRIAL_REMINDER = "proposal.trial_reminder", N_("%(subject)s: hạn kết thúc áp dụng thử là ngày %(due)s.")
    OVERDUE = "proposal.overdue", N_("%(subject)s: đã quá hạn %(days)s ngày (hạn %(due)s).")
    OVERDUE_TOLD = (
        "proposal.overdue_told",
        N_("%(subject)s: đã quá hạn %(days)s ngày (hạn %(due)s) mà chưa được giải quyết; đề nghị đồng chí đôn đốc."),
    )
    COMPLAINT_FILED = "proposal.complaint_filed", N_("Có khiếu nại về kết quả của %(subject)s; hạn trả lời %(due)s.")
    COMPLAINT_ANSWERED = "proposal.complaint_answered", N_("Khiếu nại về %(subject)s đã được trả lời; xin xem trong hồ sơ.")
    COMPLAINT_REMINDER = "proposal.complaint_reminder", N_("%(subject)s: hạn trả lời khiếu nại là ngày %(due)s.")
