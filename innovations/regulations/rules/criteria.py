"""What a board scores by: criteria with floors and anchors, grades, the pass mark.  Data of a unit and a year, not law.

Points are decimals and floors exact fractions (1/3 of 25 is no decimal).  The shipped presets stand in :mod:`.presets`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from innovations.core.rules.errors import N_, DomainError, Invalid, raise_all
from innovations.core.rules.text import fold

LEVELS = 5  # equal bands per criterion
FULL_MARKS = Decimal(100)
_CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")


class MaximaNotHundred(Invalid):
    """The maxima of the criteria do not add up to 100."""

    message = N_("Tổng điểm tối đa của các tiêu chí là %(total)s; phải đúng 100.")


class BadCriterion(Invalid):
    """A criterion without name, with a bad code, maximum or floor, or without its five anchors."""

    message = N_("Tiêu chí “%(name)s” chưa hợp lệ: cần mã, tên, điểm tối đa trên 0, mức sàn từ 0 đến 1 và 5 mức mô tả.")


class RepeatedName(Invalid):
    """Two criteria share a code, or two grades share a name or a minimum."""

    message = N_("“%(name)s” xuất hiện hai lần; mỗi mã tiêu chí, mỗi loại chỉ dùng một lần.")


class BadGrades(Invalid):
    """There are no grades, or the lowest one does not start at the pass mark."""

    message = N_("Loại thấp nhất phải bắt đầu từ điểm đạt %(pass_mark)s và không loại nào vượt 100 điểm.")


class UnknownGradeFloor(Invalid):
    """A criterion has a floor for a grade that the set does not have."""

    message = N_("Mức sàn nhắc tới loại “%(name)s” không có trong bộ tiêu chí.")


@dataclass(frozen=True)
class Criterion:
    """One line of the score sheet.

    :param maximum: points of level 5.
    :param pass_floor: share of the maximum below which recognition is blocked.
    :param grade_floors: grade → share of the maximum below which that grade is flagged, never lowered.
    :param comment_required_below: share of the maximum under which the scorer must say why; likewise ``above``.
    :param bands: what levels 1 to 5 look like.
    """

    code: str
    name: str
    maximum: Decimal
    pass_floor: Fraction | None = None
    grade_floors: Mapping[str, Fraction] = field(default_factory=dict, hash=False)
    comment_required_below: Fraction | None = Fraction(1, 2)
    comment_required_above: Fraction | None = Fraction(9, 10)
    bands: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grade:
    """A grade and the least total, after rounding, that earns it."""

    name: str
    minimum: Decimal


@dataclass(frozen=True)
class CriteriaSet:
    """Criteria, grades (highest first) and the pass mark."""

    name: str
    criteria: tuple[Criterion, ...]
    grades: tuple[Grade, ...]
    pass_mark: Decimal

    def criterion(self, code: str) -> Criterion | None:
        """Return the criterion with that code, if the set has it."""
        return next((each for each in self.criteria if each.code == code), None)

    def grade_for(self, total: Decimal) -> str | None:
        """Return the highest grade whose minimum the rounded total reaches."""
        reached = [grade for grade in self.grades if total >= grade.minimum]
        return max(reached, key=lambda grade: grade.minimum).name if reached else None

    def to_json(self) -> dict[str, Any]:
        """Return the set as plain JSON values without loss."""
        return {
            "name": self.name,
            "criteria": [_criterion_to_json(criterion) for criterion in self.criteria],
            "grades": [{"name": grade.name, "minimum": str(grade.minimum)} for grade in self.grades],
            "pass_mark": str(self.pass_mark),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CriteriaSet:
        """Return the set that :meth:`to_json` wrote."""
        return cls(
            name=data["name"],
            criteria=tuple(_criterion_from_json(row) for row in data["criteria"]),
            grades=tuple(Grade(row["name"], Decimal(row["minimum"])) for row in data["grades"]),
            pass_mark=Decimal(data["pass_mark"]),
        )


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _fraction(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _criterion_to_json(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "name": criterion.name,
        "maximum": str(criterion.maximum),
        "pass_floor": _text(criterion.pass_floor),
        "grade_floors": {grade: str(floor) for grade, floor in criterion.grade_floors.items()},
        "comment_required_below": _text(criterion.comment_required_below),
        "comment_required_above": _text(criterion.comment_required_above),
        "bands": list(criterion.bands),
    }


def _criterion_from_json(data: Mapping[str, Any]) -> Criterion:
    return Criterion(
        code=data["code"],
        name=data["name"],
        maximum=Decimal(data["maximum"]),
        pass_floor=_fraction(data["pass_floor"]),
        grade_floors={grade: Fraction(floor) for grade, floor in data["grade_floors"].items()},
        comment_required_below=_fraction(data["comment_required_below"]),
        comment_required_above=_fraction(data["comment_required_above"]),
        bands=tuple(data["bands"]),
    )


def code_for(name: str, taken: Collection[str]) -> str:
    """Return a code for a new criterion, made from its name: ``"Tính mới"`` → ``"tinh_moi"``; numbered when taken."""
    base = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:26] or "criterion"
    base = base if base[0].isalpha() else f"c_{base}"
    return next(code for code in (base, *(f"{base}_{number}" for number in range(2, 1000))) if code not in taken)


def band_value(criterion: Criterion, level: int) -> Decimal:
    """Return the points of a level: level k of 5 gives max·k/5; finer values inside the band may be typed.

    :raises ValueError: for a level outside 1–5, which no form offers.
    """
    if not 1 <= level <= LEVELS:
        raise ValueError(f"level {level} is not between 1 and {LEVELS}")
    return criterion.maximum * level / LEVELS


def level_of(criterion: Criterion, value: Decimal) -> int:
    """Return the band a value lies in: a band reaches up to and with its own points; 0 lies in the first."""
    exact = Fraction(value) * LEVELS / Fraction(criterion.maximum)
    return min(LEVELS, max(1, -(-exact.numerator // exact.denominator)))


def check_criteria_set(criteria_set: CriteriaSet) -> None:
    """Refuse a set that cannot be scored by.

    :raises Several: with every problem found, each naming its criterion or grade.
    """
    errors: list[DomainError] = [
        BadCriterion("criteria", name=each.name or each.code) for each in criteria_set.criteria if not _is_sound(each)
    ]
    total = sum((each.maximum for each in criteria_set.criteria), Decimal(0))
    if total != FULL_MARKS:
        errors.append(MaximaNotHundred("criteria", total=total))
    errors += _repeated(criteria_set)
    grades = {grade.name for grade in criteria_set.grades}
    named = {grade for each in criteria_set.criteria for grade in each.grade_floors}
    errors += [UnknownGradeFloor("criteria", name=name) for name in sorted(named - grades)]
    minima = [grade.minimum for grade in criteria_set.grades]
    if not minima or min(minima) != criteria_set.pass_mark or max(minima) > FULL_MARKS:
        errors.append(BadGrades("grades", pass_mark=criteria_set.pass_mark))
    raise_all(errors)


def _is_sound(criterion: Criterion) -> bool:
    floors = [*criterion.grade_floors.values()]
    floors += [
        floor
        for floor in (criterion.pass_floor, criterion.comment_required_below, criterion.comment_required_above)
        if floor is not None
    ]
    return (
        bool(criterion.name.strip())
        and _CODE.fullmatch(criterion.code) is not None
        and criterion.maximum > 0
        and all(0 <= floor <= 1 for floor in floors)
        and len(criterion.bands) == LEVELS
        and all(band.strip() for band in criterion.bands)
    )


def _repeated(criteria_set: CriteriaSet) -> list[DomainError]:
    names = [criterion.code for criterion in criteria_set.criteria]
    names += [grade.name for grade in criteria_set.grades]
    minima = [str(grade.minimum.normalize()) for grade in criteria_set.grades]
    repeats = {name for listed in (names, minima) for name in listed if listed.count(name) > 1}
    return [RepeatedName("criteria", name=name) for name in sorted(repeats)]
