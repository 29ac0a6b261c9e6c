"""Sign-ins: kept on the server, so that ending one ends every copy of its cookie.

A sign-in gets a new token at every step that makes it worth more (the second step, a new password): a token seen before is of no
use afterwards.  A role given or taken, a seat that needs a second step, another unit, a new password end it, and so does one more
where an account has as many as it may (``MAX_SIGN_INS``).
"""

import hashlib
import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import joinedload

from innovations import audit
from innovations.core.clock import ago, now
from innovations.core.rules.errors import Forbidden, NotVisible, Unavailable
from innovations.core.transactions import atomic, only_once
from innovations.extensions import db
from innovations.people import followers
from innovations.people.models import Account, Person, SignIn
from innovations.people.rules.devices import described
from innovations.people.rules.events import AuditTag, NoticeKind
from innovations.people.rules.factors import CODE_MINUTES, Stage
from innovations.people.rules.roles import Actor, Role
from innovations.people.services.present_password import check_present_password

DEVICE_LENGTH, ADDRESS_LENGTH = 120, 45


@dataclass(frozen=True)
class Found:
    """A running sign-in: whose, how far it has come, and when it was last seen."""

    account: Account
    stage: Stage
    seen_at: datetime


@dataclass(frozen=True)
class Place:
    """Where somebody signs in: the network address, and what the browser calls itself."""

    address: str = ""
    device: str = ""


@dataclass(frozen=True)
class SignInShown:
    """A running sign-in as its owner sees it; ``present`` is the one that asks, ``device`` is empty when unknown."""

    id: int
    created_at: datetime
    seen_at: datetime
    address: str
    device: str
    present: bool


def hash_token(token: str) -> str:
    """What is stored of a secret that a cookie or an API client carries."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_sign_in(account_id: int, stage: Stage, place: Place) -> str:
    """Open a sign-in.  A step.

    :returns: the token for the cookie; only its hash is stored.
    """
    token = secrets.token_urlsafe(32)
    opened = SignIn(token_sha256=hash_token(token), account_id=account_id, created_at=now(), seen_at=now(), stage=stage)
    opened.address, opened.device = place.address[:ADDRESS_LENGTH], place.device[:DEVICE_LENGTH]
    db.session.add(opened)
    return token


def keep_to_the_limit(account_id: int, token: str) -> None:
    """End the oldest running sign-ins of an account that has more than it may; its owner is told.  A step, after one more began.

    :param token: of the one that began last, which stays.
    """
    others = select(SignIn).where(*_running(account_id), SignIn.token_sha256 != hash_token(token))
    ended = db.session.scalars(others.order_by(SignIn.id.desc()).offset(current_app.config["MAX_SIGN_INS"] - 1)).all()
    for row in ended:
        row.ended_at = now()
    if ended:
        audit.record(AuditTag.SESSION_REVOKED, "account", account_id, by=account_id, oldest=len(ended))
        owner = db.session.get_one(Account, account_id).person
        followers.tell_owner(NoticeKind.OLDEST_SIGN_IN_ENDED, account_id, owner.human_id)


def keep_waiting_to_the_limit(account_id: int, address: str) -> None:
    """Remove the oldest sign-ins that wait for a second step beyond the limit of account and address.  A step, after one more began.

    Each of them was worth nothing yet.  By address, so that somebody elsewhere who knows the password alone takes no step from its owner.
    """
    waiting = select(SignIn.id).where(SignIn.account_id == account_id, SignIn.address == address, SignIn.stage == Stage.CODE)
    surplus = db.session.scalars(waiting.order_by(SignIn.id.desc()).offset(current_app.config["MAX_SIGN_INS"])).all()
    if surplus:
        db.session.execute(delete(SignIn).where(SignIn.id.in_(surplus)))


def renew(token: str, stage: Stage | None = None) -> str:
    """Give a sign-in a new token, because it is worth more from now on.  A step.

    :param stage: how far it has come with that; unchanged when not given.
    :returns: the new one; the old one opens nothing any more.
    """
    fresh = secrets.token_urlsafe(32)
    changed = update(SignIn).where(SignIn.token_sha256 == hash_token(token)).values(token_sha256=hash_token(fresh), seen_at=now())
    db.session.execute(changed if stage is None else changed.values(stage=stage))
    return fresh


def find_signed_in(token: str) -> Found | None:
    """The sign-in that ``token`` opened; None when it ended, idled out, grew too old, or waits for its second step."""
    config = current_app.config
    return _found(
        token,
        SignIn.stage != Stage.CODE,
        SignIn.seen_at > ago(minutes=config["SESSION_IDLE_MINUTES"]),
        SignIn.created_at > ago(hours=config["SESSION_HOURS"]),
    )


def find_waiting(token: str) -> Found | None:
    """The sign-in behind ``token`` that waits for its second step, for a few minutes."""
    return _found(token, SignIn.stage == Stage.CODE, SignIn.created_at > ago(minutes=CODE_MINUTES))


def _found(token: str, *conditions: ColumnElement[bool]) -> Found | None:
    chosen = (
        select(Account, SignIn.stage, SignIn.seen_at)
        .select_from(SignIn)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token_sha256 == hash_token(token), SignIn.ended_at.is_(None), Account.active, *conditions)
        .options(joinedload(Account.person).joinedload(Person.unit))  # asked for by every page
    )
    found = db.session.execute(chosen).first()
    return Found(*found) if found else None


def mark_seen(token: str, seen: datetime) -> None:
    """Push the idle end of a sign-in out, at most once a minute (each is a write).

    When the disk is full it is left where it was: a page that only reads must not fail for that.

    :param seen: when it was last pushed out.
    """
    if now() - seen > timedelta(minutes=1):
        with suppress(Unavailable), only_once(None), atomic() as session:
            session.execute(update(SignIn).where(SignIn.token_sha256 == hash_token(token)).values(seen_at=now()))


def sign_out(token: str) -> None:
    """End the sign-in of ``token``; a copied cookie is worthless afterwards."""
    with atomic() as session:
        row = session.scalar(select(SignIn).where(SignIn.token_sha256 == hash_token(token), SignIn.ended_at.is_(None)))
        if row is not None:
            row.ended_at = now()
            audit.record(AuditTag.SIGNED_OUT, "account", row.account_id, by=row.account_id)


def end_sign_ins(account_id: int, *, but: str | None = None) -> None:
    """End an account's sign-ins, except the one with token ``but``.  A step."""
    running = update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    if but is not None:
        running = running.where(SignIn.token_sha256 != hash_token(but))
    db.session.execute(running.values(ended_at=now()))


