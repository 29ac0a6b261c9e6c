"""Numbers at their ends: what a rule set may ask, what it asks when nobody chose, and the last that is enough."""

import dataclasses
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from innovations.boards.rules.meetings import check_agenda
from innovations.core.rules.errors import Forbidden, Invalid, NotVisible, Several, Stale, StateForbids, Unavailable
from innovations.library.rules.adoptions import next_follow_up
from innovations.proposals.rules.content import ReasonsMissing, check_reasons
from innovations.regulations.rules.criteria import code_for
from innovations.regulations.rules.rulesets import DEFAULT, OutOfRange, check_rule_set

CENT, LITTLE = Decimal("0.01"), Fraction(1, 1000)
# name → least, most, and the step to the first that is refused
RANGES = {
    "formal_months": (1, 12, 1),
    "fix_months": (1, 12, 1),
    "result_months": (1, 24, 1),
    "filing_window_months": (1, 60, 1),
    "revise_months": (1, 12, 1),
    "complaint_months": (1, 24, 1),
    "complaint_answer_months": (1, 12, 1),
    "unit_review_days": (1, 60, 1),
    "reviewer_days": (1, 90, 1),
    "climb_secretary_days": (1, 60, 1),
    "climb_head_days": (1, 90, 1),
    "climb_parent_days": (1, 180, 1),
    "quorum": (Fraction(1, 2), Fraction(1), LITTLE),
    "approval": (Fraction(1, 2), Fraction(1), LITTLE),
    "board_minimum": (3, 30, 1),
    "board_maximum": (3, 30, 1),
    "minimum_scorers": (1, 30, 1),
    "drop_extremes_minimum": (3, 30, 1),
    "spread_flag": (Decimal(0), Decimal(100), CENT),
    "minimum_author_share": (Decimal(0), Decimal(100), CENT),
    "retention_years": (1, 100, 1),
}
WIDE = dataclasses.replace(DEFAULT, board_minimum=3, board_maximum=30)


def out_of_range(name, value):
    try:
        check_rule_set(dataclasses.replace(WIDE, **{name: value}))
    except Several as refused:
        return name in {error.field for error in refused.errors if isinstance(error, OutOfRange)}
    return False


@pytest.mark.parametrize("name", RANGES)
def test_a_number_of_a_rule_set_is_taken_at_both_its_ends_and_refused_beyond(name):
    least, most, step = RANGES[name]
    assert [out_of_range(name, value) for value in (least - step, least, most, most + step)] == [True, False, False, True]


def test_a_board_may_have_one_size_only_and_an_office_may_be_told_on_the_same_day_as_the_one_below():
    check_rule_set(dataclasses.replace(DEFAULT, board_minimum=7, board_maximum=7))
    check_rule_set(dataclasses.replace(DEFAULT, climb_secretary_days=7, climb_head_days=7, climb_parent_days=7))


def test_a_rule_set_that_nobody_chose_asks_what_the_regulation_says():
    assert (DEFAULT.board_minimum, DEFAULT.board_maximum) == (5, 9)
    assert (DEFAULT.revise_months, DEFAULT.complaint_months, DEFAULT.complaint_answer_months) == (1, 3, 1)
    assert (DEFAULT.climb_secretary_days, DEFAULT.climb_head_days, DEFAULT.climb_parent_days) == (3, 7, 14)
    assert (DEFAULT.drop_extremes_minimum, DEFAULT.spread_flag, DEFAULT.minimum_author_share) == (5, 20, None)
    assert (DEFAULT.sheets_follow, DEFAULT.superior_is_conflict, DEFAULT.subordinate_is_conflict) == (False, False, False)
    assert DEFAULT.army_is_state_paid


@pytest.mark.parametrize(
    ("on", "cited"), [((2012, 5, 1), 0), ((2012, 5, 2), 1), ((2013, 9, 30), 1), ((2013, 10, 1), 2), ((2025, 10, 1), 3)]
)
def test_each_shipped_legal_basis_is_cited_from_the_day_it_came_into_force(on, cited):
    assert len(DEFAULT.legal_bases_on(date(*on))) == cited


def test_a_reason_has_ten_characters():
    assert check_reasons("không đạt!") == "không đạt!"
    with pytest.raises(ReasonsMissing):
        check_reasons("không đạt")


def test_a_report_thirty_days_before_a_follow_up_answers_it_and_one_a_day_earlier_does_not():
    due = date(2026, 7, 6)
    assert next_follow_up((due,), date(2026, 6, 6)) is None
    assert next_follow_up((due,), date(2026, 6, 5)) == due


def test_everything_that_is_ready_may_stand_on_one_agenda():
    check_agenda({1, 2}, {1, 2})


def test_a_code_may_end_in_a_digit():
    assert code_for("Ổn định lần 2", ()) == "on_dinh_lan_2"


def test_a_door_answers_each_kind_of_refusal_with_its_status():
    statuses = {Invalid: 422, Forbidden: 403, NotVisible: 404, StateForbids: 409, Stale: 409, Unavailable: 503}
    assert {kind: kind.status for kind in statuses} == statuses
