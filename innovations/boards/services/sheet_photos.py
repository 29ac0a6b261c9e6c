"""Photos of paper sheets: the member sends them from the score page, the clerks who key the sheet see them beside its form.

A photo submits nothing: what counts is still what two clerks keyed alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from innovations import audit
from innovations.boards.loading import load_review, own_assignment, present_sheet
from innovations.boards.models import Assignment
from innovations.boards.models_files import SheetPhoto
from innovations.boards.rules.access import check_may_score
from innovations.boards.rules.events import AuditTag
from innovations.boards.rules.paper_sheets import (
    PHOTOS_MAX,
    NoPhoto,
    SheetOfAnotherRound,
    TooManyPhotos,
    check_photo_file,
)
from innovations.boards.rules.sheets import SheetIsFinal
from innovations.boards.services.paper_sheets import check_clerk
from innovations.core.clock import now
from innovations.core.rules.errors import Forbidden, NotVisible, StateForbids
from innovations.core.transactions import atomic
from innovations.documents import intake, storage
from innovations.documents.intake import Download, Kept, Upload
from innovations.documents.sniff import extension_of
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.proposals.loading import Loaded


@dataclass(frozen=True)
class PhotoShown:
    """One photo in a list; ``picture``: it can be looked at on the page."""

    id: int
    name: str
    size: int
    added_at: datetime
    picture: bool


@dataclass(frozen=True)
class PhotoData:
    """What a member sends.

    :param revision_id: the text for which the sheet was filled, as the page knew it.
    """

    uploads: Sequence[Upload]
    revision_id: int
    nothing_secret: bool = False


def _load_own(actor: Actor, board_id: int, review_id: int) -> tuple[Loaded, Assignment]:
    """The member's duty, while its sheet is out.

    :raises NotScorer: no running assignment of the actor; :raises NotNow: scoring is not open; :raises SheetIsFinal: it is in.
    """
    loaded = load_review(actor, board_id, review_id)
    given = own_assignment(actor, loaded)
    check_may_score(actor, loaded.facts, loaded.at, frozenset({actor.person_id}))
    sheet = present_sheet(loaded, given.seat_id)
    if sheet is not None and sheet.submitted_at is not None:
        raise SheetIsFinal
    return loaded, given


def add_photos(actor: Actor, board_id: int, review_id: int, data: PhotoData) -> None:
    """Send photos of one's own filled sheet: all of them, or when one is refused none.

    :raises NotVisible: NotScorer: the review is not the actor's to score; :raises NotNow: SheetIsFinal: not any more, or not yet.
    :raises SheetOfAnotherRound: the text was handed in anew meanwhile; the field is ``file``.
    :raises FileNotDeclared: nobody said that the photos are unclassified.
    :raises NoPhoto: nothing came; :raises NotPhoto: another kind of file; further refusals of files as in :func:`intake.taken_in`.
    :raises TooManyPhotos: more than :data:`PHOTOS_MAX` of one sheet.
    """
    loaded, given = _load_own(actor, board_id, review_id)
    intake.check_declared(data.nothing_secret)
    _check_round(loaded, given, data)
    if not data.uploads:
        raise NoPhoto("file")
    for upload in data.uploads:
        check_photo_file(upload.name, extension_of(upload.name))
    with intake.taken_in(data.uploads) as kept:
        _name(actor, (board_id, review_id), data, kept)


def _check_round(loaded: Loaded, given: Assignment, data: PhotoData) -> None:
    if data.revision_id != loaded.review.revision_id:
        raise SheetOfAnotherRound("file")
    there = select(func.count()).where(SheetPhoto.assignment_id == given.id, SheetPhoto.revision_id == data.revision_id)
    if (db.session.scalar(there) or 0) + len(data.uploads) > PHOTOS_MAX:
        raise TooManyPhotos("file", limit=PHOTOS_MAX)


def _name(actor: Actor, review: tuple[int, int], data: PhotoData, kept: Sequence[Kept]) -> None:
    with atomic() as session:
        loaded, given = _load_own(actor, *review)
        _check_round(loaded, given, data)
        intake.check_there(kept)
        for each in kept:
            session.add(
                SheetPhoto(
                    assignment_id=given.id, revision_id=data.revision_id, added_by_id=actor.person_id, added_at=now(), **each.columns()
                )
            )  # fmt: skip
        audit.record(
            AuditTag.SHEET_PHOTO_ADDED, "proposal", loaded.proposal.id, by=actor.account_id, review=loaded.review.id,
            seat=given.seat_id, photos=len(kept),
        )  # fmt: skip


def photos_of(loaded: Loaded, assignment_ids: Iterable[int]) -> Mapping[int, tuple[PhotoShown, ...]]:
    """Photos of sheets for the text as it stands, by assignment; who may see them is the caller's to check."""
    found: dict[int, tuple[PhotoShown, ...]] = dict.fromkeys(assignment_ids, ())
    chosen = select(SheetPhoto).where(SheetPhoto.assignment_id.in_(found), SheetPhoto.revision_id == loaded.review.revision_id)
    for row in db.session.scalars(chosen.order_by(SheetPhoto.id)):
        shown = PhotoShown(row.id, row.name, row.size, row.added_at, row.media_type.startswith("image/"))
        found[row.assignment_id] += (shown,)
    return found


def own_photos(actor: Actor, loaded: Loaded) -> tuple[PhotoShown, ...]:
    """What the member sent for the text as it stands.

    :raises NotScorer: the review is not assigned to the actor.
    """
    given = own_assignment(actor, loaded)
    return photos_of(loaded, [given.id])[given.id]


def _own(actor: Actor, loaded: Loaded) -> set[int]:
    with suppress(Forbidden):
        return {own_assignment(actor, loaded).id}
    return set()


def _to_key(actor: Actor, loaded: Loaded, photo: SheetPhoto) -> set[int]:
    """Whose sheets the actor keys now; none for a photo of an earlier text."""
    if photo.revision_id == loaded.review.revision_id:
        with suppress(Forbidden, StateForbids):
            return {each.id for each in check_clerk(actor, loaded)}
    return set()


def open_photo(actor: Actor, board_id: int, review_id: int, photo_id: int) -> Download:
    """A photo, for the member whose sheet it shows, and while scoring is open for the clerks who key that sheet.

    :raises NotVisible: there is no such photo for this actor.
    """
    loaded = load_review(actor, board_id, review_id)
    chosen = select(SheetPhoto).join(Assignment, Assignment.id == SheetPhoto.assignment_id)
    photo = db.session.scalar(chosen.where(SheetPhoto.id == photo_id, Assignment.review_id == loaded.review.id))
    if photo is None or photo.assignment_id not in _own(actor, loaded) | _to_key(actor, loaded, photo):
        raise NotVisible
    return Download(storage.path_of(photo.sha256), photo.name, photo.media_type)
