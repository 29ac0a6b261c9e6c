"""Drafts and what they lack, shares, formal check, codes."""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal

import pytest

from innovations.core.rules.errors import Several
from innovations.proposals.rules.codes import (
    CODE_PATTERN,
    DRAFT_PATTERN,
    draft_code,
    proposal_code,
    receipt_number,
)
from innovations.proposals.rules.completeness import AuthorFacts, Draft, Step, check_complete, missing
from innovations.proposals.rules.content import (
    BadShare,
    DateInFuture,
    EvidenceMissing,
    InvestorKind,
    Origin,
    ShareBelowMinimum,
    TrialReversed,
    check_applied_dates,
    check_evidence_for_vote,
    check_reasons,
    check_shares,
    is_state_paid,
)
from innovations.proposals.rules.formal import (
    FormalAnswer,
    FormalItem,
    FormalNoteMissing,
    NoDefect,
    check_defects,
    check_formal,
    open_items,
)
from innovations.regulations.rules.rulesets import DEFAULT

TODAY = date(2026, 3, 10)
COMPLETE = Draft(
    title="Giá phơi bát đĩa bằng inox tự chế",
    solution_types=frozenset({"technical"}),
    field="logistics",
    base_unit_id=9,
    investor_kind=InvestorKind.UNIT,
    situation="Bát đĩa phơi trên bàn, lâu khô.",
    content="Khung inox ba tầng có khay hứng nước.",
    steps="Cắt, hàn, lắp khay, treo.",
    novelty="Khay hứng nước tháo rời, lần đầu làm tại trung đoàn.",
    not_mandatory=True,
    author_benefit="Giảm một nửa thời gian phơi.",
    authors=(
        AuthorFacts("Nguyễn Văn An", Decimal("60"), is_lead=True),
        AuthorFacts("Lê Bình", Decimal("40"), confirmed=True),
    ),
    declared_unclassified=True,
)


def lacks(**change):
    return [each.field for each in missing(dataclasses.replace(COMPLETE, **change), DEFAULT, TODAY)]


def test_a_complete_draft_lacks_nothing():
    assert lacks() == []
    check_complete(COMPLETE, DEFAULT, TODAY)


LEAD, SECOND = COMPLETE.authors


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"declared_unclassified": False}, "declared_unclassified"),
        ({"title": "Giá đỡ"}, "title"),
        ({"solution_types": frozenset()}, "solution_types"),
        ({"field": None}, "field"),
        ({"base_unit_id": None}, "base_unit_id"),
        ({"investor_kind": None}, "investor_kind"),
        ({"investor_kind": InvestorKind.OTHER}, "investor_name"),
        ({"unanswered_matches": 2}, "similar"),
        ({"situation": " "}, "situation"),
        ({"content": ""}, "content"),
        ({"steps": ""}, "steps"),
        ({"novelty": ""}, "novelty"),
        ({"not_mandatory": None}, "not_mandatory"),
        ({"not_mandatory": False}, "not_mandatory"),
        ({"author_benefit": ""}, "author_benefit"),
        ({"authors": (LEAD, dataclasses.replace(SECOND, confirmed=False))}, "confirmations"),
        ({"authors": (LEAD, dataclasses.replace(SECOND, share=None))}, "shares"),
        ({"authors": (LEAD, dataclasses.replace(SECOND, share=Decimal(30)))}, "shares"),
        ({"authors": (dataclasses.replace(LEAD, share=Decimal(100), is_lead=False, confirmed=True),)}, "authors"),
        ({"first_applied_on": TODAY + timedelta(days=1), "evidence_count": 1}, "first_applied_on"),
        ({"first_applied_on": date(2025, 3, 9), "evidence_count": 1}, "first_applied_on"),
        ({"first_applied_on": date(2026, 1, 9)}, "evidence"),
        ({"trial_from": date(2026, 1, 9)}, "evidence"),
        ({"trial_from": TODAY, "trial_to": date(2026, 3, 9), "evidence_count": 1}, "trial_to"),
        ({"campaign_open": False}, "campaign"),
        ({"on_paper": True}, "signed_scan"),
    ],
)
def test_each_thing_missing_is_named_alone_at_its_field(change, field):
    assert lacks(**change) == [field]


def test_an_empty_draft_is_told_everything_at_once_in_the_order_of_the_pages():
    found = missing(Draft(campaign_open=False), DEFAULT, TODAY)
    steps = [list(Step).index(each.step) for each in found]
    assert steps == sorted(steps)
    assert len(found) >= 14
    assert all(each.message and "%(" not in each.message for each in found)
    with pytest.raises(Several) as refused:
        check_complete(Draft(campaign_open=False), DEFAULT, TODAY)
    assert len(refused.value.errors) == len(found)


def test_a_co_author_without_account_counts_once_the_lead_attests():
    attested = dataclasses.replace(SECOND, confirmed=False, attested=True)
    assert lacks(authors=(LEAD, attested)) == []


