"""Rule sets, criteria sets and campaigns as data that a review freezes."""

import dataclasses
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from innovations.core.rules.errors import Several
from innovations.regulations.rules.campaigns import CampaignPeriodReversed, check_campaign_period, is_open
from innovations.regulations.rules.criteria import (
    BadCriterion,
    BadGrades,
    CriteriaSet,
    MaximaNotHundred,
    RepeatedName,
    UnknownGradeFloor,
    band_value,
    check_criteria_set,
    level_of,
)
from innovations.regulations.rules.presets import PRESETS, SIMPLE_40_30_30, STANDARD
from innovations.regulations.rules.rulesets import (
    DEFAULT,
    MINISTRY,
    ApprovalBase,
    LegalBasis,
    LegalBasisWithoutText,
    OutOfRange,
    RuleSet,
    VoteMode,
    check_rule_set,
)


def through_json(value):
    return json.loads(json.dumps(value.to_json()))


def test_the_shipped_rule_set_is_that_of_the_regulation():
    shipped = (DEFAULT.minimum_scorers, DEFAULT.vote_mode, DEFAULT.blind_authors, DEFAULT.drop_extremes)
    assert shipped == (3, VoteMode.SECRET, False, False)
    assert (DEFAULT.reviewer_days, DEFAULT.unit_review, DEFAULT.unit_review_days) == (10, False, 5)
    assert (DEFAULT.formal_months, DEFAULT.fix_months, DEFAULT.result_months) == (1, 1, 3)
    assert (DEFAULT.quorum, DEFAULT.approval, DEFAULT.approval_base) == (
        Fraction(2, 3), Fraction(2, 3), ApprovalBase.ALL_MEMBERS,
    )  # fmt: skip
    assert (DEFAULT.recusal_lowers_base, DEFAULT.rescale_unscored, DEFAULT.filing_window_months) == (False, False, 12)
    assert (DEFAULT.retention_years, MINISTRY.retention_years) == (10, None)


def test_the_shipped_criteria_are_those_of_the_regulation():
    rows = [(each.code, each.maximum, each.pass_floor) for each in STANDARD.criteria]
    assert rows == [
        ("novelty", 30, None),
        ("effect", 30, Fraction(1, 3)),
        ("replicability", 25, Fraction(1, 3)),
        ("economy", 10, None),
        ("dossier", 5, None),
    ]
    floors = {"A": Fraction(3, 4), "B": Fraction(1, 2), "C": Fraction(1, 4)}
    assert STANDARD.criteria[0].grade_floors == floors
    assert STANDARD.pass_mark == 50
    assert [(grade.name, grade.minimum) for grade in STANDARD.grades] == [("A", 85), ("B", 70), ("C", 50)]


def test_the_second_preset_asks_ten_points_of_every_criterion():
    floors = [Fraction(each.maximum) * each.pass_floor for each in SIMPLE_40_30_30.criteria]
    assert floors == [10, 10, 10]
    assert [each.maximum for each in SIMPLE_40_30_30.criteria] == [40, 30, 30]


@pytest.mark.parametrize(
    "rules",
    [
        DEFAULT,
        MINISTRY,
        RuleSet(
            name="Riêng",
            legal_bases=(LegalBasis("Luật", None, date(2026, 1, 1)),),
            quorum=Fraction(3, 4),
            approval_base=ApprovalBase.PRESENT,
            vote_mode=VoteMode.OPEN,
            minimum_author_share=Decimal("30.50"),
            spread_flag=Decimal("12.5"),
            drop_extremes=True,
        ),
    ],
)
def test_a_rule_set_survives_being_frozen(rules):
    assert RuleSet.from_json(through_json(rules)) == rules


def test_a_frozen_rule_set_that_misses_a_later_number_takes_the_shipped_one_and_drops_unknown_ones():
    frozen = through_json(DEFAULT) | {"invented": 1}
    del frozen["reviewer_days"]
    assert RuleSet.from_json(frozen) == DEFAULT


