"""Bộ hồ sơ: the whole dossier as one ZIP, its papers as PDF and its files, for who handles it; nobody else learns that it exists."""

import tempfile
import zipfile
from typing import BinaryIO

from sqlalchemy import select

from innovations import audit
from innovations.core.rules.errors import NotVisible
from innovations.core.transactions import atomic
from innovations.documents import storage
from innovations.documents.storage import upload_folder
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals import papers
from innovations.proposals.dossier_queries import shown
from innovations.proposals.loading import load
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.outcomes import papers_on
from innovations.proposals.rules.access import may_see_confidential
from innovations.proposals.rules.events import CopyTag


def dossier_archive(actor: Actor, address: str) -> tuple[str, BinaryIO]:
    """The archive's name and its open file, which is gone from the disk when it is closed.

    Papers first, those of boards and decisions under ``hoi-dong/``, then the files under ``tep/``; numbered so that two of one
    name both stand there.  That a copy left the product is recorded.

    :raises NotVisible: the dossier is not for this reader, or the reader does not handle it.
    """
    loaded = load(actor, address)
    found = shown(loaded, actor)
    if not (found.is_author or may_see_confidential(actor, loaded.facts)):
        raise NotVisible
    name, proposal_id = found.code or found.address, loaded.proposal.id
    chosen = (
        select(Attachment.name, Attachment.sha256).where(Attachment.proposal_id == loaded.proposal.id).order_by(Attachment.id)
    )
    files = db.session.execute(chosen).all()
    made = [papers.paper(actor, address, kind) for kind in papers.available(found)]
    judged = papers_on(actor, found)
    # The store's files are compressed already for the most part; the papers are small.
    archive = tempfile.TemporaryFile(dir=upload_folder())  # noqa: SIM115  (the answer closes it)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as content:
        for paper in made:
            content.writestr(paper.name, paper.content)
        for number, paper in enumerate(judged, 1):
            content.writestr(f"hoi-dong/{number:02d}-{paper.name}", paper.content)
        for number, (file, digest) in enumerate(files, 1):
            content.write(storage.path_of(digest), f"tep/{number:02d}-{file}")
    archive.seek(0)
    with atomic():
        audit.record(CopyTag.DOSSIER_SAVED, "proposal", proposal_id, by=actor.account_id)
    return f"{name}-ho-so.zip", archive  # type: ignore[return-value]
