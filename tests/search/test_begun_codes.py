"""Part of a code finds the documents whose codes begin so, also while it is being typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from search_corpus import build, create_document, find, ids

from innovations.search.asking.parser import parse
from innovations.search.engine import WhooshEngine

READER = {"any"}


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    documents = [
        create_document(1, "Giá đỡ bình", code="SK-T1A-2024-0001"),
        create_document(2, "Bàn gá", code="SK-T1A-2025-0001"),
        create_document(3, "Máy M-10", code="SK-T2B-2025-0001"),
        create_document(4, "Tủ sạc", code="SK-T9X-2025-0001", tokens=frozenset({"person:9"})),
    ]
    return WhooshEngine(build(tmp_path, documents).path)


@pytest.mark.parametrize(
    ("typed", "found", "understood"),
    [
        ("SK-T1A", [1, 2], "ma:SK-T1A"),
        ("sk-t1a-2025", [2], "ma:sk-t1a-2025"),
        ("SK-T1A-20", [1, 2], "ma:SK-T1A"),
        ("SK-T1A-2025-00", [2], "ma:SK-T1A-2025"),
        ("SK-T7Q-2025", [1, 2, 3], "ma:SK"),
        ("SK-", [1, 2, 3], "ma:SK"),
        ("SK-T1A-", [1, 2], "ma:SK-T1A"),
        ("SK-T1A-2025/", [2], "ma:SK-T1A-2025"),
        ("M-10", [3], None),
        ("M-10-", [3], None),
        ("M-", [3], None),
        ("Q-77", [], None),
    ],
)
@pytest.mark.parametrize("typing", [False, True])
def test_part_of_a_code_finds_what_begins_so(
    engine: WhooshEngine, typed: str, found: list[int], understood: str | None, typing: bool
) -> None:
    results = engine.search(parse(typed, as_you_type=typing), READER)
    assert (sorted(ids(results)), results.understood) == (found, understood)


def test_a_whole_code_is_found_before_and_after_its_end_is_known(engine: WhooshEngine) -> None:
    for typing, understood in ((False, None), (True, "ma:SK-T1A-2025-0001")):
        results = engine.search(parse("SK-T1A-2025-0001", as_you_type=typing), READER)
        assert (ids(results), results.understood) == ([2], understood)


def test_codes_of_hidden_documents_are_understood_by_nobody_else(engine: WhooshEngine) -> None:
    assert find(engine, "SK-T9X-2025").understood == "ma:SK"
    assert find(engine, "SK-T9X-2025", {"person:9"}).understood == "ma:SK-T9X-2025"


def test_taken_literally_or_with_other_words_it_is_what_was_typed(engine: WhooshEngine) -> None:
    assert engine.search(parse("SK-T1A", literal=True), READER).total == 0
    assert find(engine, "giá SK-T1A").understood is None
