"""What can happen to the search index, and what the worker says of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from fault_processes import wait_until

from innovations import search
from innovations.documents.models import FileText
from innovations.documents.reading import Ending
from innovations.extensions import db
from innovations.search.files.generations import WriterBusy, write_synced
from innovations.search.models import IndexJob
from tests.world import World

#: What a page says while the index is made anew.
NOTICE = "Đang lập lại chỉ mục tìm kiếm"


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


def said(library: World) -> str:
    """What the worker has said."""
    return (Path(library.app.instance_path) / "said.txt").read_text()


def nothing_waits() -> bool:
    """Whether every file was read and every change indexed."""
    waiting = db.session.query(FileText).filter_by(ending=Ending.WAITING).count() + db.session.query(IndexJob).count()
    db.session.rollback()
    return not waiting
