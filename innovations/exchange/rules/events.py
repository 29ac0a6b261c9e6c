"""What the exchange feature writes into the audit trail and into notices; registered at start-up."""

from __future__ import annotations

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled


class AuditTag(Labelled):
    """One event per batch, whatever its size."""

    REGISTER_IMPORTED = "exchange.register_imported", N_("Nhập sổ sáng kiến cũ")
    UNFINISHED_REMOVED = "exchange.unfinished_removed", N_("Dọn lần nhập sổ bị ngắt giữa chừng")


class NoticeKind(Labelled):
    """What who handed an import or a list to the worker is told at its end."""

    REGISTER_IMPORTED = "exchange.register_imported", N_("Đã nhập xong sổ của %(subject)s.")
    REGISTER_NOT_IMPORTED = "exchange.register_not_imported", N_("Chưa nhập được sổ của %(subject)s; mở để xem lý do.")
    PASSWORDS_READY = "exchange.passwords_ready", N_("Mật khẩu của danh sách quân nhân đã sẵn sàng; mở trang để tạo tài khoản.")
