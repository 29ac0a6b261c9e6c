"""Score sheets and results."""

import dataclasses
import json
from decimal import Decimal
from fractions import Fraction

import pytest
from rules_scores import GOOD, count, outlook, scored, sheet

from innovations.boards.rules.scoring import TooFewSheets, result
from innovations.boards.rules.sheets import (
    AlreadyReopened,
    NothingToReopen,
    ProposalMissing,
    RemarkMissing,
    ReviewMissing,
    ScoreMissing,
    ScoreOutOfRange,
    ScoreTooFine,
    SheetFacts,
    SheetIsFinal,
    SheetProposal,
    UnknownCriterion,
    check_changeable,
    check_reopen,
    check_review_text,
    check_sheet,
    check_sheet_proposal,
)
from innovations.boards.rules.votes import (
    outcome,
)
from innovations.core.rules.errors import Several
from innovations.proposals.rules.content import ReasonsMissing
from innovations.regulations.rules.presets import SIMPLE_40_30_30, STANDARD
from innovations.regulations.rules.rulesets import DEFAULT, RuleSet

FULL = {"novelty": "24", "effect": "24", "replicability": "20", "economy": "8", "dossier": "4"}


def points(**changed):
    return {code: None if value is None else Decimal(value) for code, value in (FULL | changed).items()}


def refusals(values, comments=None, *, for_submit=True):
    with pytest.raises(Several) as refused:
        check_sheet(STANDARD, values, comments or {}, for_submit)
    return [(type(error), error.field) for error in refused.value.errors]


def test_a_complete_sheet_with_middling_points_needs_no_remark():
    check_sheet(STANDARD, points(), {}, for_submit=True)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"novelty": "30.01"}, ScoreOutOfRange),
        ({"novelty": "-0.01"}, ScoreOutOfRange),
        ({"novelty": "NaN"}, ScoreOutOfRange),
        ({"novelty": "Infinity"}, ScoreOutOfRange),
        ({"novelty": "24.005"}, ScoreTooFine),
    ],
)
@pytest.mark.parametrize("for_submit", [True, False])
def test_impossible_points_are_refused_in_a_draft_too(changed, refusal, for_submit):
    assert refusals(points(**changed), for_submit=for_submit) == [(refusal, "novelty")]


@pytest.mark.parametrize(("value", "asked"), [("14.99", True), ("15", False), ("27", False), ("27.01", True), ("30", True)])
def test_a_remark_is_asked_under_half_and_over_nine_tenths(value, asked):
    if asked:
        assert refusals(points(novelty=value)) == [(RemarkMissing, "novelty")]
    check_sheet(STANDARD, points(novelty=value), {"novelty": "Ý tưởng nổi bật" if asked else ""}, for_submit=True)
    check_sheet(STANDARD, points(novelty=value), {}, for_submit=False)


def test_every_problem_of_a_sheet_is_told_at_its_criterion():
    values = points(novelty="31", effect="24.001")
    del values["dossier"]
    assert refusals(values) == [
        (ScoreOutOfRange, "novelty"), (ScoreTooFine, "effect"), (ScoreMissing, "dossier"),
    ]  # fmt: skip


def test_not_applicable_is_an_answer_and_an_empty_line_is_none():
    check_sheet(STANDARD, points(economy=None), {}, for_submit=True)
    values = points()
    del values["economy"]
    check_sheet(STANDARD, values, {}, for_submit=False)
    assert refusals(values) == [(ScoreMissing, "economy")]


def test_a_criterion_of_another_set_is_refused():
    assert refusals(points(beauty="5")) == [(UnknownCriterion, "beauty")]


def test_a_sheet_says_what_it_proposes():
    assert check_sheet_proposal("revise") is SheetProposal.REVISE
    for nothing in (None, "", "perhaps"):
        with pytest.raises(ProposalMissing):
            check_sheet_proposal(nothing)


