"""What a purge of a proposal takes from imports: rows staged to change it, and what reports quote of the file it came with."""

from typing import Any

from sqlalchemy import delete, select

from innovations.exchange.models import RegisterJob, StagedChange
from innovations.extensions import db
from innovations.proposals.erasing import CITED_FROM, Doomed
from innovations.proposals.models import ImportBatch


def erase(doomed: Doomed) -> None:
    """Drop staged changes and blank the lines of reports; their counts stay.  A step."""
    db.session.execute(delete(StagedChange).where(StagedChange.proposal_id == doomed.proposal_id))
    for batch in db.session.scalars(select(ImportBatch).where(ImportBatch.report.is_not(None))):
        if batch.id == doomed.import_batch_id or _quotes(batch.report, doomed.title):
            batch.report = _counts(batch.report or {})
    for job in db.session.scalars(select(RegisterJob).where(RegisterJob.report.is_not(None))):
        if _quotes(job.report, doomed.title):
            job.report = _counts(job.report or {})


def _quotes(report: dict[str, Any] | None, title: str) -> bool:
    return len(title) >= CITED_FROM and title in str(report)


def _counts(report: dict[str, Any]) -> dict[str, Any]:
    return {name: [] if isinstance(value, list) else value for name, value in report.items()}
