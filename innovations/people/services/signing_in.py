"""Signing in and out, and passwords.

Sign-ins live in the database, so ending one ends every copy of its cookie.  Failures are counted per service number and per
address in a table that all processes share; the pause they cause is soft and passes by itself.
"""

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import joinedload

from innovations import audit
from innovations.core.clock import ago, now
from innovations.core.rules.errors import N_, DomainError, Forbidden, NotVisible, Unavailable
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.models import Account, Person, SignIn, SignInFailure
from innovations.people.passwords import hash_password, matches
from innovations.people.rules.events import AuditTag
from innovations.people.rules.passwords import check_password
from innovations.people.rules.roles import Actor, Role

WINDOW_MINUTES = 5
ONE_TIME_HOURS = 24
#: Letters and digits that are not mistaken for one another when read aloud or from paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class WrongCredentials(DomainError):
    """The same answer for an unknown number, a wrong password, a closed account and an expired one-time password."""

    message = N_("Số hiệu hoặc mật khẩu không đúng. Quên mật khẩu: nhờ quản trị đơn vị cấp mật khẩu dùng một lần.")


class TooManyTries(DomainError):
    """A pause after too many failures; it passes by itself."""

    status = 429
    message = N_("Đã sai quá nhiều lần. Xin chờ %(minutes)d phút rồi thử lại.")


class WrongOldPassword(DomainError):
    """The present password was mistyped while changing it."""

    message = N_("Mật khẩu hiện tại không đúng.")


def hash_token(token: str) -> str:
    """What is stored of a secret that a cookie or an API client carries."""
    return hashlib.sha256(token.encode()).hexdigest()


def _counted(service_number: str, address: str) -> dict[str, int]:
    """Who is counted for a try, with the limit of each."""
    number = "n:" + hashlib.sha256(service_number.strip().casefold().encode()).hexdigest()
    address_limit = current_app.config["SIGNIN_LIMIT_ADDRESS"] * (20 if current_app.config["DEMO"] else 1)
    return {number: current_app.config["SIGNIN_LIMIT_PERSON"], f"a:{address}": address_limit}


def _check_limits(counted: dict[str, int]) -> None:
    since = ago(minutes=WINDOW_MINUTES)
    for who, limit in counted.items():
        failures = select(func.count()).where(SignInFailure.who == who, SignInFailure.at > since)
        if (db.session.scalar(failures) or 0) >= limit:
            raise TooManyTries("password", minutes=WINDOW_MINUTES)


def _remember_failure(counted: dict[str, int]) -> None:
    with atomic() as session:
        session.execute(delete(SignInFailure).where(SignInFailure.at < ago(minutes=WINDOW_MINUTES)))
        session.add_all(SignInFailure(who=who, at=now()) for who in counted)


def _is_usable(account: Account) -> bool:
    """Whether the account is open and its one-time password, if it has one, still works."""
    in_time = account.one_time_until is None or account.one_time_until >= now()
    return account.active and account.person.active and in_time


def sign_in(service_number: str, password: str, *, address: str) -> str:
    """Check the password and open a sign-in.

    :returns: the token for the cookie; only its hash is stored.
    :raises WrongCredentials: whatever was wrong, after the same work.
    :raises TooManyTries: 10 failures in 5 minutes for the number, or 50 for the address (both settings).
    """
    counted = _counted(service_number, address)
    _check_limits(counted)
    account = db.session.scalar(select(Account).where(Account.service_number == service_number.strip()))
    if not matches(account.password_hash if account and _is_usable(account) else None, password) or account is None:
        _remember_failure(counted)
        raise WrongCredentials("password")
    account_id = account.id
    token = secrets.token_urlsafe(32)
    with atomic() as session:
        session.add(SignIn(token_sha256=hash_token(token), account_id=account_id, created_at=now(), seen_at=now()))
        audit.record(AuditTag.SIGNED_IN, "account", account_id, by=account_id)
    return token


