"""Exports leave the product: each is recorded, so that a purge can list the copies that may hold what it removed."""

from __future__ import annotations

from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled


class AuditTag(Labelled):
    """Audit events of exports."""

    REGISTER_EXPORTED = "register.exported", N_("Xuất sổ sáng kiến ra tệp")
    LIBRARY_EXPORTED = "library.exported", N_("Xuất thư viện ra tệp")
