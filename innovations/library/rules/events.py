"""What the library writes into the audit trail and into notices; registered at start-up."""

from __future__ import annotations

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled


class AuditTag(Labelled):
    """Audit events of adoptions."""

    REQUESTED = "library.adoption_requested", N_("Đề nghị áp dụng")
    AGREED = "library.adoption_agreed", N_("Đồng ý cho áp dụng")
    DECLINED = "library.adoption_declined", N_("Không đồng ý cho áp dụng")
    CANCELLED = "library.adoption_cancelled", N_("Rút đề nghị áp dụng")
    STARTED = "library.adoption_started", N_("Bắt đầu áp dụng")
    REPORTED = "library.adoption_reported", N_("Báo cáo kết quả áp dụng")
    CONFIRMED = "library.adoption_confirmed", N_("Xác nhận hiệu quả áp dụng")
    STOPPED = "library.adoption_stopped", N_("Ngừng áp dụng")


class NoticeKind(Labelled):
    """Notices about adoptions; the label is the sentence."""

    REQUESTED = "library.adoption_requested", N_("Có đơn vị đề nghị áp dụng: %(subject)s.")
    AGREED = "library.adoption_agreed", N_("Đã đồng ý cho áp dụng: %(subject)s.")
    DECLINED = "library.adoption_declined", N_("Không đồng ý cho áp dụng: %(subject)s; lý do có trong đề nghị.")
    CANCELLED = "library.adoption_cancelled", N_("Đề nghị áp dụng đã được rút: %(subject)s.")
    STARTED = "library.adoption_started", N_("Đã bắt đầu áp dụng: %(subject)s.")
    REPORTED = "library.adoption_reported", N_("Có kết quả áp dụng mới: %(subject)s.")
    CONFIRMED = "library.adoption_confirmed", N_("Hiệu quả áp dụng đã được xác nhận: %(subject)s.")
    STOPPED = "library.adoption_stopped", N_("Đã ngừng áp dụng: %(subject)s.")
    FOLLOW_UP = "library.adoption_follow_up", N_("Đến kỳ báo cáo kết quả áp dụng (%(due)s): %(subject)s.")
