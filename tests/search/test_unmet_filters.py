"""Where nothing is found, a filter that nothing answers is named: a unit that does not exist, a year with nothing in it."""

from pathlib import Path

import pytest
from search_corpus import READER, build, create_document, find

from innovations.search import parse
from innovations.search.engine import WhooshEngine
from innovations.search.port import Filters


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    hidden = create_document(3, "Giá treo", unit_names="9Z; Trung đoàn 9Z", tokens=frozenset({"unit:9"}))
    draft = create_document(4, "Giá gấp", state="draft", year=None, level_label="trung đoàn; regiment")
    return WhooshEngine(build(tmp_path, [create_document(1, "Giá đỡ"), create_document(2, "Lốp xe"), hidden, draft]).path)


def named(engine: WhooshEngine, text: str, **narrowed: tuple[str, ...]) -> list[str]:
    notes = find(engine, text, filters=Filters(**narrowed)).notes
    return [note.data["text"] for note in notes if note.code == "unmet_filter"]


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ('giá donvi:"Trung đoàn 77"', ['donvi:"Trung đoàn 77"']),
        ("unit:77 year:2031", ["donvi:77", "nam:2031"]),
        ("nam:2030..2031 xeploai:B", ["nam:2030..2031"]),
        ("nam:>2030", ["nam:2031.."]),
        ("apdung:>=7", ["apdung:7.."]),
        ("-xeploai:B giá", ["-xeploai:B"]),
        ("xeploai:A,D", ["xeploai:A,D"]),
        ("ma:SK-9Z", ["ma:SK-9Z"]),
    ],
)
def test_a_filter_that_nothing_answers_is_named(engine: WhooshEngine, text: str, blamed: list[str]) -> None:
    assert named(engine, text, state=("recognised",)) == blamed


@pytest.mark.parametrize("text", ["quạt nam:2024", "nam:2024 xeploai:B", "giá lốp", 'donvi:"Trung đoàn 1A" quạt'])
def test_a_filter_that_something_answers_is_not_blamed_for_the_words(engine: WhooshEngine, text: str) -> None:
    assert named(engine, text, state=("recognised",)) == []


def test_a_unit_of_hidden_documents_is_named_like_one_that_does_not_exist(engine: WhooshEngine) -> None:
    assert [named(engine, f'giá donvi:"Trung đoàn {unit}"') for unit in ("9Z", "9Y")] == [
        ['donvi:"Trung đoàn 9Z"'],
        ['donvi:"Trung đoàn 9Y"'],
    ]


def test_what_only_drafts_answer_is_nothing_where_the_recognised_are_listed(engine: WhooshEngine) -> None:
    assert named(engine, 'cap:"regiment"', state=("recognised",)) == ["cap:regiment"]
    assert find(engine, 'cap:"regiment"').total == 1


def test_nothing_is_said_of_a_value_that_is_still_being_typed(engine: WhooshEngine) -> None:
    assert engine.search(parse("giá quạt donvi:77", as_you_type=True), frozenset(READER)).notes == ()


@pytest.mark.parametrize(
    "text", ['donvi:"Trung đoàn 1A"', "nam:2023..2025", "nam:..2025", "apdung:2..", "-xeploai:C", "xeploai:A,B", "nam:2024"]
)
def test_a_filter_spelled_out_is_the_same_filter(text: str) -> None:
    (read,) = parse(text).filters
    assert read.spelled == text
    assert parse(read.spelled).filters == (read,)