def test_a_draft_filed_before_keeps_its_first_day_and_needs_no_open_campaign():
    late = {"first_applied_on": date(2025, 3, 9), "evidence_count": 1, "campaign_open": False}
    assert lacks(**late, first_filed_on=date(2026, 3, 9)) == []


def test_the_minimum_share_of_the_rule_set_is_asked_of_co_authors():
    rules = dataclasses.replace(DEFAULT, minimum_author_share=Decimal(45))
    assert [each.field for each in missing(COMPLETE, rules, TODAY)] == ["shares"]


@pytest.mark.parametrize(
    ("shares", "refusal"),
    [
        (["100", "0"], BadShare),
        (["101", "-1"], BadShare),
        (["33.335", "66.665"], BadShare),
        (["80", "20"], ShareBelowMinimum),
    ],
)
def test_a_share_is_above_nothing_with_two_decimals_and_above_the_minimum(shares, refusal):
    with pytest.raises(refusal):
        check_shares([Decimal(each) for each in shares], Decimal(30))


def test_a_single_author_has_everything():
    check_shares([Decimal("100.00")], Decimal(30))


def test_dates_of_application_and_trial_must_be_possible():
    check_applied_dates(TODAY, TODAY, TODAY + timedelta(days=30), TODAY)
    with pytest.raises(DateInFuture, match="11/03/2026"):
        check_applied_dates(date(2026, 3, 11), None, None, TODAY)
    with pytest.raises(TrialReversed):
        check_applied_dates(None, TODAY, date(2026, 3, 9), TODAY)


def test_a_title_of_ten_characters_is_one_and_of_nine_is_none():
    named = {
        length: [each.field for each in missing(dataclasses.replace(COMPLETE, title="x" * length), DEFAULT, TODAY)]
        for length in (9, 10)
    }
    assert named == {9: ["title"], 10: []}


def test_no_vote_on_recognition_without_evidence_except_for_imported_records():
    check_evidence_for_vote(1)
    check_evidence_for_vote(0, Origin.IMPORTED)
    with pytest.raises(EvidenceMissing):
        check_evidence_for_vote(0)


def test_reasons_come_back_without_surrounding_blanks():
    assert check_reasons("  Đã là quy trình bắt buộc.\n") == "Đã là quy trình bắt buộc."


@pytest.mark.parametrize(
    ("investor", "army", "paid"),
    [
        (InvestorKind.STATE, False, True),
        (InvestorKind.UNIT, True, True),
        (InvestorKind.UNIT, False, False),
        (InvestorKind.AUTHOR, True, False),
        (None, True, False),
    ],
)
def test_a_unit_of_the_army_counts_as_the_state_where_the_rule_set_says_so(investor, army, paid):
    assert is_state_paid(investor, army_is_state_paid=army) is paid


ALL_MET = {item: FormalAnswer(ok=True) for item in FormalItem}


def test_acceptance_takes_all_eight_items():
    assert len(FormalItem) == 8
    check_formal(ALL_MET)


@pytest.mark.parametrize("item", list(FormalItem))
@pytest.mark.parametrize("answer", [None, FormalAnswer(ok=None), FormalAnswer(ok=False, note="Thiếu minh chứng")])
def test_one_open_or_failed_item_blocks_acceptance_and_is_named(item, answer):
    answers = {each: ok for each, ok in ALL_MET.items() if each is not item}
    answers |= {} if answer is None else {item: answer}
    assert open_items(answers) == (item,)
    with pytest.raises(Several) as refused:
        check_formal(answers)
    assert [error.field for error in refused.value.errors] == [item.value]


def test_asking_for_fixes_needs_a_failed_item_with_a_note():
    with pytest.raises(NoDefect):
        check_defects(ALL_MET)
    with pytest.raises(Several) as refused:
        check_defects(ALL_MET | {FormalItem.SHARES: FormalAnswer(ok=False, note="  ")})
    assert isinstance(refused.value.errors[0], FormalNoteMissing)
    check_defects(ALL_MET | {FormalItem.SHARES: FormalAnswer(ok=False, note="Tổng chưa đủ 100")})


def test_codes_have_four_digits_and_five_past_9999():
    assert proposal_code("E1A", 2026, 7) == "SK-E1A-2026-0007"
    assert proposal_code("D5-E1", 2026, 12345) == "SK-D5-E1-2026-12345"
    assert CODE_PATTERN.fullmatch("SK-D5-E1-2026-12345")["base"] == "D5-E1"
    assert not CODE_PATTERN.fullmatch("SK-E1A-2026-007")
    assert receipt_number("E1A", 2026, 7) == "BN-E1A-2026-0007"


def test_a_draft_address_shows_ten_characters_of_chance():
    assert DRAFT_PATTERN.fullmatch(draft_code(bytes(range(10))))
    assert draft_code(bytes(10)) != draft_code(bytes([1] * 10))
    with pytest.raises(ValueError, match="ten random bytes"):
        draft_code(b"short")
