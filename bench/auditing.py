"""How long checking a long audit log takes: ``./dev bench audit [events]``, by the product and by the stand-alone tool."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from bench import preparing
from innovations import audit
from innovations.audit.chain import digest_of
from innovations.audit.models import AuditEvent
from innovations.core.transactions import atomic
from innovations.extensions import db

EVENTS, AIM_SECONDS, AT_ONCE = 1_000_000, 60, 10_000
TOOL = Path(__file__).resolve().parent.parent / "tools" / "verify_audit.py"
BEGUN = datetime(2026, 1, 5, 1, tzinfo=UTC)


def grow(events: int) -> None:
    """Lengthen the log to ``events``, in a chain as :func:`innovations.audit.record` makes it."""
    last = db.session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
    number, previous = last.id, last.digest
    db.session.rollback()

    def rows() -> Iterator[dict[str, object]]:
        nonlocal number, previous
        while number < events:
            number += 1
            values = {
                "id": number, "at": BEGUN + timedelta(seconds=number), "tag": "proposal.submitted", "account_id": None,
                "subject_kind": "proposal", "subject_id": number % 5000, "data": {"to": "submitted", "review": number}, "previous": previous,
            }  # fmt: skip
            previous = digest_of(AuditEvent(**values))
            yield values | {"digest": previous}

    waiting = rows()
    while chunk := [row for _, row in zip(range(AT_ONCE), waiting, strict=False)]:
        with atomic() as session:
            session.execute(insert(AuditEvent), chunk)
    with atomic():
        audit.fix()


def main(arguments: list[str]) -> int:
    """Make, check, print; 1 when the aim is missed."""
    events = int(arguments[0]) if arguments else EVENTS
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        app = preparing.new_instance(Path(folder))
        with app.app_context():
            grow(events)
            began = time.perf_counter()
            altered = audit.verify()
            product = time.perf_counter() - began
            db.session.remove()
            db.engine.dispose()
        began = time.perf_counter()
        tool = subprocess.run([sys.executable, TOOL, f"{folder}/innovations.sqlite"], check=False, capture_output=True)
        alone = time.perf_counter() - began
    met = max(product, alone) <= AIM_SECONDS * events / EVENTS and altered is None and tool.returncode == 0
    verdict = "met" if met else "MISSED"
    print(
        f"{events} events: flask audit verify {product:.1f} s, alone {alone:.1f} s   {verdict} aim {AIM_SECONDS} s for {EVENTS}"
    )
    return 0 if met else 1
