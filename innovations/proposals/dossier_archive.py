"""Bộ hồ sơ: the whole dossier as one ZIP, its papers as PDF and its files, for who handles it; nobody else learns that it exists."""

import tempfile
import zipfile
from typing import BinaryIO

from sqlalchemy import select

from innovations.core.rules.errors import NotVisible
from innovations.documents import storage
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals import papers
from innovations.proposals.dossier_queries import shown
from innovations.proposals.loading import load
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.access import may_see_confidential
from innovations.proposals.services.attachments import upload_folder


def dossier_archive(actor: Actor, address: str) -> tuple[str, BinaryIO]:
    """The archive's name and its open file, which is gone from the disk when it is closed.

    Papers first, then the files under ``tep/``, numbered so that two of one name both stand there.

    :raises NotVisible: the dossier is not for this reader, or the reader does not handle it.
    """
    loaded = load(actor, address)
    found = shown(loaded, actor)
    if not (found.is_author or may_see_confidential(actor, loaded.facts)):
        raise NotVisible
    name = found.code or found.address
    chosen = (
        select(Attachment.name, Attachment.sha256).where(Attachment.proposal_id == loaded.proposal.id).order_by(Attachment.id)
    )
    files = db.session.execute(chosen).all()
    made = [papers.paper(actor, address, kind) for kind in papers.available(found)]
    # The store's files are compressed already for the most part; the papers are small.
    archive = tempfile.TemporaryFile(dir=upload_folder())  # noqa: SIM115  (the answer closes it)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as content:
        for paper in made:
            content.writestr(paper.name, paper.pdf)
        for number, (file, digest) in enumerate(files, 1):
            content.write(storage.path_of(digest), f"tep/{number:02d}-{file}")
    archive.seek(0)
    return f"{name}-ho-so.zip", archive  # type: ignore[return-value]
