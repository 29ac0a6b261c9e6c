"""The search index locked, missing or damaged: pages answer, say so, and the running worker heals it by itself."""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from fault_processes import codes_in, running, start_worker, wait_until
from fault_sizes import DAMAGE_SECONDS, DAMAGES_EACH
from flask.testing import FlaskClient

from innovations import search
from innovations.documents.models import FileText
from innovations.documents.reading import Ending
from innovations.extensions import db
from innovations.search.generations import WriterBusy, write_synced
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
NOTICE = "Đang lập lại chỉ mục tìm kiếm"


@pytest.fixture
def library(world: World) -> Iterator[World]:
    """Four indexed improvements and a worker process."""
    for title in TITLES:
        recognise(world, title=title)
    index(world)
    with running(start_worker(Path(world.app.instance_path))):
        yield world


def generation() -> Path:
    return search.engine().folder.current()


@contextmanager
def the_lock() -> Iterator[None]:
    """The writer lock, as soon as the worker ends the round it is in."""
    with ExitStack() as stack:
        wait_until(lambda: took_lock(stack), every=0.005)
        yield


def took_lock(stack: ExitStack) -> bool:
    try:
        stack.enter_context(search.engine().folder.writing())
    except WriterBusy:
        return False
    return True


def largest(name: str) -> Path:
    """The largest file of the kind: a column that no document fills is an empty file, and there is nothing in it to damage."""
    return max(generation().glob(name), key=lambda path: path.stat().st_size)


def gone(folder: Path) -> None:
    """Take a folder away at once: the worker may be tidying up in it."""
    shutil.rmtree(folder.rename(folder.with_name(f"{folder.name}-gone")))


def cut(name: str) -> None:
    path = largest(name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(name: str) -> None:
    path = largest(name)
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 0x10
    path.write_bytes(held)


def foreign_version() -> None:
    path = generation() / "meta.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 999}))


def of_another_database() -> None:
    path = generation() / "meta.json"
    write_synced(path, json.dumps({**json.loads(path.read_text()), "fingerprint": "not ours"}))  # whole, or it would be damaged


#: What happens to the index, and the beginning of why the worker says that it rebuilt.
DAMAGES: dict[str, tuple[Callable[[], object], str]] = {
    "the folder is gone": (lambda: gone(generation().parent), "missing"),
    "the pointer is gone": (lambda: (generation().parent / "CURRENT").unlink(), "missing"),
    "the pointer is garbage": (lambda: (generation().parent / "CURRENT").write_bytes(b"\xff\x00gen"), "missing"),
    "the generation is gone": (lambda: gone(generation()), "missing"),
    "postings cut": (lambda: cut("*.pst"), "damaged"),
    "terms cut": (lambda: cut("*.trm"), "damaged"),
    "a bit of the postings": (lambda: flip("*.pst"), "damaged"),
    "a bit of the terms": (lambda: flip("*.trm"), "damaged"),
    "a bit of a column": (lambda: flip("*.col"), "damaged"),
    "the table of contents is garbage": (lambda: next(generation().glob("*.toc")).write_bytes(b"\x80\x04garbage" * 40), "damaged"),
    "the manifest is garbage": (lambda: (generation() / "meta.json").write_bytes(b"\x00{]"), "damaged"),
    "a foreign version": (foreign_version, "outdated"),
    "another database's": (of_another_database, "made from another state"),
}  # fmt: skip


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


def said(library: World) -> str:
    """What the worker has said."""
    return (Path(library.app.instance_path) / "said.txt").read_text()


def nothing_waits() -> bool:
    """Whether every file was read and every change indexed."""
    waiting = db.session.query(FileText).filter_by(ending=Ending.WAITING).count() + db.session.query(IndexJob).count()
    db.session.rollback()
    return not waiting


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
