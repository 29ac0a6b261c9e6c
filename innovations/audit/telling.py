"""Each audit event told to the machine's syslog once it is committed, for a system elsewhere that collects logs (OWASP ASVS 16.4.3).

Told are number, time, tag, account, subject and digest: ids only, without the event's data.  Numbers have no gap, so what did not
arrive is missed there, and the digests are those of the chain.  Nobody waits for syslog, and an act never fails for it.
"""

import socket
from functools import partial
from pathlib import Path

from flask import current_app

from innovations.audit.models import AuditEvent
from innovations.core.transactions import afterwards

#: RFC 5424: facility "security and authorization" (10), severity "informational" (6).
PRIORITY = 10 * 8 + 6
NAME = "innovations-audit"


def tell(entry: AuditEvent) -> None:
    """Have syslog told of the event when its transaction is stored; nothing happens while ``AUDIT_SYSLOG`` is empty.  A step."""
    place = current_app.config["AUDIT_SYSLOG"]
    if place:
        subject = f"{entry.subject_kind}:{entry.subject_id if entry.subject_id is not None else '-'}"
        account = entry.account_id if entry.account_id is not None else "-"
        said = (
            f"id={entry.id} at={entry.at.isoformat()} tag={entry.tag} account={account} subject={subject} digest={entry.digest}"
        )
        afterwards(partial(_send_or_log, place, entry.id, said))


def _send_or_log(place: str, number: int, said: str) -> None:
    try:
        _send(place, said)
    except OSError as error:
        current_app.logger.error("audit event %d was not told to syslog: %s", number, type(error).__name__)


def _send(place: str, said: str) -> None:
    """One datagram, at once or not at all.

    :raises OSError: nobody listens, or takes no more.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        out.setblocking(False)
        out.connect(place)
        out.send(f"<{PRIORITY}>{NAME}: {said}".encode())


def trouble() -> str | None:
    """What is wrong with telling syslog, for whoever looks after the installation."""
    place = current_app.config["AUDIT_SYSLOG"]
    if not place:
        return None
    try:
        _send(place, "looked at by flask doctor")
    except OSError:
        return f"AUDIT_SYSLOG: nobody listens at {Path(place)}; start the machine's syslog, or name its socket"
    return None
