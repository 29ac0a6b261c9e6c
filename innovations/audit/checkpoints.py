"""Signed checkpoints of the log: daily, and when a vote closes (after Certificate Transparency's signed tree heads, RFC 9162).

The chain alone proves nothing against somebody who rewrites all of it; a checkpoint fixes what it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from innovations.audit.models import AuditCheckpoint, AuditEvent
from innovations.audit.signing import is_signed_by, public_key, short_code, sign, signed_text
from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.extensions import db


@dataclass(frozen=True)
class Seal:
    """What a paper carries of a checkpoint.

    :param code: to be compared by eye with what ``flask audit verify --code`` or the stand-alone tool says.
    :param text: the whole checkpoint with its signature, for a QR code.
    """

    code: str
    text: str


def fix(subject_kind: str = "log", subject_id: int | None = None) -> AuditCheckpoint | None:
    """Sign the log as it is now, in the caller's transaction.  A step.

    :returns: None when nothing was ever logged.
    """
    db.session.flush()
    last = db.session.execute(select(AuditEvent.id, AuditEvent.digest).order_by(AuditEvent.id.desc()).limit(1)).first()
    if last is None:
        return None
    at = now()
    made = AuditCheckpoint(event_id=last.id, digest=last.digest, at=at, subject_kind=subject_kind, subject_id=subject_id)
    made.key, made.signature = public_key(), sign(signed_text(last.id, last.digest, at))
    db.session.add(made)
    db.session.flush()
    return made


def fix_daily() -> int:
    """Sign the log once a day when something was added; the worker's job.  Returns the number of checkpoints made."""
    with atomic() as session:
        newest = session.scalar(select(AuditEvent.id).order_by(AuditEvent.id.desc()).limit(1))
        signed = session.scalar(select(AuditCheckpoint.event_id).order_by(AuditCheckpoint.id.desc()).limit(1))
        return 0 if newest == signed else int(fix() is not None)


def seal_of(subject_kind: str, subject_id: int) -> Seal | None:
    """What the papers about a thing carry, from its newest checkpoint; None when there is none."""
    chosen = select(AuditCheckpoint).where(AuditCheckpoint.subject_kind == subject_kind, AuditCheckpoint.subject_id == subject_id)
    found = db.session.scalars(chosen.order_by(AuditCheckpoint.id.desc())).first()
    if found is None:
        return None
    text = signed_text(found.event_id, found.digest, found.at)
    return Seal(short_code(text), text.decode() + found.signature.hex())


def checkpoints() -> list[AuditCheckpoint]:
    """All of them, oldest first."""
    return list(db.session.scalars(select(AuditCheckpoint).order_by(AuditCheckpoint.id)))


def first_beyond(held: Iterable[AuditCheckpoint], digests: dict[int, str], *, trusted: str | None = None) -> int | None:
    """Id of the first event that some checkpoint does not confirm; None when all hold.

    The events up to the checkpoint before it are confirmed, so the altered one is among those that follow.

    :param digests: event → digest, as the chain has them now.
    :param trusted: public key kept elsewhere; the one beside each checkpoint when not given.
    """
    confirmed = 0
    for each in held:
        text = signed_text(each.event_id, each.digest, each.at)
        if digests.get(each.event_id) != each.digest or not is_signed_by(trusted or each.key, text, each.signature):
            return confirmed + 1
        confirmed = max(confirmed, each.event_id)
    return None
