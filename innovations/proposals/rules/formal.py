"""The receiver's formal check: eight items, each answered with a note where it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from innovations.core.rules.errors import N_, DomainError, Invalid, raise_all
from innovations.core.rules.labels import Labelled


class FormalItem(Labelled):
    """What the receiver looks at before accepting."""

    RIGHT_BASE = "right_base", N_("Nộp đúng cơ sở có thẩm quyền")
    RIGHT_TO_FILE = "right_to_file", N_("Người nộp có quyền nộp đơn")
    SHARES = "shares", N_("Tỷ lệ đóng góp đủ 100 phần trăm, các đồng tác giả đã xác nhận")
    FILING_WINDOW = "filing_window", N_("Còn trong thời hiệu nộp đơn")
    EVIDENCE = "evidence", N_("Có minh chứng áp dụng hoặc áp dụng thử")
    NO_SECRET = "no_secret", N_("Không có nội dung bí mật nhà nước")
    NOT_DUPLICATE = "not_duplicate", N_("Không trùng với đơn đã nộp")
    IP_LOOKED_AT = "ip_looked_at", N_("Đã xem xét quyền sở hữu trí tuệ")


class FormalItemNotMet(Invalid):
    """An item is open or failed, so the dossier cannot be accepted."""

    message = N_("Chưa đạt: %(item)s. Xin yêu cầu bổ sung hoặc từ chối kèm lý do.")


class FormalNoteMissing(Invalid):
    """A failed item has no note that tells the author what to mend."""

    message = N_("Mục “%(item)s” chưa đạt thì phải ghi rõ điểm cần bổ sung.")


class NoDefect(Invalid):
    """The author was asked to mend something although every item is met."""

    message = N_("Chưa có mục nào được đánh dấu chưa đạt; xin đánh dấu điểm cần bổ sung hoặc thụ lý hồ sơ.")


@dataclass(frozen=True)
class FormalAnswer:
    """The receiver's answer to one item: ``None`` is not looked at yet."""

    ok: bool | None
    note: str = ""


def open_items(answers: Mapping[FormalItem, FormalAnswer]) -> tuple[FormalItem, ...]:
    """Return the items that are not answered with yes, in their order."""
    return tuple(item for item in FormalItem if item not in answers or not answers[item].ok)


def check_formal(answers: Mapping[FormalItem, FormalAnswer]) -> None:
    """Refuse acceptance unless all eight items are met.

    :raises Several: one :class:`FormalItemNotMet` per item, its field the item.
    """
    raise_all([FormalItemNotMet(item.value, item=item) for item in open_items(answers)])


def check_defects(answers: Mapping[FormalItem, FormalAnswer]) -> None:
    """Refuse to ask for fixes without naming what is to be mended.

    :raises NoDefect: no item was marked as failed; it stands beside the date that was given for mending.
    :raises Several: one :class:`FormalNoteMissing` per failed item without a note.
    """
    failed = [item for item in FormalItem if item in answers and answers[item].ok is False]
    if not failed:
        raise NoDefect("due_on")
    errors: list[DomainError] = [FormalNoteMissing(item.value, item=item) for item in failed if not answers[item].note.strip()]
    raise_all(errors)
