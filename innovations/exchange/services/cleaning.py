"""What a killed import left behind is removed, or finished when it was being shown; called at every start, and before the next import."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from innovations import audit
from innovations.boards.models_decision import Decision, DecisionLine
from innovations.core.transactions import atomic, only_once
from innovations.exchange.lock import ImportRunning, importing
from innovations.exchange.models import StagedChange
from innovations.exchange.rules.events import AuditTag
from innovations.exchange.services.following import begin_again
from innovations.exchange.services.settling import settle
from innovations.extensions import db
from innovations.proposals.models import ImportBatch, Proposal, Review
from innovations.proposals.models_dossier import Contribution


def clean_unfinished() -> int:
    """End every batch that was never published: nobody saw its rows, they are removed; returns how many went.

    One that was decided is finished instead, for some of its changes may be seen already.  An import that is running now keeps
    its lock and is left alone.
    """
    try:
        with importing():
            return end_unfinished()
    except ImportRunning:
        return 0


def end_unfinished() -> int:
    """The same; the caller holds the import lock, so that none of them is running."""
    with only_once(None):  # no effect of the form that finds them
        chosen = select(ImportBatch.id, ImportBatch.decided_at).where(ImportBatch.published_at.is_(None))
        unfinished = db.session.execute(chosen).all()
        db.session.rollback()
        for batch in unfinished:
            if batch.decided_at is not None:
                settle(batch.id)
        return sum(_remove(batch.id) for batch in unfinished if batch.decided_at is None)


def _remove(batch_id: int) -> int:
    with atomic() as session:
        ids = select(Proposal.id).where(Proposal.import_batch_id == batch_id)
        reviews = select(Review.id).where(Review.proposal_id.in_(ids))
        session.execute(delete(DecisionLine).where(DecisionLine.review_id.in_(reviews)))
        session.execute(delete(Review).where(Review.proposal_id.in_(ids)))
        session.execute(delete(Contribution).where(Contribution.proposal_id.in_(ids)))
        removed = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
        session.execute(delete(Proposal).where(Proposal.import_batch_id == batch_id))
        session.execute(delete(StagedChange).where(StagedChange.batch_id == batch_id))
        used = select(DecisionLine.decision_id)
        session.execute(delete(Decision).where(Decision.imported, Decision.id.not_in(used)))
        begin_again(batch_id)
        session.execute(delete(ImportBatch).where(ImportBatch.id == batch_id))
        audit.record(AuditTag.UNFINISHED_REMOVED, "import_batch", batch_id, by=None, rows=removed)
        return removed
