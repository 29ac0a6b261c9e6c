"""The tree of units and who serves in them: codes, levels, paths, moves, categories.

A unit is edited, moved and closed, never deleted.
"""

from __future__ import annotations

import re

from innovations.core.rules.errors import N_, Invalid
from innovations.core.rules.labels import Labelled

CODE_MAX = 12
NAME_MAX = 200
SHORT_NAME_MAX = 60
_CODE = re.compile(r"[A-Z0-9-]{1,12}")


class Level(Labelled):
    """Where a unit stands, lowest first; recognition happens from ``base`` up."""

    SUBUNIT = "subunit", N_("Phân đội, bộ phận")
    BASE = "base", N_("Cơ sở")
    DIVISION = "division", N_("Sư đoàn và tương đương")
    BRANCH = "branch", N_("Quân chủng và tương đương")
    MINISTRY = "ministry", N_("Bộ")

    @property
    def order(self) -> int:
        """Return 0 for the lowest level, 4 for the highest."""
        return list(Level).index(self)


class UnitKind(Labelled):
    """What sort of unit it is, for reading only: no rule depends on it."""

    COMMAND = "command", N_("Cơ quan cấp trên")
    DIVISION = "division", N_("Sư đoàn")
    REGIMENT = "regiment", N_("Trung đoàn")
    BRIGADE = "brigade", N_("Lữ đoàn")
    BATTALION = "battalion", N_("Tiểu đoàn")
    COMPANY = "company", N_("Đại đội")
    OFFICE = "office", N_("Phòng, ban")
    FACTORY = "factory", N_("Nhà máy, xưởng")
    SCHOOL = "school", N_("Học viện, nhà trường")
    HOSPITAL = "hospital", N_("Bệnh viện, bệnh xá")
    OTHER = "other", N_("Khác")


class PersonCategory(Labelled):
    """What the annual report counts authors by."""

    OFFICER = "officer", N_("Sĩ quan")
    PROFESSIONAL = "professional", N_("Quân nhân chuyên nghiệp")
    CONSCRIPT = "conscript", N_("Hạ sĩ quan, binh sĩ")
    CIVILIAN = "civilian", N_("Công nhân, viên chức quốc phòng")


class BadUnitCode(Invalid):
    """The code is not 1–12 characters of A–Z, 0–9 and hyphen."""

    message = N_("Mã đơn vị “%(code)s” chưa đúng: dùng 1–12 ký tự A–Z, 0–9 và dấu gạch nối.")


class MoveUnderItself(Invalid):
    """The new parent is the unit itself or lies below it."""

    message = N_("Không thể chuyển đơn vị vào chính nó hoặc vào đơn vị cấp dưới của nó; xin chọn đơn vị cấp trên khác.")


class LevelAboveParent(Invalid):
    """The unit would stand above its parent, or a base inside a sub-unit."""

    message = N_("Cấp “%(level)s” không thể nằm dưới đơn vị cấp “%(parent)s”; xin chọn lại cấp hoặc đơn vị cấp trên.")


class SubunitAsBase(Invalid):
    """A sub-unit was marked as a base, which recognises initiatives."""

    message = N_("Phân đội không thể là cơ sở công nhận sáng kiến; xin đổi cấp đơn vị hoặc bỏ dấu cơ sở.")


def check_code(code: str, field: str = "code") -> str:
    """Return the code in capitals without surrounding blanks: ``" e1a "`` → ``"E1A"``.

    :raises BadUnitCode: for other characters or lengths.
    """
    upper = code.strip().upper()
    if not _CODE.fullmatch(upper):
        raise BadUnitCode(field, code=code.strip()[:40])
    return upper


def path_of(parent_path: str | None, unit_id: int) -> str:
    """Return the path of a unit: ``("/1/4/", 9)`` → ``"/1/4/9/"``; a root has no parent path."""
    return f"{parent_path or '/'}{unit_id}/"


def ancestors(path: str) -> tuple[int, ...]:
    """Return the unit ids on a path from the root to the unit itself: ``"/1/4/9/"`` → ``(1, 4, 9)``."""
    return tuple(int(part) for part in path.split("/") if part)


def check_move(path: str, new_parent_path: str | None, field: str = "parent_id") -> None:
    """Refuse a move of the unit at ``path`` under itself or under one of its descendants.

    :raises MoveUnderItself: always for those, whatever the levels.
    """
    if new_parent_path is not None and new_parent_path.startswith(path):
        raise MoveUnderItself(field)


def check_level(level: Level, parent: Level | None, *, is_base: bool = False) -> None:
    """Refuse a level that cannot stand under its parent's.

    :raises LevelAboveParent: equal levels are allowed (a school under a school) up to here.
    :raises SubunitAsBase: recognition starts at base level.
    """
    if parent is not None and level.order > parent.order:
        raise LevelAboveParent("level", level=level, parent=parent)
    if is_base and level is Level.SUBUNIT:
        raise SubunitAsBase("is_base")