def test_a_reviewer_hands_in_a_written_review_and_a_member_need_not():
    check_review_text("", is_reviewer=False)
    check_review_text("Giải pháp khả thi.", is_reviewer=True)
    with pytest.raises(ReviewMissing) as refused:
        check_review_text("  ", is_reviewer=True)
    assert refused.value.field == "comment"


def test_a_submitted_sheet_rests_until_it_is_reopened_once_with_a_reason():
    check_changeable(SheetFacts())
    with pytest.raises(SheetIsFinal):
        check_changeable(SheetFacts(submitted=True))
    assert check_reopen(SheetFacts(submitted=True), " Nhập nhầm điểm tiêu chí 2 ") == "Nhập nhầm điểm tiêu chí 2"
    with pytest.raises(ReasonsMissing):
        check_reopen(SheetFacts(submitted=True), "")
    with pytest.raises(AlreadyReopened):
        check_reopen(SheetFacts(submitted=True, reopened=True), "Nhập nhầm điểm tiêu chí 2")
    with pytest.raises(NothingToReopen):
        check_reopen(SheetFacts(), "Nhập nhầm điểm tiêu chí 2")


def test_the_result_is_the_sum_of_the_means():
    sheets = [
        sheet(1, "24", "20", "20", "8", "4"),
        sheet(2, "27", "21", "20", "7", "4"),
        sheet(3, "24", "22", "21", "9", "5"),
    ]
    said = result(STANDARD, sheets, DEFAULT)
    assert said.means["novelty"] == 25
    assert said.means["replicability"] == Fraction(61, 3)
    assert said.total == Decimal("78.67")
    assert (said.grade, said.passes) == ("B", True)
    assert (said.spread, said.spread_flagged) == (Decimal("5.00"), False)


def test_a_result_takes_the_minimum_of_sheets():
    with pytest.raises(TooFewSheets) as refused:
        result(STANDARD, [sheet(1, *GOOD), sheet(2, *GOOD)], DEFAULT)
    assert refused.value.data == {"sheets": 2, "minimum": 3}
    with pytest.raises(TooFewSheets):
        result(STANDARD, [], dataclasses.replace(DEFAULT, minimum_scorers=0))


def test_84_995_is_rounded_once_to_85_and_makes_an_a():
    sheets = [sheet(1, "25.00", "30", "20", "5", "5"), sheet(2, "24.99", "30", "20", "5", "5")]
    said = result(STANDARD, sheets, dataclasses.replace(DEFAULT, minimum_scorers=2))
    assert sum(said.means.values()) == Fraction("84.995")
    assert (said.total, said.grade) == (Decimal("85.00"), "A")


def test_a_pass_floor_of_a_third_is_met_exactly_and_missed_by_a_hundredth():
    assert scored("30", "10", "25", "10", "5").failed_pass_floors == ()
    below = scored("30", "9.99", "25", "10", "5")
    assert below.failed_pass_floors == ("effect",)
    assert below.reaches_pass_mark
    assert not below.passes


def test_a_floor_of_a_third_of_25_is_compared_as_an_exact_fraction():
    lower = [sheet(number, "30", "30", "8.33", "10", "5") for number in (1, 2, 3)]
    exactly = [*lower[:2], sheet(3, "30", "30", "8.34", "10", "5")]
    assert result(STANDARD, exactly, DEFAULT).means["replicability"] == Fraction(25, 3)
    assert result(STANDARD, exactly, DEFAULT).failed_pass_floors == ()
    assert result(STANDARD, lower, DEFAULT).failed_pass_floors == ("replicability",)


def test_a_grade_flag_names_only_the_grade_that_was_reached():
    assert scored("15", "28", "20", "8", "4").grade_flags == ()  # 75 points: B, novelty at exactly half
    assert scored("10", "5", "5", "2", "1").grade_flags == ()  # no grade, so no floor of one
    flag = scored("14.99", "28", "20", "8", "4").grade_flags[0]
    assert (flag.criterion, flag.grade) == ("novelty", "B")


