"""Reading the sheets of one review: what the result would be without the highest, the lowest, or any one member's sheet.

Advice for who leads the board.  The decision uses the result of all sheets that the rule set counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from innovations.boards.rules.scoring import Result, Sheet, by_total, result
from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled
from innovations.regulations.rules.criteria import CriteriaSet
from innovations.regulations.rules.rulesets import RuleSet


class Extreme(Labelled):
    """Where a sheet stands among the others."""

    HIGHEST = "highest", N_("cao nhất")
    LOWEST = "lowest", N_("thấp nhất")


@dataclass(frozen=True)
class LeftOut:
    """The result without one sheet.

    :param extreme: whether it is the highest or the lowest sheet by total; None in between, or when all are level.
    :param changes: without it the grade, the pass or a pass floor would come out differently.
    """

    sheet_id: int
    extreme: Extreme | None
    result: Result
    changes: bool


def _outcome(each: Result) -> tuple[str | None, bool, tuple[str, ...]]:
    return each.grade, each.passes, each.failed_pass_floors


def leave_one_out(criteria: CriteriaSet, sheets: Sequence[Sheet], rules: RuleSet) -> tuple[LeftOut, ...]:
    """Return the result without each sheet in turn, in the order given; empty for fewer than two sheets.

    It is counted as the rule set counts, except that its minimum number of sheets is not asked for.
    """
    if len(sheets) < 2:
        return ()
    lenient = replace(rules, minimum_scorers=1)
    whole = result(criteria, sheets, lenient)
    ordered = by_total(sheets, criteria)
    ends = {ordered[0].sheet_id: Extreme.LOWEST, ordered[-1].sheet_id: Extreme.HIGHEST} if whole.spread else {}
    found = []
    for left in sheets:
        without = result(criteria, [each for each in sheets if each is not left], lenient)
        found.append(LeftOut(left.sheet_id, ends.get(left.sheet_id), without, _outcome(without) != _outcome(whole)))
    return tuple(found)
