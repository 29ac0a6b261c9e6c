"""Bearer tokens of the API: made by a command, shown once, stored as a hash, bounded in scope and time."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people.identity import actor_of
from innovations.people.models import Account, ApiToken
from innovations.people.rules.events import AuditTag
from innovations.people.rules.roles import Actor
from innovations.people.services.sign_ins import hash_token


def create_token(account_id: int, scopes: Collection[str], lifetime: timedelta, *, name: str = "") -> str:
    """Make a token for an account.

    :param name: what it is for, as a list of tokens shows it.
    :returns: the token; it can be read nowhere afterwards.
    :raises NotVisible: there is no such account.
    """
    token = secrets.token_urlsafe(32)
    with atomic() as session:
        if session.get(Account, account_id) is None:
            raise NotVisible
        row = ApiToken(token_sha256=hash_token(token), account_id=account_id, scopes=",".join(sorted(scopes)), name=name[:60])
        row.created_at, row.expires_at = now(), now() + lifetime
        session.add(row)
        session.flush()
        audit.record(AuditTag.TOKEN_CREATED, "token", row.id, by=None, account=account_id)
    return token


def actor_with(token: str, scope: str) -> Actor | None:
    """Who acts with this token, when it runs, its account is open and it holds the scope."""
    chosen = (
        select(ApiToken.scopes, Account)
        .join(Account, Account.id == ApiToken.account_id)
        .where(
            ApiToken.token_sha256 == hash_token(token), ApiToken.revoked_at.is_(None), ApiToken.expires_at > now(), Account.active
        )
    )
    found = db.session.execute(chosen).first()
    return actor_of(found[1]) if found and scope in found[0].split(",") else None
