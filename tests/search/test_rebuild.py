"""When the index is built anew, what goes on meanwhile, and how its state is told."""

import json
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from search_source import Source
from sqlalchemy import func, select, update

from innovations import search
from innovations.core.aside import Aside, Died
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.search import outbox, registry
from innovations.search.engine import WhooshEngine
from innovations.search.files import merging
from innovations.search.keeping import crew
from innovations.search.keeping.rebuild import Effort
from innovations.search.models import IndexJob, IndexState

pytestmark = pytest.mark.usefixtures("search_app")


def found(text: str) -> list[int]:
    """What a page finds."""
    return [hit.id for hit in search.engine().search(search.parse(text), {"any"}).hits]


def waiting() -> int:
    count = db.session.scalar(select(func.count(IndexJob.id)))
    db.session.rollback()
    return count or 0


def drain_all() -> list[dict]:
    rounds = []
    while waiting():
        rounds.append(search.drain_once())
        assert len(rounds) < 20
    return rounds


def test_many_small_pieces_are_left_to_the_merging(source: Source) -> None:
    search.drain_once()
    for number in range(1, 31):
        source.change(number, "Máy")
        search.drain_once()
    assert search.drain_once() == {"jobs": 0, "written": 0, "gone": 0, "failed": 0}
    assert search.status()["segments"] > 24
    search.Merger(search.engine().folder).finish()
    assert search.status()["segments"] <= 24
    assert search.verify_index()["ok"]


def test_an_index_in_many_large_pieces_is_tidied_when_nothing_else_waits(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "UP_TO", (4, 16, 64))  # smaller imports are large then
    search.drain_once()
    for number in range(1, 27 * 130):
        source.hold(number, "Máy")
    for start in range(1, 27 * 130, 130):
        with atomic():
            outbox.enqueue_batch(range(start, start + 126), f"import-{start}")
        while search.drain_once()["jobs"]:
            pass
    status = search.status()
    assert (status["rebuilt_because"], status["segments"] <= 24) == ("many segments", True)
    assert search.verify_index()["documents"] == status["documents"]


def test_an_index_ahead_of_a_restored_database_is_rebuilt(source: Source) -> None:
    source.hold(1, "Giá đỡ")
    search.drain_once()
    for number in (2, 3, 4):
        source.change(number, "Giá đỡ")
        search.drain_once()
    with atomic() as session:
        session.execute(update(IndexState).values(sequence=1))
    source.held = {1: source.held[1]}
    assert search.drain_once()["rebuilt"] == "made from another state of the database"
    assert found("giá đỡ") == [1]


def test_an_index_of_another_database_is_rebuilt(source: Source) -> None:
    source.hold(1, "Giá đỡ")
    search.drain_once()
    with atomic() as session:
        session.execute(update(IndexState).values(fingerprint="another"))
    assert search.drain_once()["rebuilt"] == "made from another state of the database"


def test_damage_that_a_reader_met_is_repaired_by_the_worker_and_recorded(source: Source) -> None:
    source.hold(1, "Giá đỡ")
    search.drain_once()
    broken = next(search.engine().folder.current().glob("*.pst"))
    broken.write_bytes(broken.read_bytes()[:-1] + b"\x00")
    web = WhooshEngine(search.engine().folder.path)  # another process: it opens the files anew
    results = web.search(search.parse("giá đỡ"), {"any"})
    assert (results.available, results.reason) == (False, search.Reason.DAMAGED)
    assert search.drain_once()["rebuilt"].startswith("damaged: ")
    assert [hit.id for hit in web.search(search.parse("giá đỡ"), {"any"}).hits] == [1]
    assert search.status()["rebuilt_because"].startswith("damaged: ")


def test_a_cut_file_is_noticed_before_the_next_commit(source: Source) -> None:
    source.hold(1, "Giá đỡ")
    search.drain_once()
    search.drain_once()
    next(search.engine().folder.current().glob("*.trm")).write_bytes(b"")
    assert search.drain_once()["rebuilt"].startswith("damaged")


def test_an_index_of_an_older_version_is_rebuilt(source: Source) -> None:
    source.hold(1, "Giá đỡ")
    search.drain_once()
    manifest = search.engine().folder.current() / "meta.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 0}))
    assert search.drain_once()["rebuilt"] == "outdated: format 0"


def test_a_rebuild_serves_the_old_index_until_the_new_one_is_whole(source: Source) -> None:
    for number in range(1, 601):
        source.hold(number, "Giá đỡ")
    search.drain_once()
    seen = []
    registry.register_part("watch", lambda ids: seen.append(len(found("giá đỡ"))) or {})
    assert search.rebuild()["documents"] == 600
    assert set(seen) == {20}
    assert search.status()["generation"] == "gen-2"


