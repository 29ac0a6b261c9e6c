"""The twenty cases that must come out right, as far as pure rules answer them.

Cases 14 (nothing of a declared secret is stored), 15 (a secret ballot leaves no trace), 16 (the register of
certificates), 19 (exports and backups after quarantine), 20 (what exports hold), the search half of 17 and the audit
half of 8 need database, files or index and are tested beside those; of each the rule it rests on stands here.
"""

import dataclasses
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from rules_people import everybody, person, proposal, review
from rules_scores import GOOD, count, outlook, scored

from innovations.boards.rules.certificates import CertificateNotValid, CertificateState, check_revocable
from innovations.boards.rules.conflicts import (
    AuthorFacts,
    CaseFacts,
    HeadIsAuthor,
    PersonFacts,
    SamePersonAsAuthor,
    check_no_conflict,
)
from innovations.boards.rules.quorum import NoQuorum, check_can_open
from innovations.boards.rules.scoring import GradeFlag
from innovations.boards.rules.sheets import SheetFacts, SheetIsFinal, check_changeable, check_reopen
from innovations.boards.rules.votes import SEALED_LENGTH, Condition, Opinion, ballot_order, outcome, padded, unpadded
from innovations.core.rules.calendar import WorkingCalendar
from innovations.core.rules.text import fold, person_key, vietnamese_key
from innovations.people.rules.roles import Role
from innovations.proposals.rules.clocks import formal_due, result_due
from innovations.proposals.rules.completeness import Draft, missing
from innovations.proposals.rules.content import (
    FilingWindowPassed,
    Handling,
    ReasonsMissing,
    SharesNotWhole,
    check_filing_window,
    check_reasons,
    check_shares,
)
from innovations.proposals.rules.novelty import (
    EarlierNotCited,
    Filed,
    Match,
    check_cites,
    mark_of,
    match_of,
    novelty_holder,
    refusal_citing,
)
from innovations.proposals.rules.states import State
from innovations.proposals.rules.visibility import visible
from innovations.regulations.rules.criteria import CriteriaSet
from innovations.regulations.rules.presets import STANDARD
from innovations.regulations.rules.rulesets import DEFAULT

EVERY_WEEKDAY = WorkingCalendar()


@pytest.mark.parametrize(
    "submitted_at",
    [
        datetime(2026, 3, 10, 1, 0, tzinfo=UTC),  # 08:00 local
        datetime(2026, 3, 10, 16, 59, 59, tzinfo=UTC),  # 23:59:59 local
    ],
)
def test_case_1_filed_on_the_anniversary_of_the_application_is_in_time_until_midnight(submitted_at):
    check_filing_window(date(2025, 3, 10), submitted_at, DEFAULT.filing_window_months)


def test_case_1_filed_half_an_hour_after_midnight_is_refused_with_the_rule():
    half_past_midnight = datetime(2026, 3, 10, 17, 30, tzinfo=UTC)
    with pytest.raises(FilingWindowPassed) as refused:
        check_filing_window(date(2025, 3, 10), half_past_midnight, DEFAULT.filing_window_months)
    assert refused.value.field == "first_applied_on"
    assert "10/03/2026" in str(refused.value)
    assert "13/2012/NĐ-CP" in str(refused.value)


def test_case_2_three_times_33_33_is_refused_and_names_the_total():
    with pytest.raises(SharesNotWhole, match="99,99"):
        check_shares([Decimal("33.33")] * 3)


def test_case_2_one_cent_more_makes_it_whole():
    check_shares([Decimal("33.34"), Decimal("33.33"), Decimal("33.33")])
    with pytest.raises(SharesNotWhole):
        check_shares([Decimal("33.34"), Decimal("33.34"), Decimal("33.33")])


def test_case_3_five_agreements_of_a_board_of_seven_pass():
    assert outcome(count(5), outlook(base=7, present=5), scored(*GOOD)).passed


def test_case_3_four_of_five_present_fail_although_that_is_four_fifths_of_those_present():
    said = outcome(count(4, disagree=1), outlook(base=7, present=5), scored(*GOOD))
    assert not said.passed
    assert [(check.condition, check.actual, check.needed) for check in said.failures] == [(Condition.APPROVALS, "4", "5")]


