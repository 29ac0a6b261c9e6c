"""From a change to a hit: jobs, the drain, rebuilds, and what they survive."""

from pathlib import Path

import pytest
from flask import Flask
from search_source import Source
from sqlalchemy import func, select, update

from innovations import search
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.search import outbox, registry
from innovations.search.keeping.drain import MAX_ATTEMPTS
from innovations.search.models import IndexJob, IndexState, Lane
from innovations.search.registry import PartsDisagree

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


def test_a_change_is_found_after_one_round_and_its_job_is_gone(source: Source) -> None:
    search.drain_once()
    source.change(1, "Giá đỡ")
    assert search.drain_once() == {"jobs": 1, "written": 1, "gone": 0, "failed": 0}
    assert (found("giá đỡ"), waiting()) == ([1], 0)


def test_a_change_that_is_rolled_back_leaves_no_job() -> None:
    def click() -> None:
        with atomic():
            outbox.enqueue(1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        click()
    assert waiting() == 0


def test_asking_twice_in_one_click_makes_one_job() -> None:
    with atomic():
        outbox.enqueue(1)
        outbox.enqueue(1)
        outbox.enqueue(2)
    assert waiting() == 2


def test_the_current_document_is_indexed_not_the_one_of_the_job(source: Source) -> None:
    search.drain_once()
    source.change(1, "Giá đỡ")
    source.hold(1, "Máy bơm")
    search.drain_once()
    assert (found("giá đỡ"), found("máy bơm")) == ([], [1])


def test_the_first_round_builds_the_index_that_is_missing(source: Source) -> None:
    source.hold(1, "Giá đỡ")
    assert search.available() is False
    done = search.drain_once()
    assert (done["rebuilt"], done["documents"]) == ("missing: no generation in use", 1)
    assert found("giá đỡ") == [1]


@pytest.mark.parametrize("empty", ["tokens", "title", "code"])
def test_a_document_without_tokens_title_or_code_leaves_the_index(source: Source, empty: str) -> None:
    source.hold(1, "Giá đỡ")
    search.drain_once()
    source.change(1, **{"title": "Giá đỡ", empty: ""})
    search.drain_once()
    assert found("") == []


def test_an_erased_text_is_no_longer_in_any_file_of_the_index(source: Source, search_app: Flask) -> None:
    source.hold(1, "Giá đỡ")
    source.hold(2, "Xoáthửnghiệm")
    search.drain_once()
    files = Path(search_app.config["SEARCH_INDEX_DIR"])
    term = b"xoathunghiem"
    assert any(term in path.read_bytes() for path in files.rglob("*") if path.is_file())
    del source.held[2]
    with atomic():
        outbox.enqueue(2)
    assert search.drain_once()["rebuilt"] == "erased"
    assert not any(term in path.read_bytes() for path in files.rglob("*") if path.is_file())
    assert found("") == [1]


def test_single_changes_go_before_a_batch(source: Source) -> None:
    search.drain_once()
    with atomic():
        outbox.enqueue_batch(range(100, 130), "import-1")
    for number in range(100, 130):
        source.hold(number, "Máy bơm")
    source.change(1, "Giá đỡ")
    assert [done["jobs"] for done in drain_all()] == [1, 30]


def test_a_batch_shows_its_progress(source: Source) -> None:
    search.drain_once()
    for number in range(1, 701):
        source.hold(number, "Máy bơm")
    with atomic():
        outbox.enqueue_batch(range(1, 701), "import-1")
    assert search.status()["batches"] == [{"batch": "import-1", "done": 0, "size": 700}]
    search.drain_once()
    status = search.status()
    assert status["batches"] == [{"batch": "import-1", "done": 500, "size": 700}]
    assert status["pending"] == {"single": 0, "batch": 200}
    search.drain_once()
    assert (search.status()["batches"], search.status()["documents"]) == ([], 700)


def test_a_document_that_cannot_be_loaded_holds_no_other_up(source: Source) -> None:
    search.drain_once()
    source.change(1, "Giá đỡ")
    source.change(2, "Giá đỡ")
    source.poisoned = {2}
    assert search.drain_once() == {"jobs": 2, "written": 1, "gone": 0, "failed": 1}
    assert found("giá đỡ") == [1]
    job = db.session.scalars(select(IndexJob)).one()
    assert (job.document_id, job.attempts, job.last_error) == (2, 1, "RuntimeError")


def test_a_job_that_keeps_failing_waits_for_a_person_and_is_shown(source: Source) -> None:
    search.drain_once()
    source.change(2, "Giá đỡ")
    source.poisoned = {2}
    for _ in range(MAX_ATTEMPTS):
        search.drain_once()
    assert search.drain_once()["jobs"] == 0
    assert search.status()["stuck"] == 1


def test_a_document_that_cannot_be_analysed_fails_alone(source: Source) -> None:
    search.drain_once()
    source.change(1, "Giá đỡ")
    source.change(2, "Giá đỡ", problem=None)
    assert search.drain_once()["failed"] == 1
    assert found("giá đỡ") == [1]


def test_a_crash_after_the_index_commit_repeats_the_jobs_and_loses_nothing(source: Source) -> None:
    search.drain_once()
    source.change(1, "Giá đỡ")
    with atomic() as session:
        state = session.scalars(select(IndexState)).one()
        before = state.sequence
    search.drain_once()
    with atomic() as session:  # as the database was just before the jobs were deleted
        session.execute(update(IndexState).values(sequence=before))
        outbox.enqueue(1)
    assert search.drain_once() == {"jobs": 1, "written": 1, "gone": 0, "failed": 0}
    assert found("giá đỡ") == [1]


def test_parts_of_several_features_make_one_document(source: Source) -> None:
    source.hold(1, "Giá đỡ", rest="nhẹ")
    registry.register_part(
        "library", lambda ids: {1: {"adoptions": 2, "rest": "bền", "tokens": {"person:4"}}, 99: {"grade": "A"}}
    )
    document = registry.load([1])[1]
    assert (document.adoptions, document.rest, document.tokens) == (2, "nhẹ\nbền", {"any", "person:4"})


@pytest.mark.parametrize(("field", "value"), [("title", "Khác"), ("colour", "red")])
def test_parts_that_disagree_are_refused_by_name(source: Source, field: str, value: str) -> None:
    source.hold(1, "Giá đỡ")
    registry.register_part("library", lambda ids: {1: {field: value}})
    with pytest.raises(PartsDisagree, match=field):
        registry.load([1])


def test_the_lanes_are_all_that_a_job_may_name() -> None:
    assert [lane.value for lane in Lane] == ["single", "batch"]
    with pytest.raises(ValueError, match="express"):
        Lane("express")
