"""Quorum, votes and outcomes."""

import dataclasses
from fractions import Fraction

import pytest
from rules_scores import GOOD, count, outlook, scored

from innovations.boards.rules.quorum import agreements_needed, needed
from innovations.boards.rules.votes import (
    Condition,
    Count,
    CountDoesNotAddUp,
    Opinion,
    check_count,
    count_opinions,
    outcome,
    unpadded,
)
from innovations.regulations.rules.rulesets import ApprovalBase, RuleSet


@pytest.mark.parametrize(("base", "agreements"), [(5, 4), (6, 4), (7, 5), (8, 6), (9, 6)])
def test_two_thirds_of_the_base_are_rounded_up(base, agreements):
    assert needed(Fraction(2, 3), base) == agreements
    assert outlook(base, base).needed == agreements


def test_nobody_agreeing_is_never_enough():
    assert needed(Fraction(2, 3), 0) == 1


def test_at_bare_quorum_the_screen_says_that_all_must_agree():
    view = outlook(7, 5)
    assert (view.has_quorum, view.needed, view.unanimous, view.possible) == (True, 5, True, True)
    assert not outlook(7, 6).unanimous


def test_a_recused_member_counts_for_the_quorum_and_leaves_for_the_item():
    view = outlook(7, 5, recused=1)
    assert (view.has_quorum, view.voters, view.needed, view.possible) == (True, 4, 5, False)


def test_the_base_falls_with_a_recusal_only_where_the_rule_set_says_so():
    lowering = RuleSet(recusal_lowers_base=True)
    assert outlook(7, 7, recused=1).needed == 5
    assert outlook(7, 7, recused=1, rules=lowering).needed == 4


def test_the_base_may_be_those_present():
    rules = RuleSet(approval_base=ApprovalBase.PRESENT)
    assert agreements_needed(9, 0, rules, present=6) == 4
    assert agreements_needed(9, 1, rules, present=6, recused_present=1) == 4
    lowering = dataclasses.replace(rules, recusal_lowers_base=True, approval=Fraction(1))
    assert agreements_needed(9, 1, lowering, present=6, recused_present=1) == 5


def test_blank_invalid_and_none_are_not_agreeing():
    for other in ({"disagree": 1}, {"none": 1}, {"invalid": 1}):
        assert not outcome(count(4, **other), outlook(7, 5), scored(*GOOD)).passed


def test_a_failure_names_every_condition_that_is_not_met():
    said = outcome(count(2, disagree=1), outlook(7, 3), scored("10", "5", "5", "2", "1"))
    assert [check.condition for check in said.failures] == list(Condition)
    assert {check.condition: (check.actual, check.needed) for check in said.checks} == {
        Condition.QUORUM: ("3", "5"),
        Condition.APPROVALS: ("2", "5"),
        Condition.POINTS: ("23.00", "50"),
        Condition.PASS_FLOORS: ("effect, replicability", ""),
    }


@pytest.mark.parametrize(
    "bad",
    [
        Count(issued=4, collected=5, invalid=0, agree=5, disagree=0, blank=0),
        Count(issued=7, collected=5, invalid=1, agree=5, disagree=0, blank=0),
        Count(issued=7, collected=5, invalid=0, agree=6, disagree=-1, blank=0),
    ],
)
def test_a_count_record_that_contradicts_itself_is_refused(bad):
    with pytest.raises(CountDoesNotAddUp):
        check_count(bad)


def test_opinions_are_counted_with_those_that_could_not_be_read():
    said = count_opinions([Opinion.AGREE, Opinion.NONE, None, Opinion.DISAGREE, Opinion.AGREE], issued=6)
    assert said == Count(issued=6, collected=5, invalid=1, agree=2, disagree=1, blank=1)
    assert said.valid == 4
    with pytest.raises(CountDoesNotAddUp):
        count_opinions([Opinion.AGREE] * 3, issued=2)


@pytest.mark.parametrize("plain", [b"", b"agree", b"agree" + b"\0" * 12, b"perhaps".ljust(16, b"\0"), b"\xff" * 16])
def test_what_no_seal_of_ours_held_is_an_invalid_ballot(plain):
    assert unpadded(plain) is None
