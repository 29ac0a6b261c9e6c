"""Recording what is exported."""

from innovations import audit
from innovations.core.transactions import atomic
from innovations.reports.rules.events import AuditTag


def record_export(tag: AuditTag, account_id: int | None) -> None:
    """Keep that a file with proposals left the product; what is in it and under which name nobody writes down.

    :param account_id: who asked; ``None`` for a command of who owns the machine.
    """
    with atomic():
        audit.record(tag, "export", None, by=account_id)
