"""The second step of signing in: set up, spent, replaced by recovery codes, switched off.

A step of time is good for one sign-in.  Roles that must have a second step (NIST SP 800-63B-4, AAL2) come from grants here and
from seats through :func:`register_demand`.  A lost one is taken away in :mod:`.lost_steps`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from flask import current_app
from sqlalchemy import delete, select, update

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import N_, DomainError, Forbidden, NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people import factors
from innovations.people.identity import actor_of
from innovations.people.models import Account, RecoveryCode, SecondStep
from innovations.people.passwords import drawn
from innovations.people.rules.events import AuditTag
from innovations.people.rules.factors import RECOVERY_CODES, RECOVERY_GROUP, RECOVERY_GROUPS, Stage, must_have_second_step
from innovations.people.rules.roles import Actor
from innovations.people.services import limits
from innovations.people.services.present_password import check_present_password
from innovations.people.services.sign_ins import end_sign_ins, renew

_demands: list[Callable[[int], bool]] = []


class WrongCode(DomainError):
    """The code is wrong, too old, or was used."""

    message = N_("Mã không đúng hoặc đã dùng. Chờ mã kế tiếp rồi nhập lại.")


class SecondStepNeeded(Forbidden):
    """The role must have a second step; it cannot be switched off."""

    message = N_("Vai trò của đồng chí bắt buộc xác thực hai bước; không thể tắt.")


class AlreadySetUp(Forbidden):
    """There is a second step; it is switched off before another one is set up."""

    message = N_("Xác thực hai bước đã bật.")


def register_demand(demand: Callable[[int], bool]) -> None:
    """Let another feature say that a human being must have a second step: it gets the id that all their records share."""
    if demand not in _demands:
        _demands.append(demand)


def in_force() -> bool:
    """Whether this installation asks for second steps; demo instances do not."""
    return bool(current_app.config["SECOND_STEP"]) and not current_app.config["DEMO"]


def has(account_id: int) -> bool:
    """Whether the account has a second step that was set up to the end."""
    return _set_up(account_id) is not None


def must_have(account: Account) -> bool:
    """Whether a role or a seat of the person needs a second step."""
    actor = actor_of(account)
    return must_have_second_step({grant.role for grant in actor.grants}) or any(demand(actor.person_id) for demand in _demands)


def may_switch_off(account_id: int) -> bool:
    """Whether no role or seat of the person demands it."""
    return not (in_force() and must_have(db.session.get_one(Account, account_id)))


def codes_left(account_id: int) -> int:
    """Recovery codes not used yet."""
    unused = select(RecoveryCode.id).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return len(db.session.scalars(unused).all())


def begin(actor: Actor) -> None:
    """Make a new seed; it counts for nothing before :func:`confirm`.

    :raises AlreadySetUp: the account has a second step.
    """
    with atomic() as session:
        if has(actor.account_id):
            raise AlreadySetUp
        session.execute(delete(SecondStep).where(SecondStep.account_id == actor.account_id))
        session.add(SecondStep(account_id=actor.account_id, seed=factors.sealed(factors.new_seed()), last_step=0))


def seed_to_confirm(actor: Actor) -> str | None:
    """The seed that waits to be confirmed, to be shown to its owner; None when none does."""
    held = _begun(actor.account_id)
    return factors.unsealed(held.seed) if held else None


def confirm(actor: Actor, typed: str, present: str, *, token: str, address: str) -> tuple[str, list[str]]:
    """Finish setting up with the present password and a first code; other sign-ins of the account end.

    :returns: the new token of the present sign-in, and the recovery codes, shown once.
    :raises WrongPresentPassword, TooManyTries: see :mod:`.present_password`.
    :raises NotVisible: nothing was begun.
    :raises WrongCode: the telephone shows another code.
    """
    check_present_password(actor.account_id, present, address=address, field="present")
    with atomic():
        held = _begun(actor.account_id)
        if held is None:
            raise NotVisible
        held.last_step = _step(held, typed)
        held.confirmed_at = now()
        codes = _new_recovery_codes(actor.account_id)
        end_sign_ins(actor.account_id, but=token)
        audit.record(AuditTag.SECOND_FACTOR_CHANGED, "account", actor.account_id, by=actor.account_id, done="set_up")
        return renew(token, Stage.COMPLETE), codes


def renew_recovery_codes(actor: Actor, typed: str, present: str, *, address: str) -> list[str]:
    """Replace all recovery codes; needs the present password and a code of the second step.

    :returns: the new ones, shown once.
    :raises WrongPresentPassword: see :mod:`.present_password`.
    :raises WrongCode: the code is wrong or was used.
    :raises TooManyTries: ten were wrong in five minutes.
    """
    check_present_password(actor.account_id, present, address=address, field="present")
    with limited(actor.account_id, address), atomic():
        spend_code(actor.account_id, typed)
        audit.record(AuditTag.SECOND_FACTOR_CHANGED, "account", actor.account_id, by=actor.account_id, done="new_codes")
        return _new_recovery_codes(actor.account_id)


def switch_off(actor: Actor, typed: str, present: str, *, address: str) -> None:
    """Sign in with the password alone from now on; one too short for that must be changed first thing.

    :raises SecondStepNeeded: a role of the actor needs it.
    :raises WrongPresentPassword: see :mod:`.present_password`.
    :raises WrongCode: the code is wrong or was used.
    :raises TooManyTries: ten were wrong in five minutes.
    """
    if not may_switch_off(actor.account_id):
        raise SecondStepNeeded
    check_present_password(actor.account_id, present, address=address, field="present")
    with limited(actor.account_id, address), atomic() as session:
        if not may_switch_off(actor.account_id):
            raise SecondStepNeeded
        account = session.get_one(Account, actor.account_id)
        spend_code(account.id, typed)
        remove(account.id)
        account.must_change = account.must_change or not account.stands_alone
        audit.record(AuditTag.SECOND_FACTOR_CHANGED, "account", account.id, by=actor.account_id, done="off")


def asks_before_new_password(account: Account) -> bool:
    """Whether a new password takes a code as well: not where it is chosen in place of a one-time one, right after signing in."""
    return in_force() and has(account.id) and not account.must_change


def limited(account_id: int, address: str) -> AbstractContextManager[None]:
    """Around whatever spends a code: a stolen cookie must not try them all."""
    counts = limits.counted("f", str(account_id), address, known=False)
    return limits.limited(counts, WrongCode, account_id=account_id)


def spend_code(account_id: int, typed: str) -> None:
    """Use a one-time or a recovery code up.  A step.

    :raises WrongCode: it is neither, or was used.
    """
    unused = (
        update(RecoveryCode)
        .where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
        .where(RecoveryCode.code_sha256 == factors.hash_recovery_code(typed))
    )
    if db.session.execute(unused.values(used_at=now())).rowcount:  # type: ignore[attr-defined]  # a cursor result
        return
    held = _set_up(account_id)
    if held is None:
        raise WrongCode("code")
    held.last_step = _step(held, typed)


def _step(held: SecondStep, typed: str) -> int:
    step = factors.matching_step(factors.unsealed(held.seed), typed, at=now().timestamp(), after=held.last_step)
    if step is None:
        raise WrongCode("code")
    return step


def _begun(account_id: int) -> SecondStep | None:
    chosen = select(SecondStep).where(SecondStep.account_id == account_id, SecondStep.confirmed_at.is_(None))
    return db.session.scalar(chosen)


def _set_up(account_id: int) -> SecondStep | None:
    chosen = select(SecondStep).where(SecondStep.account_id == account_id, SecondStep.confirmed_at.is_not(None))
    return db.session.scalar(chosen)


def _new_recovery_codes(account_id: int) -> list[str]:
    codes = [drawn(RECOVERY_GROUPS, RECOVERY_GROUP) for _ in range(RECOVERY_CODES)]
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    db.session.add_all(RecoveryCode(account_id=account_id, code_sha256=factors.hash_recovery_code(code)) for code in codes)
    return codes


def remove(account_id: int) -> None:
    """The account has neither second step nor recovery codes any more.  A step."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    db.session.execute(delete(SecondStep).where(SecondStep.account_id == account_id))
