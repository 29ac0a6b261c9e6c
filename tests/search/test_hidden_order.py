"""Where documents stand in the files decides nothing: hidden and removed ones decide where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from search_corpus import READER, build, create_document, find, put

from innovations.search.engine import WhooshEngine
from innovations.search.files.generations import IndexFolder
from innovations.search.files.merging import Merger
from innovations.search.port import Sort

HIDDEN = frozenset({"person:9"})


def with_hidden(path: Path, texts: list[str], hidden: int, text: str = "Sổ", **more: object) -> IndexFolder:
    """An index whose first file is pushed behind the later ones by hidden documents, when they are many."""
    own = [create_document(number, each) for number, each in enumerate(texts, 1)]
    return build(path, [*own, *(create_document(100 + n, text, tokens=HIDDEN) for n in range(hidden))])


@pytest.mark.parametrize("hidden", [0, 20, 70])
def test_a_spelling_is_offered_as_the_newest_documents_write_it(tmp_path: Path, hidden: int) -> None:
    folder = with_hidden(tmp_path, ["bình luyện"] * 3, hidden)
    put(folder, *(create_document(n, "bình luyến") for n in (11, 12, 13, 14)))
    assert find(WhooshEngine(folder.path), "bình luyênn").suggestion == "bình luyến"


@pytest.mark.parametrize("hidden", [0, 20, 70])
def test_of_equally_telling_documents_the_shortest_are_compared(tmp_path: Path, hidden: int) -> None:
    folder = with_hidden(tmp_path, ["giá đỡ sách báo cũ trong kho lớn"] * 14, hidden)
    put(folder, *(create_document(n, "giá đỡ") for n in range(20, 32)))
    found = WhooshEngine(folder.path).similar("giá đỡ", "", READER)
    assert [(each.id, each.score) for each in found] == [(n, 1.0) for n in range(20, 25)]


def test_of_equally_telling_words_hidden_documents_choose_none(tmp_path: Path) -> None:
    words = [f"w{chr(97 + n // 6)}{chr(97 + n % 6)}" for n in range(35)]
    own = [
        create_document(1, words[0], problem=words[0]),
        create_document(2, "Sổ", rest=" ".join(words[1:34])),
        create_document(3, words[34], problem=words[34]),
    ]
    found = set()
    for secret in ("xyz", words[34], words[0]):
        folder = build(tmp_path / secret, own)
        put(folder, *(create_document(100 + n, secret, tokens=HIDDEN) for n in range(70)))
        found.add(WhooshEngine(folder.path).similar("", " ".join(words), READER))
    assert len(found) == 1


@pytest.mark.parametrize("sort", list(Sort))
def test_an_empty_index_has_nothing_in_any_order(tmp_path: Path, sort: Sort) -> None:
    results = find(WhooshEngine(build(tmp_path, []).path), "", sort=sort)
    assert (results.available, results.total) == (True, 0)


def test_segments_of_which_nothing_is_left_are_merged_away(tmp_path: Path) -> None:
    folder = build(tmp_path, [create_document(n, "Sổ") for n in range(1, 400)])
    for number in range(1000, 1004):
        put(folder, create_document(number, "Máy"))
    put(folder, *(create_document(n, "Máy bơm") for n in range(1000, 1005)))
    Merger(folder).finish()
    engine = WhooshEngine(folder.path)
    assert engine.status()["segments"] == 2
    assert (find(engine, "máy").total, find(engine, "sổ").total) == (5, 399)
