"""Of more than three words some are enough: those that weigh a fifth of all together, each by how rare it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from search_corpus import READER, build, create_document, find

from innovations.search.engine import WhooshEngine

#: Everyday words stand in most texts, each of the others in one.
EVERYDAY = ("dùng", "cho", "tổ", "trực", "khi", "kiểm", "tra")
RARE = {1: "tời", 2: "vát", 3: "phớt"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    everyday = " ".join(EVERYDAY)
    texts = [f"{everyday} {number}" for number in range(100)]
    texts += [RARE[1], f"{RARE[2]} {EVERYDAY[0]}", f"{EVERYDAY[0]} {EVERYDAY[1]}"]
    folder: Path = build(
        tmp_path_factory.mktemp("enough"), [create_document(n, text, solution="") for n, text in enumerate(texts, 1)]
    ).path
    opened = WhooshEngine(folder)
    yield opened
    opened.close()


def ids(engine: WhooshEngine, text: str) -> set[int]:
    return {hit.id for hit in find(engine, text, per_page=100).hits}


def test_one_rare_word_of_many_is_enough(engine: WhooshEngine) -> None:
    assert 101 in ids(engine, f"{RARE[1]} {' '.join(EVERYDAY[:4])}")


def test_an_everyday_word_of_many_is_not(engine: WhooshEngine) -> None:
    text = f"{' '.join(RARE.values())} {EVERYDAY[0]} {EVERYDAY[1]}"
    assert {101, 102} <= ids(engine, text)
    assert 103 not in ids(engine, text)


def test_a_word_that_stands_nowhere_weighs_most(engine: WhooshEngine) -> None:
    assert not ids(engine, f"{EVERYDAY[0]} zeta kappa lambda omikron")
    assert 101 in ids(engine, f"{RARE[1]} zeta kappa lambda")


def test_of_three_words_all_are_needed(engine: WhooshEngine) -> None:
    assert not ids(engine, f"{RARE[1]} {EVERYDAY[0]} {EVERYDAY[1]}")


def test_words_of_documents_that_the_reader_may_not_see_weigh_nothing_else(tmp_path: Path) -> None:
    seen = [create_document(n, text, solution="") for n, text in enumerate((*[" ".join(EVERYDAY)] * 20, RARE[1], RARE[2]), 1)]
    hidden = [create_document(n, RARE[1], solution="", tokens=frozenset({"unit:9"})) for n in range(50, 90)]
    text = f"{RARE[1]} {' '.join(EVERYDAY[:4])}"
    found = []
    for number, documents in enumerate((seen, [*seen, *hidden])):
        engine = WhooshEngine(build(tmp_path / str(number), documents).path)
        found.append([(hit.id, hit.score) for hit in find(engine, text, READER, per_page=100).hits])
        engine.close()
    assert found[0] == found[1]
    assert 21 in dict(found[0])
