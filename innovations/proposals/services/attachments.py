"""Files of a dossier: checked and cleaned outside the transaction, synced to the store, then named in it."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from sqlalchemy import func, select

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import N_, Forbidden, Invalid, NotVisible, Unavailable
from innovations.core.transactions import atomic
from innovations.documents import storage
from innovations.documents.sniff import MediaType, check_upload, clean_image, safe_name
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals import audience
from innovations.proposals.loading import load, load_for_edit
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.access import RESTRICTED_KINDS, may_see_confidential
from innovations.proposals.rules.events import AuditTag
from innovations.proposals.services import file_texts
from innovations.proposals.services.purging import forget_unnamed, sweep
from innovations.search import outbox

KINDS = ("evidence", "photo", "consent", "signed_scan", "other")
MB = 1024 * 1024


class FileTooLarge(Invalid):
    """One file is over the limit."""

    status = 413
    message = N_("Tệp “%(name)s” lớn hơn %(limit)d MB. Xin giảm cỡ ảnh hoặc chia nhỏ tệp.")


class DossierFull(Invalid):
    """All files of the proposal together are over the limit."""

    status = 413
    message = N_("Các tệp của hồ sơ đã quá %(limit)d MB; xin bỏ bớt tệp không cần thiết.")


class FileNotDeclared(Invalid):
    """The uploader did not say that the file is unclassified."""

    message = N_("Xin khẳng định tệp không có nội dung mật trước khi tải lên.")


@dataclass(frozen=True)
class Download:
    """A file to send: where it lies, its name and its kind."""

    path: Path
    name: str
    media_type: str


def upload_folder() -> Path:
    """Where uploads lie while they are looked at: 0700, emptied at start."""
    folder = Path(current_app.instance_path) / "tmp"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def _quarantined(name: str, source: BinaryIO) -> Iterator[Path]:
    """``source`` as a file of its own while it is checked, gone afterwards."""
    limit = current_app.config["MAX_FILE_MB"]
    with tempfile.TemporaryDirectory(dir=upload_folder()) as folder:
        path, octets = Path(folder) / "upload", 0
        with path.open("wb") as out:
            while piece := source.read(storage.CHUNK):
                octets += len(piece)
                if octets > limit * MB:
                    raise FileTooLarge("file", name=name, limit=limit)
                out.write(piece)
        yield path


def _store(name: str, source: BinaryIO) -> tuple[MediaType, storage.Stored]:
    try:
        with _quarantined(name, source) as path:
            kind = check_upload(name, path)
            if kind.group == "image":
                return kind, storage.put(BytesIO(clean_image(path, name)))
            with path.open("rb") as clean:
                return kind, storage.put(clean)
    except storage.NotSynced as left:
        db.session.rollback()
        with suppress(Unavailable):
            forget_unnamed([left.sha256])
        raise Unavailable from left
    except OSError as full:
        raise Unavailable from full


@dataclass(frozen=True)
class Upload:
    """A file as it arrives."""

    name: str
    source: BinaryIO


@dataclass(frozen=True)
class _Kept:
    """A file that passed and lies in the store, not yet named by any dossier."""

    name: str
    media: MediaType
    stored: storage.Stored


def attach(actor: Actor, address: str, *, name: str, source: BinaryIO, kind: str, nothing_secret: bool) -> int:
    """Add one file: see :func:`attach_all`; returns its id."""
    return attach_all(actor, address, [Upload(name, source)], kind=kind, nothing_secret=nothing_secret)[0]


def attach_all(actor: Actor, address: str, uploads: Sequence[Upload], *, kind: str, nothing_secret: bool) -> list[int]:
    """Add files to a dossier that is with its authors: all of them, or when one is refused none.

    The right is checked before a byte of the body is looked at.  Images are re-encoded: place and camera data are gone.

    :param kind: one of :data:`KINDS`.
    :returns: the attachments' ids.
    :raises FileNotDeclared: the declaration for the files is missing.
    :raises FileTooLarge: DossierFull: limits are settings.
    :raises Invalid: a file is not what its name says, or carries macros, scripts or links to outside.
    :raises Unavailable: the disk is full.
    """
    load_for_edit(actor, address, None)
    if not nothing_secret:
        raise FileNotDeclared("nothing_secret")
    if kind not in KINDS:
        raise Invalid("kind")
    kept: list[_Kept] = []
    try:
        for upload in uploads:
            name = safe_name(upload.name)
            kept.append(_Kept(name, *_store(name, upload.source)))
        return _name_all(actor, address, kept, kind)
    except BaseException:
        db.session.rollback()
        with suppress(Unavailable):
            forget_unnamed([each.stored.sha256 for each in kept])
        raise


def _name_all(actor: Actor, address: str, kept: Sequence[_Kept], kind: str) -> list[int]:
    with atomic() as session:
        loaded = load_for_edit(actor, address, None)
        limit = current_app.config["MAX_PROPOSAL_MB"]
        used = select(func.coalesce(func.sum(Attachment.size), 0)).where(Attachment.proposal_id == loaded.proposal.id)
        if (session.scalar(used) or 0) + sum(each.stored.size for each in kept) > limit * MB:
            raise DossierFull("file", limit=limit)
        if not all(storage.path_of(each.stored.sha256).exists() for each in kept):
            raise Unavailable  # removed as unnamed by somebody who tidied between our two steps
        rows = [
            Attachment(
                proposal_id=loaded.proposal.id, name=each.name, media_type=each.media.mime, size=each.stored.size,
                sha256=each.stored.sha256, kind=kind, uploaded_by_id=actor.person_id, uploaded_at=now(), declared_at=now(),
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
