"""Text, secrecy markings, numbers in words, dates and amounts; and what a refusal looks like."""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from innovations.core.rules import text as text_rules
from innovations.core.rules.calendar import (
    WorkingCalendar,
    add_months,
    deadline_instant,
    local_date,
    overdue_days,
)
from innovations.core.rules.errors import DomainError, Invalid, Phrase, Several, raise_all
from innovations.core.rules.labels import Labelled
from innovations.core.rules.money import (
    NotADecimal,
    NotAnAmount,
    format_decimal,
    format_dong,
    parse_decimal,
    parse_dong,
    parse_percent,
)
from innovations.core.rules.numbers import whole, whole_or
from innovations.core.rules.text import (
    ForbiddenCharacter,
    TooLong,
    clean_line,
    clean_text,
    in_words,
    looks_secret,
    person_key,
    vietnamese_key,
)
from innovations.people.rules import events as people_events
from innovations.people.rules.lists import RowRefused
from innovations.people.rules.roles import Role
from innovations.people.rules.units import Level, PersonCategory, UnitKind
from innovations.proposals.rules.content import BenefitKind, Handling, SolutionType


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Giá   đỡ  ", "Giá đỡ"),
        (unicodedata.normalize("NFD", "Giá đỡ bệnh xá"), "Giá đỡ bệnh xá"),
        ("một\r\nhai\tba", "một hai ba"),
        ("khoảng\u00a0trắng", "khoảng trắng"),
        ("ẩn\u200bdấu\ufeff", "ẩndấu"),
        ("M\u201110 🎯", "M\u201110 🎯"),
        ("Giá" + "".join(chr(0xE0000 + ord(sign)) for sign in "MAT") + " đỡ\u2060", "Giá đỡ"),  # a text hidden behind the text
        ("👩\u200d🔧 nối", "👩\u200d🔧 nối"),
        ("\u200d \u200c", ""),  # nothing to see
        ("\U000e0041", ""),
    ],
)
def test_a_line_is_composed_and_blanks_become_one(typed, kept):
    assert clean_line(typed, max_length=40, field="title") == kept


def test_a_text_keeps_its_lines():
    assert clean_text("  một \r\nhai\u2028ba\n\n", max_length=40, field="content") == "một\nhai\nba"


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1f", "\x1c", "\x7f", "\u202e", "\u2066", "\ud800", "\ufffe"])
def test_control_and_direction_characters_are_refused_with_their_place(bad):
    for clean in (clean_line, clean_text):
        with pytest.raises(ForbiddenCharacter) as refused:
            clean(f"ab{bad}c", max_length=40, field="title")
        assert refused.value.field == "title"
        assert refused.value.data == {"code": f"U+{ord(bad):04X}", "position": 3}


@pytest.mark.parametrize(("typed", "read"), [(" 12 ", 12), ("-3", -3), ("+4", 4), (7, 7), ("9" * 18, 10**18 - 1)])
def test_a_whole_number_is_read_as_typed(typed, read):
    assert whole(typed) == read


@pytest.mark.parametrize("typed", ["", "x", "²", "٣", "1_0", "1.0", "1e3", "9" * 19, "9" * 5000, "--1", None, True, "1 2"])
def test_what_no_database_holds_or_is_in_other_digits_is_no_whole_number(typed):
    with pytest.raises(ValueError, match="18 digits"):
        whole(typed)
    assert whole_or(typed, 5) == 5


def test_an_over_long_text_is_refused_with_the_excess():
    with pytest.raises(TooLong, match="quá 3 ký tự"):
        clean_line("a" * 13, max_length=10, field="title")
    assert clean_line(unicodedata.normalize("NFD", "ế" * 10), max_length=10, field="title") == "ế" * 10


