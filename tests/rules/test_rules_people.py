"""Roles and grants, units, persons, passwords."""

from datetime import UTC, date, datetime, timedelta

import pytest
from rules_people import COMPANY, DIVISION, REGIMENT, person

from innovations.people.rules.passwords import (
    Demands,
    PasswordNamesPerson,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
    PasswordTooUniform,
    check_password,
    one_time_expires,
    stands_alone,
)
from innovations.people.rules.persons import split_rank
from innovations.people.rules.roles import (
    GrantPeriodReversed,
    NotAdminThere,
    OwnGrant,
    Role,
    canonical,
    check_grant,
    is_active,
    same_person,
)
from innovations.people.rules.units import (
    BadUnitCode,
    Level,
    LevelAboveParent,
    MoveUnderItself,
    SubunitAsBase,
    ancestors,
    check_code,
    check_level,
    check_move,
    path_of,
)

TODAY = date(2026, 3, 10)


def test_a_grant_covers_its_unit_and_everything_below():
    receiver = person(1, (Role.RECEIVER, REGIMENT))
    assert [receiver.holds(Role.RECEIVER, path) for path in (REGIMENT, COMPANY, DIVISION)] == [True, True, False]
    assert not receiver.holds(Role.DECIDER, REGIMENT)
    assert receiver.units_of(Role.RECEIVER) == (9,)
    assert receiver.paths_of(Role.RECEIVER) == (REGIMENT,)
    assert receiver.holds_anywhere(Role.RECEIVER)
    assert not receiver.holds_anywhere(Role.ADMIN)


def test_linked_persons_are_one_even_through_two_links_and_a_circle_ends():
    links = {3: 2, 2: 1}
    assert canonical(3, links) == 1
    assert same_person(3, 2, links)
    assert not same_person(3, 4, links)
    assert canonical(1, {1: 2, 2: 1}) in {1, 2}


def test_nobody_grants_to_himself():
    admin = person(1, (Role.ADMIN, DIVISION))
    with pytest.raises(OwnGrant):
        check_grant(admin, 1, REGIMENT, TODAY, None)
    check_grant(admin, 2, REGIMENT, TODAY, None)


def test_an_admin_grants_only_where_the_own_role_reaches():
    admin = person(1, (Role.ADMIN, REGIMENT))
    with pytest.raises(NotAdminThere):
        check_grant(admin, 2, DIVISION, TODAY, None)
    with pytest.raises(NotAdminThere):
        check_grant(person(3, (Role.REGISTRAR, DIVISION)), 2, REGIMENT, TODAY, None)


def test_a_period_holds_on_both_its_ends_and_may_not_be_reversed():
    assert is_active(TODAY, TODAY, TODAY)
    assert is_active(TODAY, None, TODAY + timedelta(days=999))
    assert not is_active(TODAY, TODAY, TODAY + timedelta(days=1))
    assert not is_active(TODAY, None, TODAY - timedelta(days=1))
    with pytest.raises(GrantPeriodReversed, match="09/03/2026"):
        check_grant(person(1, (Role.ADMIN, DIVISION)), 2, REGIMENT, TODAY, TODAY - timedelta(days=1))


def test_unit_codes_are_capitals_digits_and_hyphens():
    assert check_code(" e1a ") == "E1A"
    assert check_code("D5-E1") == "D5-E1"


@pytest.mark.parametrize("code", ["", "E 1", "Đ5", "E1/A", "A" * 13])
def test_other_unit_codes_are_refused(code):
    with pytest.raises(BadUnitCode):
        check_code(code)


def test_paths_are_made_and_read():
    assert path_of(None, 1) == "/1/"
    assert path_of("/1/4/", 9) == "/1/4/9/"
    assert ancestors("/1/4/9/") == (1, 4, 9)


@pytest.mark.parametrize("parent", [REGIMENT, COMPANY])
def test_a_unit_never_moves_under_itself(parent):
    with pytest.raises(MoveUnderItself):
        check_move(REGIMENT, parent)


def test_a_unit_moves_elsewhere_or_becomes_a_root():
    check_move(REGIMENT, DIVISION)
    check_move("/1/4/9/", "/1/4/90/")
    check_move(REGIMENT, None)


