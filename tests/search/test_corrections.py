"""Did you mean: mistyped words are found all the same and offered, from the words of what the reader may see."""

from pathlib import Path

import pytest
from search_corpus import HOSTILE, READER, build, create_document, find, hostile_queries, ids

from innovations.search.answers.corrections import near
from innovations.search.asking.parser import parse
from innovations.search.engine import WhooshEngine
from innovations.search.port import Filters

SECRET = {"person:9"}


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    documents = [
        create_document(1, "Cải tiến kỹ thuật bảo dưỡng xe", problem="Phần mềm software cũ"),
        create_document(2, "Cải tiến kỹ thuật nấu ăn", problem="Bếp nóng"),
        create_document(3, "Bàn gá tháo lốp"),
        create_document(4, "Chuyển mạch bí ẩn", tokens=frozenset(SECRET)),
    ]
    return WhooshEngine(build(tmp_path, documents).path)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("kỹ thaut", "kỹ thuật"),
        ("kỹ thut", "kỹ thuật"),
        ("kỹ thuậtt", "kỹ thuật"),
        ("kỹ thuạt", "kỹ thuật"),
        ("kỹ thuat", "kỹ thuật"),
        ("ky thaut", "ky thuat"),
        ("Cải tiếm kỹ thuật", "Cải tiến kỹ thuật"),
        ("cảitiến kỹ thuật", "cải tiến kỹ thuật"),
        ("kỹ thu ật", "kỹ thuật"),
        ("kỹ th uật bảo dưỡng", "kỹ thuật bảo dưỡng"),
        ("ky th uat", "ky thuat"),
        ("sofware", "software"),
        ("kỹ thaut -bếp nam:2024", "kỹ thuật -bếp nam:2024"),
    ],
)
def test_a_mistyped_word_is_offered_as_the_documents_spell_it(engine: WhooshEngine, typed: str, suggested: str) -> None:
    results = find(engine, typed)
    assert results.suggestion == suggested
    assert results.total >= 1
    assert results.total == find(engine, suggested).total


@pytest.mark.parametrize(
    "typed",
    ["cải tiến kỹ thuật", "cai tien ky thuat", "lốp", "vườn rau tăng gia", "kỹ thuật ABC", "M-10", "a", "", "2024", "nấ*"],
)
def test_nothing_is_offered_for_words_that_are_right_or_like_nothing(engine: WhooshEngine, typed: str) -> None:
    assert find(engine, typed).suggestion is None


def test_a_correction_is_added_and_the_typed_word_stays(tmp_path: Path) -> None:
    documents = [create_document(n, "Cải tiến kỹ thuật xe") for n in range(1, 5)] + [create_document(9, "Máy thaut và xe kỹ")]
    engine = WhooshEngine(build(tmp_path, documents).path)
    found = find(engine, "kỹ thaut xe")
    assert found.suggestion == "kỹ thuật xe"
    assert sorted(ids(found)) == [1, 2, 3, 4, 9]


def test_what_was_meant_is_marked_in_the_hits(engine: WhooshEngine) -> None:
    hit = find(engine, "kỹ thaut nấu").hits[0]
    assert hit.highlights["title"] == (("Cải tiến ", False), ("kỹ thuật nấu", True), (" ăn", False))


def test_raw_keys_with_a_typing_error_are_read_and_corrected(engine: WhooshEngine) -> None:
    results = find(engine, "cair tieens kyx thaut")
    assert (results.understood, results.suggestion) == ("cải tiến kỹ thaut", "cải tiến kỹ thuật")


def test_a_word_of_hidden_documents_is_never_offered_nor_found(engine: WhooshEngine) -> None:
    for typed in ("chuyển mạhc", "chuyen mahc", "chuyểnmạch", "bí ẩnn", "mạhc", "m ạch bí"):
        hidden, shown = find(engine, typed), find(engine, typed, SECRET)
        assert (hidden.suggestion, hidden.total) == (None, 0)
        assert shown.suggestion is not None
        assert ids(shown) == [4]


def test_hidden_documents_do_not_change_what_is_offered(tmp_path: Path) -> None:
    seen = [create_document(1, "Kỹ thuật bảo dưỡng")]
    hidden = [create_document(n, "Kỹ thuất bảo dưỡng thaut", tokens=frozenset(SECRET)) for n in range(2, 30)]
    alone = WhooshEngine(build(tmp_path / "alone", seen).path)
    beside = WhooshEngine(build(tmp_path / "beside", seen + hidden).path)
    for typed in ("kỹ thaut", "ky thaut", "kỹ thuât", "kỹthuật", "bảo dưỡgn"):
        assert find(alone, typed).suggestion == find(beside, typed).suggestion


def test_taken_literally_nothing_is_added_or_offered(engine: WhooshEngine) -> None:
    results = engine.search(parse("kỹ thaut", literal=True), READER)
    assert (results.total, results.suggestion) == (0, None)


def test_filters_of_the_page_still_narrow(engine: WhooshEngine) -> None:
    assert find(engine, "kỹ thaut", filters=Filters(year=("1999",))).total == 0


@pytest.mark.parametrize("text", [*HOSTILE, *hostile_queries(100), "thaut " * 40, "x" * 900, "th uật " * 30])
def test_hostile_words_are_answered(engine: WhooshEngine, text: str) -> None:
    assert find(engine, text).available


def test_one_letter_away_is_left_out_doubled_swapped_or_another() -> None:
    assert {"thut", "thaat", "thuaat", "htuat", "thuaf", "thuatx"} & set(near("thuat")) == {
        "thut", "thaat", "thuaat", "htuat", "thuaf", "thuatx",
    }  # fmt: skip


def offered(folder: Path, texts: list[str], typed: str) -> str | None:
    engine = WhooshEngine(build(folder, [create_document(n, text) for n, text in enumerate(texts, 1)]).path)
    suggestion = find(engine, typed).suggestion
    engine.close()
    return suggestion


def test_accents_that_were_typed_are_not_corrected_away(tmp_path: Path) -> None:
    """``sấy`` is no mistyped ``tay``: whoever typed the accents meant them."""
    known = ["tủ tay quân trang", "tủ tay quân nhu", "tủ đựng quân phục"]
    assert offered(tmp_path / "1", known, "tủ sấy quân trang") is None
    assert offered(tmp_path / "2", known, "tủ đựgn quân phục") == "tủ đựng quân phục"
    assert offered(tmp_path / "3", known, "tu say quan trang") == "tu tay quan trang"


def test_a_word_that_a_small_register_need_not_have_is_doubted_only_where_two_documents_say_otherwise(tmp_path: Path) -> None:
    assert offered(tmp_path / "2", ["làm sổ tay"], "làm sao") is None
    assert offered(tmp_path / "3", ["làm sổ tay", "làm sổ trực"], "làm sao") == "làm sổ"
