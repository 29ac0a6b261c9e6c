"""Files of few documents are read as one: every answer is the one that they give apart, and only what a commit changed is joined anew."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from search_corpus import APART, LIBRARY, READER, build, create_document, find, put

from innovations.search.answers import reader
from innovations.search.asking.parser import parse
from innovations.search.documents import Document
from innovations.search.engine import WhooshEngine
from innovations.search.files.arrays import SUFFIX, read_layout
from innovations.search.files.generations import IndexFolder
from innovations.search.port import Filters, Reason, Results, Sort

WORDS = sorted({word for each in LIBRARY for word in f"{each.title} {each.problem} {each.solution}".lower().split()})
TOGETHER = reader.TOGETHER


def varied(dice: random.Random, number: int) -> Document:
    text = " ".join(dice.choices(WORDS, k=dice.randrange(3, 40)))
    files = (("biên bản.txt", " ".join(dice.choices(WORDS, k=9))),) if number % 4 == 0 else ()
    tokens = frozenset(READER if number % 5 else {"person:9"})
    return create_document(
        number, text[:50], solution=text, files=files, tokens=tokens, year=2015 + number % 9, adoptions=number % 3
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Commits of one document, of some and of many in turn; some replaced what an earlier one wrote."""
    dice = random.Random(21)
    folder, number = build(tmp_path_factory.mktemp("together"), [varied(dice, n) for n in range(1, 90)]), 100
    for size in (1, 30, 1, 5, 70, 1, 1, 17, 2):
        put(folder, *(varied(dice, number + n) for n in range(size)), gone=dice.sample(range(1, number), 3))
        number += size
    return folder.path


def opened(index: Path, together: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> WhooshEngine:
    monkeypatch.setattr(reader, "TOGETHER", together)
    engine = WhooshEngine(index)
    assert engine.available()
    return engine


def answers(engine: WhooshEngine) -> list[object]:
    dice = random.Random(5)
    asked = [" ".join(dice.choices(WORDS, k=dice.randrange(1, 6))) for _ in range(60)]
    asked += [f"{word[:2]}*" for word in WORDS if len(word) > 2] + [
        f'"{left} {right}"' for left, right in zip(asked[::2], asked[1::2], strict=True)
    ]
    asked += ["bìnhh ắc quy", "gias ddowx", "nam:2016..2018 giá", "giá -đỡ", "giá OR lốp"]
    found: list[object] = []
    for text in asked:
        for sort in (Sort.RELEVANCE, Sort.TITLE):
            found.append(told(find(engine, text, sort=sort)))
        found.append(engine.similar(text, text, READER, k=300))
        found.append(engine.explain(parse(text), READER, Filters(), range(300)))
    return found


def told(results: Results) -> tuple[object, ...]:
    """All but how long it took."""
    return tuple(value for name, value in vars(results).items() if name != "took_ms")


def test_answers_are_the_same_as_apart(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apart = opened(index, APART, monkeypatch)
    together = opened(index, TOGETHER, monkeypatch)
    assert len(apart._reader.snapshot().arrays) == 10
    assert len(together._reader.snapshot().arrays) == 4  # 89 and 70 documents apart; 30 and 17 together, and all smaller ones
    for one, other in zip(answers(apart), answers(together), strict=True):
        assert one == other


def test_after_a_commit_only_what_it_changed_is_joined_anew(tmp_path: Path) -> None:
    folder = build(tmp_path, [create_document(n, f"Giá đỡ số {n}") for n in range(1, 30)])
    put(folder, *(create_document(n, f"Bàn gá số {n}") for n in range(40, 60)))
    put(folder, create_document(70, "Ổ khóa"))
    engine = WhooshEngine(folder.path)
    before = [file for _base, file in engine._reader.snapshot().arrays]
    put(folder, create_document(71, "Ổ khóa kho"))
    after = [file for _base, file in engine._reader.snapshot().arrays]
    assert len(before) == len(after) == 2
    assert after[1] is before[1]
    assert after[0] is not before[0]
    assert find(engine, "ổ khóa").total == 2
    assert find(engine, "số").total == 49


@pytest.mark.parametrize("harm", ["cut", "turned"])
def test_a_damaged_file_among_them_is_noticed(tmp_path: Path, harm: str) -> None:
    folder = build(tmp_path)
    put(folder, create_document(20, "Giá để súng"))
    path = newest(folder)
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 1
    path.write_bytes(held[:-8] if harm == "cut" else held)
    results = find(WhooshEngine(folder.path), "giá")
    assert (results.available, results.reason) == (False, Reason.DAMAGED)


def test_a_bit_turned_after_it_was_read_is_noticed_when_it_is_joined_again(tmp_path: Path) -> None:
    folder = build(tmp_path)
    put(folder, create_document(20, "Giá để súng"))
    engine = WhooshEngine(folder.path)
    assert find(engine, "giá").available
    path = newest(folder)
    held = bytearray(path.read_bytes())
    held[read_layout(path).places()["places f"] + 1] ^= 64
    path.write_bytes(held)
    put(folder, create_document(21, "Ổ khóa"))
    results = find(engine, "giá")
    assert (results.available, results.reason) == (False, Reason.DAMAGED)
    assert folder.reported_damage() is not None


def newest(folder: IndexFolder) -> Path:
    return max(folder.current().glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime_ns)