def end_sign_ins_of(person_ids: Collection[int]) -> None:
    """Rights change at once: end every sign-in of these people.  A step."""
    for account_id in db.session.scalars(select(Account.id).where(Account.person_id.in_(person_ids))).all():
        end_sign_ins(account_id)


def running_of(actor: Actor, token: str) -> list[SignInShown]:
    """The actor's running sign-ins, the one seen last first.

    :param token: of the sign-in that asks.
    """
    chosen = select(SignIn).where(*_running(actor.account_id)).order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    present = hash_token(token)
    return [
        SignInShown(row.id, row.created_at, row.seen_at, row.address, described(row.device), row.token_sha256 == present)
        for row in db.session.scalars(chosen)
    ]


def _running(account_id: int) -> tuple[Any, ...]:
    config = current_app.config
    return (
        SignIn.account_id == account_id,
        SignIn.ended_at.is_(None),
        SignIn.stage != Stage.CODE,
        SignIn.seen_at > ago(minutes=config["SESSION_IDLE_MINUTES"]),
        SignIn.created_at > ago(hours=config["SESSION_HOURS"]),
    )


def revoke(actor: Actor, sign_in_id: int, present: str, *, address: str) -> None:
    """End one of one's own sign-ins, on a lost telephone for example.

    :raises WrongPresentPassword, TooManyTries: see :mod:`.present_password`.
    :raises NotVisible: there is no such sign-in, or it is somebody else's.
    """
    check_present_password(actor.account_id, present, address=address, field="present")
    with atomic() as session:
        row = session.get(SignIn, sign_in_id)
        if row is None or row.account_id != actor.account_id:
            raise NotVisible
        row.ended_at = row.ended_at or now()
        audit.record(AuditTag.SESSION_REVOKED, "account", actor.account_id, by=actor.account_id)


def revoke_others(actor: Actor, token: str, present: str, *, address: str) -> None:
    """End all of one's own sign-ins but the present one.

    :raises WrongPresentPassword, TooManyTries: see :mod:`.present_password`.
    """
    check_present_password(actor.account_id, present, address=address, field="present")
    with atomic():
        end_sign_ins(actor.account_id, but=token)
        audit.record(AuditTag.SESSION_REVOKED, "account", actor.account_id, by=actor.account_id)


def revoke_all_of(actor: Actor, person_id: int) -> None:
    """End every sign-in of somebody's accounts, on the word of the admin; passwords and second steps stay, and the owner is told.

    :raises NotVisible: there is no such person, or somebody else administers the person's unit.
    :raises Forbidden: it is the actor; one's own are ended on the page of one's account.
    """
    with atomic() as session:
        person = session.get(Person, person_id)
        if person is None or not actor.holds(Role.ADMIN, person.unit.path):
            raise NotVisible
        if person_id == actor.person_id:
            raise Forbidden
        for account_id in session.scalars(select(Account.id).where(Account.person_id == person_id).order_by(Account.id)).all():
            end_sign_ins(account_id)
            audit.record(AuditTag.SESSION_REVOKED, "account", account_id, by=actor.account_id)
            followers.tell_owner(NoticeKind.SIGN_INS_ENDED, account_id, person.human_id)
