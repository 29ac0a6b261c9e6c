"""The end of an import: its changed rows are written over their records, then one small commit shows everything that is new.

Begun only when everything is staged and the batch is decided; from then on it is finished, by whoever finds it unfinished.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from innovations import audit
from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.exchange.report import kept_line
from innovations.exchange.rules.events import AuditTag
from innovations.exchange.rules.plan import EditedHere, Remark
from innovations.exchange.services import changing, following
from innovations.extensions import db
from innovations.proposals.models import ImportBatch, Proposal
from innovations.search import outbox

COUNTS = ("rows", "created", "updated", "unchanged", "conflicts", "skipped")


def decide(batch_id: int, report: dict[str, Any]) -> None:
    """From here on the batch is finished and no more removed."""
    with atomic() as session:
        row = session.get_one(ImportBatch, batch_id)
        row.decided_at, row.report = now(), report


def settle(batch_id: int) -> None:
    """Write the changes of a decided batch and publish it; the caller holds the import lock.

    The last transaction is the only one while there are no more changes than :data:`changing.AT_ONCE`; others may write between two.
    """
    of = changing.left_of(batch_id) + len(_new_in(batch_id))
    while changing.left_of(batch_id) > changing.AT_ONCE:
        staged = changing.next_of(batch_id)
        db.session.rollback()
        with atomic():
            _apply(batch_id, staged, of)
    staged = changing.next_of(batch_id)
    db.session.rollback()
    with atomic():
        _apply(batch_id, staged, of)
        _publish(batch_id, of)


def _new_in(batch_id: int) -> list[int]:
    return list(db.session.scalars(select(Proposal.id).where(Proposal.import_batch_id == batch_id)))


def _apply(batch_id: int, staged: Sequence[changing.StagedChange], of: int) -> None:
    """One run of changes, queued for the index with them.  A step."""
    if not staged:
        return
    done = changing.apply_some(staged)
    outbox.enqueue_many(done.changed, batch_name(batch_id), of=of)
    if done.edited:
        row = db.session.get_one(ImportBatch, batch_id)
        row.report = _with_conflicts(row.report or {}, done.edited)


def _with_conflicts(report: dict[str, Any], edited: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """The report when somebody edited records between the check and the end."""
    warnings = [kept_line(Remark(row, "", EditedHere(code=code))) for row, code in edited]
    return {
        **report, "updated": report["updated"] - len(edited), "conflicts": report["conflicts"] + len(edited),
        "warnings": [*report["warnings"], *warnings],
    }  # fmt: skip


def _publish(batch_id: int, of: int) -> None:
    """Let everybody see what is new.  A step."""
    row = db.session.get_one(ImportBatch, batch_id)
    row.published_at = now()
    outbox.enqueue_many(_new_in(batch_id), batch_name(batch_id), of=of)
    counts = {name: (row.report or {})[name] for name in COUNTS}
    audit.record(AuditTag.REGISTER_IMPORTED, "import_batch", batch_id, by=row.by_id, **counts)
    following.end_of_batch(batch_id)


def batch_name(batch_id: int) -> str:
    """What the search calls the batch in its progress."""
    return f"import-{batch_id}"
