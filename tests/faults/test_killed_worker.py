"""The worker killed in the middle of draining and rebuilding, at random moments: nothing is lost, the index opens each time.

Eight times in the suite; a hundred times with ``./dev faults``, over a register that is rebuilt by several processes.
"""

from __future__ import annotations

import random
import time
from io import BytesIO
from pathlib import Path

from fault_processes import Forker, wait_until
from fault_sizes import WORKER_KILLS as KILLS
from fault_sizes import WORKER_ROWS as ROWS
from fault_sizes import WORKER_SECONDS as LONGEST_SECONDS

from innovations import search
from innovations.documents.models import FileText
from innovations.documents.reading import Ending
from innovations.exchange.services.importing import import_register
from innovations.extensions import db
from innovations.search import registry
from innovations.search.models import IndexJob
from tests.recognised import recognise
from tests.world import TEXT, World

FILES = 10


def bring_register(world: World, rows: int) -> None:
    """Import a register; its index jobs wait in the batch lane."""
    lines = "\n".join(f'Cải tiến giá để dụng cụ mẫu {n},"{TEXT}",2021,b{n}' for n in range(rows))
    source = BytesIO(f"title,description,year,external_id\n{lines}\n".encode())
    import_register(world.actor("vanphong"), world.staff.units["T1A"], source)


def jobs_left() -> int:
    count = db.session.query(IndexJob).count()
    db.session.rollback()
    return count


def indexed_or_waiting() -> set[int]:
    """Ids in the index as a fresh process opens it, and those whose job waits."""
    search.engine().close()
    waiting = {row[0] for row in db.session.query(IndexJob.document_id)}
    db.session.rollback()
    return waiting | (search.engine().document_ids() if search.available() else set())


def test_no_job_is_lost_and_the_index_equals_the_database_after_the_drain(world: World) -> None:
    chance, progress = random.Random(20261123), []
    with Forker(Path(world.app.instance_path)) as forker:
        first = forker.start("flask", "work")
        wait_until(search.available)
        forker.kill(first)
        bring_register(world, ROWS)
        for number in range(KILLS):
            recognise(world, title=f"Giá phơi giày sau giờ tập, kiểu {number}")
            if number % 4 == 3:
                search.engine().folder.report_damage("so that it is killed while rebuilding")
            left, worker = jobs_left(), forker.start("flask", "work")
            if number % 2:
                time.sleep(chance.uniform(0.1, LONGEST_SECONDS))
            else:  # as soon as it has done a job, however quick or slow it is
                wait_until(lambda before=left: jobs_left() < before, seconds=60)
            forker.kill(worker)
            everything = set(registry.all_ids())
            db.session.rollback()
            assert search.available(), number
            assert everything <= indexed_or_waiting(), number
            progress.append((left, jobs_left()))
        assert any(after < before for before, after in progress)  # it was really killed at work: not always before it,
        assert any(after for _, after in progress)  # and not always when all was done
        forker.start("flask", "work")
        wait_until(lambda: jobs_left() == 0, seconds=120)
    verified = search.verify_index()
    assert verified == {"ok": True, "problems": [], "documents": ROWS + KILLS, "expected": ROWS + KILLS}


def files_waiting() -> int:
    count = db.session.query(FileText).filter_by(ending=Ending.WAITING).count()
    db.session.rollback()
    return count


def test_every_file_is_read_in_the_end_although_the_worker_was_killed_while_reading(world: World) -> None:
    chance, progress, address = random.Random(20261125), set(), world.draft()
    for number in range(FILES):
        world.attach(address, text=f"Biên bản số {number}: đo lại sau mỗi tuần.\n" * 20_000)
    patience = 1.0  # on a slow machine a worker that gets nothing done is killed later each time
    with Forker(Path(world.app.instance_path)) as forker:
        while (left := files_waiting()) > 2:
            worker = forker.start("flask", "work")
            until = time.monotonic() + chance.uniform(0.2, 1.2) * patience
            while files_waiting() == left and time.monotonic() < until:  # a quick one is killed as soon as it has read a file
                time.sleep(0.01)
            forker.kill(worker)
            progress.add(files_waiting())
            patience = patience * 1.5 if files_waiting() == left else 1.0
        forker.start("flask", "work")
        wait_until(lambda: files_waiting() == jobs_left() == 0, seconds=30)
    assert len(progress) > 2
    assert {(row.ending, row.text[:12]) for row in db.session.query(FileText)} == {(Ending.TEXT, "Biên bản số ")}
    db.session.rollback()
