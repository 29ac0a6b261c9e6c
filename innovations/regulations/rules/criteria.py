"""What a board scores by: criteria with floors and anchors, grades, the pass mark.  Data of a unit and a year, not law.

Points are decimals and floors exact fractions (1/3 of 25 is no decimal).  A set may ask yes or no instead of, or beside, points, and
may measure something that stays out of the total.  The shipped presets stand in :mod:`.presets`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from innovations.core.rules.errors import N_, DomainError, Invalid, raise_all
from innovations.core.rules.labels import Labelled
from innovations.core.rules.text import fold

LEVELS = 5  # equal bands per criterion
ANSWERS = 2  # of a gate: no, yes
FULL_MARKS = Decimal(100)
_CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")


class MaximaNotHundred(Invalid):
    """The maxima of the criteria do not add up to 100."""

    message = N_("Tổng điểm tối đa của các tiêu chí là %(total)s; phải đúng 100.")


class BadGate(Invalid):
    """A yes-or-no criterion with points, without the share of sheets that must say yes, or without its two answers described."""

    message = N_(
        "Tiêu chí “%(name)s” trả lời có hay không: điểm tối đa là 1, cần tỷ lệ phiếu “có” để đạt, mô tả đúng 2 dòng (không, có) "
        "và không có sàn theo loại."
    )


class AsideDecides(Invalid):
    """A criterion outside the total has a floor, which would let it decide."""

    message = N_("Tiêu chí “%(name)s” không tính vào tổng nên không có mức sàn.")


class NothingDecides(Invalid):
    """Neither points nor a yes-or-no criterion: no proposal could fail."""

    message = N_("Bộ tiêu chí cần ít nhất một tiêu chí tính điểm hoặc trả lời có hay không.")


class GradesWithoutPoints(Invalid):
    """Grades or a pass mark where nothing gives points."""

    message = N_("Bộ tiêu chí không chấm điểm thì không có xếp loại và điểm đạt là 0.")


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


class Measure(Labelled):
    """What a criterion does to the result."""

    POINTS = "points", N_("cho điểm, tính vào tổng")
    GATE = "gate", N_("có hay không, phải đạt")
    ASIDE = "aside", N_("cho điểm riêng, không tính vào tổng")


@dataclass(frozen=True)
class Criterion:
    """One line of the score sheet.

    :param maximum: points of level 5; 1 for a gate, whose "yes" counts 1 and "no" 0.
    :param pass_floor: share of the maximum below which recognition is blocked; of a gate the share of sheets that must say yes.
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
    measure: Measure = Measure.POINTS

    @property
    def is_gate(self) -> bool:
        """Whether it is answered with yes or no."""
        return self.measure is Measure.GATE

    @property
    def levels(self) -> int:
        """How many levels it has: five bands, or no and yes."""
        return ANSWERS if self.is_gate else LEVELS


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

    @property
    def summed(self) -> tuple[Criterion, ...]:
        """The criteria whose points make the total; none in a set that only asks yes or no, which has no total."""
        return tuple(each for each in self.criteria if each.measure is Measure.POINTS)

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
        "measure": criterion.measure.value,
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
        measure=Measure(data.get("measure", Measure.POINTS)),  # sets frozen before there were other kinds have none
    )


def code_for(name: str, taken: Collection[str]) -> str:
    """Return a code for a new criterion, made from its name: ``"Tính mới"`` → ``"tinh_moi"``; numbered when taken."""
    base = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:26] or "criterion"
    base = base if base[0].isalpha() else f"c_{base}"
    return next(code for code in (base, *(f"{base}_{number}" for number in range(2, 1000))) if code not in taken)


def band_value(criterion: Criterion, level: int) -> Decimal:
    """Return the points of a level: level k of 5 gives max·k/5; finer values inside the band may be typed.  A gate's no and yes
    are levels 1 and 2, worth 0 and 1.

    :raises ValueError: for a level the criterion does not have, which no form offers.
    """
    if not 1 <= level <= criterion.levels:
        raise ValueError(f"level {level} is not between 1 and {criterion.levels}")
    return Decimal(level - 1) if criterion.is_gate else criterion.maximum * level / LEVELS


def level_of(criterion: Criterion, value: Decimal) -> int:
    """Return the band a value lies in: a band reaches up to and with its own points; 0 lies in the first."""
    if criterion.is_gate:
        return ANSWERS if value else 1
    exact = Fraction(value) * LEVELS / Fraction(criterion.maximum)
    return min(LEVELS, max(1, -(-exact.numerator // exact.denominator)))


def check_criteria_set(criteria_set: CriteriaSet) -> None:
    """Refuse a set that cannot be scored by.

    :raises Several: with every problem found, each naming its criterion or grade.
    """
    errors = [error for each in criteria_set.criteria for error in _unsound(each)]
    errors += _weighed(criteria_set)
    errors += _repeated(criteria_set)
    grades = {grade.name for grade in criteria_set.grades}
    named = {grade for each in criteria_set.criteria for grade in each.grade_floors}
    errors += [UnknownGradeFloor("criteria", name=name) for name in sorted(named - grades)]
    raise_all(errors)


def _weighed(criteria_set: CriteriaSet) -> list[DomainError]:
    """What is wrong with maxima, pass mark and grades: a set that gives no points has none of them."""
    minima = [grade.minimum for grade in criteria_set.grades]
    if not criteria_set.summed:
        found: list[DomainError] = [GradesWithoutPoints("grades")] if minima or criteria_set.pass_mark else []
        return found if any(each.is_gate for each in criteria_set.criteria) else [*found, NothingDecides("criteria")]
    total = sum((each.maximum for each in criteria_set.summed), Decimal(0))
    found = [MaximaNotHundred("criteria", total=total)] if total != FULL_MARKS else []
    if not minima or min(minima) != criteria_set.pass_mark or max(minima) > FULL_MARKS:
        found.append(BadGrades("grades", pass_mark=criteria_set.pass_mark))
    return found


def _unsound(criterion: Criterion) -> list[DomainError]:
    name, found = criterion.name or criterion.code, list[DomainError]()
    if not _is_sound(criterion):
        found.append(BadCriterion("criteria", name=name))
    if criterion.is_gate and not (
        criterion.maximum == 1 and criterion.pass_floor and not criterion.grade_floors and len(criterion.bands) == ANSWERS
    ):
        found.append(BadGate("criteria", name=name))
    if criterion.measure is Measure.ASIDE and (criterion.pass_floor is not None or criterion.grade_floors):
        found.append(AsideDecides("criteria", name=name))
    return found


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
        and (criterion.is_gate or len(criterion.bands) == LEVELS)
        and all(band.strip() for band in criterion.bands)
    )


def _repeated(criteria_set: CriteriaSet) -> list[DomainError]:
    names = [criterion.code for criterion in criteria_set.criteria]
    names += [grade.name for grade in criteria_set.grades]
    minima = [str(grade.minimum.normalize()) for grade in criteria_set.grades]
    repeats = {name for listed in (names, minima) for name in listed if listed.count(name) > 1}
    return [RepeatedName("criteria", name=name) for name in sorted(repeats)]