def test_case_4_four_of_six_are_a_quorum():
    check_can_open(outlook(base=6, present=4))


def test_case_4_with_three_of_six_the_vote_cannot_open():
    with pytest.raises(NoQuorum) as refused:
        check_can_open(outlook(base=6, present=3))
    assert refused.value.data == {"present": 3, "needed": 4, "base": 6}


def test_case_5_the_head_as_author_of_state_paid_work_gets_no_seat():
    head = PersonFacts(person_id=1, human_id=1, unit_id=9, heads_unit=True)
    own_work = CaseFacts(authors=(AuthorFacts(1, 1, 9, "/1/4/9/", is_lead=True),), state_paid=True)
    with pytest.raises(HeadIsAuthor, match="Thủ trưởng"):
        check_no_conflict(head, own_work, DEFAULT)


def test_case_6_a_second_account_of_the_author_is_found_out():
    second_account = PersonFacts(person_id=77, human_id=1, unit_id=9)
    case = CaseFacts(authors=(AuthorFacts(1, 1, 9, "/1/4/9/", is_lead=True),))
    with pytest.raises(SamePersonAsAuthor):
        check_no_conflict(second_account, case, DEFAULT)


def test_case_7_88_points_with_novelty_at_60_per_cent_stay_an_a_with_a_flag():
    said = scored("18", "30", "25", "10", "5")
    assert (said.total, said.grade) == (Decimal("88.00"), "A")
    assert said.grade_flags == (GradeFlag("novelty", "A", Fraction(3, 4), Fraction(18)),)
    assert said.passes


def test_case_8_nobody_changes_or_reopens_a_sheet_after_the_reveal():
    revealed = SheetFacts(submitted=True, revealed=True)
    with pytest.raises(SheetIsFinal):
        check_changeable(revealed)
    with pytest.raises(SheetIsFinal):
        check_reopen(revealed, "Ủy viên đề nghị sửa một điểm")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2025, 1, 31), date(2025, 2, 28)),  # a Friday
        (date(2028, 1, 31), date(2028, 2, 29)),  # leap year, a Tuesday
        (date(2026, 1, 31), date(2026, 3, 2)),  # 28/02/2026 is a Saturday
    ],
)
def test_case_9_a_month_from_31_january_ends_with_february_or_on_the_next_working_day(received, due):
    assert formal_due(received, DEFAULT, EVERY_WEEKDAY) == due


def test_case_9_a_holiday_moves_the_due_date_too():
    holiday = WorkingCalendar(holidays=frozenset({date(2025, 2, 28)}))
    assert formal_due(date(2025, 1, 31), DEFAULT, holiday) == date(2025, 3, 3)


def test_case_10_the_three_months_start_anew_when_the_trial_ends_after_acceptance():
    accepted, trial_ended = date(2026, 1, 5), date(2026, 3, 16)
    assert result_due(accepted, DEFAULT, EVERY_WEEKDAY) == date(2026, 4, 6)
    assert result_due(accepted, DEFAULT, EVERY_WEEKDAY, application_ended_on=trial_ended) == date(2026, 6, 16)


def test_case_10_an_application_that_ended_before_acceptance_changes_nothing():
    accepted = date(2026, 1, 5)
    assert result_due(accepted, DEFAULT, EVERY_WEEKDAY, application_ended_on=date(2025, 12, 1)) == date(2026, 4, 6)


@pytest.mark.parametrize("reasons", [None, "", "   \n", "không"])
def test_case_11_a_refusal_without_reasons_is_blocked(reasons):
    with pytest.raises(ReasonsMissing):
        check_reasons(reasons)


FIRST = Filed("SK-E1A-2026-0001", "Giá phơi bát đĩa inox", 9, datetime(2026, 2, 3, 1, 0, tzinfo=UTC))
SECOND = Filed("SK-E1A-2026-0014", "Khung phơi bát đĩa", 9, datetime(2026, 3, 3, 1, 0, tzinfo=UTC))


def test_case_12_the_earlier_of_two_applications_at_one_base_holds_the_novelty():
    assert novelty_holder(SECOND, FIRST) is FIRST
    assert match_of(SECOND, FIRST) is Match.EARLIER_HERE
    assert match_of(FIRST, SECOND) is Match.LATER_HERE


