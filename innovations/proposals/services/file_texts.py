"""The text of files, kept once per content so that the dossier is found by it.

Only files that everybody who sees the dossier may open are read: what is kept of them can then be searched by the very same
readers.  Signed pages and consents are not read at all.
"""

from sqlalchemy import delete, select

from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.documents import storage
from innovations.documents.models import FileText
from innovations.documents.reading import READABLE, Ending, FoundText, Reading
from innovations.extensions import db
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.access import RESTRICTED_KINDS
from innovations.search import outbox
from innovations.search.models import Lane


def ask(attachment: Attachment) -> None:
    """Have the worker read the file, unless its content was read before or is not for all readers.  A step."""
    if attachment.kind in RESTRICTED_KINDS or attachment.media_type not in READABLE:
        return
    if db.session.get(FileText, attachment.sha256) is None:
        db.session.add(FileText(sha256=attachment.sha256, media_type=attachment.media_type, asked_at=now()))


def begin(limit: int) -> tuple[str, Reading] | None:
    """Begin to read the content that waits longest, or None when none does; returns its digest and the reading.

    :param limit: characters kept at most.
    """
    waiting = select(FileText.sha256, FileText.media_type).where(FileText.ending == Ending.WAITING)
    row = db.session.execute(waiting.order_by(FileText.asked_at).limit(1)).one_or_none()
    db.session.rollback()  # ends the read transaction
    return (row.sha256, Reading(storage.path_of(row.sha256), row.media_type, limit)) if row else None


def keep(sha256: str, found: FoundText) -> None:
    """Keep what was read, and have the dossiers with that file indexed again: after single changes, which somebody waits for.

    Keeps nothing when the content was forgotten meanwhile.
    """
    with atomic() as session:
        row = session.get(FileText, sha256)
        if row is None:
            return
        row.ending, row.text, row.partly = found.ending, found.text, found.partly
        named = select(Attachment.proposal_id).where(Attachment.sha256 == sha256, Attachment.kind.not_in(RESTRICTED_KINDS))
        for proposal_id in session.scalars(named.distinct()):
            outbox.enqueue(proposal_id, lane=Lane.BATCH)


def forget_unnamed() -> None:
    """Delete the text of contents that no file open to all its dossier's readers names any more.  A step."""
    named = select(Attachment.sha256).where(Attachment.kind.not_in(RESTRICTED_KINDS))
    db.session.execute(delete(FileText).where(FileText.sha256.not_in(named)))
