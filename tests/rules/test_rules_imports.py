"""Lists and registers on their way in: what a cell chooses, what becomes of a row, and rows that come twice."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from innovations.core.rules.errors import Several
from innovations.exchange.rules import words as word_rules
from innovations.exchange.rules.cells import NotADay, NotAYear, day_of, text_of, year_of
from innovations.exchange.rules.plan import EditedHere, Plan, Remark, SeenKeys, Stored, remarks
from innovations.exchange.rules.records import (
    DecisionLeftOut,
    Record,
    SameKeyTwice,
    TitleMissing,
    YearMissing,
    digest,
    read_record,
    title_digest,
)
from innovations.exchange.rules.words import UnitNames, UnitNameTooLong, UnitRef, UnknownWord, Words
from innovations.people.rules.lists import NotAChoice, choice, yes_or_no
from innovations.people.rules.units import NAME_MAX, Level
from innovations.proposals.rules.states import State

BASE = UnitRef(2, "E1", "Trung đoàn 1", "e1", "/1/2/")
WORDS = Words(UnitNames([BASE]), BASE, create_units=True, latest_year=2027)


def read(row: int = 2, **cells: object) -> Record:
    return read_record(row, {"title": "Giá treo dụng cụ", "year": "2023", **cells}, WORDS)[0]


@pytest.mark.parametrize("typed", ["base", " Cơ sở ", "CO SO"])
def test_a_cell_chooses_by_value_or_by_name_without_accents_and_case(typed):
    assert choice(typed, Level, "level") is Level.BASE


def test_a_cell_that_chooses_nothing_is_told_what_there_is():
    with pytest.raises(NotAChoice) as refused:
        choice("tỉnh", Level, "level")
    assert (refused.value.field, refused.value.data["known"]) == ("level", list(Level))


def test_a_cell_says_yes_or_no_and_an_empty_one_says_no():
    assert all(yes_or_no(text, "is_base") for text in ("x", "X", "1", " Có ", "yes", "true"))
    assert not any(yes_or_no(text, "is_base") for text in ("", "  ", "0", "không", "no", "false"))
    with pytest.raises(NotAChoice):
        yes_or_no("2", "is_base")


STORED = Stored(5, "SK-E1-2023-0005", "digest", edited=False)


@pytest.mark.parametrize(
    ("stored", "counted"),
    [
        (None, "created"),
        (STORED, "updated"),
        (replace(STORED, digest="now"), "unchanged"),
        (replace(STORED, digest="now", edited=True), "unchanged"),
        (replace(STORED, edited=True), "conflicts"),
        (replace(STORED, digest=None, edited=True), "conflicts"),
    ],
)
def test_a_row_is_new_or_changed_or_the_same_and_never_overwrites_what_was_edited_here(stored, counted):
    plan = Plan(rows=1)
    plan.sort(read(), stored, "now")
    assert plan.counts() == {**dict.fromkeys(Plan().counts(), 0), "rows": 1, counted: 1}
    assert [(each.row, type(each.error)) for each in plan.warnings] == ([(2, EditedHere)] if counted == "conflicts" else [])


@pytest.mark.parametrize(
    ("one", "other", "column"),
    [
        ({"external_id": "A9"}, {"external_id": "A9", "title": "Tên khác"}, "external_id"),
        ({"code": "SK-E1-2023-0007"}, {"code": "SK-E1-2023-0007", "title": "Tên khác"}, "code"),
        ({"code": "SK-E1-2023-0007", "external_id": "A9"}, {"code": "SK-E1-2023-0007", "external_id": "B1"}, "code"),
        ({}, {"title": "GIÁ treo  dụng cụ"}, "title"),
    ],
)
def test_the_second_row_of_the_same_record_is_refused_with_the_number_of_the_first(one, other, column):
    seen = SeenKeys()
    seen.check(read(2, **one))
    with pytest.raises(SameKeyTwice) as refused:
        seen.check(read(9, **other))
    assert (refused.value.field, refused.value.data) == (column, {"row": 2})


def test_rows_of_other_units_and_years_are_other_records():
    seen = SeenKeys()
    for row, cells in enumerate(({}, {"year": "2022"}, {"unit": "Kho K"}, {"external_id": "A9"}), 2):
        seen.check(read(row, **cells))


def test_a_fault_is_told_under_the_header_as_the_file_writes_it():
    title, file = TitleMissing("title"), EditedHere(code="N")
    assert remarks(4, [title, file], {"title": "Tên SK"}) == [Remark(4, "Tên SK", title), Remark(4, "", file)]
    assert remarks(4, [title], {}) == [Remark(4, "title", title)]


def test_a_record_without_title_or_year_is_refused_once_for_each():
    with pytest.raises(Several) as refused:
        read(title=" ", year=None)
    assert {type(error) for error in refused.value.errors} == {TitleMissing, YearMissing}
    with pytest.raises(Several) as refused:
        read(year=None, decision_date="31/02/2024")
    assert [type(error) for error in refused.value.errors] == [NotADay]


def test_only_a_record_with_neither_code_nor_external_id_is_known_by_its_title():
    assert title_digest(read(external_id="A9"), 2) is None
    assert title_digest(read(code="SK-E1-2023-0007"), 2) is None
    assert title_digest(read(), 2) == title_digest(read(title="GIÁ TREO DỤNG CỤ"), 2)
    assert len({title_digest(read(), 2), title_digest(read(), 3), title_digest(read(year="2022"), 2)}) == 3


def test_what_an_export_does_not_hold_of_an_unrecognised_record_changes_nothing():
    assert digest(read(status="Đã rút", level="bộ", grade="A"), BASE) == digest(read(status="Đã rút"), BASE)
    assert digest(read(level="bộ"), BASE) != digest(read(), BASE) != digest(read(grade="A"), BASE)


@pytest.mark.parametrize("status", ["recognised", "not_recognised", "revoked", "rejected", "withdrawn"])
@pytest.mark.parametrize("named", [{"decision_number": "12"}, {"decision_date": "10/03/2023"}])
def test_a_decision_stands_where_a_head_decided_and_is_left_out_elsewhere(status, named):
    record, warnings = read_record(2, {"title": "Giá treo", "year": "2023", "status": status, **named}, WORDS)
    decided = status in {"recognised", "not_recognised", "revoked"}
    assert record.has_decision is decided
    assert [type(warning) for warning in warnings] == ([] if decided else [DecisionLeftOut])


def test_a_code_of_a_unit_still_to_be_made_is_another_registers():
    record = read(unit="Kho K", code="SK-E1-2023-0007")
    assert (record.code, record.external_id) == (None, "SK-E1-2023-0007")


def test_a_unit_to_be_made_has_a_name_that_fits():
    assert WORDS.unit("K" * NAME_MAX, "unit").name == "K" * NAME_MAX
    with pytest.raises(UnitNameTooLong):
        WORDS.unit("K" * (NAME_MAX + 1), "unit")
    assert WORDS.unit("Kho  Ắc quy", "unit").identity == WORDS.unit("kho ắc QUY", "unit").identity != BASE.identity


@pytest.mark.parametrize(
    "reading", [word_rules.level_of, word_rules.state_of, lambda text, column: word_rules.solution_types([text], column)]
)
def test_a_word_that_a_column_does_not_know_is_refused_with_those_it_takes(reading):
    with pytest.raises(UnknownWord) as refused:
        reading("tỉnh", "column")
    assert refused.value.data["known"]
    assert refused.value.field == "column"


def test_a_shorter_name_of_a_state_is_read_too():
    assert word_rules.state_of("Chưa công nhận", "status") is State.NOT_RECOGNISED
    assert word_rules.state_of("rút", "status") is State.WITHDRAWN


def test_a_day_in_a_cell_reads_as_people_write_it():
    assert text_of(date(2024, 3, 10), "title") == "10/03/2024"
    assert day_of(datetime(2024, 3, 10, 9, 30, tzinfo=UTC), "on") == date(2024, 3, 10)
    assert (day_of("  ", "on"), year_of(None, "year", 2027)) == (None, None)


def test_days_and_years_reach_from_the_first_register_to_the_last_year():
    assert [day_of(day, "on") for day in ("01/01/1930", "31/12/2100")] == [date(1930, 1, 1), date(2100, 12, 31)]
    for day in ("31/12/1929", "01/01/2101", datetime(1929, 12, 31, tzinfo=UTC), "2024-02-30"):
        with pytest.raises(NotADay):
            day_of(day, "on")
    assert [year_of(year, "year", 2027) for year in ("1930", 2027, 2027.0)] == [1930, 2027, 2027]
    for year in ("1929", "2028"):
        with pytest.raises(NotAYear):
            year_of(year, "year", 2027)