@pytest.mark.parametrize("preset", PRESETS)
def test_the_presets_are_sound_and_survive_being_frozen(preset):
    check_criteria_set(preset)
    assert CriteriaSet.from_json(through_json(preset)) == preset


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"formal_months": 0}, "formal_months"),
        ({"quorum": Fraction(1, 3)}, "quorum"),
        ({"approval": Fraction(3, 2)}, "approval"),
        ({"minimum_scorers": 0}, "minimum_scorers"),
        ({"minimum_author_share": Decimal(-1)}, "minimum_author_share"),
        ({"board_minimum": 8, "board_maximum": 7}, "board_minimum"),
    ],
)
def test_a_rule_set_out_of_range_is_refused_at_its_field(change, field):
    with pytest.raises(Several) as refused:
        check_rule_set(dataclasses.replace(DEFAULT, **change))
    assert [(type(error), error.field) for error in refused.value.errors] == [(OutOfRange, field)]


def test_a_rule_set_without_faults_passes():
    check_rule_set(DEFAULT)
    check_rule_set(MINISTRY)


def test_an_empty_legal_basis_is_refused():
    with pytest.raises(Several) as refused:
        check_rule_set(dataclasses.replace(DEFAULT, legal_bases=(LegalBasis("  "),)))
    assert isinstance(refused.value.errors[0], LegalBasisWithoutText)


def test_a_paper_cites_only_what_was_in_force_on_its_date():
    bases = (LegalBasis("cũ", date(2010, 1, 1), date(2020, 12, 31)), LegalBasis("mới", date(2021, 1, 1)))
    rules = dataclasses.replace(DEFAULT, legal_bases=bases)
    assert [[basis.text for basis in rules.legal_bases_on(date(year, 12, 31))] for year in (2009, 2020, 2021)] == [
        [], ["cũ"], ["mới"],
    ]  # fmt: skip


def edited(**change):
    first = dataclasses.replace(STANDARD.criteria[0], **change)
    return dataclasses.replace(STANDARD, criteria=(first, *STANDARD.criteria[1:]))


@pytest.mark.parametrize(
    ("criteria_set", "refusal"),
    [
        (edited(maximum=Decimal("30.5")), MaximaNotHundred),
        (edited(bands=("một",)), BadCriterion),
        (edited(code="Tính mới"), BadCriterion),
        (edited(pass_floor=Fraction(3, 2)), BadCriterion),
        (edited(code="effect"), RepeatedName),
        (edited(grade_floors={"Giỏi": Fraction(1, 2)}), UnknownGradeFloor),
        (dataclasses.replace(STANDARD, pass_mark=Decimal(55)), BadGrades),
        (dataclasses.replace(STANDARD, grades=()), BadGrades),
    ],
)
def test_an_unsound_criteria_set_is_refused(criteria_set, refusal):
    with pytest.raises(Several) as refused:
        check_criteria_set(criteria_set)
    assert refusal in {type(error) for error in refused.value.errors}


def test_a_set_of_nothing_is_refused_without_crashing():
    with pytest.raises(Several):
        check_criteria_set(CriteriaSet("trống", (), (), Decimal(50)))
    with pytest.raises(Several):
        check_criteria_set(edited(maximum=Decimal(0)))


def test_level_k_gives_a_fifth_of_the_maximum_each():
    replicability = STANDARD.criteria[2]
    assert [band_value(replicability, level) for level in range(1, 6)] == [5, 10, 15, 20, 25]
    assert [level_of(replicability, Decimal(each)) for each in ("0", "5", "5.01", "24.99", "25")] == [1, 1, 2, 5, 5]
    with pytest.raises(ValueError, match="between 1 and 5"):
        band_value(replicability, 6)


@pytest.mark.parametrize(
    ("total", "grade"),
    [("100", "A"), ("85.00", "A"), ("84.99", "B"), ("70", "B"), ("69.99", "C"), ("50", "C"), ("49.99", None)],
)
def test_a_grade_reaches_from_its_minimum_to_the_next(total, grade):
    assert STANDARD.grade_for(Decimal(total)) == grade


def test_a_campaign_takes_submissions_on_both_its_ends():
    opens, closes = date(2026, 1, 1), date(2026, 6, 30)
    assert [is_open(opens, closes, day) for day in (date(2025, 12, 31), opens, closes, date(2026, 7, 1))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert is_open(opens, None, date(2030, 1, 1))
    with pytest.raises(CampaignPeriodReversed):
        check_campaign_period(closes, opens)
