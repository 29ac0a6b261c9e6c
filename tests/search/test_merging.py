"""Small segments are merged beside the commits: nothing is lost, nothing comes back, and no change waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from search_corpus import LIBRARY, build, create_document, find, ids, put

from innovations.search.engine import WhooshEngine
from innovations.search.files import merging
from innovations.search.files.checksums import verify
from innovations.search.files.generations import IndexFolder, read_manifest
from innovations.search.files.merging import Merger
from innovations.search.port import Sort


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    """Twelve commits of one document each, after those of the library."""
    made = build(tmp_path, LIBRARY)
    for number in range(10, 22):
        put(made, create_document(number, f"Máy bơm số {number}", adoptions=number, year=2000 + number))
    return made


@pytest.fixture
def engine(folder: IndexFolder) -> WhooshEngine:
    return WhooshEngine(folder.path)


@pytest.fixture
def merger(folder: IndexFolder) -> Iterator[Merger]:
    made = Merger(folder)
    yield made
    made.stop()


def left_beside(folder: IndexFolder) -> list[Path]:
    """Folders that segments were merged in."""
    return list(folder.path.glob("merging-*"))


def test_many_small_commits_are_merged_and_nothing_is_lost(folder: IndexFolder, engine: WhooshEngine, merger: Merger) -> None:
    assert engine.status()["segments"] == 13
    merger.finish()
    assert engine.status()["segments"] == 2  # the twelve, and the library
    assert find(engine, "máy bơm").total == 12
    assert ids(find(engine, "máy bơm", sort=Sort.ADOPTIONS, per_page=2)) == [21, 20]
    assert ids(find(engine, "máy bơm nam:2015")) == [15]
    assert ids(find(engine, '"bơm số 20"')) == [20]
    assert find(engine, "").total == 16
    verify(folder.current(), read_manifest(folder.current()))
    assert left_beside(folder) == []


def test_a_merged_segment_waits_for_others_of_its_size(folder: IndexFolder, engine: WhooshEngine, merger: Merger) -> None:
    merger.finish()
    for number in range(50, 53):
        put(folder, create_document(number, f"Máy bơm số {number}"))
        assert not merger.step()
    assert engine.status()["segments"] == 5
    put(folder, create_document(53, "Máy bơm số 53"))
    merger.finish()
    assert engine.status()["segments"] == 3  # the twelve were not written again


def test_what_changes_while_segments_are_merged_is_found_as_it_is_then(
    folder: IndexFolder, engine: WhooshEngine, merger: Merger
) -> None:
    assert merger.step()
    put(folder, create_document(12, "Thùng ươm hạt"), gone=[13])  # nobody holds the lock meanwhile
    assert ids(find(engine, "ươm hạt")) == [12]
    merger.finish()
    assert ids(find(engine, "ươm hạt")) == [12]
    assert ids(find(engine, '"bơm số 12"')) == ids(find(engine, '"bơm số 13"')) == []
    assert find(engine, "máy bơm").total == 10
    assert find(engine, "").total == 15


def test_nothing_that_was_removed_before_comes_back(folder: IndexFolder, engine: WhooshEngine, merger: Merger) -> None:
    put(folder, gone=[20, 21])
    merger.finish()
    assert find(engine, "máy bơm").total == 10
    assert engine.document_ids() == {*range(1, 7), *range(10, 22)} - {20, 21}


def test_a_merge_that_dies_changes_nothing_and_is_begun_again_after_the_next_commit(
    folder: IndexFolder, engine: WhooshEngine, merger: Merger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(*_: object) -> None:
        raise SystemExit(9)

    with monkeypatch.context() as patched:
        patched.setattr(merging, "merge", dying)
        merger.finish()
    assert (engine.status()["segments"], find(engine, "máy bơm").total, left_beside(folder)) == (13, 12, [])
    put(folder, create_document(50, "Máy bơm số 50"))
    merger.finish()
    assert (engine.status()["segments"], find(engine, "máy bơm").total) == (2, 13)


def test_an_index_built_anew_takes_nothing_from_a_merge_of_the_old_one(
    folder: IndexFolder, engine: WhooshEngine, merger: Merger
) -> None:
    assert merger.step()
    build(folder.path, [create_document(1, "Máy nâng bình")])
    merger.finish()
    assert (find(engine, "").total, find(engine, "máy bơm").total) == (1, 0)
    assert left_beside(folder) == []


def test_what_a_killed_worker_was_merging_is_removed_by_the_next_rebuild(folder: IndexFolder, merger: Merger) -> None:
    assert merger.step()
    assert left_beside(folder)
    folder.remove_leftovers()
    assert left_beside(folder) == []


def test_a_commit_between_two_looks_at_the_index_ends_no_merge(folder: IndexFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of contents that the manifest named is gone when it is read; the next one is there."""
    looks: list[int] = []

    def read_then_commit(generation: Path) -> object:
        found = read_manifest(generation)
        if not looks:
            put(folder, create_document(60, "Máy bơm số 60"))
        looks.append(found.toc)
        return found

    monkeypatch.setattr(merging, "read_manifest", read_then_commit)
    assert len(merging.worth_merging(folder.current())) == 13
    assert looks == [looks[0], looks[0] + 1, looks[0] + 1]


def test_a_table_of_contents_that_is_missing_is_no_commit(folder: IndexFolder) -> None:
    generation = folder.current()
    (generation / f"_MAIN_{read_manifest(generation).toc}.toc").unlink()
    with pytest.raises(FileNotFoundError):
        merging.worth_merging(generation)
