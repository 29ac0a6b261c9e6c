"""Signing in, in one step or two, and passwords.

Failures are counted per service number, per address and for all (:mod:`innovations.people.services.limits`); the answer to an
unknown number takes the time of a wrong password.
"""

from contextlib import nullcontext
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from innovations import audit
from innovations.core.clock import ago, now
from innovations.core.rules.errors import N_, DomainError, Forbidden, NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people import followers
from innovations.people.leaked import is_leaked
from innovations.people.models import Account
from innovations.people.passwords import drawn, hash_password, matches, needs_new_hash
from innovations.people.rules.events import AuditTag, NoticeKind
from innovations.people.rules.factors import Stage, stage_after_password
from innovations.people.rules.passwords import Demands, check_password, stands_alone
from innovations.people.rules.roles import Actor, Role
from innovations.people.services import limits, second_step, sign_ins
from innovations.people.services.present_password import check_present_password
from innovations.people.services.sign_ins import Place, end_sign_ins, open_sign_in, renew

ONE_TIME_HOURS = 24


class WrongCredentials(DomainError):
    """The same answer for an unknown number, a wrong password, a closed account and an expired one-time password."""

    message = N_("Số hiệu hoặc mật khẩu không đúng. Quên mật khẩu: nhờ quản trị đơn vị cấp mật khẩu dùng một lần.")


def _is_usable(account: Account) -> bool:
    """Whether the account is open and its one-time password, if it has one, still works."""
    in_time = account.one_time_until is None or account.one_time_until >= now()
    return account.active and account.person.active and in_time


def sign_in(service_number: str, password: str, *, address: str, device: str = "") -> str:
    """Check the password and open a sign-in, which may wait for a second step.

    :returns: the token for the cookie; only its hash is stored.
    :raises WrongCredentials: whatever was wrong, after the same work.
    :raises TooManyTries: 10 failures in 5 minutes for the number, 50 for the address, 500 for all (settings).
    """
    account = db.session.scalar(select(Account).where(Account.service_number == service_number.strip()))
    counts = limits.counted("n", service_number, address, known=limits.knows_address(account, address))
    limits.check(counts)
    if not matches(account.password_hash if account and _is_usable(account) else None, password) or account is None:
        limits.remember_failure(counts)
        raise WrongCredentials("password")
    account_id, stage = account.id, _stage(account)
    fresh = hash_password(password) if needs_new_hash(account.password_hash) else None
    outworn = _outworn(account)
    with atomic() as session:
        token = open_sign_in(account_id, stage, Place(address, device))
        if fresh or outworn:
            account = session.get_one(Account, account_id)
            account.password_hash, account.must_change = fresh or account.password_hash, outworn or account.must_change
        if stage is Stage.CODE:
            sign_ins.keep_waiting_to_the_limit(account_id, address[: sign_ins.ADDRESS_LENGTH])
        else:
            audit.record(AuditTag.SIGNED_IN, "account", account_id, by=account_id)
            sign_ins.keep_to_the_limit(account_id, token)
    return token


def _stage(account: Account) -> Stage:
    if not second_step.in_force():
        return Stage.COMPLETE
    return stage_after_password(has_second_step=second_step.has(account.id), must_have=second_step.must_have(account))


def _outworn(account: Account) -> bool:
    """Whether the unit asks for a new password every so many days, and they are over."""
    days = current_app.config["PASSWORD_MAX_DAYS"]
    return bool(days and account.password_at is not None and account.password_at < ago(hours=24 * days))


def enter_code(token: str, typed: str, *, address: str) -> str:
    """Finish a sign-in with its second step: a one-time code, or a recovery code.

    :param token: of the sign-in that waits.
    :returns: the new token for the cookie.
    :raises NotVisible: it waited too long, or none waits.
    :raises WrongCode: the code is wrong or was used.
    :raises TooManyTries: see :func:`sign_in`.
    """
    waiting = sign_ins.find_waiting(token)
    if waiting is None:
        raise NotVisible
    account_id = waiting.account.id
    with second_step.limited(account_id, address), atomic():
        second_step.spend_code(account_id, typed)
        audit.record(AuditTag.SIGNED_IN, "account", account_id, by=account_id)
        token = renew(token, Stage.COMPLETE)
        sign_ins.keep_to_the_limit(account_id, token)
        return token


def change_password(account_id: int, old: str, new: str, code: str = "", *, token: str, address: str) -> str:
    """Set a new password; every other sign-in of the account ends, the present one gets a new token.

    :param code: of the second step, where :func:`~.second_step.asks_before_new_password`.
    :returns: that token.
    :raises WrongPresentPassword, TooManyTries: see :mod:`.present_password`.
    :raises WrongCode: the code is wrong or was used.
    :raises DomainError: ``new`` is too weak; the message says why.
    """
    check_present_password(account_id, old, address=address, field="old")
    account = db.session.get_one(Account, account_id)
    check_password(
        new,
        service_number=account.service_number,
        full_name=account.person.full_name,
        demands=demands(second_step.in_force() and second_step.has(account_id)),
        is_leaked=is_leaked,
        field="new",
    )
    hashed = hash_password(new)
    with (
        second_step.limited(account_id, address) if second_step.asks_before_new_password(account) else nullcontext(),
        atomic() as session,
    ):
        account = session.get_one(Account, account_id)
        if second_step.asks_before_new_password(account):
            second_step.spend_code(account_id, code)
        account.password_hash, account.must_change, account.one_time_until = hashed, False, None
        account.password_at, account.stands_alone = now(), stands_alone(new)
        end_sign_ins(account_id, but=token)
        audit.record(AuditTag.PASSWORD_CHANGED, "account", account_id, by=account_id)
        followers.tell_owner(NoticeKind.PASSWORD_CHANGED, account_id, account.person.human_id)
        return renew(token)


def demands(with_second_step: bool) -> Demands:
    """What this installation asks of a password."""
    return Demands(with_second_step=with_second_step, kinds=current_app.config["PASSWORD_KINDS"])


def new_one_time_password() -> str:
    """A password to be read from paper once: 12 letters and digits in groups, 59 random bits."""
    return drawn(3, 4)


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
        followers.tell_owner(NoticeKind.ONE_TIME_PASSWORD_ISSUED, account.id, account.person.human_id)
    return password


def set_locale(account_id: int, locale: str) -> None:
    """Remember the reader's language, ``vi`` or ``en``."""
    with atomic() as session:
        session.get_one(Account, account_id).locale = "en" if locale == "en" else "vi"
