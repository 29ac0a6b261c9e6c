"""With a Whoosh that this version does not know, Whoosh's own searcher answers: the same documents, with rights and filters, and it is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from search_corpus import LIBRARY, build, find, ids, put

from innovations.search.engine import WhooshEngine
from innovations.search.files import schema
from innovations.search.files.generations import IndexFolder
from innovations.search.port import Filters, Reason

QUESTIONS = (
    "giá đỡ", "gia do", "huấn luyện", '"bình ắc quy"', "kho", "pin", "kho -xe", "giá OR phần", "M-10", "trac ngh*", "máy tính",
    "truong:\"huấn luyện\"", "donvi:2B", "nam:2022..2023", "nam:2024 giá", "xeploai:A", "-xeploai:A giá", "apdung:>=2", "apdung:1",
    "ma:SK-1A-2024-0003", "loai:\"kỹ thuật\" giá", "vũ khí", "",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    return build(tmp_path / "index")


@pytest.fixture
def strange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "KNOWN_WHOOSH", ())


@pytest.mark.parametrize("tokens", [{"any"}, {"any", "person:9"}, {"receiver:2"}, {"nobody"}])
def test_it_finds_what_the_array_scorer_finds_for_each_reader(
    folder: IndexFolder, tokens: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(folder.path)
    known = {text: {*ids(find(engine, text, tokens))} for text in QUESTIONS}
    monkeypatch.setattr(schema, "KNOWN_WHOOSH", ())
    for text in QUESTIONS:
        found = find(engine, text, tokens)
        assert {*ids(found)} == known[text], text
        assert (found.total, found.available) == (len(known[text]), True)
        assert [note.code for note in found.notes if note.code == "stock_search"] == ["stock_search"]
    visible = {document.id for document in LIBRARY if document.tokens & tokens}
    assert known[""] == visible


@pytest.mark.usefixtures("strange")
def test_pages_and_filters_beside_the_results_hold(folder: IndexFolder) -> None:
    engine = WhooshEngine(folder.path)
    everything = [ids(find(engine, "", page=page, per_page=2)) for page in (1, 2, 3)]
    assert sorted(number for page in everything for number in page) == [1, 2, 3, 4]
    assert ids(find(engine, "", filters=Filters(field=("technical_support",)))) == [3]
    assert {*ids(find(engine, "", filters=Filters(unit=("3",), adopted=("yes",))))} == {1, 3}


@pytest.mark.usefixtures("strange")
def test_what_needs_the_arrays_says_that_it_cannot_be_had(folder: IndexFolder) -> None:
    engine = WhooshEngine(folder.path)
    assert engine.similar("Giá đỡ", "", {"any"}) == ()
    assert (engine.status()["available"], engine.status()["reason"]) == (False, Reason.OUTDATED.value)
    assert folder.reported_damage() is None


@pytest.mark.usefixtures("strange")
def test_a_cut_file_is_noticed_and_a_change_is_found(folder: IndexFolder) -> None:
    engine = WhooshEngine(folder.path)
    put(folder, gone=[1])
    assert ids(find(engine, "giá đỡ bình")) == []
    next(folder.current().glob("*.trm")).write_bytes(b"")
    assert find(engine, "giá").reason is Reason.DAMAGED
