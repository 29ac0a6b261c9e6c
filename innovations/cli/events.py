"""What commands of who owns the machine write into the audit trail."""

from __future__ import annotations

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled


class AuditTag(Labelled):
    """Audit events of commands."""

    BACKUP_MADE = "backup.made", N_("Sao lưu cơ sở dữ liệu và tệp")
