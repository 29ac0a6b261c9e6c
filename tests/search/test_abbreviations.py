"""Abbreviations find what they stand for and the other way round, by a table that the administrator edits."""

import os
from pathlib import Path

import pytest
from search_corpus import READER, build, create_document, find, ids

from innovations.search.asking.parser import parse
from innovations.search.engine import WhooshEngine
from innovations.search.text.abbreviations import Abbreviations, rows

DOCUMENTS = (
    create_document(1, "Cải tiến kỹ thuật bếp"),
    create_document(2, "Phong trào CTKT năm nay"),
    create_document(3, "Nhiệm vụ SSCĐ", problem="trực đêm"),
    create_document(4, "Sẵn sàng chiến đấu", problem="trực ngày"),
    create_document(5, "Kho ở TP.HCM"),
    create_document(6, "Kho ở thành phố Hồ Chí Minh"),
    create_document(7, "Kỹ thuật cải tiến", problem="chiến đấu"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "abbreviations.txt"


@pytest.fixture
def engine(tmp_path: Path, file: Path) -> WhooshEngine:
    return WhooshEngine(build(tmp_path / "index", DOCUMENTS).path, abbreviations=Abbreviations(file))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("CTKT", [1, 2]),
        ("ctkt", [1, 2]),
        ("CTKT bếp", [1]),
        ("SSCĐ", [3, 4]),
        ("sscd", [3, 4]),
        ("sẵn sàng chiến đấu", [3, 4]),
        ("san sang chien dau", [3, 4]),
        ("TP.HCM", [5, 6]),
        ("tphcm", [5, 6]),
        ("kho thành phố Hồ Chí Minh", [5, 6]),
        ('"SSCĐ"', [3, 4]),
        ("SSCĐ -ngày", [3]),
    ],
)
def test_an_abbreviation_and_its_words_find_each_other(engine: WhooshEngine, typed: str, found: list[int]) -> None:
    results = find(engine, typed)
    assert sorted(set(ids(results)) - {7}) == found  # 7 has some of the words, in another order
    assert results.suggestion is None


def test_what_was_typed_comes_first(engine: WhooshEngine) -> None:
    assert ids(find(engine, "CTKT"))[0] == 2
    assert ids(find(engine, "cải tiến kỹ thuật"))[0] == 1


def test_the_words_are_marked_in_the_hits(engine: WhooshEngine) -> None:
    titles = {hit.id: hit.highlights["title"] for hit in find(engine, "CTKT").hits}
    assert titles[1] == (("Cải tiến kỹ thuật", True), (" bếp", False))
    assert ("CTKT", True) in titles[2]


def test_taken_literally_an_abbreviation_is_a_word(engine: WhooshEngine) -> None:
    assert ids(engine.search(parse("CTKT", literal=True), READER)) == [2]


def test_the_administrators_file_adds_replaces_and_takes_away(engine: WhooshEngine, file: Path) -> None:
    assert find(engine, "KB").total == 0
    file.write_text("# ours\nKB = kho ở\nCTKT = chiến đấu\nSSCĐ =\n", encoding="utf-8")
    assert sorted(ids(find(engine, "KB"))) == [5, 6]
    assert sorted(ids(find(engine, "CTKT"))) == [2, 4, 7]
    assert ids(find(engine, "SSCĐ")) == [3]
    file.unlink()
    assert find(engine, "KB").total == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00garbage = \xff",
        b"=\n==\n = a b\n\n",
        b"KB = " + b"kho " * 50_000,
        b"A = a b\n" * 30_000,
        b"\xef\xbb\xbfKB = kho bom",
    ],
)
def test_a_damaged_file_never_stops_a_search(engine: WhooshEngine, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert sorted(ids(find(engine, "CTKT"))) == [1, 2]


def test_a_folder_in_its_place_never_stops_a_search(engine: WhooshEngine, file: Path) -> None:
    os.mkdir(file)
    assert sorted(ids(find(engine, "CTKT"))) == [1, 2]


def test_rows_are_read_with_joints_and_any_case() -> None:
    read = {row.short.folded: [word.folded for word in row.words] for row in rows(["tp.hcm = Thành phố", "x", "# A = b c"])}
    assert read == {"tphcm": ["thanh", "pho"]}
