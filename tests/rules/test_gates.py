"""Criteria of yes and no, criteria outside the total, and a set tried on sheets that were scored by another."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovations.boards.rules.scoring import Sheet, result
from innovations.boards.rules.sheets import (
    AnswerMissing,
    NotYesOrNo,
    ReasonForNoMissing,
    ScoreMissing,
    check_sheet,
    missing,
)
from innovations.boards.rules.trying import tried
from innovations.boards.rules.votes import Condition, outcome
from innovations.core.rules.errors import Several
from innovations.regulations.rules.criteria import (
    AsideDecides,
    BadGate,
    CriteriaSet,
    Criterion,
    GradesWithoutPoints,
    MaximaNotHundred,
    Measure,
    NothingDecides,
    band_value,
    check_criteria_set,
    level_of,
)
from innovations.regulations.rules.presets import GATES, SIMPLE_40_30_30, STANDARD
from innovations.regulations.rules.rulesets import DEFAULT
from tests.rules.rules_scores import GOOD, count, outlook, sheet

ORDER = ("purpose", "new", "applied", "effective", "elsewhere")
ASIDE = Criterion("safety", "An toàn", Decimal(10), bands=("1", "2", "3", "4", "5"), measure=Measure.ASIDE)
WITH_ASIDE = replace(STANDARD, criteria=(*STANDARD.criteria, ASIDE))
points = st.lists(st.decimals(0, 5, places=2), min_size=5, max_size=5)


def answers(number: int, text: str) -> Sheet:
    """A sheet of the gates: ``"yynn-"`` in their order, ``-`` not applicable; a shorter one stops."""
    worth = {"y": Decimal(1), "n": Decimal(0), "-": None}
    return Sheet(number, {code: worth[each] for code, each in zip(ORDER, text, strict=False)})


def gated(*texts: str):
    return result(GATES, [answers(number, text) for number, text in enumerate(texts)], DEFAULT)


def refusals(values, comments=None, *, for_submit=True, criteria=GATES):
    try:
        check_sheet(criteria, values, comments or {}, for_submit)
    except Several as refused:
        return [(type(error), error.field) for error in refused.errors]
    return []


def problems(criteria: CriteriaSet) -> set[type]:
    try:
        check_criteria_set(criteria)
    except Several as refused:
        return {type(error) for error in refused.errors}
    return set()


def test_the_gates_ask_purpose_novelty_time_effect_and_use_elsewhere_without_points():
    assert tuple(each.code for each in GATES.criteria) == ORDER
    assert {each.measure for each in GATES.criteria} == {Measure.GATE}
    assert (GATES.grades, GATES.summed) == ((), ())


def test_half_of_the_sheets_open_a_gate_and_there_is_neither_total_nor_grade():
    found = gated("yyyyy", "yyyyy", "n", "n")
    assert (found.passes, found.total, found.grade, found.spread_flagged) == (True, None, None, False)
    assert found.means["purpose"] == Fraction(1, 2)


def test_the_first_gate_that_stays_shut_is_named_and_those_behind_it_are_not_looked_at():
    found = gated("yn", "yn", "yyyyy")
    assert (found.passes, found.failed_pass_floors) == (False, ("new",))


def test_a_gate_that_does_not_apply_is_in_nobodys_mean():
    found = gated("yy-yy", "yy-yy", "yyyyy")
    assert (found.passes, found.means["applied"]) == (True, Fraction(1))


def test_without_points_the_vote_asks_quorum_approvals_and_gates():
    passed = outcome(count(5), outlook(7, 7), gated("yyyyy", "yyyyy", "yyyyy"))
    assert [each.condition for each in passed.checks] == [Condition.QUORUM, Condition.APPROVALS, Condition.PASS_FLOORS]
    assert passed.passed
    failed = outcome(count(7), outlook(7, 7), gated("yn", "yn", "yyyyy"))
    assert [(each.condition, each.actual) for each in failed.failures] == [(Condition.PASS_FLOORS, "new")]


def test_behind_a_no_the_later_gates_need_no_answer_and_points_still_do():
    assert refusals(answers(1, "yn").values, {"new": "Đơn vị bạn đã làm."}) == []
    assert refusals(answers(1, "y").values) == [(AnswerMissing, code) for code in ORDER[1:]]
    both = replace(STANDARD, criteria=(*GATES.criteria, *STANDARD.criteria))
    assert [each.code for each in missing(both, answers(1, "n").values)] == [each.code for each in STANDARD.criteria]
    assert refusals(answers(1, "n").values, {"purpose": "Chưa rõ."}, criteria=both)[0] == (ScoreMissing, "novelty")


def test_a_no_gives_its_reason_and_a_gate_takes_nothing_between():
    assert refusals(answers(1, "n").values) == [(ReasonForNoMissing, "purpose")]
    assert refusals({"purpose": Decimal("0.5")}, for_submit=False) == [(NotYesOrNo, "purpose")]


@given(st.lists(st.tuples(points, st.decimals(0, 10, places=2)), min_size=3, max_size=6))
def test_what_stays_out_of_the_total_changes_no_result(given_points):
    plain = [sheet(number, *map(str, each)) for number, (each, _aside) in enumerate(given_points)]
    beside = [
        replace(each, values={**each.values, "safety": aside}) for each, (_p, aside) in zip(plain, given_points, strict=True)
    ]
    with_it, without = result(WITH_ASIDE, beside, DEFAULT), result(STANDARD, plain, DEFAULT)
    assert (with_it.total, with_it.grade, with_it.passes) == (without.total, without.grade, without.passes)
    assert with_it.means["safety"] == sum(Fraction(aside) for _p, aside in given_points) / len(given_points)


def test_a_set_that_could_decide_nothing_or_that_contradicts_itself_is_refused():
    gate, point = GATES.criteria[0], STANDARD.criteria[0]
    assert problems(replace(GATES, criteria=())) == {NothingDecides}
    assert problems(replace(GATES, criteria=(ASIDE,))) == {NothingDecides}
    assert problems(replace(GATES, grades=STANDARD.grades)) == {GradesWithoutPoints}
    assert problems(replace(GATES, pass_mark=Decimal(50))) == {GradesWithoutPoints}
    assert problems(replace(WITH_ASIDE)) == set()
    assert problems(replace(STANDARD, criteria=(*STANDARD.criteria, replace(ASIDE, pass_floor=Fraction(1, 3))))) == {AsideDecides}
    for bad in (
        replace(gate, maximum=Decimal(2)),
        replace(gate, pass_floor=None),
        replace(gate, pass_floor=Fraction(0)),
        replace(gate, bands=("Không", "Có", "Rất có")),
        replace(gate, grade_floors={"A": Fraction(1, 2)}),
    ):
        assert BadGate in problems(replace(GATES, criteria=(bad,)))
    assert problems(replace(STANDARD, criteria=(*STANDARD.criteria, gate))) == set()
    assert problems(replace(STANDARD, criteria=(*STANDARD.criteria, replace(point, code="twice")))) == {MaximaNotHundred}


def test_a_set_frozen_before_there_were_gates_gives_points():
    stored = STANDARD.to_json()
    for each in stored["criteria"]:
        del each["measure"]
    assert CriteriaSet.from_json(stored) == STANDARD


def test_a_set_is_tried_on_old_sheets_with_points_in_proportion_and_what_is_missing_named():
    # 24, 24, 20 of 30, 30, 25 become 32, 24, 24 of 40, 30, 30.
    found = tried(STANDARD, SIMPLE_40_30_30, [sheet(number, *GOOD) for number in range(3)], DEFAULT)
    assert found is not None
    assert (found.result.means["novelty"], found.result.total, found.missing) == (32, Decimal("80.00"), ())
    assert (found.result.grade, found.changes) == ("B", False)
    back = tried(
        SIMPLE_40_30_30,
        STANDARD,
        [Sheet(n, {"novelty": Decimal(16), "effect": Decimal(15), "replicability": None}) for n in range(3)],
        DEFAULT,
    )
    assert back is not None
    assert [each.code for each in back.missing] == ["economy", "dossier"]
    assert back.result.total == Decimal("45.00")  # 12 and 15 of 60


def test_points_say_nothing_of_gates():
    assert tried(STANDARD, GATES, [sheet(number, *GOOD) for number in range(3)], DEFAULT) is None
    same_name = replace(GATES, criteria=(replace(GATES.criteria[0], code="novelty"),))
    assert tried(STANDARD, same_name, [sheet(number, *GOOD) for number in range(3)], DEFAULT) is None


@given(st.lists(points, min_size=3, max_size=6))
def test_a_set_tried_on_its_own_sheets_changes_nothing(given_points):
    sheets = [sheet(number, *map(str, each)) for number, each in enumerate(given_points)]
    found = tried(STANDARD, STANDARD, sheets, DEFAULT)
    assert found is not None
    assert (found.result, found.changes) == (result(STANDARD, sheets, DEFAULT), False)


@pytest.mark.parametrize("level", [1, 2])
def test_levels_of_a_gate_are_no_and_yes(level):
    gate = GATES.criteria[0]
    assert (band_value(gate, level), level_of(gate, Decimal(level - 1))) == (level - 1, level)
    with pytest.raises(ValueError, match="level 3"):
        band_value(gate, 3)
