"""The annual figures and before/after lines."""

from datetime import date
from decimal import Decimal

import pytest
from rules_people import (
    COMPANY,
    DIVISION,
    OTHER_REGIMENT,
    REGIMENT,
)

from innovations.core.rules.change import change_percent
from innovations.people.rules.units import PersonCategory
from innovations.reports.rules.figures import (
    BenefitFacts,
    ReviewFigures,
    adoption_count,
    annual_row,
)

RECOGNISED = ReviewFigures(
    unit_path=REGIMENT,
    received_on=date(2025, 12, 1),
    accepted_on=date(2026, 1, 2),
    recognised_on=date(2026, 3, 1),
    forwarded_on=date(2026, 3, 3),
    applied=True,
    solution_types=("technical", "management"),
    work_field="logistics",
    grade="B",
    categories=(PersonCategory.OFFICER, PersonCategory.CONSCRIPT, PersonCategory.OFFICER),
    adopting_unit_ids=frozenset({10, 11}),
    benefits=(BenefitFacts(1_500_000), BenefitFacts(None), BenefitFacts(500_000)),
)
OTHERS = (
    ReviewFigures(unit_path=COMPANY, received_on=date(2026, 2, 1), refused_on=date(2026, 2, 20)),
    ReviewFigures(unit_path=OTHER_REGIMENT, received_on=date(2026, 2, 1), revoked_on=date(2026, 2, 2)),
)


def test_the_annual_row_counts_each_column_by_its_own_date_in_the_subtree():
    row = annual_row(REGIMENT, 2026, [RECOGNISED, *OTHERS])
    assert (row.received, row.accepted, row.refused, row.recognised, row.revoked) == (1, 1, 1, 1, 0)
    assert (row.by_type, row.by_field, row.by_grade) == (
        {"technical": 1, "management": 1}, {"logistics": 1}, {"B": 1},
    )  # fmt: skip
    assert row.by_category == {PersonCategory.OFFICER: 2, PersonCategory.CONSCRIPT: 1}
    assert (row.applied, row.replicated, row.adopting_units, row.forwarded) == (1, 1, 2, 1)
    assert (row.benefit_money, row.benefits_not_computable) == (2_000_000, 1)


def test_the_division_sums_its_regiments_and_last_year_stays_last_year():
    assert annual_row(DIVISION, 2026, [RECOGNISED, *OTHERS]).received == 2
    assert annual_row(DIVISION, 2026, [RECOGNISED, *OTHERS]).revoked == 1
    last_year = annual_row(DIVISION, 2025, [RECOGNISED, *OTHERS])
    assert (last_year.received, last_year.recognised, last_year.benefit_money) == (1, 0, 0)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("40", "30", "-25.0"),
        ("30", "40", "33.3"),
        ("3", "1", "-66.7"),
        ("-10", "-5", "50.0"),
        ("8", "8", "0.0"),
        ("0", "5", None),
    ],
)
def test_before_and_after_are_compared_in_per_cent(before, after, change):
    assert change_percent(Decimal(before), Decimal(after)) == (None if change is None else Decimal(change))


def test_only_distinct_other_units_count_as_adoptions():
    assert adoption_count(9, [10, 11, 10, 9]) == 2
