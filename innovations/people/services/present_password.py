"""Whoever changes how an account is signed in to types its present password first (OWASP ASVS 7.5.1, 7.5.2).

A stolen cookie is worth a sign-in and nothing more: it neither changes the password, nor sets up a second step of the thief's, nor ends
the sign-ins of the owner; and it cannot try all passwords.
"""

from innovations.core.rules.errors import N_, DomainError
from innovations.extensions import db
from innovations.people.models import Account
from innovations.people.passwords import matches
from innovations.people.services import limits


class WrongPresentPassword(DomainError):
    """The present password was mistyped."""

    message = N_("Mật khẩu hiện tại không đúng.")


def check_present_password(account_id: int, typed: str, *, address: str, field: str) -> None:
    """Refuse whoever does not know the account's password; failures are counted as at signing in.  Outside a transaction.

    :raises WrongPresentPassword: naming ``field``; the audit log says so, without what was typed.
    :raises TooManyTries: 10 failures in 5 minutes for the number, 50 for the address, 500 for all (settings).
    """
    account = db.session.get_one(Account, account_id)
    counts = limits.counted("n", account.service_number, address, known=limits.knows_address(account, address))
    with limits.limited(counts, WrongPresentPassword, account_id=account_id):
        if not matches(account.password_hash, typed):
            raise WrongPresentPassword(field)
