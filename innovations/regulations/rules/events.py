"""What the regulations feature writes into the audit trail and into notices; registered at start-up."""

from __future__ import annotations

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled


class AuditTag(Labelled):
    """Audit events of campaigns, rule sets, criteria sets, fields and working days."""

    CAMPAIGN_CREATED = "regulations.campaign_created", N_("Mở đợt xét")
    CAMPAIGN_CHANGED = "regulations.campaign_changed", N_("Sửa đợt xét")
    CAMPAIGN_CLOSED = "regulations.campaign_closed", N_("Đóng đợt xét")
    RULE_SET_CREATED = "regulations.rule_set_created", N_("Thêm bộ quy tắc")
    RULE_SET_CHANGED = "regulations.rule_set_changed", N_("Ban hành phiên bản mới của bộ quy tắc")
    CRITERIA_SET_CREATED = "regulations.criteria_set_created", N_("Thêm bộ tiêu chí")
    CRITERIA_SET_CHANGED = "regulations.criteria_set_changed", N_("Ban hành phiên bản mới của bộ tiêu chí")
    FIELD_CHANGED = "regulations.field_changed", N_("Sửa danh mục lĩnh vực")
    WORD_TEMPLATE_ADDED = "regulations.word_template_added", N_("Thêm mẫu văn bản Word")
    WORD_TEMPLATE_WITHDRAWN = "regulations.word_template_withdrawn", N_("Bỏ mẫu văn bản Word riêng")
    CALENDAR_CHANGED = "regulations.calendar_changed", N_("Sửa lịch ngày làm việc")


class NoticeKind(Labelled):
    """Notices about campaigns."""

    CAMPAIGN_OPENED = "regulations.campaign_opened", N_("Đợt xét %(subject)s nhận hồ sơ từ ngày %(date)s.")
    CAMPAIGN_CLOSING = "regulations.campaign_closing", N_("Đợt xét %(subject)s sẽ đóng vào ngày %(due)s.")
