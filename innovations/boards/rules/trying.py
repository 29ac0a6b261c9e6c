"""What sheets would come to under another criteria set: a set is tried before it is used, and nothing that was scored changes.

A criterion of the new set takes the points of the criterion with the same code, in proportion to its own maximum; a gate only those of
a gate.  What the sheets never scored leaves the maximum, and a floor on it is not asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from innovations.boards.rules.scoring import Result, Sheet, result
from innovations.regulations.rules.criteria import CriteriaSet, Criterion
from innovations.regulations.rules.rulesets import RuleSet


@dataclass(frozen=True)
class Tried:
    """A result under another set.

    :param missing: criteria of the set for which the sheets hold nothing; the result leaves them out.
    :param changes: grade or pass would come out differently.
    """

    result: Result
    missing: tuple[Criterion, ...]
    changes: bool


def tried(old: CriteriaSet, new: CriteriaSet, sheets: Sequence[Sheet], rules: RuleSet) -> Tried | None:
    """Return what ``sheets``, scored by ``old``, come to under ``new``; None when the sets have no criterion in common.

    :raises TooFewSheets: below the minimum of the rule set.
    """
    sources = {each.code: source for each in new.criteria if (source := _source(each, old)) is not None}
    if not sources:
        return None
    before = result(old, sheets, rules)
    after = result(new, [_carried(each, new, sources) for each in sheets], replace(rules, rescale_unscored=True))
    missing = tuple(each for each in new.criteria if each.code not in sources)
    return Tried(after, missing, (before.grade, before.passes) != (after.grade, after.passes))


def _source(criterion: Criterion, old: CriteriaSet) -> Criterion | None:
    found = old.criterion(criterion.code)
    return found if found is not None and found.is_gate is criterion.is_gate else None


def _carried(sheet: Sheet, new: CriteriaSet, sources: dict[str, Criterion]) -> Sheet:
    values: dict[str, Decimal | Fraction | None] = {}
    for criterion in new.criteria:
        source = sources.get(criterion.code)
        points = sheet.values.get(criterion.code) if source else None
        share = Fraction(criterion.maximum) / Fraction(source.maximum) if source else Fraction(0)
        values[criterion.code] = None if points is None else Fraction(points) * share
    return replace(sheet, values=values)
