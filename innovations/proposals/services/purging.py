"""Removing a draft without a trace: rows first, in the caller's transaction; then the files and the database's own log."""

from sqlalchemy import delete, select

from innovations.core.database import truncate_log
from innovations.documents import intake
from innovations.extensions import db
from innovations.notifications.models import Notice
from innovations.proposals.models import Proposal, Review, ReviewStep, Revision
from innovations.proposals.models_dossier import Attachment, Contribution, SimilarityFinding
from innovations.proposals.services import file_texts
from innovations.search import outbox


def erase_rows(proposal: Proposal) -> None:
    """Delete the proposal and every row that hangs on it; the index forgets it too.  A step."""
    proposal_id = proposal.id
    reviews = select(Review.id).where(Review.proposal_id == proposal_id)
    db.session.execute(delete(ReviewStep).where(ReviewStep.review_id.in_(reviews)))
    db.session.execute(
        delete(SimilarityFinding).where(
            (SimilarityFinding.proposal_id == proposal_id) | (SimilarityFinding.other_id == proposal_id)
        )
    )
    db.session.execute(delete(Notice).where(Notice.subject_kind == "proposal", Notice.subject_id == proposal_id))
    db.session.execute(delete(Contribution).where(Contribution.proposal_id == proposal_id))
    db.session.execute(delete(Attachment).where(Attachment.proposal_id == proposal_id))
    file_texts.forget_unnamed()
    db.session.execute(delete(Review).where(Review.proposal_id == proposal_id))
    db.session.execute(delete(Revision).where(Revision.proposal_id == proposal_id))
    db.session.flush()
    db.session.expire_all()
    db.session.execute(delete(Proposal).where(Proposal.id == proposal_id))
    outbox.enqueue(proposal_id)


def sweep() -> None:
    """After the commit: remove files nobody names, and empty the write-ahead log that still holds the deleted rows."""
    intake.forget_unnamed()
    truncate_log(db.engine)
