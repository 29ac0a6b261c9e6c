"""What the exchange feature writes into the audit trail; registered at start-up."""

from __future__ import annotations

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled


class AuditTag(Labelled):
    """One event per batch, whatever its size."""

    REGISTER_IMPORTED = "exchange.register_imported", N_("Nhập sổ sáng kiến cũ")
    UNFINISHED_REMOVED = "exchange.unfinished_removed", N_("Dọn lần nhập sổ bị ngắt giữa chừng")