def test_a_single_change_during_a_rebuild_is_found_before_it_ends_and_after(source: Source) -> None:
    for number in range(1, 601):
        source.hold(number, "Giá đỡ")
    search.drain_once()
    seen = []

    def change_in_the_middle(ids: list[int]) -> dict:
        if 300 in ids:
            source.change(1, "Máy bơm")
        if 600 in ids:
            seen.append(found("máy bơm"))
        return {}

    registry.register_part("meanwhile", change_in_the_middle)
    search.rebuild()
    assert seen == [[1]]
    assert found("máy bơm") == [1]
    assert search.verify_index()["ok"]


def test_a_held_write_lock_leaves_every_job_waiting(source: Source) -> None:
    search.drain_once()
    source.change(1, "Giá đỡ")
    with search.engine().folder.writing():
        assert search.drain_once() == {"busy": True}
        assert search.rebuild() == {"busy": True}
    assert waiting() == 1


def _held(source: Source, count: int) -> None:
    for number in range(1, count + 1):
        source.hold(number, f"Giá đỡ số {number}")


@pytest.mark.parametrize(("documents", "processes"), [(1, 2), (10, 1), (11, 2), (45, 2), (45, 3)])
def test_an_index_built_in_parts_by_several_processes_is_the_same_as_one_built_at_once(
    source: Source, documents: int, processes: int
) -> None:
    _held(source, documents)
    said: list[tuple[int, int]] = []
    effort = Effort(segment=10, processes=processes, said=lambda read, of: said.append((read, of)))
    assert search.rebuild(effort=effort)["documents"] == documents
    assert search.verify_index() == {"ok": True, "problems": [], "documents": documents, "expected": documents}
    assert said[-1] == (documents, documents)
    generation = search.engine().folder.current()
    assert not list(generation.glob("part-*"))


def test_parts_are_shared_out_evenly_and_no_part_is_larger_than_memory_allows() -> None:
    effort = Effort(segment=4000, processes=2)
    assert [effort.share(count) for count in (0, 4000, 4001, 10_240, 100_000)] == [1, 4000, 2001, 2560, 3847]


def test_a_document_that_no_process_can_read_is_left_out_and_counted(source: Source) -> None:
    _held(source, 30)
    source.poisoned = {7}
    done = search.rebuild(effort=Effort(segment=10, processes=2))
    assert (done["documents"], done["failed"]) == (29, 1)


def test_a_process_that_dies_leaves_the_index_in_use_alone(source: Source) -> None:
    _held(source, 30)
    search.drain_once()
    before = search.engine().folder.current()
    parent = os.getpid()

    def dying(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        if os.getpid() != parent:
            os._exit(9)
        return source.part(ids)

    registry._parts["source"] = dying
    with pytest.raises(Died):
        search.rebuild(effort=Effort(segment=10, processes=2))
    assert search.engine().folder.current() == before
    assert search.verify_index()["ok"]
    registry._parts["source"] = source.part
    assert search.rebuild(effort=Effort(segment=10, processes=2))["documents"] == 30


def test_a_change_made_while_processes_build_is_found_afterwards(source: Source) -> None:
    _held(source, 30)
    search.drain_once()
    changed: list[int] = []

    def said(_read: int, _of: int) -> None:
        if not changed:
            changed.append(1)
            source.change(5, "Thùng ươm hạt")

    search.rebuild(effort=Effort(segment=10, processes=2, said=said))
    while search.drain_once().get("jobs"):
        pass
    assert changed
    assert search.verify_index() == {"ok": True, "problems": [], "documents": 30, "expected": 30}


def test_long_texts_close_a_segment_before_they_fill_the_memory(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "SEGMENT_CHARACTERS", 100)
    monkeypatch.setattr(crew, "CHUNK", 2)
    for number in range(1, 10):
        source.hold(number, "Giá đỡ", solution="dài " * 40)
    search.rebuild()
    assert search.status()["segments"] == 5
    assert search.verify_index() == {"ok": True, "problems": [], "documents": 9, "expected": 9}


def _note_scheduling(note: Path) -> None:
    note.write_text(str(os.sched_getscheduler(0)))


@pytest.mark.parametrize("last", [True, False])
def test_a_process_that_is_to_come_last_runs_while_nothing_else_wants_the_processor(tmp_path: Path, last: bool) -> None:
    note = tmp_path / "scheduling"
    with Aside(partial(_note_scheduling, note), last=last) as process:
        process.wait()
    assert note.read_text() == str(os.SCHED_IDLE if last else os.SCHED_OTHER)


def test_the_parts_of_a_large_index_come_last(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(crew, "Aside", lambda _work, *, last=False: asked.append(last))
    crew.Crew([(tmp_path, [1]), (tmp_path, [2])], processes=2)
    assert asked == [True, True]
