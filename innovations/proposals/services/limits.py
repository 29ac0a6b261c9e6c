"""How much one person and one dossier may hold, so that nobody fills the disk or keeps the scanner busy alone.  Steps of other use cases."""

from collections.abc import Sequence
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, func, select

from innovations.core.rules.errors import N_, Invalid, StateForbids
from innovations.core.scoping import unscoped
from innovations.documents.intake import MB
from innovations.extensions import db
from innovations.proposals.models import Proposal, Review
from innovations.proposals.models_dossier import Attachment, Contribution
from innovations.proposals.rules.states import State


class TooManyDrafts(StateForbids):
    """One person's drafts are limited."""

    message = N_("Đồng chí đang có %(count)d bản nháp, là mức tối đa; xin nộp hoặc bỏ bớt trước khi viết tiếp.")


class TooManyFiles(Invalid):
    """More files than one dossier may have."""

    status = 413
    message = N_("Một hồ sơ có nhiều nhất %(limit)d tệp; xin ghép hoặc bỏ bớt.")


class DossierFull(Invalid):
    """All files of the proposal together are over the limit."""

    status = 413
    message = N_("Các tệp của hồ sơ đã quá %(limit)d MB; xin bỏ bớt tệp không cần thiết.")


class DraftsFull(Invalid):
    """The files in all drafts of the person whose draft it is are over the limit."""

    status = 413
    message = N_("Các tệp trong mọi bản nháp của người viết đã quá %(limit)d MB; xin nộp hoặc bỏ bớt bản nháp cũ.")


def _is_draft_of(person_id: int) -> ColumnElement[bool]:
    """Drafts of a person: those they lead, and those they file for others."""
    led = select(Contribution.proposal_id).where(Contribution.person_id == person_id, Contribution.is_lead)
    own = (Proposal.id.in_(led) & Proposal.filed_by_id.is_(None)) | (Proposal.filed_by_id == person_id)
    return own & (Review.state == State.DRAFT)


def check_drafts(person_id: int) -> None:
    """Refuse one draft more than a person may have.

    :raises TooManyDrafts: the limit is ``MAX_DRAFTS``.
    """
    most = current_app.config["MAX_DRAFTS"]
    drafts = select(func.count()).select_from(Review).join(Proposal, Proposal.id == Review.proposal_id)
    if (db.session.scalar(unscoped(drafts.where(_is_draft_of(person_id)), because="a number of the person's own")) or 0) >= most:
        raise TooManyDrafts(count=most)


def check_count(proposal_id: int, more: int) -> None:
    """Refuse files beyond those that one dossier may have.

    :raises TooManyFiles: the limit is ``MAX_PROPOSAL_FILES``.
    """
    most = current_app.config["MAX_PROPOSAL_FILES"]
    held = select(func.count()).select_from(Attachment).where(Attachment.proposal_id == proposal_id)
    if (db.session.scalar(held) or 0) + more > most:
        raise TooManyFiles("file", limit=most)


def check_sizes(proposal: Proposal, sizes: Sequence[int]) -> None:
    """Refuse files that are too much for the dossier, or, while it is a draft, for the drafts of whose it is.

    :param sizes: of the files that come, in bytes.
    :raises DossierFull: the limit is ``MAX_PROPOSAL_MB``; :raises DraftsFull: ``MAX_PERSON_MB``.
    """
    used = select(func.coalesce(func.sum(Attachment.size), 0))
    _check_sum(used.where(Attachment.proposal_id == proposal.id), sizes, "MAX_PROPOSAL_MB", DossierFull)
    writer = proposal.filed_by_id or next((line.person_id for line in proposal.contributions if line.is_lead), None)
    if proposal.code is None and writer is not None:
        joined = used.join(Proposal, Proposal.id == Attachment.proposal_id).join(Review, Review.proposal_id == Proposal.id)
        own = unscoped(joined.where(_is_draft_of(writer)), because="a sum of the writer's own")
        _check_sum(own, sizes, "MAX_PERSON_MB", DraftsFull)


def _check_sum(used: Select[Any], sizes: Sequence[int], setting: str, refusal: type[Invalid]) -> None:
    limit = current_app.config[setting]
    if (db.session.scalar(used) or 0) + sum(sizes) > limit * MB:
        raise refusal("file", limit=limit)
