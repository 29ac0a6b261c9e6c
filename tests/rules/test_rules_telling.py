"""Whether a file tells whose work it is: names as people write them, and not every word that looks a little like one."""

from __future__ import annotations

import time

import pytest

from innovations.boards.rules.blindness import COVER, cover, given_names
from innovations.boards.rules.telling import PLACES_MAX, Finding, Place, places, spans, withheld

AN = given_names("Nguyễn Văn An")


@pytest.mark.parametrize(
    "text",
    [
        "Người báo cáo: Nguyễn Văn An",
        "NGUYỄN VĂN AN",
        "nguyen van an",
        "Nguyên Vân Ân",  # accents typed wrongly
        "NGUYỄN\nVĂN\tAN",  # over cells of a table
        "N G U Y Ễ N  V Ă N  A N",  # as headings are spaced
        "nguyen_van_an.docx",
        "NguyenVanAn@donvi",
        "đồng chí Văn An đo lại",
        "ký: Van An",
        "VAN AN",
        "Nguyễn Văn An",  # letters and accents apart, as some programs write
    ],
)
def test_a_name_is_found_as_people_write_it(text: str) -> None:
    assert places(text, AN), text


@pytest.mark.parametrize(
    "text", ["máy vẫn an toàn", "lắp van an toàn", "văn bản an ninh", "Nguyễn Văn Anh", "nguyên văn anh viết", "Van Anh", "Vanan"]
)
def test_other_words_are_no_name(text: str) -> None:
    assert places(text, AN) == (), text


@pytest.mark.parametrize(
    "text", ["Đồng chí An đo lại", "đ/c An", "Thượng uý An", "THIẾU TÁ AN", "đ/c: An", "theo anh An, máy chạy êm", "trung sỹ\nAn"]
)
def test_a_given_name_alone_is_found_after_a_form_of_address(text: str) -> None:
    assert [place.words.title() for place in places(text, AN)] == ["An"], text


@pytest.mark.parametrize(
    "text", ["đồng chí ăn", "anh an tâm", "An toàn là trên hết", "đồng chí Anh", "quanh An Khê", "đồng chí Bình", "thiếu tá an"]
)
def test_a_given_name_without_address_or_capital_may_be_any_word(text: str) -> None:
    assert places(text, AN) == (), text


def test_a_unit_with_a_number_is_not_addressed() -> None:
    assert spans("đồng chí 5 lần đo", ["Tiểu đoàn 5"]) == []


@pytest.mark.parametrize(
    ("text", "named"), [("Tại tieu doan 5, ngày", 1), ("TIỂU ĐOÀN-5", 1), ("Tiểu đoàn 50", 0), ("Lean và lên an", 0)]
)
def test_a_unit_is_found_with_its_number_whole(text: str, named: int) -> None:
    assert len(spans(text, ["Tiểu đoàn 5", "Lê An"])) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("le van a", 1),
        ("LÊ  VĂN\nA", 1),
        ("levana", 0),
        ("lê văn an", 0),
        ("lê - văn -- a", 1),
        ("le      van a", 1),
        ("le       van a", 0),
    ],
)
def test_a_short_name_is_not_found_within_one_word(text: str, named: int) -> None:
    assert len(spans(text, ["Lê Văn A"])) == named
    assert len(spans("levanan", ["Lê Văn An"])) == 1  # seven letters are no other word


def test_places_that_overlap_are_one_and_neighbours_are_two() -> None:
    assert spans("Nguyễn Văn An", ["Nguyễn Văn An", "Văn An", "An"]) == [(0, 13)]
    assert spans("Văn An Văn An", ["Văn An"]) == [(0, 6), (7, 13)]
    assert spans("Văn An, Nguyễn Văn An và", ["Nguyễn Văn", "Văn An"]) == [(0, 6), (8, 21)]
    assert spans("Văn An; Nguyễn Văn An Bình", ["Nguyễn Văn An Bình", "Văn An"]) == [(0, 6), (8, 26)]
    assert spans("Văn An Bình Tân, Văn An Bình Tân", ["Văn An Bình Tân", "Văn An"]) == [(0, 15), (17, 32)]


def test_a_passage_shows_what_stands_around_the_name() -> None:
    text = f"{'x' * 100} Người\nbáo cáo: Nguyễn Văn An, chữ ký."
    assert places(text, AN) == (Place(f"{'x' * 54} Người báo cáo: ", "Nguyễn Văn An", ", chữ ký."),)


def test_of_many_passages_the_first_are_shown() -> None:
    assert len(places("Văn An. " * 50, AN)) == PLACES_MAX == 5


def test_a_passage_at_the_beginning_and_at_the_end_is_whole() -> None:
    assert places("1. Văn An đo", AN) == (Place("1. ", "Văn An", " đo"),)
    assert places("Văn An", AN) == (Place("", "Văn An", ""),)


def test_a_name_without_accents_is_covered_in_the_text_too() -> None:
    assert cover("Van An và nguyen van an đo van an toàn", AN) == f"{COVER} và {COVER} đo van an toàn"


@pytest.mark.parametrize(
    ("finding", "kept_away"),
    [
        (Finding.NAMES, True), (Finding.WAITING, True),
        (Finding.CLEAR, False), (Finding.PARTLY, False), (Finding.UNREADABLE, False),
    ],
)  # fmt: skip
def test_a_file_that_names_somebody_is_withheld_unless_the_secretary_says_otherwise(finding: Finding, kept_away: bool) -> None:
    assert withheld(finding, None) is kept_away
    assert withheld(finding, True) is True
    assert withheld(finding, False) is False


def test_a_long_file_is_looked_through_at_once() -> None:
    text = "Nguyên vật liệu, văn bản an toàn; nguyễn văn. " * 4_500  # as much as is kept of one file
    started = time.perf_counter()
    places(text, [*AN, "Tiểu đoàn 5", "d5", *given_names("Trần Thị Bích Ngọc")])
    assert time.perf_counter() - started < 2
