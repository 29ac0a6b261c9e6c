"""An index too large to be hashed while somebody waits is opened at once, and held against its checksums beside the queries."""

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from search_corpus import build, create_document, find, ids, put
from search_source import Source

from innovations import search
from innovations.search.engine import WhooshEngine
from innovations.search.files import checksums
from innovations.search.files.arrayreader import ArrayFile
from innovations.search.files.arrays import SUFFIX
from innovations.search.files.generations import IndexFolder
from innovations.search.port import Filters, Reason

Release = Callable[[], None]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Release]:
    """Every index counts as large; hashing in the background waits until the release is called, and is over when it returns."""
    monkeypatch.setattr(checksums, "AT_ONCE_BYTES", -1)
    may, threads, run = threading.Event(), [], checksums._Hashing.run

    def waiting(thread: checksums._Hashing) -> None:
        threads.append(thread)
        may.wait()
        run(thread)

    def release() -> None:
        may.set()
        for thread in threads:
            thread.join()

    monkeypatch.setattr(checksums._Hashing, "run", waiting)
    yield release
    release()


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    return build(tmp_path / "index")


def flip(path: Path) -> None:
    """Change the last bit: every file can still be opened."""
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def test_queries_are_answered_while_the_files_are_hashed(folder: IndexFolder, held: Release) -> None:
    engine = WhooshEngine(folder.path)
    assert ids(find(engine, "giá đỡ")) == [1]
    assert engine.status()["inspected"] is False
    held()
    assert engine.status()["inspected"] is True
    assert ids(find(engine, "giá đỡ")) == [1]


def test_a_changed_bit_is_noticed_when_its_file_is_hashed_and_reported_to_the_writer(folder: IndexFolder, held: Release) -> None:
    damaged = next(folder.current().glob("*.pst"))
    flip(damaged)
    engine = WhooshEngine(folder.path)
    assert find(engine, "giá").available
    held()
    found = find(engine, "giá")
    assert (found.available, found.reason) == (False, Reason.DAMAGED)
    assert damaged.name in (folder.reported_damage() or "")


def test_a_damaged_index_stays_condemned_when_something_is_added_and_heals_by_a_rebuild(
    folder: IndexFolder, held: Release
) -> None:
    flip(next(folder.current().glob("*.pst")))
    engine = WhooshEngine(folder.path)
    find(engine, "giá")
    held()
    put(folder, create_document(9, "Máy bơm"))
    assert find(engine, "bơm").reason is Reason.DAMAGED
    build(folder.path)
    assert find(engine, "giá").available


def test_a_cut_or_missing_file_is_noticed_before_the_first_answer(folder: IndexFolder, held: Release) -> None:
    path = next(folder.current().glob("*.pst"))
    content = path.read_bytes()
    path.write_bytes(content[:-1])
    assert find(WhooshEngine(folder.path), "giá").reason is Reason.DAMAGED
    path.unlink()
    assert find(WhooshEngine(folder.path), "giá").reason is Reason.DAMAGED


def test_the_table_of_contents_is_never_read_before_it_was_hashed(folder: IndexFolder, held: Release, monkeypatch) -> None:
    monkeypatch.setattr(checksums, "AT_ONCE_BYTES", 20_000)  # more than the table has, less than the segments
    flip(next(folder.current().glob("*.toc")))
    assert find(WhooshEngine(folder.path), "giá").reason is Reason.DAMAGED


def test_files_that_a_rebuild_took_away_meanwhile_are_no_damage(folder: IndexFolder, held: Release) -> None:
    engine = WhooshEngine(folder.path)
    find(engine, "giá")
    build(folder.path)
    held()
    assert find(engine, "giá").available
    assert folder.reported_damage() is None


def test_an_index_is_called_verified_once_its_files_and_its_documents_were_compared(
    source: Source, search_app: Flask, held: Release
) -> None:
    source.hold(1, "Giá đỡ")
    search.drain_once()
    compared = search.comparison()
    while compared.step():
        pass
    assert search.checked_on()
    assert not search.verified()
    held()
    assert search.verified()


def test_what_cannot_be_read_while_files_are_hashed_is_answered_plainly_and_decided_by_the_checksums(
    folder: IndexFolder, held: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody builds an index anew for an error that the checksums do not confirm, and no page fails for a turned bit."""

    def stumble(_file: ArrayFile, _number: int) -> None:
        raise IndexError

    engine = WhooshEngine(folder.path)
    assert ids(find(engine, "giá đỡ")) == [1]
    monkeypatch.setattr(ArrayFile, "stored", stumble)
    found = find(engine, "máy bơm")
    assert (found.available, found.reason) == (False, Reason.DAMAGED)
    assert engine.similar("Máy bơm", "nước giếng", {"any"}, filters=Filters(year=("2024",))) == ()
    assert not folder.reported_damage()
    held()
    with pytest.raises(IndexError):
        find(engine, "máy rửa")
    monkeypatch.undo()
    assert ids(find(engine, "giá đỡ")) == [1]


def test_no_turned_bit_of_the_arrays_ends_a_query_with_an_error(folder: IndexFolder, held: Release) -> None:
    (path,) = folder.current().glob(f"*{SUFFIX}")
    good, dice = path.read_bytes(), random.Random(5)
    for _ in range(60):
        turned = bytearray(good)
        turned[dice.randrange(len(turned))] ^= 1 << dice.randrange(8)
        path.write_bytes(turned)
        engine = WhooshEngine(folder.path)
        for text in ("giá đỡ", "gi*", "máy OR giá", '"giá đỡ"'):
            assert find(engine, text).total >= 0
        assert len(engine.similar("Giá đỡ bình ắc quy", "nặng", {"any"})) < 6
        engine.close()