def test_no_unit_stands_above_its_parent():
    check_level(Level.SUBUNIT, Level.SUBUNIT)
    check_level(Level.BASE, Level.DIVISION, is_base=True)
    check_level(Level.MINISTRY, None)
    with pytest.raises(LevelAboveParent, match="Sư đoàn"):
        check_level(Level.DIVISION, Level.BASE)
    with pytest.raises(SubunitAsBase):
        check_level(Level.SUBUNIT, Level.BASE, is_base=True)


@pytest.mark.parametrize(
    ("typed", "rank", "name"),
    [
        ("Đ/c Thượng tá Nguyễn Văn An", "Thượng tá", "Nguyễn Văn An"),
        ("Trung sĩ CN Lê Bình", "Trung sĩ CN", "Lê Bình"),
        ("đồng chí Đại uý Trần Văn Cường", "Đại uý", "Trần Văn Cường"),
        ("Hạ sỹ Phạm Dũng", "Hạ sỹ", "Phạm Dũng"),
        ("Thiếu tá QNCN Hoàng Em", "Thiếu tá QNCN", "Hoàng Em"),
        ("Thiếu úy, Lê Giang", "Thiếu úy", "Lê Giang"),
        ("Nguyễn Thị Hà", "", "Nguyễn Thị Hà"),
        ("Ông Văn Tài", "", "Ông Văn Tài"),
        ("Đại úy", "", "Đại úy"),
        ("", "", ""),
    ],
)
def test_ranks_are_split_off_names(typed, rank, name):
    assert split_rank(typed) == (rank, name)


def password(text):
    return check_password(text, service_number="99-1234", full_name="Nguyễn Văn An")


def test_a_sentence_of_the_own_language_is_a_password_in_any_unicode_form():
    assert password("con me\u0300o be\u0301o ngủ say") == "con mèo béo ngủ say"


def test_a_password_needs_fifteen_characters_or_eight_with_a_second_step():
    fourteen, eight = "mây bay qua sân"[:14], "mây bay!"
    with pytest.raises(PasswordTooShort):
        password(fourteen)
    assert password(fourteen + "g") == fourteen + "g"
    second = Demands(with_second_step=True)
    assert check_password(eight, service_number="99-1234", full_name="Nguyễn Văn An", demands=second) == eight
    with pytest.raises(PasswordTooShort):
        check_password(eight[:7], service_number="99-1234", full_name="Nguyễn Văn An", demands=second)


def test_a_password_of_fifteen_characters_is_enough_without_a_second_step():
    assert stands_alone("mây bay qua sân")
    assert not stands_alone("mây bay qua sa\u0302"[:16])


def test_kinds_of_characters_are_asked_for_only_where_the_unit_wants_them():
    text = "mây bay qua sân tập"
    assert password(text) == text
    with pytest.raises(PasswordTooUniform):
        check_password(text, service_number="99-1234", full_name="Nguyễn Văn An", demands=Demands(kinds=3))
    assert check_password(text + " 2B", service_number="99-1234", full_name="Nguyễn Văn An", demands=Demands(kinds=3))


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("ngắn quá", PasswordTooShort),
        ("e\u0301" * 14, PasswordTooShort),
        ("dài " * 60, PasswordTooLong),
        ("matkhau1234567890", PasswordTooCommon),
        ("Mật Khẩu 123456789", PasswordTooCommon),
        ("m4tkh4u@2026!!!!", PasswordTooCommon),
        ("Quân đội nhân dân 1944", PasswordTooCommon),
        ("passwordpassword1", PasswordTooCommon),
        ("abcabcabcabcabc", PasswordTooCommon),
        ("aaaaaaaaaaaaaab", PasswordTooCommon),
        ("abcdefghijklmno", PasswordTooCommon),
        ("pass 99-1234 word", PasswordNamesPerson),
        ("nguyenvanan@1 xyz", PasswordNamesPerson),
    ],
)
def test_guessable_passwords_are_refused(text, refusal):
    with pytest.raises(refusal) as refused:
        password(text)
    assert refused.value.field == "password"
    assert text not in str(refused.value)


def test_a_one_time_password_works_for_a_day():
    issued = datetime(2026, 3, 10, 8, tzinfo=UTC)
    assert one_time_expires(issued) == datetime(2026, 3, 11, 8, tzinfo=UTC)
