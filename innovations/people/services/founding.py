"""The first start of an installation: a root unit and its first admin; later admins are people like all others."""

from sqlalchemy import select

from innovations import audit
from innovations.core.clock import today
from innovations.core.transactions import atomic
from innovations.people.leaked import is_leaked
from innovations.people.models import Unit
from innovations.people.passwords import hash_password
from innovations.people.rules.events import AuditTag
from innovations.people.rules.passwords import check_password
from innovations.people.rules.roles import Role
from innovations.people.rules.units import Level
from innovations.people.services.grants import add_grant
from innovations.people.services.persons import PersonData, add_account, add_person
from innovations.people.services.units import UnitData, add_unit

ROOT = UnitData(code="GOC", name="Đơn vị gốc", short_name="Đơn vị gốc", level=Level.BRANCH, is_base=True)


def create_admin(*, service_number: str, name: str, password: str, root: UnitData = ROOT, demo: bool = False) -> int:
    """Make an admin of the whole tree; on an empty instance also the root unit.

    :returns: the account's id.
    :raises NumberTaken: the service number is in use.
    :raises DomainError: the password is too weak; the message says why.
    """
    check_password(password, service_number=service_number, full_name=name, is_leaked=is_leaked)
    hashed = hash_password(password)
    with atomic() as session:
        top = session.scalar(select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id))
        if top is None:
            top = add_unit(root, None)
            audit.record(AuditTag.UNIT_CREATED, "unit", top.id, by=None)
        person = add_person(PersonData(full_name=name, unit_id=top.id, position="Quản trị hệ thống"))
        account = add_account(person, service_number, hashed, one_time=False, demo=demo)
        grant = add_grant(person.id, Role.ADMIN, top.id, from_on=today())
        audit.record(AuditTag.ACCOUNT_CREATED, "account", account.id, by=None)
        audit.record(AuditTag.ROLE_GRANTED, "grant", grant.id, by=None, role=Role.ADMIN.value, unit=top.id)
        return account.id
