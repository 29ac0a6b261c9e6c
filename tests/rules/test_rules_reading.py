"""Reading the scores: leave-one-out, leniency with the calibrated order, and Krippendorff's alpha, held to published figures."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_scores import sheet

from innovations.boards.rules.agreement import Agreement, agreement_of, krippendorff_alpha
from innovations.boards.rules.calibration import Group, Mark, calibrate, ranks
from innovations.boards.rules.reading import Extreme, leave_one_out
from innovations.regulations.rules.presets import STANDARD
from innovations.regulations.rules.rulesets import DEFAULT, RuleSet

always = settings(derandomize=True, deadline=None, max_examples=80)

POINTS = st.integers(0, 10_000).map(lambda cents: Fraction(cents, 100))
#: (proposal, member) → points: some proposals scored by some members, so that groups fall apart now and then.
MARKS = st.dictionaries(st.tuples(st.integers(1, 8), st.integers(1, 5)), POINTS, min_size=1, max_size=30).map(
    lambda given: [Mark(case, member, points) for (case, member), points in given.items()]
)


def orders(groups: tuple[Group, ...]) -> list[dict[int, int]]:
    """The calibrated places of each group."""
    return [ranks({each.case: each.calibrated for each in group.standings}) for group in groups]


# --- leave one out ------------------------------------------------------------------------------------------------------------

HIGH, MIDDLE, LOW = ("27", "27", "22.5", "9", "4.5"), ("24", "24", "20", "8", "4"), ("12", "12", "10", "4", "2")


def test_without_the_highest_and_without_each_member_is_the_mean_of_the_others() -> None:
    left = leave_one_out(STANDARD, [sheet(1, *HIGH), sheet(2, *MIDDLE), sheet(3, *LOW)], DEFAULT)
    assert [(each.sheet_id, each.extreme, each.result.total) for each in left] == [
        (1, Extreme.HIGHEST, Decimal("60.00")),  # (80 + 40) / 2
        (2, None, Decimal("65.00")),  # (90 + 40) / 2
        (3, Extreme.LOWEST, Decimal("85.00")),  # (90 + 80) / 2
    ]
    # All three together: 70, grade B.  Without the lowest: A; without either other: C.
    assert [each.result.grade for each in left] == ["C", "C", "A"]
    assert all(each.changes for each in left)


def test_a_sheet_without_which_nothing_would_come_out_differently_says_so() -> None:
    left = leave_one_out(STANDARD, [sheet(1, *MIDDLE), sheet(2, *MIDDLE), sheet(3, *MIDDLE)], DEFAULT)
    assert [(each.extreme, each.changes) for each in left] == [(None, False)] * 3


def test_of_two_sheets_each_may_be_left_out_and_the_other_is_the_result() -> None:
    left = leave_one_out(STANDARD, [sheet(1, *MIDDLE), sheet(2, *HIGH)], DEFAULT)
    assert [(each.sheet_id, each.result.total) for each in left] == [(1, Decimal(90)), (2, Decimal(80))]


def test_one_sheet_alone_is_not_left_out() -> None:
    assert leave_one_out(STANDARD, [sheet(1, *MIDDLE)], DEFAULT) == ()


def test_a_rule_set_that_drops_extremes_drops_them_among_those_that_are_left() -> None:
    sheets = [sheet(number, *HIGH) for number in (1, 2, 3)] + [sheet(4, *MIDDLE), sheet(5, *LOW), sheet(6, *LOW)]
    first = leave_one_out(STANDARD, sheets, RuleSet(drop_extremes=True))[0]
    # Left: 90 90 80 40 40; without one highest and one lowest: (90 + 80 + 40) / 3.
    assert (first.result.sheets, len(first.result.dropped), first.result.total) == (5, 2, Decimal("70.00"))


# --- Krippendorff's alpha -----------------------------------------------------------------------------------------------------


def units(*rows: str) -> list[list[Fraction]]:
    """Observers as rows, a dot where one said nothing, turned into the values of each unit."""
    columns = zip(*(row.split() for row in rows), strict=True)
    return [[Fraction(value) for value in column if value != "."] for column in columns]


#: Krippendorff (2011), section D: four observers, twelve units, missing data.
PUBLISHED = units(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
#: Three coders, fifteen units, as in the encyclopaedic article on the coefficient.
THREE_CODERS = units(
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)


@pytest.mark.parametrize(("data", "published"), [(PUBLISHED, "0.849"), (THREE_CODERS, "0.811")])
def test_alpha_is_the_published_one(data: list[list[Fraction]], published: str) -> None:
    alpha = krippendorff_alpha(data)
    assert alpha is not None
    assert f"{float(alpha):.3f}" == published


def test_full_agreement_is_one_and_its_absence_is_below_nothing() -> None:
    assert krippendorff_alpha([[Fraction(3), Fraction(3)], [Fraction(9), Fraction(9)]]) == 1
    swapped = krippendorff_alpha([[Fraction(3), Fraction(9)], [Fraction(9), Fraction(3)]])
    assert swapped is not None
    assert swapped < 0


@pytest.mark.parametrize(
    "data",
    [[], [[Fraction(3), Fraction(4)]], [[Fraction(3)], [Fraction(4)]], [[Fraction(3), Fraction(3)], [Fraction(3), Fraction(3)]]],
)
def test_alpha_is_not_made_up_where_nothing_can_be_compared(data: list[list[Fraction]]) -> None:
    assert krippendorff_alpha(data) is None


@pytest.mark.parametrize(
    ("alpha", "said"),
    [
        (None, Agreement.UNKNOWN),
        (Fraction(8, 10), Agreement.GOOD),
        (Fraction(7999, 10_000), Agreement.FAIR),
        (Fraction(667, 1000), Agreement.FAIR),
        (Fraction(666, 1000), Agreement.POOR),
        (Fraction(0), Agreement.CHANCE),
        (Fraction(-1), Agreement.CHANCE),
    ],
)
def test_an_alpha_is_told_in_a_sentence_by_krippendorffs_own_limits(alpha: Fraction | None, said: Agreement) -> None:
    assert agreement_of(alpha) is said


@always
@given(st.lists(st.lists(POINTS, max_size=5), max_size=8), st.randoms(use_true_random=False), POINTS)
def test_alpha_heeds_no_order_and_no_shift_of_the_scale(data, random, shift):
    mixed = [random.sample([value + shift for value in values], len(values)) for values in random.sample(data, len(data))]
    assert krippendorff_alpha(mixed) == krippendorff_alpha(data)


# --- leniency and the calibrated order ------------------------------------------------------------------------------------------


def test_a_harsh_member_is_found_and_those_who_met_only_them_move_up() -> None:
    # Member 1 gives 10 points less than member 2 on what both scored.  Plainly proposal 3 (70) lies behind 4 (75).
    marks = [
        Mark(1, 1, Fraction(60)), Mark(1, 2, Fraction(70)), Mark(2, 1, Fraction(70)), Mark(2, 2, Fraction(80)),
        Mark(3, 1, Fraction(70)), Mark(4, 2, Fraction(75)),
    ]  # fmt: skip
    (group,) = calibrate(marks)
    assert [(each.member, each.sheets, each.points) for each in group.members] == [(1, 3, Fraction(-5)), (2, 3, Fraction(5))]
    assert {each.case: each.mean for each in group.standings} == {1: 65, 2: 75, 3: 70, 4: 75}
    assert {each.case: each.calibrated for each in group.standings} == {1: 65, 2: 75, 3: 75, 4: 70}
    assert orders((group,)) == [{1: 4, 2: 1, 3: 1, 4: 3}]


def test_members_who_share_no_proposal_are_not_compared() -> None:
    marks = [Mark(1, 1, Fraction(60)), Mark(1, 2, Fraction(70)), Mark(2, 1, Fraction(50)), Mark(3, 3, Fraction(90))]
    first, second = calibrate(marks)
    assert ([each.member for each in first.members], [each.case for each in first.standings]) == ([1, 2], [1, 2])
    assert [(each.member, each.points) for each in second.members] == [(3, None)]
    assert [(each.mean, each.calibrated) for each in second.standings] == [(90, 90)]


@always
@given(MARKS, st.integers(1, 5), st.fractions(-40, 40, max_denominator=100))
def test_a_member_who_is_harsh_by_a_constant_changes_no_calibrated_rank(marks, member, constant):
    harsh = [Mark(each.case, each.member, each.points + constant * (each.member == member)) for each in marks]
    assert orders(calibrate(harsh)) == orders(calibrate(marks))


@always
@given(MARKS, st.randoms(use_true_random=False))
def test_the_order_of_the_marks_never_matters(marks, random):
    assert calibrate(random.sample(marks, len(marks))) == calibrate(marks)


@always
@given(MARKS)
def test_leniency_is_what_is_left_over_when_each_proposal_has_its_calibrated_worth(marks):
    """The normal equations themselves: over a member's sheets, points − worth − leniency sums to nothing; over all, leniency does."""
    for group in calibrate(marks):
        worth = {each.case: each.calibrated for each in group.standings}
        bias = {each.member: each.points or Fraction(0) for each in group.members}
        inside = [mark for mark in marks if mark.case in worth]
        for member in bias:
            own = [mark for mark in inside if mark.member == member]
            assert sum(mark.points - worth[mark.case] - bias[member] for mark in own) == 0
        assert sum(bias[mark.member] for mark in inside) == 0


@always
@given(st.lists(POINTS, min_size=2, max_size=6, unique=True))
def test_where_everybody_scores_everything_calibrating_changes_nothing(worths):
    marks = [Mark(case, member, worth - 5 * member) for case, worth in enumerate(worths) for member in (1, 2, 3)]
    (group,) = calibrate(marks)
    assert all(each.mean == each.calibrated for each in group.standings)


def test_equal_values_share_the_better_place() -> None:
    assert ranks({1: Fraction(5), 2: Fraction(9), 3: Fraction(5), 4: Fraction(1)}) == {1: 2, 2: 1, 3: 2, 4: 4}
