"""Purging what is under quarantine: proposed by one security officer, confirmed by another, then cleaned off the disk.

The confirming click blanks every row in one transaction.  What SQLite, the index and the store still hold on disk afterwards
the worker cleans (:func:`clean_up`), again and again until it is done, so a kill in between costs nothing.
"""

import logging

from sqlalchemy import select

from innovations import audit, search
from innovations.core import database
from innovations.core.clock import now
from innovations.core.rules.errors import NotVisible, Unavailable
from innovations.core.transactions import atomic
from innovations.documents import intake
from innovations.extensions import db
from innovations.notifications import notify
from innovations.people.models import Person
from innovations.people.rules.roles import Actor
from innovations.people.second_person import check_second_person
from innovations.proposals import audience, erasing, lifecycle
from innovations.proposals.copies import copies_of
from innovations.proposals.loading import Loaded, load
from innovations.proposals.models_secrets import DestroyedCopy, Purge
from innovations.proposals.quarantine_queries import other_officers
from innovations.proposals.rules.events import AuditTag, NoticeKind
from innovations.proposals.rules.purging import (
    NoPurgeWaits,
    NoPurgeYet,
    NotHidden,
    Purged,
    PurgeReason,
    PurgeWaits,
    check_may_confirm,
    check_officer,
)
from innovations.proposals.services import file_texts, purging
from innovations.search.models import IndexJob

_log = logging.getLogger(__name__)


def running_purge(proposal_id: int) -> Purge | None:
    """The purge that waits or was carried out."""
    return db.session.scalar(select(Purge).where(Purge.proposal_id == proposal_id, Purge.taken_back_at.is_(None)))


def check_not_purged(proposal_id: int) -> None:
    """Refuse what makes no sense while a purge waits or after it.

    :raises PurgeWaits: it is to be taken back first.
    :raises Purged: nothing is left to show.
    """
    purge = running_purge(proposal_id)
    if purge is not None:
        raise Purged if purge.confirmed_at else PurgeWaits


def propose(actor: Actor, address: str, reason: PurgeReason) -> None:
    """Ask for the content of a hidden proposal to be purged; the other security officers are told.

    :raises NotVisible: no such proposal for this officer.
    :raises AuthorMayNotAct: the officer is an author.
    :raises NotHidden: it is not under quarantine.
    :raises PurgeWaits: it was asked for already; ``Purged``: and done.
    """
    with atomic() as session:
        loaded = load(actor, address)
        check_officer(actor, loaded.facts)
        if not loaded.facts.quarantined:
            raise NotHidden
        check_not_purged(loaded.proposal.id)
        session.add(Purge(proposal_id=loaded.proposal.id, reason=reason, proposed_by_id=actor.person_id, proposed_at=now()))
        audit.record(AuditTag.PURGE_PROPOSED, "proposal", loaded.proposal.id, by=actor.account_id, reason=reason.value)
        notify(NoticeKind.PURGE_PROPOSED, other_officers(loaded.facts, actor.person_id), "proposal", loaded.proposal.id)


def _waiting(actor: Actor, address: str) -> tuple[Loaded, Purge]:
    loaded = load(actor, address)
    check_officer(actor, loaded.facts)
    purge = running_purge(loaded.proposal.id)
    if purge is None or purge.confirmed_at is not None:
        raise NoPurgeWaits
    return loaded, purge


def take_back(actor: Actor, address: str) -> None:
    """End a purge that waits; either officer may.

    :raises NoPurgeWaits: none does.
    """
    with atomic():
        loaded, purge = _waiting(actor, address)
        purge.taken_back_at, purge.taken_back_by_id = now(), actor.person_id
        audit.record(AuditTag.PURGE_TAKEN_BACK, "proposal", loaded.proposal.id, by=actor.account_id)


def confirm(actor: Actor, address: str) -> None:
    """The second officer agrees: every word of and about the proposal goes, its number and dates stay.

    :raises NoPurgeWaits: nobody proposed it, or it is done or taken back.
    :raises SecondPersonNeeded: the same human being proposed it; :raises PutThere: one of the two let the other in of late.
    :raises AuthorMayNotAct: the officer is an author.
    """
    with atomic() as session:
        loaded, purge = _waiting(actor, address)
        proposer = session.get_one(Person, purge.proposed_by_id).human_id
        check_may_confirm(actor, loaded.facts, proposer)
        check_second_person(proposer, actor.person_id)
        proposal_id, authors = loaded.proposal.id, lifecycle.authors_of(loaded.proposal.id)
        purge.confirmed_at, purge.confirmed_by_id = now(), actor.person_id
        erasing.blank(loaded.proposal)
        file_texts.forget_unnamed()
        audit.record(AuditTag.PURGED, "proposal", proposal_id, by=actor.account_id, reason=purge.reason.value)
        notify(NoticeKind.PURGED, authors, "proposal", proposal_id)
        audience.refresh(proposal_id)
    purging.sweep()


def destroy_copy(actor: Actor, address: str, event_id: int) -> None:
    """Tick a backup or an export off as destroyed: the officer's word, recorded.

    :raises NoPurgeYet: nothing was purged.
    :raises NotVisible: no such copy, or not while the content was here.
    """
    with atomic() as session:
        loaded = load(actor, address)
        check_officer(actor, loaded.facts)
        purge = running_purge(loaded.proposal.id)
        if purge is None or purge.confirmed_at is None:
            raise NoPurgeYet
        copy = next((each for each in copies_of(loaded.proposal, purge) if each.event_id == event_id), None)
        if copy is None:
            raise NotVisible
        if copy.destroyed_at is None:
            session.add(DestroyedCopy(purge_id=purge.id, event_id=event_id, at=now(), by_id=actor.person_id))
            audit.record(AuditTag.COPY_DESTROYED, "proposal", loaded.proposal.id, by=actor.account_id, copy=event_id)


def clean_up() -> int:
    """Clean the disk after purges; the worker calls it in every round.  Returns how many purges are finished by it.

    The file of the database is written anew (what SQLite moved between pages before the row was blanked is in no page of it any
    more), its log is emptied, copies from before migrations and stored files nobody names go, and the index is built anew.  Whatever is busy is tried again.
    """
    waiting = list(db.session.scalars(select(Purge.id).where(Purge.confirmed_at.is_not(None), Purge.cleaned_at.is_(None))))
    unread = waiting and db.session.scalar(
        select(IndexJob.id).join(Purge, Purge.proposal_id == IndexJob.document_id).where(Purge.id.in_(waiting)).limit(1)
    )
    db.session.rollback()
    if not waiting or unread or not _disk_is_clean():
        return 0
    with atomic() as session:
        for purge_id in waiting:
            purge = session.get_one(Purge, purge_id)
            purge.cleaned_at = now()
            audit.record(AuditTag.PURGE_CLEANED, "proposal", purge.proposal_id, by=None)
    return len(waiting)


def _disk_is_clean() -> bool:
    try:
        intake.forget_unnamed()
        database.forget_copies(db.engine)
        if not database.rewrite(db.engine):
            return False
    except Unavailable:
        return False
    return "busy" not in search.rebuild("purged")