def sign_out(token: str) -> None:
    """End the sign-in of ``token``; a copied cookie is worthless afterwards."""
    with atomic() as session:
        session.execute(update(SignIn).where(SignIn.token_sha256 == hash_token(token)).values(ended_at=now()))


def end_sign_ins(account_id: int, *, but: str | None = None) -> None:
    """End an account's sign-ins, except the one with token ``but``.  A step."""
    running = update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    if but is not None:
        running = running.where(SignIn.token_sha256 != hash_token(but))
    db.session.execute(running.values(ended_at=now()))


def find_signed_in(token: str) -> tuple[Account, datetime] | None:
    """The account whose sign-in ``token`` opened, and when it was last seen; None when it ended, idled out or grew too old."""
    config = current_app.config
    chosen = (
        select(Account, SignIn.seen_at)
        .select_from(SignIn)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token_sha256 == hash_token(token), SignIn.ended_at.is_(None), Account.active)
        .where(SignIn.seen_at > ago(minutes=config["SESSION_IDLE_MINUTES"]))
        .where(SignIn.created_at > ago(hours=config["SESSION_HOURS"]))
        .options(joinedload(Account.person).joinedload(Person.unit))  # asked for by every page
    )
    found = db.session.execute(chosen).first()
    return (found[0], found[1]) if found else None


def mark_seen(token: str, seen: datetime) -> None:
    """Push the idle end of a sign-in out, at most once a minute (each is a write).

    When the disk is full it is left where it was: a page that only reads must not fail for that.

    :param seen: when it was last pushed out.
    """
    if now() - seen > timedelta(minutes=1):
        with suppress(Unavailable), atomic() as session:
            session.execute(update(SignIn).where(SignIn.token_sha256 == hash_token(token)).values(seen_at=now()))


def change_password(account_id: int, old: str, new: str, *, token: str) -> None:
    """Set a new password; every other sign-in of the account ends.

    :raises WrongOldPassword: ``old`` is not the present one.
    :raises DomainError: ``new`` is too weak; the message says why.
    """
    account = db.session.get_one(Account, account_id)
    if not matches(account.password_hash, old):
        raise WrongOldPassword("old")
    check_password(new, service_number=account.service_number, full_name=account.person.full_name, field="new")
    hashed = hash_password(new)
    with atomic() as session:
        account = session.get_one(Account, account_id)
        account.password_hash, account.must_change, account.one_time_until = hashed, False, None
        end_sign_ins(account_id, but=token)
        audit.record(AuditTag.PASSWORD_CHANGED, "account", account_id, by=account_id)


def new_one_time_password() -> str:
    """A password to be read from paper once: 12 letters and digits in groups, 59 random bits."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return "-".join(letters[i : i + 4] for i in range(0, 12, 4))


def issue_one_time_password(actor: Actor, account_id: int) -> str:
    """Replace a forgotten password with one that works for 24 hours and must be changed at first use.

    :returns: the password, shown to the admin once and stored nowhere in clear.
    :raises NotVisible: there is no such account, or somebody else administers the person's unit.
    :raises Forbidden: it is the actor's own account.
    """
    password = new_one_time_password()
    hashed = hash_password(password)
    with atomic() as session:
        account = session.get(Account, account_id)
        if account is None:
            raise NotVisible
        if not actor.holds(Role.ADMIN, account.person.unit.path):
            raise NotVisible
        if account.id == actor.account_id:
            raise Forbidden
        account.password_hash, account.must_change = hashed, True
        account.one_time_until = now() + timedelta(hours=ONE_TIME_HOURS)
        end_sign_ins(account.id)
        audit.record(AuditTag.ONE_TIME_PASSWORD_ISSUED, "account", account.id, by=actor.account_id)
    return password


def set_locale(account_id: int, locale: str) -> None:
    """Remember the reader's language, ``vi`` or ``en``."""
    with atomic() as session:
        session.get_one(Account, account_id).locale = "en" if locale == "en" else "vi"
