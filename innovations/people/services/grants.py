"""Role grants: given and ended by an admin, never to oneself; a deputy stands in while the holder is away."""

from datetime import date

from sqlalchemy import select

from innovations import audit
from innovations.core.clock import now, today
from innovations.core.rules.errors import N_, Invalid, NotVisible
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people import followers
from innovations.people.followers import persons_posted
from innovations.people.models import Account, Grant, Person, Unit
from innovations.people.rules.events import AuditTag, NoticeKind
from innovations.people.rules.roles import Actor, Role, check_grant, check_period
from innovations.people.services.persons import person_with_number
from innovations.people.services.sign_ins import end_sign_ins_of


class AlreadyGranted(Invalid):
    """The person holds the role there already."""

    message = N_("Đồng chí này đã có vai trò đó ở đơn vị.")


def add_grant(person_id: int, role: Role, unit_id: int, *, from_on: date, to_on: date | None = None) -> Grant:
    """Store a grant.  A step, shared by the page and the first start.

    :raises AlreadyGranted: an open grant of the role at the unit exists.
    """
    same = select(Grant.id).where(
        Grant.person_id == person_id,
        Grant.role == role,
        Grant.unit_id == unit_id,
        Grant.to_on.is_(None),
        Grant.ended_at.is_(None),
    )
    if db.session.scalar(same) is not None:
        raise AlreadyGranted("role")
    grant = Grant(person_id=person_id, role=role, unit_id=unit_id, from_on=from_on, to_on=to_on)
    db.session.add(grant)
    db.session.flush()
    return grant


def give(actor: Actor, person_id: int, role: Role, unit_id: int, *, from_on: date, to_on: date | None = None) -> int:
    """Give a person a role at a unit, for it and below.

    :raises OwnGrant: nobody grants to themselves, through no account.
    :raises NotAdminThere: the actor does not administer the unit.
    :raises NotVisible: the person belongs to a unit that somebody else administers.
    """
    with atomic() as session:
        person, unit = session.get(Person, person_id), session.get(Unit, unit_id)
        if person is None or unit is None:
            raise NotVisible
        check_grant(actor, person.human_id, unit.path, from_on, to_on)
        if not actor.holds(Role.ADMIN, person.unit.path):
            raise NotVisible
        grant = add_grant(person.id, role, unit.id, from_on=from_on, to_on=to_on)
        end_sign_ins_of([person.id])
        if role is Role.COMMANDER:
            persons_posted([person.id])
        audit.record(AuditTag.ROLE_GRANTED, "grant", grant.id, by=actor.account_id, role=role.value, unit=unit.id)
        _tell(NoticeKind.ROLE_GRANTED, person)
        return grant.id


def end(actor: Actor, grant_id: int) -> None:
    """End a grant today; the row stays."""
    with atomic() as session:
        grant = session.get(Grant, grant_id)
        if grant is None:
            raise NotVisible
        check_grant(actor, grant.person.human_id, grant.unit.path, grant.from_on, None)
        grant.to_on = today()
        grant.ended_at = now()
        end_sign_ins_of([grant.person_id])
        if grant.role is Role.COMMANDER:
            persons_posted([grant.person_id])
        audit.record(AuditTag.ROLE_REVOKED, "grant", grant.id, by=actor.account_id, role=grant.role.value)
        _tell(NoticeKind.ROLE_REVOKED, grant.person)


def _tell(kind: NoticeKind, person: Person) -> None:
    """Who was signed out because of a role is to know why; a new account, whose owner never chose a password, was not.  A step."""
    account_id = db.session.scalar(select(Account.id).where(Account.person_id == person.id, Account.password_at.is_not(None)))
    if account_id is not None:
        followers.tell_owner(kind, account_id, person.human_id)


class DeputyIsHolder(Invalid):
    """The holder of a role cannot stand in for themselves."""

    message = N_("Người thay phải là người khác với người giữ vai trò.")


class AwayFromMissing(Invalid):
    """A deputy needs the day from which the holder is away."""

    message = N_("Nhập ngày bắt đầu vắng mặt.")


def set_deputy(actor: Actor, grant_id: int, deputy_number: str, *, away_from: date | None, away_to: date | None) -> None:
    """Name who holds the role while the holder is away; an empty number takes the deputy back.

    :param deputy_number: service number of the deputy.
    :raises NobodyWithNumber: no account has the number.
    :raises DeputyIsHolder: it is the holder's own, through whatever account.
    :raises AwayFromMissing: GrantPeriodReversed: the absence has no first day, or ends before it.

    :raises OwnGrant: an admin names nobody for, and is not named for, their own grant.
    """
    with atomic() as session:
        grant = session.get(Grant, grant_id)
        if grant is None:
            raise NotVisible
        check_grant(actor, grant.person.human_id, grant.unit.path, grant.from_on, None)
        deputy = person_with_number(deputy_number, "deputy_number")
        if deputy is None:
            away_from = away_to = None
        else:
            _check_deputy(actor, grant, deputy, away_from, away_to)
        grant.deputy_id, grant.away_from, grant.away_to = deputy.id if deputy else None, away_from, away_to
        if deputy:
            end_sign_ins_of([deputy.id])
            _tell(NoticeKind.ROLE_GRANTED, deputy)
        audit.record(AuditTag.ROLE_GRANTED, "grant", grant.id, by=actor.account_id, deputy=grant.deputy_id)


def _check_deputy(actor: Actor, grant: Grant, deputy: Person, away_from: date | None, away_to: date | None) -> None:
    if deputy.human_id == grant.person.human_id:
        raise DeputyIsHolder("deputy_number")
    check_grant(actor, deputy.human_id, grant.unit.path, grant.from_on, None)
    if away_from is None:
        raise AwayFromMissing("away_from")
    check_period(away_from, away_to, "away_to")