@pytest.mark.parametrize(
    "text",
    [
        "TUYỆT MẬT",
        "Tối mật",
        "Độ mật: Mật",
        "Kế hoạch MẬT số 3",
        "TOI MAT",
        "MAT_ke-hoach.pdf",
        "tuyet-mat.docx",
        unicodedata.normalize("NFD", "TỐI MẬT"),
    ],
)
def test_secrecy_markings_are_found(text):
    assert looks_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "mật độ cỏ",
        "bảo mật thông tin, mật khẩu",
        "nuôi ong lấy mật",
        "QUẢN LÝ MẬT KHẨU",
        "CÔNG TÁC BẢO MẬT",
        "mat-bang-kho.pdf",
        "be-mat.jpg",
        "tôi mất một giờ",
        "toi mat mot gio",
        "thông tin cần được bảo mật",
        "",
    ],
)
def test_ordinary_words_are_no_markings(text):
    assert looks_secret(text) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (105, "một trăm linh năm"),
        (1005, "một nghìn không trăm linh năm"),
        (2_500_000, "hai triệu năm trăm nghìn"),
        (3_000_000_001, "ba tỷ không trăm linh một"),
        (Decimal("84.50"), "tám mươi tư phẩy năm"),
        (Decimal("88.33"), "tám mươi tám phẩy ba mươi ba"),
        (Decimal("90.05"), "chín mươi phẩy không năm"),
        (Decimal("100.00"), "một trăm"),
        (-7, "âm bảy"),
    ],
)
def test_numbers_are_written_in_words(number, words):
    assert in_words(number) == words


def test_sort_keys_ignore_case_punctuation_and_unicode_form():
    assert vietnamese_key("Đèn, PIN") == vietnamese_key(unicodedata.normalize("NFD", "đèn pin"))
    assert vietnamese_key("") < vietnamese_key("a") < vietnamese_key("a b") < vietnamese_key("ab")
    assert person_key("") < person_key("An")
    assert sorted(["Tổ 2", "Tổ", "Tổ a", "Tổ 1"], key=vietnamese_key) == ["Tổ", "Tổ 1", "Tổ 2", "Tổ a"]


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_a_missing_day_becomes_the_last_of_the_month(day, months, moved):
    assert add_months(day, months) == moved


def test_the_local_day_starts_seven_hours_before_the_one_in_utc():
    assert local_date(datetime(2026, 3, 10, 16, 59, tzinfo=UTC)) == date(2026, 3, 10)
    assert local_date(datetime(2026, 3, 10, 17, 0, tzinfo=UTC)) == date(2026, 3, 11)
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2026, 3, 10, 17, 0))  # noqa: DTZ001  (the naive instant is what is refused)


def test_a_deadline_ends_at_midnight_local_time():
    assert deadline_instant(date(2026, 3, 10)) == datetime(2026, 3, 10, 17, 0, tzinfo=UTC)


def test_a_day_worked_in_exchange_wins_over_weekend_and_holiday():
    saturday = date(2026, 2, 28)
    assert not WorkingCalendar().is_working(saturday)
    assert WorkingCalendar(holidays=frozenset({saturday}), extra_working=frozenset({saturday})).is_working(saturday)


def test_working_days_step_over_weekends_and_holidays_in_both_directions():
    calendar = WorkingCalendar(holidays=frozenset({date(2026, 3, 9)}))
    friday = date(2026, 3, 6)
    assert calendar.add_working_days(friday, 1) == date(2026, 3, 10)
    assert calendar.working_days_before(date(2026, 3, 10), 1) == friday
    assert calendar.next_working(date(2026, 3, 7)) == date(2026, 3, 10)
    assert calendar.next_working(friday) == friday


def test_overdue_days_start_the_day_after_the_due_date():
    assert [overdue_days(date(2026, 3, 10), date(2026, 3, day)) for day in (9, 10, 11, 14)] == [0, 0, 1, 4]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1.500.000", 1_500_000), ("1,500,000 đ", 1_500_000), ("250000 đồng", 250_000), ("0", 0), ("1 500", 1_500)],
)
def test_amounts_are_read_as_people_write_them(typed, amount):
    assert parse_dong(typed) == amount


