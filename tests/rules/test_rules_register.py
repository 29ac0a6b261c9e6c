"""What one cell and one row of a register mean."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from innovations.core.rules.errors import DomainError, Several
from innovations.exchange.rules import words as word_rules
from innovations.exchange.rules.authors import Author, AuthorWithoutName, SomeSharesMissing, read_authors
from innovations.exchange.rules.cells import Formula, FormulaRefused, NotADay, NotAYear, day_of, from_csv, text_of, year_of
from innovations.exchange.rules.columns import ColumnMissing, ColumnTwice, recognise_header
from innovations.exchange.rules.records import Record, YearMissing, digest, read_record
from innovations.exchange.rules.words import TwoUnits, UnitNames, UnitRef, UnknownUnit, UnknownWord, Words
from innovations.people.rules.units import Level
from innovations.proposals.rules.content import BadShare, SharesNotWhole, SolutionType
from innovations.proposals.rules.states import State
from innovations.reports.columns import HEADERS, LEVEL_WORDS

ROOT = UnitRef(1, "GOC", "Đơn vị gốc", "Gốc", "/1/")
E1 = UnitRef(2, "E1", "Trung đoàn 1", "e1", "/1/2/")
E2 = UnitRef(3, "E2", "Trung đoàn 2", "E1A", "/1/3/")
TWIN = UnitRef(4, "X4", "Kho K", "K1", "/1/4/")
TWIN2 = UnitRef(5, "X5", "Kho K", "K2", "/1/5/")
WORDS = Words(UnitNames([ROOT, E1, E2, TWIN, TWIN2]), ROOT, {"huan luyen": "training", "khac": "other"}, latest_year=2027)


def read(**cells: Any) -> Record:
    return read_record(2, {"title": "Giá treo dụng cụ", "year": "2023", **cells}, WORDS)[0]


def refusals(**cells: Any) -> list[DomainError]:
    with pytest.raises(Several) as refused:
        read(**cells)
    return refused.value.errors


@pytest.mark.parametrize(
    "written",
    ["Tên sáng kiến", "TEN SANG KIEN", " tên  sáng kiến * ", unicodedata.normalize("NFD", "Tên sáng kiến"), "title", "Title*"],
)
def test_a_header_is_known_however_it_is_typed(written: str) -> None:
    assert recognise_header([written], HEADERS).keys == ("title",)


def test_every_column_is_known_by_both_names() -> None:
    assert recognise_header(list(HEADERS.values()), HEADERS).keys == tuple(HEADERS)
    assert recognise_header(list(HEADERS), HEADERS).keys == tuple(HEADERS)


def test_a_column_twice_refuses_the_file_in_either_language() -> None:
    with pytest.raises(ColumnTwice):
        recognise_header(["Tên sáng kiến", "Năm", "year"], HEADERS)


def test_without_a_title_column_there_is_no_register() -> None:
    with pytest.raises(ColumnMissing):
        recognise_header(["Năm", "Đơn vị"], HEADERS)


def test_an_unknown_column_is_left_out_with_a_warning_and_an_empty_one_silently() -> None:
    header = recognise_header(["title", "", "Ghi chú"], HEADERS)
    assert header.keys == ("title", None, None)
    assert [warning.data["header"] for warning in header.warnings] == ["Ghi chú"]


@pytest.mark.parametrize(("cell", "text"), [(12.0, "12"), ("12.0", "12"), (12, "12"), (1.5, "1.5"), (None, ""), (" a ", " a ")])
def test_numbers_read_as_people_see_them(cell: Any, text: str) -> None:
    assert text_of(cell, "grade") == text


def test_a_formula_is_refused() -> None:
    assert from_csv("=1+1") == Formula()
    with pytest.raises(FormulaRefused):
        text_of(Formula(), "title")


def test_the_apostrophe_of_our_export_goes_and_others_stay() -> None:
    assert from_csv("'-5 người") == "-5 người"
    assert from_csv("'60s") == "'60s"
    assert from_csv("- giảm hai người") == "- giảm hai người"


@pytest.mark.parametrize(
    "cell",
    ["10/03/2024", "10-3-2024", "10.03.2024", "2024-03-10", "2024-03-10 00:00:00", date(2024, 3, 10), datetime(2024, 3, 10)],  # noqa: DTZ001
)
def test_a_day_may_be_written_in_several_ways(cell: Any) -> None:
    assert day_of(cell, "decision_date") == date(2024, 3, 10)


@pytest.mark.parametrize("cell", ["31/02/2024", "3/2024", "hôm qua", "10/03/24", date(1899, 12, 30), 45361])
def test_what_is_no_day_is_refused(cell: Any) -> None:
    with pytest.raises(NotADay):
        day_of(cell, "decision_date")


@pytest.mark.parametrize("cell", ["23", "2028", "1899", "２０２３", "năm 2023"])
def test_what_is_no_year_is_refused(cell: str) -> None:
    with pytest.raises(NotAYear):
        year_of(cell, "year", 2027)


@pytest.mark.parametrize("share", ["60", "60%", "60 %", "(60%)", "- 60 %", ": 60", "60,00 %"])
def test_a_share_stands_after_the_name(share: str) -> None:
    authors = read_authors(f"Đ/c Thượng úy Nguyễn Văn An {share}; Trần Thị Bình 40", "authors")
    assert authors == (
        Author("Thượng úy", "Nguyễn Văn An", Decimal(60)), Author("", "Trần Thị Bình", Decimal(40)),
    )  # fmt: skip


def test_authors_are_split_on_semicolons_and_line_breaks() -> None:
    names = [author.name for author in read_authors("Nguyễn Văn An;\nTrần Thị Bình\r\n Lê Minh Châu;", "authors")]
    assert names == ["Nguyễn Văn An", "Trần Thị Bình", "Lê Minh Châu"]


def test_shares_are_given_for_all_or_for_none() -> None:
    with pytest.raises(SomeSharesMissing):
        read_authors("An 60; Bình", "authors")
    assert [author.share for author in read_authors("An; Bình", "authors")] == [None, None]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("A 33,33; B 33,33; C 33,33", SharesNotWhole),
        ("A 33,333; B 66,667", BadShare),
        ("A 100; B 0", BadShare),
        ("60 %; B 40", AuthorWithoutName),
    ],
)
def test_shares_that_are_not_exactly_whole_are_refused(text: str, error: type[DomainError]) -> None:
    with pytest.raises(error):
        read_authors(text, "authors")


def test_three_thirds_are_whole_with_the_odd_hundredth() -> None:
    shares = [author.share for author in read_authors("A 33,34 %; B 33.33 %; C 33,33", "authors")]
    assert sum(share for share in shares if share) == 100


@pytest.mark.parametrize(("text", "unit"), [("", ROOT), ("e1", E1), ("E1A", E2), ("trung đoàn 2", E2)])
def test_a_unit_is_found_by_code_then_short_name_then_name(text: str, unit: UnitRef) -> None:
    assert WORDS.unit(text, "unit") == unit


def test_a_name_of_two_units_asks_for_the_code() -> None:
    with pytest.raises(TwoUnits) as refused:
        WORDS.unit("Kho K", "unit")
    assert refused.value.data["codes"] == ["X4", "X5"]


def test_an_unknown_unit_is_refused_unless_units_may_be_made() -> None:
    with pytest.raises(UnknownUnit):
        WORDS.unit("Kho L", "unit")
    assert replace(WORDS, create_units=True).unit("Kho L", "unit") == UnitRef(None, "", "Kho L")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("", None),
        ("Cơ sở", Level.BASE),
        ("cấp sư đoàn", Level.DIVISION),
        ("branch", Level.BRANCH),
        ("Bộ", Level.MINISTRY),
    ],
)
def test_levels_are_read_in_both_languages(text: str, level: Level | None) -> None:
    assert word_rules.level_of(text, "level") == level


def test_the_exports_words_for_levels_are_read() -> None:
    assert {level: word_rules.level_of(word, "level") for level, word in LEVEL_WORDS.items()} == {
        level: Level(level) for level in LEVEL_WORDS
    }


@pytest.mark.parametrize("state", word_rules.PAST_STATES)
def test_every_past_state_is_read_by_value_and_by_name(state: State) -> None:
    assert word_rules.state_of(state.value, "status") == word_rules.state_of(state.label.upper(), "status") == state


def test_an_empty_status_is_recognised_and_a_running_one_is_refused() -> None:
    assert word_rules.state_of("", "status") == State.RECOGNISED
    with pytest.raises(UnknownWord):
        word_rules.state_of("scoring", "status")


def test_kinds_of_solution_and_tags_are_split() -> None:
    record = read(solution_type="Giải pháp kỹ thuật; management|technical", tags="máy bơm; hậu cần|máy bơm")
    assert record.solution_types == (SolutionType.TECHNICAL, SolutionType.MANAGEMENT)
    assert record.tags == ("máy bơm", "hậu cần")


def test_an_unknown_field_is_other_with_its_text_as_a_tag() -> None:
    record = read(field="Thông tin liên lạc", tags="điện đài")
    assert (record.field, record.tags) == ("other", ("điện đài", "Thông tin liên lạc"))
    assert (read(field="Huấn luyện").field, read().field) == ("training", None)


def test_text_is_composed() -> None:
    assert read(title=unicodedata.normalize("NFD", "Giá đỡ")).title == "Giá đỡ"


def test_the_year_comes_from_the_decision_when_it_is_not_written() -> None:
    assert read(year=None, decision_date="10/03/2022").year == 2022
    assert [type(error) for error in refusals(year=None)] == [YearMissing]


def test_a_code_of_our_pattern_and_of_the_unit_is_kept() -> None:
    assert (read(unit="E1", code="SK-E1-2023-0007").code, read(unit="E2", code="SK-E1-2023-0007").code) == (
        "SK-E1-2023-0007",
        None,
    )


def test_another_code_becomes_the_external_id_when_that_is_empty() -> None:
    assert read(code="SC/17").external_id == "SC/17"
    assert read(code="SC/17", external_id="A9").external_id == "A9"


def test_the_key_is_external_id_else_code_else_title_unit_and_year() -> None:
    assert read(external_id="A9", unit="E1", code="SK-E1-2023-0007").key == ("external", "A9")
    assert read(unit="E1", code="SK-E1-2023-0007").key == ("code", "SK-E1-2023-0007")
    assert read(title="GIÁ treo dụng cụ").key == read().key != read(unit="E1").key


def test_all_faults_of_a_row_are_told_with_their_columns() -> None:
    faults = refusals(title=Formula(), year="hai ba", unit="Kho L", level="tỉnh", grade="x" * 31, authors="A 50; B 40")
    assert {fault.field for fault in faults} == {"title", "year", "unit", "level", "grade", "authors"}


def test_a_decision_of_a_withdrawn_record_is_left_out_with_a_warning() -> None:
    record, warnings = read_record(2, {"title": "Giá treo", "year": 2020, "status": "Đã rút", "decision_number": "12"}, WORDS)
    assert not record.has_decision
    assert len(warnings) == 1


def test_what_was_unknown_counts_as_the_unit_says_when_rows_are_compared() -> None:
    assert digest(read(level=""), ROOT) == digest(read(level="cơ sở"), ROOT) != digest(read(grade="A"), ROOT)
