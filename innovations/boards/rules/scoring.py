"""Score sheets and the result of a review: exact fractions inside, rounded half up once, at the end.

Pass floors block recognition; grade floors only flag, the total keeps its band.  Of gates the first that is not passed counts, those
after it are not looked at.  Sheets are hidden until the reveal: that is a question of access, not asked here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from innovations.core.rules.errors import N_, StateForbids
from innovations.regulations.rules.criteria import CriteriaSet, Criterion
from innovations.regulations.rules.rulesets import RuleSet

_FULL = Fraction(100)


class TooFewSheets(StateForbids):
    """There is no result below the minimum number of submitted sheets."""

    message = N_("Mới có %(sheets)s phiếu chấm đã nộp; cần ít nhất %(minimum)s phiếu.")


@dataclass(frozen=True)
class Sheet:
    """A submitted sheet.

    :param values: criterion code → points; None means "not applicable".  Typed points are decimals; points carried over to
        another maximum may be fractions.
    :param tie_key: random and fixed at submission; breaks ties when extremes are dropped.
    """

    sheet_id: int
    values: Mapping[str, Decimal | Fraction | None]
    tie_key: str = ""


@dataclass(frozen=True)
class GradeFlag:
    """The grade was reached although a criterion lies under that grade's floor; shown, never lowered."""

    criterion: str
    grade: str
    floor: Fraction
    mean: Fraction


@dataclass(frozen=True)
class Result:
    """What the sheets say together.

    :param means: criterion code → exact mean, None when nobody scored it.
    :param total: rounded half up to two decimals; None where the criteria give no points.
    :param failed_pass_floors: codes of criteria whose mean is below their pass floor.
    :param spread: highest minus lowest sheet total, over all sheets.
    """

    means: Mapping[str, Fraction | None]
    total: Decimal | None
    pass_mark: Decimal
    grade: str | None
    failed_pass_floors: tuple[str, ...]
    grade_flags: tuple[GradeFlag, ...]
    spread: Decimal
    spread_flagged: bool
    sheets: int
    dropped: tuple[int, ...]

    @property
    def reaches_pass_mark(self) -> bool:
        """Whether the rounded total reaches the pass mark; there is nothing to reach without points."""
        return self.total is None or self.total >= self.pass_mark

    @property
    def passes(self) -> bool:
        """Whether points alone allow recognition: the pass mark and every pass floor."""
        return self.reaches_pass_mark and not self.failed_pass_floors

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the record of a meeting; means stay exact, as text."""
        return {
            "means": {code: None if mean is None else str(mean) for code, mean in self.means.items()},
            "total": None if self.total is None else str(self.total),
            "pass_mark": str(self.pass_mark),
            "grade": self.grade,
            "failed_pass_floors": list(self.failed_pass_floors),
            "grade_flags": [{"criterion": flag.criterion, "grade": flag.grade} for flag in self.grade_flags],
            "spread": str(self.spread),
            "spread_flagged": self.spread_flagged,
            "sheets": self.sheets,
            "dropped": list(self.dropped),
        }


def rounded(value: Fraction) -> Decimal:
    """Return a non-negative value rounded half up to two decimals: 84.995 → 85.00."""
    cents = (value * 200 + 1) // 2
    return Decimal(cents).scaleb(-2)


def sheet_total(sheet: Sheet, criteria: CriteriaSet) -> Fraction:
    """Return a sheet's points out of 100; what it leaves out as not applicable leaves its maximum too.  0 without points."""
    scored = [each for each in criteria.summed if sheet.values.get(each.code) is not None]
    maximum = sum((Fraction(each.maximum) for each in scored), Fraction(0))
    points = sum((Fraction(sheet.values[each.code] or 0) for each in scored), Fraction(0))
    return points * _FULL / maximum if maximum else Fraction(0)


def result(criteria: CriteriaSet, sheets: Sequence[Sheet], rules: RuleSet) -> Result:
    """Return the result of the submitted sheets; their order never matters.

    A criterion that nobody scored counts 0, unless the rule set rescales: then it leaves the maximum and has no floor.

    :raises TooFewSheets: below the minimum of the rule set.
    """
    if len(sheets) < rules.minimum_scorers or not sheets:
        raise TooFewSheets(sheets=len(sheets), minimum=rules.minimum_scorers)
    totals = [sheet_total(sheet, criteria) for sheet in sheets]
    dropped = _extremes(sheets, criteria, rules)
    kept = [sheet for sheet in sheets if sheet.sheet_id not in dropped]
    means = {each.code: _mean(each.code, kept) for each in criteria.criteria}
    total = rounded(_total(criteria, means, rescale=rules.rescale_unscored)) if criteria.summed else None
    grade = None if total is None else criteria.grade_for(total)
    spread = max(totals) - min(totals)
    return Result(
        means=means,
        total=total,
        pass_mark=criteria.pass_mark,
        grade=grade,
        failed_pass_floors=_failed_pass_floors(criteria, means, rescale=rules.rescale_unscored),
        grade_flags=_grade_flags(criteria, means, grade),
        spread=rounded(spread),
        spread_flagged=spread > Fraction(rules.spread_flag),
        sheets=len(sheets),
        dropped=dropped,
    )


def by_total(sheets: Sequence[Sheet], criteria: CriteriaSet) -> list[Sheet]:
    """Return the sheets from the lowest total to the highest; ties by their random key."""
    return sorted(sheets, key=lambda sheet: (sheet_total(sheet, criteria), sheet.tie_key, sheet.sheet_id))


def _extremes(sheets: Sequence[Sheet], criteria: CriteriaSet, rules: RuleSet) -> tuple[int, ...]:
    if not rules.drop_extremes or not criteria.summed or len(sheets) < max(3, rules.drop_extremes_minimum):
        return ()
    ordered = by_total(sheets, criteria)
    return (ordered[0].sheet_id, ordered[-1].sheet_id)


def _mean(code: str, sheets: Sequence[Sheet]) -> Fraction | None:
    given = [Fraction(value) for sheet in sheets if (value := sheet.values.get(code)) is not None]
    return sum(given, Fraction(0)) / len(given) if given else None


def _total(criteria: CriteriaSet, means: Mapping[str, Fraction | None], *, rescale: bool) -> Fraction:
    scored = {each: mean for each in criteria.summed if (mean := means[each.code]) is not None}
    points = sum(scored.values(), Fraction(0))
    if not rescale:
        return points
    maximum = sum((Fraction(each.maximum) for each in scored), Fraction(0))
    return points * _FULL / maximum if maximum else Fraction(0)


def _failed_pass_floors(criteria: CriteriaSet, means: Mapping[str, Fraction | None], *, rescale: bool) -> tuple[str, ...]:
    failed = [
        each
        for each in criteria.criteria
        if each.pass_floor is not None
        and not (rescale and means[each.code] is None)
        and _is_below(each, means[each.code], each.pass_floor)
    ]
    closed = next((each for each in failed if each.is_gate), None)
    return tuple(each.code for each in failed if not each.is_gate or each is closed)


def _grade_flags(criteria: CriteriaSet, means: Mapping[str, Fraction | None], grade: str | None) -> tuple[GradeFlag, ...]:
    if grade is None:
        return ()
    return tuple(
        GradeFlag(each.code, grade, floor, mean)
        for each in criteria.criteria
        if (floor := each.grade_floors.get(grade)) is not None
        and (mean := means[each.code]) is not None
        and _is_below(each, mean, floor)
    )


def _is_below(criterion: Criterion, mean: Fraction | None, floor: Fraction) -> bool:
    return (mean or Fraction(0)) < floor * Fraction(criterion.maximum)