def test_case_12_the_refusal_of_the_later_cites_code_title_and_date_of_the_earlier():
    reasons = refusal_citing(FIRST)
    assert all(part in reasons for part in ("SK-E1A-2026-0001", "Giá phơi bát đĩa inox", "03/02/2026"))
    check_cites(reasons, FIRST)
    with pytest.raises(EarlierNotCited, match="SK-E1A-2026-0001"):
        check_cites("Giải pháp không mới tại cơ sở", FIRST)


def test_case_13_recognised_at_another_base_is_marked_and_offered_and_keeps_nobody_from_filing():
    elsewhere = dataclasses.replace(FIRST, base_unit_id=10, recognised_at="Lữ đoàn 3C")
    assert match_of(SECOND, elsewhere) is Match.RECOGNISED_ELSEWHERE
    assert mark_of(elsewhere) == "đã công nhận tại Lữ đoàn 3C"
    assert novelty_holder(SECOND, elsewhere) is None


def test_case_14_without_the_declaration_a_draft_is_never_complete():
    found = missing(Draft(), DEFAULT, date(2026, 3, 10))
    assert found[0].field == "declared_unclassified"


def test_case_15_sealed_opinions_have_one_length_and_ballots_the_order_of_random_keys():
    assert {len(padded(opinion)) for opinion in Opinion} == {SEALED_LENGTH}
    assert [unpadded(padded(opinion)) for opinion in Opinion] == list(Opinion)
    cast = [("f0", Opinion.AGREE), ("0a", Opinion.DISAGREE), ("7c", Opinion.AGREE)]
    assert [key for key, _ in ballot_order(cast)] == ["0a", "7c", "f0"]


def test_case_16_a_revoked_certificate_is_not_revoked_or_reissued_again():
    check_revocable(CertificateState.VALID)
    with pytest.raises(CertificateNotValid, match="Đã hủy"):
        check_revocable(CertificateState.REVOKED)


def test_case_17_folding_brings_typed_and_stored_words_together():
    assert fold("ĐỒNG HỒ ĐO ĐIỆN") == fold("dong ho do dien") == "dong ho do dien"


def test_case_17_letters_come_in_the_order_of_the_alphabet():
    letters = "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y".split()
    assert sorted(reversed(letters), key=vietnamese_key) == letters


def test_case_17_tones_come_in_their_order_and_only_between_equal_letters():
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "măng", "mâm"]
    assert sorted(reversed(words), key=vietnamese_key) == words


def test_case_17_people_are_sorted_by_given_name_and_then_by_the_rest():
    people = ["Trần Văn An", "Vũ Văn An", "Nguyễn Thị Ái", "Lê Bình", "Phạm Đức", "Bùi Dũng"]
    assert sorted(people, key=person_key) == [
        "Nguyễn Thị Ái", "Trần Văn An", "Vũ Văn An", "Lê Bình", "Bùi Dũng", "Phạm Đức",
    ]  # fmt: skip


def test_case_18_a_frozen_copy_of_the_criteria_does_not_change_with_the_set():
    frozen = json.dumps(STANDARD.to_json())
    edited = dataclasses.replace(STANDARD, pass_mark=Decimal(60))
    thawed = CriteriaSet.from_json(json.loads(frozen))
    assert thawed == STANDARD
    assert thawed != edited


def test_case_19_a_quarantined_proposal_is_visible_to_the_security_officer_alone():
    hidden = proposal(review(State.RECOGNISED), quarantined=True)
    assert [name for name, actor in everybody().items() if visible(actor, hidden)] == ["security_officer"]


def test_case_20_a_grant_reaches_its_own_subtree_only():
    registrar = person(1, (Role.REGISTRAR, "/1/4/9/"))
    assert registrar.holds(Role.REGISTRAR, "/1/4/9/12/")
    assert not registrar.holds(Role.REGISTRAR, "/1/4/")
    assert not registrar.holds(Role.REGISTRAR, "/1/4/10/")


def test_case_20_the_library_shows_an_internal_improvement_to_its_own_unit_only():
    internal = proposal(review(State.RECOGNISED), handling=Handling.INTERNAL)
    assert visible(person(1, unit_path="/1/4/9/12/"), internal)
    assert not visible(person(1, unit_path="/1/4/10/"), internal)
