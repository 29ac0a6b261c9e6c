"""Removing what a killed import left behind; called at every start, and before the next import."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from innovations import audit
from innovations.boards.models_decision import Decision, DecisionLine
from innovations.core.transactions import atomic
from innovations.exchange.lock import ImportRunning, importing
from innovations.exchange.rules.events import AuditTag
from innovations.extensions import db
from innovations.proposals.models import ImportBatch, Proposal, Review
from innovations.proposals.models_dossier import Contribution


def clean_unfinished() -> int:
    """Remove every batch that was never published, with its rows; returns how many rows went.

    Nobody ever saw them.  An import that is running now keeps its lock and is left alone.
    """
    try:
        with importing():
            return remove_unfinished()
    except ImportRunning:
        return 0


def remove_unfinished() -> int:
    """Remove them all; the caller holds the import lock, so that none of them is running."""
    unfinished = list(db.session.scalars(select(ImportBatch.id).where(ImportBatch.published_at.is_(None))))
    return sum(_remove(batch_id) for batch_id in unfinished)


def _remove(batch_id: int) -> int:
    with atomic() as session:
        ids = select(Proposal.id).where(Proposal.import_batch_id == batch_id)
        reviews = select(Review.id).where(Review.proposal_id.in_(ids))
        session.execute(delete(DecisionLine).where(DecisionLine.review_id.in_(reviews)))
        session.execute(delete(Review).where(Review.proposal_id.in_(ids)))
        session.execute(delete(Contribution).where(Contribution.proposal_id.in_(ids)))
        removed = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
        session.execute(delete(Proposal).where(Proposal.import_batch_id == batch_id))
        used = select(DecisionLine.decision_id)
        session.execute(delete(Decision).where(Decision.imported, Decision.id.not_in(used)))
        session.execute(delete(ImportBatch).where(ImportBatch.id == batch_id))
        audit.record(AuditTag.UNFINISHED_REMOVED, "import_batch", batch_id, by=None, rows=removed)
        return removed
