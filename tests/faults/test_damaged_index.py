"""The search index locked, missing or damaged: pages answer, say so, and the running worker heals it by itself."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_index import DAMAGES, NOTICE, generation, nothing_waits, said, the_lock
from fault_processes import codes_in, running, start_worker, wait_until
from fault_sizes import DAMAGE_SECONDS, DAMAGES_EACH
from flask.testing import FlaskClient

from innovations import search
from innovations.extensions import db
from innovations.search.models import IndexJob, IndexState
from tests.recognised import index, recognise
from tests.world import World

TITLES = (
    "Giá đỡ tháo lắp cụm máy nặng trong xưởng",
    "Giá treo dụng cụ cứu hỏa",
    "Bộ câu hỏi trắc nghiệm chính trị",
    "Máy bơm nước giếng khoan",
)
QUESTIONS = ("/library/?q=gia+do", "/library/?q=máy+nặng", "/library/?q=trac+nghiem&sort=title", "/library/", "/proposals/?q=giá")
PAGES = ("/", "/proposals/", "/boards/", "/reports/", "/readyz", "/proposals/new", *QUESTIONS)


@pytest.fixture
def library(world: World) -> Iterator[World]:
    """Four indexed improvements and a worker process."""
    for title in TITLES:
        recognise(world, title=title)
    index(world)
    with running(start_worker(Path(world.app.instance_path))):
        yield world


def ask(client: FlaskClient) -> dict[str, list[str]]:
    """The hits of every question; no page may fail, whatever the index is like."""
    pages = {path: client.get(path) for path in PAGES}
    assert {path: page.status_code for path, page in pages.items() if page.status_code != 200} == {}
    return {path: codes_in(pages[path].text) for path in QUESTIONS}


def rebuilt_because() -> str:
    state = db.session.query(IndexState).one()
    because = state.rebuilt_because or ""
    db.session.rollback()
    return because


def test_whatever_happens_to_the_index_pages_answer_and_the_worker_heals_it(library: World) -> None:
    client = library.client("docgia")
    wait_until(lambda: search.status()["rebuilt_at"] and nothing_waits(), told=lambda: (search.status(), said(library)))
    before, seen = ask(client), {}
    assert all(before.values())
    chance = random.Random(f"{library.app.instance_path}")  # its own each time: the worker is at something else at each damage
    for name in chance.sample([*DAMAGES] * DAMAGES_EACH, len(DAMAGES) * DAMAGES_EACH):
        damage, because = DAMAGES[name]
        time.sleep(chance.uniform(0, DAMAGE_SECONDS))
        with the_lock():  # the worker waits, so that the damage is met by a reader first
            damage()
            search.engine().close()  # as a web process that opens it now
            during = client.get(QUESTIONS[0])
            if because != "made from another state":
                assert NOTICE in during.text, name
                assert codes_in(during.text), name  # answered plainly from the database
            ask(client)
        seen[name] = wait_until(
            lambda why=because: rebuilt_because().startswith(why) and search.available(),
            told=lambda name=name: (name, rebuilt_because(), search.status(), said(library)[-4000:]),
        )
        assert ask(client) == before, name
        assert NOTICE not in client.get(QUESTIONS[0]).text, name
        db.session.rollback()  # what the pages read may be older than what the worker wrote meanwhile
        db.session.execute(IndexState.__table__.update().values(rebuilt_because=""))
        db.session.commit()
    assert search.verify_index()["ok"]
    assert said(library).count("rebuilding the search index") >= len(DAMAGES) * DAMAGES_EACH
    assert "a round of the worker failed" not in said(library)
    print(f"healed after at most {max(seen.values()):.1f} s")


def test_a_locked_index_answers_from_its_last_commit_and_catches_up_when_the_lock_is_free(library: World) -> None:
    client = library.client("docgia")
    with the_lock():
        code = recognise(library, title="Giá phơi giày sau giờ tập")
        found = codes_in(client.get("/library/?q=gia").text)
        assert found
        assert code not in found
        assert db.session.query(IndexJob).count() > 0
        db.session.rollback()
    took = wait_until(lambda: code in codes_in(client.get("/library/?q=gia").text))
    print(f"found {took:.1f} s after the lock was free")


def test_a_lock_left_by_a_killed_writer_holds_nobody(library: World) -> None:
    for name in ("LOCK", str(generation() / "MAIN_WRITELOCK")):
        (generation().parent / name).write_text("4711")
    code = recognise(library, title="Giá phơi giày sau giờ tập")
    client = library.client("docgia")
    wait_until(lambda: code in codes_in(client.get("/library/?q=gia+phoi").text))
    shown = client.get("/library/?q=gia+phoi").text
    assert code in codes_in(shown)
    assert NOTICE not in shown  # from the index, not plainly from the database
