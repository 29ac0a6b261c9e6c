"""Raw Telex and VNI keys are read as the words they stand for, when the reader's documents have those words."""

from pathlib import Path

import pytest
from search_corpus import HOSTILE, READER, build, create_document, find, ids

from innovations.search.asking.parser import parse
from innovations.search.engine import WhooshEngine
from innovations.search.text.keystrokes import readings

TITLE = "Cải tiến kỹ thuật ủ phân"


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    documents = [
        create_document(1, TITLE, problem="Thuở trước người lính đồng bằng ủ phân"),
        create_document(2, "Bàn gá tháo lốp", problem="Test excel"),
        create_document(3, "Chuyển mạch bí ẩn", tokens=frozenset({"person:9"})),
    ]
    return WhooshEngine(build(tmp_path, documents).path)


@pytest.mark.parametrize(
    ("keys", "read"),
    [
        ("kyx", ("kỹ",)),
        ("thuaatj", ("thuật",)),
        ("thuajat", ("thuật",)),
        ("tieesn", ("tiến",)),
        ("cai3", ("cải",)),
        ("ca3i", ("cải",)),
        ("tie6n1", ("tiến",)),
        ("tien61", ("tiến",)),
        ("nguwowif", ("người",)),
        ("nguowif", ("người",)),
        ("ngu7o7i2", ("người",)),
        ("nguo7i2", ("người",)),
        ("thuowr", ("thưở", "thuở")),
        ("ddoongf", ("đồng",)),
        ("d9o62ng", ("đồng",)),
        ("muaw", ("mưa",)),
        ("quawn", ("quăn",)),
        ("hoawcj", ("hoặc",)),
        ("gif", ("gì",)),
        ("giaf", ("già",)),
        ("hoaf", ("hòa",)),
        ("kitoo", ("kitô",)),
        ("uw", ("ư",)),
        ("ky", ()),
        ("thuat", ()),
        ("windows", ()),
        ("m10", ()),
        ("10", ()),
        ("thuật", ()),
        ("", ()),
        ("a" * 1000, ()),
        ("sssssssss", ()),
        ("a6666", ()),
    ],
)
def test_keys_are_read_as_an_input_method_would(keys: str, read: tuple[str, ...]) -> None:
    assert readings(keys) == read


@pytest.mark.parametrize("typed", ["cair tieens kyx thuaatj", "ca3i tie6n1 ky4 thua6t5", "Cair tieens kyx thuaatj"])
def test_keys_without_an_input_method_find_the_words_they_mean(engine: WhooshEngine, typed: str) -> None:
    results = find(engine, typed)
    assert ids(results) == [1]
    assert results.understood is not None
    assert results.understood.lower() == "cải tiến kỹ thuật"
    assert results.hits[0].highlights["title"][0] == ("Cải tiến kỹ thuật", True)


def test_operators_and_filters_stay_in_what_was_understood(engine: WhooshEngine) -> None:
    results = find(engine, '"cair tieens" OR thaos -loops nam:2024')
    assert ids(results) == [1]
    assert results.understood == '"cải tiến" OR tháo -lốp nam:2024'


def test_a_designation_is_never_read_as_keys(engine: WhooshEngine) -> None:
    assert find(engine, "kyx thuaatj AS-206").understood == "kỹ thuật AS-206"


def test_both_readings_of_uow_are_tried(engine: WhooshEngine) -> None:
    assert find(engine, "thuowr nguwowif").understood == "thuở người"


def test_the_literal_reading_can_be_asked_for(engine: WhooshEngine) -> None:
    results = engine.search(parse("cair tieens kyx thuaatj", literal=True), READER)
    assert (results.total, results.understood, results.suggestion) == (0, None, None)


@pytest.mark.parametrize("typed", ["cai tien ky thuat", "test excel", "ban ga", "cải tieens", "u phan", TITLE])
def test_what_is_not_raw_keys_stays_as_it_is(engine: WhooshEngine, typed: str) -> None:
    assert find(engine, typed).understood is None


def test_a_word_that_stands_only_in_hidden_documents_is_not_read_out_of_keys(engine: WhooshEngine) -> None:
    typed = "chuyeenr machj bis aanr"
    hidden, shown = find(engine, typed), find(engine, typed, {"person:9"})
    assert (hidden.understood, hidden.total) == (None, 0)
    assert (shown.understood, ids(shown)) == ("chuyển mạch bí ẩn", [3])


@pytest.mark.parametrize("text", [*HOSTILE, "w" * 900, "aa " * 60, "d9" * 80, "thuowr " * 100])
def test_hostile_keys_are_answered(engine: WhooshEngine, text: str) -> None:
    assert find(engine, text).available
