"""Files of a dossier: checked and cleaned outside the transaction, synced to the store, then named in it."""

from collections.abc import Sequence
from typing import BinaryIO

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import Forbidden, Invalid, NotVisible
from innovations.core.transactions import atomic
from innovations.documents import intake, storage
from innovations.documents.intake import Download, Kept, Upload
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals import audience
from innovations.proposals.loading import load, load_for_edit
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.access import RESTRICTED_KINDS, may_see_confidential
from innovations.proposals.rules.events import AuditTag
from innovations.proposals.services import file_texts, limits
from innovations.proposals.services.purging import sweep
from innovations.search import outbox

KINDS = ("evidence", "photo", "consent", "signed_scan", "other")


def attach(actor: Actor, address: str, *, name: str, source: BinaryIO, kind: str, nothing_secret: bool) -> int:
    """Add one file: see :func:`attach_all`; returns its id."""
    return attach_all(actor, address, [Upload(name, source)], kind=kind, nothing_secret=nothing_secret)[0]


def attach_all(actor: Actor, address: str, uploads: Sequence[Upload], *, kind: str, nothing_secret: bool) -> list[int]:
    """Add files to a dossier that is with its authors: all of them, or when one is refused none.

    The right is checked before a byte of the body is looked at.  Images are re-encoded: place and camera data are gone.

    :param kind: one of :data:`KINDS`.
    :returns: the attachments' ids.
    :raises FileNotDeclared: the declaration for the files is missing.
    :raises FileTooLarge: :raises TooManyFiles: :raises DossierFull: :raises DraftsFull: limits are settings.
    :raises Invalid: a file is not what its name says, or carries macros, scripts or links to outside.
    :raises Unavailable: the disk is full.
    """
    loaded = load_for_edit(actor, address, None)
    intake.check_declared(nothing_secret)
    limits.check_count(loaded.proposal.id, len(uploads))  # before the first is looked at: each may take a scanner seconds
    if kind not in KINDS:
        raise Invalid("kind")
    with intake.taken_in(uploads) as kept:
        return _name_all(actor, address, kept, kind)


def _name_all(actor: Actor, address: str, kept: Sequence[Kept], kind: str) -> list[int]:
    with atomic() as session:
        loaded = load_for_edit(actor, address, None)
        limits.check_count(loaded.proposal.id, len(kept))
        limits.check_sizes(loaded.proposal, [each.stored.size for each in kept])
        intake.check_there(kept)
        rows = [
            Attachment(
                proposal_id=loaded.proposal.id, kind=kind, uploaded_by_id=actor.person_id, uploaded_at=now(), declared_at=now(),
                **each.columns(),
            )
            for each in kept
        ]  # fmt: skip
        session.add_all(rows)
        session.flush()
        for row in rows:
            file_texts.ask(row)
            audit.record(AuditTag.ATTACHMENT_ADDED, "proposal", loaded.proposal.id, by=actor.account_id, attachment=row.id)
        outbox.enqueue(loaded.proposal.id)
        return [row.id for row in rows]


def detach(actor: Actor, address: str, attachment_id: int) -> None:
    """Take a file off a dossier that is with its authors; earlier revisions keep its name and digest only."""
    with atomic() as session:
        loaded = load_for_edit(actor, address, None)
        row = session.get(Attachment, attachment_id)
        if row is None or row.proposal_id != loaded.proposal.id:
            raise NotVisible
        for line in loaded.proposal.contributions:
            if line.attested_by_id == row.id:
                line.attested_by_id = None
        session.flush()
        session.delete(row)
        session.flush()
        file_texts.forget_unnamed()
        audit.record(AuditTag.ATTACHMENT_REMOVED, "proposal", loaded.proposal.id, by=actor.account_id, attachment=attachment_id)
        audience.refresh(loaded.proposal.id)
    sweep()


def download(actor: Actor, address: str, attachment_id: int) -> Download:
    """A file of a dossier the actor may read.

    :raises NotVisible: no such file there.
    :raises Forbidden: it holds signatures or personal data and is for those who handle the dossier.
    """
    loaded = load(actor, address)
    row = db.session.get(Attachment, attachment_id)
    if row is None or row.proposal_id != loaded.proposal.id:
        raise NotVisible
    if row.kind in RESTRICTED_KINDS and not may_see_confidential(actor, loaded.facts):
        raise Forbidden
    return Download(storage.path_of(row.sha256), row.name, row.media_type)