@pytest.mark.parametrize("typed", ["", "1,5 triệu", "-5", "1.50", "1e6", "9" * 17, "9" * 5000, "١٢٣"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(NotAnAmount):
        parse_dong(typed, "money_per_year")


def test_amounts_and_decimals_are_written_as_people_read_them():
    assert format_dong(1_500_000) == "1.500.000"
    assert [format_decimal(Decimal(each)) for each in ("33.33", "50.00", "0.5", "100")] == ["33,33", "50", "0,5", "100"]


def test_comma_and_point_both_mark_the_fraction():
    assert parse_decimal("33,33") == parse_decimal("33.33") == parse_percent("33,33 %") == Decimal("33.33")


@pytest.mark.parametrize("typed", ["", "NaN", "Infinity", "1e3", "1.000,5", "ba", "٣"])
def test_what_is_no_decimal_is_refused(typed):
    with pytest.raises(NotADecimal):
        parse_decimal(typed, "share")


class _Example(Invalid):
    message = "Ngày %(day)s, điểm %(points)s, %(what)s, %(level)s, %(names)s"


def test_a_refusal_shows_its_datum_as_a_reader_writes_it():
    datum = {"day": date(2026, 3, 1), "points": Decimal("9.5"), "what": Phrase("lý do")}
    error = _Example(**datum, level=Level.BASE, names=["a", "b"])
    assert str(error) == "Ngày 01/03/2026, điểm 9,5, lý do, Cơ sở, a, b"


def test_a_door_translates_the_sentence_and_the_phrases_in_it_but_no_typed_text():
    error = _Example(day=1, points=2, what=Phrase("lý do"), level=Level.BASE, names="lý do")
    english = {_Example.message: "%(what)s|%(level)s|%(names)s", "lý do": "reasons", "Cơ sở": "Base"}
    assert error.worded(lambda text: english.get(text, text)) == "reasons|Base|lý do"


def test_a_refusal_inside_another_one_is_said_in_the_same_language():
    inner = _Example(day=date(2026, 3, 1), points=2, what=Phrase("lý do"), level=Level.BASE, names="a")
    outer = RowRefused(row=3, reason=inner)
    english = {RowRefused.message: "Row %(row)s: %(reason)s", _Example.message: "%(day)s|%(what)s|%(level)s", "lý do": "reasons"}
    assert outer.worded(lambda text: english.get(text, text), lambda day: f"{day:%d %B}") == "Row 3: 01 March|reasons|Cơ sở"


def test_several_refusals_are_one_list_and_none_is_no_refusal():
    raise_all([])
    with pytest.raises(Several) as refused:
        raise_all([TooLong("title", excess=1, maximum=2), ForbiddenCharacter("place", code="U+0000", position=1)])
    assert [error.field for error in refused.value.errors] == ["title", "place"]
    assert "U+0000" in str(refused.value)


@pytest.mark.parametrize(
    "enum", [Role, Level, UnitKind, PersonCategory, SolutionType, Handling, BenefitKind, people_events.AuditTag]
)
def test_every_member_is_stored_by_value_and_shown_by_label(enum):
    assert issubclass(enum, Labelled)
    assert all(enum(member.value) is member and member.label and member.label != member.value for member in enum)


def test_every_refusal_class_has_a_sentence_of_its_own():
    def below(cls):
        return {cls}.union(*(below(each) for each in cls.__subclasses__()))

    ours = [each for each in below(DomainError) if ".rules." in each.__module__ and each is not Invalid]
    silent = [each.__name__ for each in ours if "message" not in vars(each)]
    assert silent == []


def test_every_control_direction_and_broken_character_is_refused_and_no_other() -> None:
    directions = {*"\u061c\u200e\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
    for point in range(0x110000):
        character = chr(point)
        broken = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
        expected = (
            (unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\n") or character in directions or broken
        )
        assert bool(text_rules._FORBIDDEN.search(character)) == expected, hex(point)
