"""Roles are grants at a unit, for it and below; seats on a board are no grants.

Also who is "the same person": official acts are matched against the person, never the login.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from innovations.core.rules.errors import N_, Forbidden, Invalid
from innovations.core.rules.labels import Labelled


class Role(Labelled):
    """What a grant allows; an account without a grant is a reader who may write proposals."""

    COMMANDER = "commander", N_("Chỉ huy đơn vị")
    RECEIVER = "receiver", N_("Cán bộ tiếp nhận")
    REGISTRAR = "registrar", N_("Cơ quan thường trực")
    DECIDER = "decider", N_("Thủ trưởng quyết định")
    SECURITY_OFFICER = "security_officer", N_("Cán bộ bảo mật")
    AUDITOR = "auditor", N_("Cán bộ kiểm tra")
    ADMIN = "admin", N_("Quản trị hệ thống")


class OwnGrant(Forbidden):
    """An admin tried to grant or take away a role of his own person."""

    message = N_("Quản trị viên không được tự cấp hoặc thu hồi vai trò của chính mình; xin nhờ quản trị viên khác.")


class GrantPeriodReversed(Invalid):
    """The period of the grant ends before it starts."""

    message = N_("Ngày kết thúc %(until)s trước ngày bắt đầu %(since)s; xin sửa lại thời hạn.")


class NotAdminThere(Forbidden):
    """The grantor holds no admin role over the unit."""

    message = N_("Đồng chí không phải quản trị viên của đơn vị này.")


@dataclass(frozen=True)
class Grant:
    """A role in force at a unit.  ``unit_path`` looks like ``/1/4/9/`` and ends with the unit itself."""

    role: Role
    unit_id: int
    unit_path: str

    def covers(self, unit_path: str) -> bool:
        """Say whether the grant reaches the unit at ``unit_path`` (its own unit or one below)."""
        return unit_path.startswith(self.unit_path)


@dataclass(frozen=True)
class Actor:
    """Who acts.  ``person_id`` is canonical (the same for all accounts of a person); grants are those in force."""

    person_id: int
    account_id: int
    unit_id: int
    unit_path: str
    grants: tuple[Grant, ...] = ()

    def holds(self, role: Role, unit_path: str) -> bool:
        """Say whether a grant of ``role`` covers the unit at ``unit_path``."""
        return any(grant.role == role and grant.covers(unit_path) for grant in self.grants)

    def holds_anywhere(self, role: Role) -> bool:
        """Say whether the actor has ``role`` at some unit (for menus, never for a right to a thing)."""
        return any(grant.role == role for grant in self.grants)

    def units_of(self, role: Role) -> tuple[int, ...]:
        """Return the ids of the units at which ``role`` is granted, in the order of the grants."""
        return tuple(dict.fromkeys(grant.unit_id for grant in self.grants if grant.role == role))

    def paths_of(self, role: Role) -> tuple[str, ...]:
        """Return the paths of the units at which ``role`` is granted; queries filter rows by these prefixes."""
        return tuple(dict.fromkeys(grant.unit_path for grant in self.grants if grant.role == role))


def canonical(person_id: int, same_as: Mapping[int, int]) -> int:
    """Return the one id that stands for the person.

    :param same_as: links made by the admin, id → the id it was found to be the same person as.
    """
    seen = {person_id}
    while (linked := same_as.get(person_id)) is not None and linked not in seen:
        seen.add(linked)
        person_id = linked
    return person_id


def same_person(one: int, other: int, same_as: Mapping[int, int]) -> bool:
    """Say whether two person ids stand for the same person."""
    return canonical(one, same_as) == canonical(other, same_as)


def is_active(since: date, until: date | None, on: date) -> bool:
    """Say whether a period holds on a date; both ends belong to it and an empty end is open."""
    return since <= on and (until is None or on <= until)


def check_period(since: date, until: date | None, field: str = "until") -> None:
    """Refuse a period that ends before it starts.

    :raises GrantPeriodReversed: naming both dates.
    """
    if until is not None and until < since:
        raise GrantPeriodReversed(field, since=since, until=until)


def check_grant(admin: Actor, person_id: int, unit_path: str, since: date, until: date | None) -> None:
    """Refuse a grant that this admin may not make or take away.

    :param person_id: the canonical person who receives it.
    :raises OwnGrant: nobody grants to himself, not through another account either.
    :raises NotAdminThere: the admin role does not cover the unit.
    :raises GrantPeriodReversed: the period ends before it starts.
    """
    if admin.person_id == person_id:
        raise OwnGrant
    if not admin.holds(Role.ADMIN, unit_path):
        raise NotAdminThere
    check_period(since, until)
