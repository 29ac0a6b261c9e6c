"""The index is held against its checksums and against the database: by command, and every day by the worker."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from search_source import Source

from innovations import search
from innovations.search.files import checksums
from innovations.search.keeping import keeper
from innovations.search.keeping.comparing import CHUNK, Comparison

pytestmark = pytest.mark.usefixtures("search_app")


@pytest.fixture
def three(source: Source, search_app: Flask) -> Source:
    """Three documents, indexed."""
    for number in (1, 2, 3):
        source.hold(number, "Giá đỡ")
    search.drain_once()
    return source


def compared() -> Comparison:
    comparison = search.comparison()
    while comparison.step():
        pass
    return comparison


def test_an_index_that_equals_the_database_is_found_to_be_so(three: Source) -> None:
    assert search.verify_index() == {"ok": True, "problems": [], "documents": 3, "expected": 3}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda source: source.hold(3, "Giá treo"), id="text"),
        pytest.param(lambda source: source.hold(3, "Giá đỡ", tokens={"somebody"}), id="rights"),
        pytest.param(lambda source: source.hold(3, "Giá đỡ", adoptions=4), id="adoptions"),
        pytest.param(lambda source: source.held.pop(3), id="gone"),
        pytest.param(lambda source: source.hold(4, "Giá đỡ"), id="new"),
    ],
)
def test_whatever_changed_without_being_indexed_is_named_and_mended(three: Source, change) -> None:
    change(three)
    found = search.verify_index()
    differing = 4 if 4 in three.held else 3
    assert (found["ok"], found["problems"]) == (False, [f"1 documents differ from the database: {differing}"])
    assert compared().drifted == {differing}
    assert search.status()["drift"] == 1
    search.drain_once()
    assert search.verify_index()["ok"]


def test_what_waits_to_be_indexed_is_no_difference(three: Source) -> None:
    three.change(2, "Giá treo")
    assert search.verify_index()["ok"]
    assert search.status()["pending"] == {"single": 1, "batch": 0}


def test_how_long_the_oldest_change_waits_is_said(three: Source) -> None:
    assert search.status()["lag_seconds"] == 0
    three.change(2, "Giá treo")
    assert search.status()["lag_seconds"] >= 0
    search.drain_once()
    assert search.status()["lag_seconds"] == 0


def test_a_changed_bit_in_a_file_nobody_reads_is_found_and_the_index_rebuilt(three: Source) -> None:
    generation = search.engine().folder.current()
    file = next(generation.glob("*.pst"))
    held = bytearray(file.read_bytes())
    held[-1] ^= 1
    file.write_bytes(held)
    assert compared().problems == [f"damaged: {file.name} differs from the manifest"]
    assert search.drain_once()["documents"] == 3
    assert search.verify_index()["ok"]


def test_an_index_counts_as_unchecked_until_all_of_it_was_compared_and_after_a_rebuild(three: Source) -> None:
    comparison = search.comparison()
    assert comparison.step()
    assert search.checked_on() is None
    while comparison.step():
        pass
    assert search.checked_on() is not None
    search.rebuild()
    assert search.checked_on() is None


def test_a_comparison_gives_way_to_a_rebuild_that_replaces_what_it_compared(three: Source) -> None:
    comparison = search.comparison()
    search.rebuild()
    assert not comparison.step()
    assert (comparison.problems, search.checked_on()) == ([], None)


def test_a_missing_index_is_said(three: Source) -> None:
    (Path(keeper.engine().folder.path) / "CURRENT").unlink()
    assert search.verify_index()["problems"] == ["missing: no generation in use"]


def test_an_index_taken_away_meanwhile_ends_the_comparison_and_the_next_round_rebuilds(three: Source) -> None:
    comparison, folder = search.comparison(), search.engine().folder
    assert comparison.step()
    folder.path.rename(folder.path.with_name("taken-away"))
    assert not comparison.step()  # a step that broke would make the worker wait before its next round
    assert comparison.problems == ["missing: no generation in use"]
    assert search.drain_once()["rebuilt"].startswith("missing")
    assert search.verify_index()["ok"]


def test_a_commit_between_two_steps_is_no_damage(three: Source) -> None:
    comparison = search.comparison()
    three.change(1, "Giá treo")
    search.drain_once()
    while comparison.step():
        pass
    assert (comparison.problems, comparison.drifted) == ([], set())


def test_a_file_that_a_commit_replaces_while_it_is_read_is_no_damage(three: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    read = checksums.verify

    def verify(*asked: Any) -> None:
        monkeypatch.setattr(checksums, "verify", read)
        three.change(1, "Giá treo")
        search.drain_once()  # its table of contents replaces the one that is asked for
        read(*asked)

    monkeypatch.setattr(checksums, "verify", verify)
    assert compared().problems == []


def test_one_step_compares_no_more_than_a_chunk(source: Source, search_app: Flask) -> None:
    for number in range(CHUNK + 1):
        source.hold(number, "Giá đỡ")
    search.drain_once()
    comparison = search.comparison()
    while comparison.expected == 0:
        comparison.step()
    assert comparison.expected == CHUNK
