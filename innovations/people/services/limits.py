"""How often a password or a code may be wrong: failures are counted in a table that all processes share.

Each pause is soft and passes by itself.  Whoever signed in from an address before is counted there by themselves: a stranger who
tries somebody's number elsewhere does not keep its owner out.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import delete, func, select

from innovations import audit
from innovations.core.clock import ago, now
from innovations.core.rules.errors import N_, DomainError
from innovations.core.transactions import atomic, only_once
from innovations.extensions import db
from innovations.people.models import Account, SignIn, SignInFailure
from innovations.people.rules.events import AuditTag

WINDOW_MINUTES = 5
KNOWN_DAYS = 30  # an address from which somebody signed in counts as theirs so long
EVERYBODY = "w:"

#: Who is counted for a try → the limit.
Counted = dict[str, int]


class TooManyTries(DomainError):
    """A pause after too many failures; it passes by itself."""

    status = 429
    message = N_("Đã sai quá nhiều lần. Xin chờ %(minutes)d phút rồi thử lại.")


def counted(kind: str, who: str, address: str, *, known: bool) -> Counted:
    """Who is counted for a try.

    :param kind: ``n`` for a password, ``f`` for a second step; ``who`` is the number typed, or the account.
    :param known: the person signed in from this address before.
    """
    config = current_app.config
    place = f"@{address}" if known else ""
    name = f"{kind}:" + hashlib.sha256(f"{who.strip().casefold()}{place}".encode()).hexdigest()
    limits = {name: config["SIGNIN_LIMIT_PERSON"], f"a:{address}": config["SIGNIN_LIMIT_ADDRESS"] * (20 if config["DEMO"] else 1)}
    if not known:
        limits[EVERYBODY] = config["SIGNIN_LIMIT_ALL"] * (20 if config["DEMO"] else 1)
    return limits


def knows_address(account: Account | None, address: str) -> bool:
    """Whether the person of the account signed in from the address within :data:`KNOWN_DAYS`."""
    account_id = account.id if account else 0  # the same work for a number nobody has
    since = ago(hours=24 * KNOWN_DAYS)
    seen = select(SignIn.id).where(SignIn.account_id == account_id, SignIn.address == address, SignIn.created_at > since)
    return db.session.scalar(seen.limit(1)) is not None


def check(counts: Counted) -> None:
    """Refuse while somebody counted is at the limit.

    :raises TooManyTries: for five minutes after the first of these failures.
    """
    since = ago(minutes=WINDOW_MINUTES)
    for who, limit in counts.items():
        failures = select(func.count()).where(SignInFailure.who == who, SignInFailure.at > since)
        if (db.session.scalar(failures) or 0) >= limit:
            raise TooManyTries("password", minutes=WINDOW_MINUTES)


@contextmanager
def limited(counts: Counted, wrong: type[DomainError], *, account_id: int) -> Iterator[None]:
    """Let the block check a secret of an account: refuse while somebody counted is at the limit, and count it when it ends with
    ``wrong``; the audit log says so too, never what was typed.

    :raises TooManyTries: see :func:`check`.
    """
    check(counts)
    try:
        yield
    except wrong:
        remember_failure(counts, account_id)
        raise


def remember_failure(counts: Counted, account_id: int | None = None) -> None:
    """Count one failure for everybody in ``counts``.

    :param account_id: whose secret it was, once somebody is known to hold another of theirs: a password, or a running sign-in.
    """
    with only_once(None), atomic() as session:  # no effect of the form: sent again with the right secret it still has its own
        session.execute(delete(SignInFailure).where(SignInFailure.at < ago(minutes=WINDOW_MINUTES)))
        session.add_all(SignInFailure(who=who, at=now()) for who in counts)
        if account_id is not None:
            audit.record(AuditTag.SECRET_REFUSED, "account", account_id, by=account_id)
