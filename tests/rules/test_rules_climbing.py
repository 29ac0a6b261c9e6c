"""A missed deadline climbs: person, secretary, head of the unit, parent office (the days are numbers of the rule set)."""

import dataclasses
from datetime import date, timedelta

import pytest

from innovations.core.rules.errors import DomainError
from innovations.proposals.rules.climbing import Rung, ladder, rungs_reached
from innovations.regulations.rules.rulesets import DEFAULT, check_rule_set

DUE = date(2026, 3, 31)
P, S, H, U = Rung.PERSON, Rung.SECRETARY, Rung.HEAD, Rung.PARENT


@pytest.mark.parametrize(
    ("late", "reached"),
    [(-1, ()), (0, ()), (1, (P,)), (2, (P,)), (3, (P, S)), (6, (P, S)), (7, (P, S, H)), (13, (P, S, H)), (14, (P, S, H, U))],
)
def test_each_office_is_reached_on_its_day(late, reached):
    assert rungs_reached(DUE, DUE + timedelta(days=late), DEFAULT) == reached


def test_the_days_are_those_of_the_rule_set():
    quick = dataclasses.replace(DEFAULT, climb_secretary_days=1, climb_head_days=1, climb_parent_days=2)
    assert rungs_reached(DUE, DUE + timedelta(days=1), quick) == (P, S, H)


def test_a_higher_office_is_not_told_before_a_lower_one():
    with pytest.raises(DomainError):
        check_rule_set(dataclasses.replace(DEFAULT, climb_secretary_days=8))


def test_nobody_stands_on_two_rungs():
    assert ladder({P: {1}, S: {1, 2}, H: {2}, U: {3}}, ()) == {P: {1}, S: {2}, H: set(), U: {3}}


def test_an_author_who_holds_it_is_told_and_no_author_above():
    assert ladder({P: {1}, S: {2}, H: {1, 3}}, {1, 3}) == {P: {1}, S: {2}, H: set(), U: set()}
