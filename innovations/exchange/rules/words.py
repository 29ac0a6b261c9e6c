"""Words of a register's cells and what they stand for: units, fields, levels, states, kinds of solution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from innovations.core.rules.errors import N_, Invalid
from innovations.core.rules.text import fold
from innovations.people.rules.units import NAME_MAX, Level
from innovations.proposals.rules.content import SolutionType
from innovations.proposals.rules.states import State
from innovations.regulations.rules.campaigns import OTHER_FIELD

LEVELS = {
    "base": Level.BASE, "cơ sở": Level.BASE,
    "division": Level.DIVISION, "sư đoàn": Level.DIVISION,
    "branch": Level.BRANCH, "quân chủng": Level.BRANCH,
    "ministry": Level.MINISTRY, "bộ": Level.MINISTRY,
}  # fmt: skip
#: What an old register can say of a record.
PAST_STATES = (State.RECOGNISED, State.NOT_RECOGNISED, State.REJECTED, State.WITHDRAWN, State.REVOKED)
_SHORTER = {
    "công nhận": State.RECOGNISED, "chưa công nhận": State.NOT_RECOGNISED, "từ chối": State.REJECTED,
    "rút": State.WITHDRAWN, "hủy công nhận": State.REVOKED,
}  # fmt: skip


class UnknownWord(Invalid):
    """The cell holds none of the words the column takes."""

    message = N_("Không rõ “%(value)s”; cột này nhận: %(known)s.")


class UnknownUnit(Invalid):
    """No unit of the tree is called so."""

    message = N_("Không có đơn vị “%(value)s” trong đơn vị nhập sổ; xin sửa tên hoặc chọn tạo đơn vị mới.")


class TwoUnits(Invalid):
    """The name fits two units."""

    message = N_("“%(value)s” là tên của %(count)s đơn vị; xin ghi mã đơn vị (%(codes)s).")


class UnitNameTooLong(Invalid):
    """The name of a unit to be made is too long."""

    message = N_("Tên đơn vị dài quá %(maximum)s ký tự.")


@dataclass(frozen=True)
class UnitRef:
    """A unit of a record; ``id`` is None when it is still to be made."""

    id: int | None
    code: str
    name: str
    short_name: str = ""
    path: str = ""
    level: Level = Level.BASE

    @property
    def identity(self) -> str:
        """What tells two units of one file apart."""
        return str(self.id) if self.id is not None else plain(self.name)


@lru_cache(maxsize=4096)  # the same few words stand in every row of a register
def plain(text: str) -> str:
    """Return a word as it is compared: without accents, case and runs of blanks: ``"Sư  đoàn"`` → ``"su doan"``."""
    return " ".join(fold(text).split())


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


class UnitNames:
    """Finds a unit by code, then short name, then name.  Accents count: two units may differ in nothing else."""

    def __init__(self, units: Iterable[UnitRef]) -> None:
        self._by: tuple[dict[str, list[UnitRef]], ...] = ({}, {}, {})
        for unit in units:
            for index, name in zip(self._by, (unit.code, unit.short_name, unit.name), strict=True):
                index.setdefault(_same(name), []).append(unit)

    def find(self, text: str, column: str) -> UnitRef | None:
        """Return the unit, or None.

        :raises TwoUnits: naming the codes to choose from.
        """
        for index in self._by:
            found = index.get(_same(text), [])
            if len(found) > 1:
                raise TwoUnits(column, value=text, count=len(found), codes=[unit.code for unit in found])
            if found:
                return found[0]
        return None


@dataclass(frozen=True)
class Words:
    """What the words of a file are looked up in.

    :param target: the unit the file is imported under; records without a unit belong to it.
    :param fields: comparable name or code of a field of work → its code.
    :param latest_year: the last year a record may have.
    """

    units: UnitNames
    target: UnitRef
    fields: Mapping[str, str] = field(default_factory=dict)
    create_units: bool = False
    latest_year: int = 2100

    def unit(self, text: str, column: str) -> UnitRef:
        """Return the unit of a record.

        :raises UnknownUnit: unless units may be made.
        """
        if not text:
            return self.target
        found = self.units.find(text, column)
        if found is not None:
            return found
        if not self.create_units:
            raise UnknownUnit(column, value=text[:60])
        if len(text) > NAME_MAX:
            raise UnitNameTooLong(column, maximum=NAME_MAX)
        return UnitRef(None, "", text)

    def field(self, text: str) -> tuple[str | None, str | None]:
        """Return (code of the field, text to keep as a tag): an unknown field is "khác", its text a tag."""
        if not text:
            return None, None
        code = self.fields.get(plain(text))
        return (code, None) if code else (OTHER_FIELD, text)


def level_of(text: str, column: str) -> Level | None:
    """Return the level: ``"cơ sở"``, ``"Cấp cơ sở"`` or ``"base"``; empty → None.

    :raises UnknownWord: for other words.
    """
    if not text:
        return None
    known = {plain(word): level for word, level in LEVELS.items()}
    found = known.get(plain(text).removeprefix("cap "))
    if found is None:
        raise UnknownWord(column, value=text[:40], known=[word for word in LEVELS if not word.isascii() or word == "bộ"])
    return found


def state_of(text: str, column: str) -> State:
    """Return the state: the English value or the Vietnamese name; empty → recognised.

    :raises UnknownWord: for other words.
    """
    if not text:
        return State.RECOGNISED
    known = {plain(word): state for state in PAST_STATES for word in (state.value, state.label)}
    known |= {plain(word): state for word, state in _SHORTER.items()}
    found = known.get(plain(text))
    if found is None:
        raise UnknownWord(column, value=text[:40], known=[state.label for state in PAST_STATES])
    return found


def solution_types(parts: Iterable[str], column: str) -> tuple[SolutionType, ...]:
    """Return the kinds of solution, each once, in the order written.

    :raises UnknownWord: for other words.
    """
    known = {plain(word): kind for kind in SolutionType for word in (kind.value, kind.label)}
    known |= {plain(kind.label.removeprefix("Giải pháp ")): kind for kind in SolutionType}
    found: dict[SolutionType, None] = {}
    for part in parts:
        if plain(part) not in known:
            raise UnknownWord(column, value=part[:40], known=[kind.label for kind in SolutionType])
        found[known[plain(part)]] = None
    return tuple(found)
