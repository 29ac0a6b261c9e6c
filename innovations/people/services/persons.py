"""Persons and their accounts: made, changed, moved to another unit, closed; two records of one human being are linked."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from innovations import audit
from innovations.core.clock import now
from innovations.core.rules.errors import N_, Forbidden, Invalid, NotVisible
from innovations.core.rules.text import clean_line, person_key
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.people import followers
from innovations.people.followers import persons_posted
from innovations.people.models import Account, Person, Unit
from innovations.people.passwords import hash_password
from innovations.people.queries import account_with
from innovations.people.rules.events import AuditTag
from innovations.people.rules.roles import Actor, OwnGrant, Role
from innovations.people.rules.units import PersonCategory
from innovations.people.services.sign_ins import end_sign_ins, end_sign_ins_of
from innovations.people.services.signing_in import ONE_TIME_HOURS, new_one_time_password


class NumberTaken(Invalid):
    """Another account has the service number."""

    message = N_("Số hiệu “%(number)s” đã có tài khoản.")


class NobodyWithNumber(Invalid):
    """No account has the service number."""

    message = N_("Không có tài khoản mang số hiệu “%(number)s”; kiểm tra lại số hiệu.")


class NameMissing(Invalid):
    """A person needs a name."""

    message = N_("Nhập họ tên.")


class NotTheSame(Invalid):
    """Two records cannot be linked."""

    message = N_("Không thể nối hai hồ sơ này: phải là hai hồ sơ khác nhau và có lý do.")


@dataclass(frozen=True)
class PersonData:
    """What an admin types about a person."""

    full_name: str
    unit_id: int
    rank: str = ""
    position: str = ""
    qualification: str = ""
    born_on: date | None = None
    category: PersonCategory = PersonCategory.OFFICER


def person_columns(data: PersonData) -> dict[str, object]:
    """What is stored of it.

    :raises NameMissing: the name is empty.
    """
    name = clean_line(data.full_name, max_length=120, field="full_name")
    if not name:
        raise NameMissing("full_name")
    return {
        "full_name": name,
        "sort_key": person_key(name)[:300],
        "rank": clean_line(data.rank, max_length=40, field="rank"),
        "position": clean_line(data.position, max_length=120, field="position"),
        "qualification": clean_line(data.qualification, max_length=120, field="qualification"),
        "born_on": data.born_on,
        "category": data.category,
        "unit_id": data.unit_id,
    }


def check_admin_of(actor: Actor, unit_id: int) -> None:
    """Refuse unless the actor administers the unit.

    :raises NotVisible: no such unit, or somebody else administers it.
    """
    unit = db.session.get(Unit, unit_id)
    if unit is None or not actor.holds(Role.ADMIN, unit.path):
        raise NotVisible


def person_with_number(service_number: str, field: str) -> Person | None:
    """The person who signs in with the number; ``None`` when it is empty.  A step.

    :raises NobodyWithNumber: naming ``field``.
    """
    number = service_number.strip()
    if not number:
        return None
    account = account_with(number)
    if account is None:
        raise NobodyWithNumber(field, number=number[:40])
    return account.person


def add_person(data: PersonData) -> Person:
    """Store a person.  A step, shared by the page, the import and the first start."""
    person = Person(**person_columns(data), active=True)
    db.session.add(person)
    db.session.flush()
    return person


def clean_number(service_number: str) -> str:
    """The number as it is stored.

    :raises NumberTaken: it is empty.
    """
    number = clean_line(service_number, max_length=40, field="service_number")
    if not number:
        raise NumberTaken("service_number", number=number)
    return number


def add_account(person: Person, service_number: str, password_hash: str, *, one_time: bool, demo: bool = False) -> Account:
    """Give a person a way to sign in.  A step.

    :param one_time: the password must be changed at first use and stops working after 24 hours.
    :raises NumberTaken: the number is in use.
    """
    number = clean_number(service_number)
    if db.session.scalar(select(Account.id).where(Account.service_number == number)) is not None:
        raise NumberTaken("service_number", number=number)
    until = now() + timedelta(hours=ONE_TIME_HOURS) if one_time else None
    account = Account(person_id=person.id, service_number=number, password_hash=password_hash, must_change=one_time)
    account.one_time_until, account.demo = until, demo
    db.session.add(account)
    db.session.flush()
    return account


def create_person(actor: Actor, data: PersonData, *, service_number: str) -> tuple[int, str]:
    """Add a person with an account.

    :returns: the person's id and the one-time password, shown once.
    """
    password = new_one_time_password()
    hashed = hash_password(password)
    with atomic():
        check_admin_of(actor, data.unit_id)
        person = add_person(data)
        account = add_account(person, service_number, hashed, one_time=True)
        audit.record(AuditTag.PERSON_CREATED, "person", person.id, by=actor.account_id)
        audit.record(AuditTag.ACCOUNT_CREATED, "account", account.id, by=actor.account_id)
        return person.id, password


def change_person(actor: Actor, person_id: int, data: PersonData) -> None:
    """Change a person; a move to another unit ends their sign-ins, so that rights follow at once."""
    with atomic() as session:
        person = session.get(Person, person_id)
        if person is None:
            raise NotVisible
        check_admin_of(actor, person.unit_id)
        check_admin_of(actor, data.unit_id)
        moved = person.unit_id != data.unit_id
        for name, value in person_columns(data).items():
            setattr(person, name, value)
        if moved:
            end_sign_ins_of([person.id])
            persons_posted([person.id])
        audit.record(AuditTag.PERSON_CHANGED, "person", person.id, by=actor.account_id, unit=data.unit_id if moved else None)


def set_account_active(actor: Actor, account_id: int, active: bool) -> None:
    """Close or open an account; closing ends its sign-ins at once.  Nobody closes their own."""
    with atomic() as session:
        account = session.get(Account, account_id)
        if account is None:
            raise NotVisible
        check_admin_of(actor, account.person.unit_id)
        if account.id == actor.account_id:
            raise Forbidden
        account.active = active
        if not active:
            end_sign_ins(account.id)
        tag = AuditTag.ACCOUNT_CHANGED if active else AuditTag.ACCOUNT_CLOSED
        audit.record(tag, "account", account.id, by=actor.account_id)


def _check_link(actor: Actor, person: Person, other: Person | None, reason: str) -> None:
    if other is None or other.id == person.id or other.same_as_id or not actor.holds(Role.ADMIN, other.unit.path):
        raise NotTheSame("same_as_id")
    chained = db.session.scalar(select(Person.id).where(Person.same_as_id == person.id).limit(1))
    if chained or not reason.strip():
        raise NotTheSame("same_as_id")


def link_persons(actor: Actor, person_id: int, same_as_id: int | None, reason: str) -> None:
    """Say that two records are one human being, or take that back with ``same_as_id=None``.

    A link hands over what the other record may do, so both must be the admin's to administer and neither the admin himself.

    :raises NotTheSame: the same record twice, a chain of links, a record of another unit, or no reason.
    :raises OwnGrant: one of them is the actor.
    """
    with atomic() as session:
        person = session.get(Person, person_id)
        if person is None:
            raise NotVisible
        check_admin_of(actor, person.unit_id)
        before = person.same_as_id
        if same_as_id is not None:
            _check_link(actor, person, session.get(Person, same_as_id), reason)
        if actor.person_id in (person.human_id, same_as_id):
            raise OwnGrant
        person.same_as_id, person.same_as_reason = same_as_id, clean_line(reason, max_length=300, field="reason")
        session.flush()
        followers.persons_linked([each for each in (person.id, before, same_as_id) if each is not None])
        audit.record(AuditTag.PERSONS_LINKED, "person", person.id, by=actor.account_id, same_as=same_as_id)
