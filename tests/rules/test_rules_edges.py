"""The first value that is enough, the last that is, and what holds where nothing was said."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from decimal import Decimal

import pytest
from rules_people import CHAIR, DEPUTY, SECRETARY, proposal, review

from innovations.boards.rules.certificates import normal_code
from innovations.boards.rules.quorum import vote_outlook
from innovations.core.rules.secrecy import looks_secret
from innovations.core.rules.text import vietnamese_key
from innovations.exchange.rules.jobs import CRASHES, SMALL_ROWS
from innovations.people.rules.passwords import PasswordTooLong, check_password
from innovations.people.rules.roles import GrantPeriodReversed, check_period
from innovations.people.rules.second_person import COOLING_OFF, PutThere, check_not_put_there
from innovations.proposals.rules.content import ShareBelowMinimum, TrialReversed, check_applied_dates, check_shares
from innovations.proposals.rules.facts import acting_chair, acting_secretary
from innovations.regulations.rules.campaigns import CampaignPeriodReversed, check_campaign_period, is_open
from innovations.regulations.rules.rulesets import DEFAULT
from innovations.reports.rules.figures import AnnualRow

TODAY, DAY = date(2026, 3, 10), timedelta(days=1)


def test_the_chair_presides_and_the_deputy_when_the_chair_is_absent_or_barred() -> None:
    assert acting_chair(proposal(), review()) == CHAIR
    assert acting_chair(proposal(), review(chair_absent=True)) == DEPUTY
    assert acting_chair(proposal(), review(recused=frozenset({CHAIR}))) == DEPUTY
    assert acting_chair(proposal(), review(chair_id=None)) == DEPUTY
    assert acting_chair(proposal(), review(chair_id=None, deputy_id=None)) is None
    assert acting_chair(proposal(author_ids=frozenset({CHAIR, DEPUTY})), review()) is None


def test_a_deputy_who_presides_keeps_no_minutes_as_well() -> None:
    assert acting_secretary(proposal(), review()) == SECRETARY
    assert acting_secretary(proposal(), review(recused=frozenset({SECRETARY}))) == DEPUTY
    assert acting_secretary(proposal(), review(recused=frozenset({SECRETARY, CHAIR}))) is None
    assert acting_secretary(proposal(), review(secretary_id=None)) == DEPUTY


def test_without_conflicts_everybody_present_votes() -> None:
    outlook = vote_outlook(DEFAULT, base=7, present=6)
    assert (outlook.voters, outlook.recused, outlook.needed) == (6, 0, 5)


def test_one_impossible_letter_makes_a_code_none() -> None:
    code = normal_code("0123-4567-89AB-CDEF")
    assert code is not None
    assert normal_code(code.lower().replace("0", "o")) == code
    for place in (0, len(code) - 1):
        assert normal_code(f"{code[:place]}U{code[place + 1 :]}") is None
    assert normal_code(code[:-1]) is None


def test_a_period_may_end_on_the_day_it_begins_and_not_before() -> None:
    check_period(TODAY, TODAY)
    check_campaign_period(TODAY, TODAY)
    check_applied_dates(None, TODAY, TODAY, TODAY)
    for refusal, check in (
        (GrantPeriodReversed, lambda: check_period(TODAY, TODAY - DAY)),
        (CampaignPeriodReversed, lambda: check_campaign_period(TODAY, TODAY - DAY)),
        (TrialReversed, lambda: check_applied_dates(None, TODAY, TODAY - DAY, TODAY)),
    ):
        with pytest.raises(refusal):
            check()


@pytest.mark.parametrize(("on", "open_"), [(-1, False), (0, True), (5, True), (6, False)])
def test_a_campaign_is_open_from_its_first_day_to_its_last(on: int, open_: bool) -> None:
    assert is_open(TODAY, TODAY + 5 * DAY, TODAY + on * DAY) is open_
    assert is_open(TODAY, None, TODAY + on * DAY) is (on >= 0)


def test_a_share_of_just_the_minimum_is_enough_and_one_author_alone_is_asked_for_none() -> None:
    check_shares([Decimal(80), Decimal(20)], minimum=Decimal(20))
    check_shares([Decimal(100)], minimum=Decimal(100))
    check_shares([Decimal(100)], minimum=Decimal("100.01"))
    with pytest.raises(ShareBelowMinimum):
        check_shares([Decimal("80.01"), Decimal("19.99")], minimum=Decimal(20))


def test_a_password_of_two_hundred_characters_is_taken() -> None:
    text = "".join(chr(ord("à") + number % 20) + str(number) for number in range(100))[:200]
    assert len(text) == 200
    check_password(text, service_number="A-1", full_name="Nguyễn Văn An")
    with pytest.raises(PasswordTooLong):
        check_password(f"{text}x", service_number="A-1", full_name="Nguyễn Văn An")


def test_an_empty_row_of_the_annual_report_is_all_noughts() -> None:
    numbers = [value for value in dataclasses.asdict(AnnualRow()).values() if not isinstance(value, dict)]
    assert numbers == [0] * len(numbers)
    assert len(numbers) == 12


def test_a_stamp_in_a_file_name_is_named_as_it_stands_not_what_follows_it() -> None:
    assert looks_secret("MAT_ke-hoach.pdf") == ["MAT"]
    assert looks_secret("ke-hoach_mat.pdf") == ["mat"]


def test_whoever_let_the_other_in_within_a_week_is_no_second_person() -> None:
    check_not_put_there(0)
    for events in (1, 2):
        with pytest.raises(PutThere, match="7 ngày"):
            check_not_put_there(events)
    assert timedelta(days=7) == COOLING_OFF


def test_five_hundred_rows_are_waited_for_and_a_file_that_ended_its_reading_three_times_is_given_up() -> None:
    assert (SMALL_ROWS, CRASHES) == (500, 3)


def test_z_is_a_letter_and_stands_last() -> None:
    assert vietnamese_key("z")[:2] == "z0"
    assert sorted(["zoá", "y", "za", "zá", "z"], key=vietnamese_key) == ["y", "z", "za", "zá", "zoá"]
