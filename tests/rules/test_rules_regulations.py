"""Rule sets, criteria sets and campaigns as data that a review freezes."""

import dataclasses
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from rules_people import COMPANY, OTHER_REGIMENT, REGIMENT, person

from innovations.core.rules.errors import Several
from innovations.people.rules.roles import Role
from innovations.regulations.rules.access import may_edit_set, may_see_set, may_use_set
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
    code_for,
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
    check_campaign_period(opens, None)
    check_campaign_period(opens, opens)
    with pytest.raises(CampaignPeriodReversed):
        check_campaign_period(closes, opens)


def test_a_criterion_gets_a_code_from_its_name_that_no_other_one_has():
    assert code_for("Tính mới", ()) == "tinh_moi"
    assert code_for("Tính mới", {"tinh_moi"}) == "tinh_moi_2"
    assert code_for("Tính mới", {"tinh_moi", "tinh_moi_2"}) == "tinh_moi_3"
    assert code_for("5S tại xưởng", ()) == "c_5s_tai_xuong"
    assert code_for("!", ()) == "criterion"
    assert len(code_for("Khả năng áp dụng rộng rãi trong toàn đơn vị", {"kha_nang_ap_dung_rong_rai"})) <= 30


ALL = ("/1/", REGIMENT, COMPANY, OTHER_REGIMENT)


def test_a_shipped_set_is_read_by_every_registrar_and_changed_by_nobody():
    registrar = person(1, (Role.REGISTRAR, OTHER_REGIMENT))
    assert may_see_set(registrar, None)
    assert not may_edit_set(registrar, None)
    assert not may_see_set(person(2, (Role.DECIDER, OTHER_REGIMENT)), None)


def test_a_set_is_read_below_its_owner_and_changed_by_the_registrar_of_the_owner_or_above():
    registrar = person(1, (Role.REGISTRAR, REGIMENT))
    assert [may_see_set(registrar, owner) for owner in ALL] == [True, True, True, False]
    assert [may_edit_set(registrar, owner) for owner in ALL] == [False, True, True, False]
    assert not any(may_see_set(person(2, (Role.DECIDER, REGIMENT)), owner) for owner in ALL)


def test_a_campaign_names_a_shipped_set_its_own_or_one_of_a_unit_above():
    assert may_use_set(REGIMENT, None)
    assert [may_use_set(REGIMENT, owner) for owner in ALL] == [True, True, False, False]
