"""When a campaign (đợt xét) takes first submissions, and the list of fields a new instance starts with."""

from __future__ import annotations

from datetime import date

from innovations.core.rules.errors import N_, Invalid, StateForbids

NAME_MAX = 200
FIELD_NAME_MAX = 100

# code → name; the registrar edits the list, the codes stay.
SHIPPED_FIELDS = {
    "training": "huấn luyện",
    "readiness": "sẵn sàng chiến đấu",
    "technical": "bảo đảm kỹ thuật",
    "logistics": "bảo đảm hậu cần",
    "administration": "quản lý, cải cách hành chính",
    "digital": "chuyển đổi số",
    "political": "công tác đảng, công tác chính trị",
    "safety": "an toàn",
    "other": "khác",
}
OTHER_FIELD = "other"  # an import's unknown field goes here, its text kept as a tag


class CampaignPeriodReversed(Invalid):
    """The campaign closes before it opens."""

    message = N_("Ngày đóng %(closes_on)s trước ngày mở %(opens_on)s; xin sửa lại.")


class NoCampaignOpen(StateForbids):
    """No campaign of the unit takes first submissions on that day."""

    message = N_("Đơn vị chưa có đợt xét đang mở; hồ sơ vẫn được lưu nháp, xin liên hệ cơ quan thường trực.")


def is_open(opens_on: date, closes_on: date | None, on: date) -> bool:
    """Say whether a campaign takes first submissions on a local date; both ends belong to it, it may be open-ended."""
    return opens_on <= on and (closes_on is None or on <= closes_on)


def check_campaign_period(opens_on: date, closes_on: date | None) -> None:
    """Refuse a campaign that closes before it opens.

    :raises CampaignPeriodReversed: naming both dates.
    """
    if closes_on is not None and closes_on < opens_on:
        raise CampaignPeriodReversed("closes_on", opens_on=opens_on, closes_on=closes_on)