def test_below_the_pass_mark_there_is_no_grade():
    said = scored("15", "15", "12", "5", "2.99")
    assert (said.total, said.grade, said.reaches_pass_mark) == (Decimal("49.99"), None, False)
    assert scored("15", "15", "12", "5", "3").grade == "C"


def test_not_applicable_leaves_the_mean_of_that_criterion_only():
    sheets = [sheet(number, "24", "24", "20", economy, "4") for number, economy in enumerate((None, "6", "8"), 1)]
    said = result(STANDARD, sheets, DEFAULT)
    assert said.means["economy"] == 7
    assert said.total == Decimal("79.00")


def test_a_criterion_nobody_scored_counts_nothing_unless_the_rule_set_rescales():
    nobody = ("24", "24", "20", None, "4")
    assert scored(*nobody).total == Decimal("72.00")
    assert scored(*nobody, rules=RuleSet(rescale_unscored=True)).total == Decimal("80.00")


def test_a_pass_floor_nobody_scored_fails_unless_the_rule_set_rescales():
    nobody = ("30", None, "25", "10", "5")
    assert scored(*nobody).failed_pass_floors == ("effect",)
    assert scored(*nobody, rules=RuleSet(rescale_unscored=True)).failed_pass_floors == ()


def test_sheets_of_nothing_but_not_applicable_give_no_points():
    said = scored(None, None, None, None, None, rules=RuleSet(rescale_unscored=True))
    assert (said.total, said.grade) == (Decimal("0.00"), None)


FIVE = [sheet(number, str(novelty), "24", "20", "8", "4") for number, novelty in enumerate((10, 20, 20, 20, 30), 1)]


def test_extremes_are_dropped_as_whole_sheets_from_five_on():
    dropping = RuleSet(drop_extremes=True)
    said = result(STANDARD, FIVE, dropping)
    assert (said.dropped, said.means["novelty"]) == ((1, 5), 20)
    assert said.sheets == 5
    assert said.spread == Decimal("20.00")
    assert result(STANDARD, FIVE[:4], dropping).dropped == ()
    assert result(STANDARD, FIVE, DEFAULT).dropped == ()


def test_ties_between_extremes_are_broken_by_the_random_key():
    keys = ("d", "a", "c", "e", "b")
    tied = [sheet(number, *GOOD, key=key) for number, key in enumerate(keys, 1)]
    assert result(STANDARD, tied, RuleSet(drop_extremes=True)).dropped == (2, 4)


@pytest.mark.parametrize(("lowest", "flagged"), [("10", False), ("9.99", True)])
def test_a_spread_of_more_than_twenty_points_is_flagged(lowest, flagged):
    sheets = [sheet(1, "30", *GOOD[1:]), sheet(2, "20", *GOOD[1:]), sheet(3, lowest, *GOOD[1:])]
    assert result(STANDARD, sheets, DEFAULT).spread_flagged is flagged


def test_the_second_preset_blocks_below_ten_points():
    sheets = [dataclasses.replace(FIVE[0], sheet_id=number, values=dict.fromkeys(
        ("novelty", "effect", "replicability"), Decimal("9.99"))) for number in (1, 2, 3)]  # fmt: skip
    assert result(SIMPLE_40_30_30, sheets, DEFAULT).failed_pass_floors == ("novelty", "effect", "replicability")


def test_a_result_and_an_outcome_can_be_kept_as_json():
    said = scored("18", "30", "25", "10", "5")
    kept = json.loads(json.dumps(said.to_json()))
    assert (kept["total"], kept["grade_flags"]) == ("88.00", [{"criterion": "novelty", "grade": "A"}])
    voted = outcome(count(5), outlook(7, 5), said)
    assert json.loads(json.dumps(voted.to_json()))["passed"] is True
