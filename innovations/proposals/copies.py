"""Backups and exports that may still hold what was purged: the product cannot reach them, so it lists them until each is destroyed.

Whoever makes such a copy records it in the audit log under a tag that is registered here (house rule 5).  The list holds every one
made while the content was here, more rather than less: whether an export held this proposal depended on who asked for it.  Of copies
of one proposal it holds those of this one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from innovations import audit
from innovations.audit.models import AuditEvent
from innovations.core.clock import now
from innovations.core.rules.labels import Labelled
from innovations.extensions import db
from innovations.people.models import Account
from innovations.people.queries import names_of
from innovations.proposals.models import Proposal
from innovations.proposals.models_secrets import DestroyedCopy, Purge

_tags: set[str] = set()


def register_copies(*tags: Labelled) -> None:
    """Events with these tags stand for copies outside the instance; they are registered as audit tags too."""
    audit.register_tags(tags)
    _tags.update(tag.value for tag in tags)


@dataclass(frozen=True)
class Copy:
    """A backup or an export, told by its event.

    :param mark: beginning of the file's SHA-256, by which a backup is told from another; empty for an export.
    """

    event_id: int
    label: str
    made_at: datetime
    by: str
    mark: str
    destroyed_at: datetime | None


def copies_of(proposal: Proposal, purge: Purge | None) -> list[Copy]:
    """What was copied while the content was here, the oldest first."""
    until = (purge.cleaned_at if purge else None) or now()
    chosen = select(AuditEvent, Account.person_id).outerjoin(Account, Account.id == AuditEvent.account_id)
    chosen = chosen.where(AuditEvent.tag.in_(_tags), AuditEvent.at >= proposal.created_at, AuditEvent.at <= until)
    chosen = chosen.where((AuditEvent.subject_kind != "proposal") | (AuditEvent.subject_id == proposal.id))
    rows = db.session.execute(chosen.order_by(AuditEvent.id)).all()
    names = names_of({person for _event, person in rows if person is not None})
    return [
        Copy(
            event.id, audit.label_of(event.tag), event.at, names[person].titled if person in names else "",
            str(event.data.get("mark", "")), destroyed.get(event.id),
        )
        for destroyed in (_destroyed(purge),)
        for event, person in rows
    ]  # fmt: skip


def _destroyed(purge: Purge | None) -> dict[int, datetime]:
    if purge is None:
        return {}
    rows: Iterable[DestroyedCopy] = db.session.scalars(select(DestroyedCopy).where(DestroyedCopy.purge_id == purge.id))
    return {row.event_id: row.at for row in rows}
