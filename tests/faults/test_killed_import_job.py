"""A register handed over by a page while its worker is killed again and again: in the end each row stands there once."""

from __future__ import annotations

import os
import random
import signal
import time
from io import BytesIO
from pathlib import Path

from fault_processes import Forker, alive, children, wait_until
from sqlalchemy import func, select

from innovations import audit
from innovations.cli.checking import CHECKS
from innovations.core.transactions import atomic
from innovations.exchange.models import RegisterJob, StagedChange
from innovations.exchange.rules.jobs import Ending
from innovations.exchange.services import jobs
from innovations.exchange.services.importing import import_register
from innovations.extensions import db
from innovations.proposals.models import ImportBatch, Proposal
from innovations.proposals.models_dossier import Contribution
from innovations.search.models import IndexJob
from tests.world import World

KILLS, OLD, NEW = 6, 800, 1200


def register(rows: int, grade: str) -> bytes:
    lines = "\n".join(f"Giá treo kiểu {n},2021,b{n},{grade},Lê An" for n in range(rows))
    return f"title,year,external_id,grade,authors\n{lines}\n".encode()


def seen(world: World) -> tuple[int, set[str | None]]:
    """How many records the register's own pages know, and the grades of the old ones."""
    whole = select(ImportBatch.id).where(ImportBatch.published_at.is_not(None))
    count = db.session.scalar(select(func.count()).select_from(Proposal).where(Proposal.import_batch_id.in_(whole))) or 0
    old = select(Proposal.grade).where(Proposal.import_batch_id == select(func.min(ImportBatch.id)).scalar_subquery()).distinct()
    grades = set(db.session.scalars(old))
    db.session.rollback()
    return count, grades


def state_of(job_id: int) -> tuple[Ending, int]:
    job = db.session.get_one(RegisterJob, job_id)
    found = job.ending, job.done
    db.session.rollback()
    return found


def decided() -> bool:
    found = db.session.scalar(select(ImportBatch.decided_at).order_by(ImportBatch.id.desc()).limit(1))
    db.session.rollback()
    return found is not None


def handed_over(world: World) -> int:
    """A register of which a part is there with another grade."""
    actor, unit = world.actor("vanphong"), world.staff.units["T1A"]
    import_register(actor, unit, BytesIO(register(OLD, "B")))
    with atomic() as session:
        session.query(IndexJob).delete()
    return jobs.ask_import(actor, unit, BytesIO(register(OLD + NEW, "A")), create_units=False, skip_bad_rows=False)


def test_an_import_whose_worker_is_killed_is_taken_up_again_and_nothing_is_half_shown_or_doubled(world: World) -> None:
    job_id, chance = handed_over(world), random.Random(20261128)
    with Forker(Path(world.app.instance_path)) as forker:
        for number in range(KILLS):
            worker = forker.start("flask", "work")
            wait_until(lambda pid=worker: children(pid) or state_of(job_id)[0] is not Ending.WAITING)
            time.sleep(chance.uniform(0.1, 1.5))
            carriers = children(worker)
            forker.kill(worker)
            wait_until(lambda those=carriers: not any(map(alive, those)))  # no second process holds the order
            if not decided():
                assert seen(world) == (OLD, {"B"}), number
        forker.start("flask", "work")
        wait_until(lambda: state_of(job_id)[0] is not Ending.WAITING, seconds=120)
    assert state_of(job_id)[0] is Ending.DONE
    assert seen(world) == (OLD + NEW, {"A"})
    assert db.session.query(Contribution).count() == OLD + NEW
    assert db.session.query(StagedChange).count() == 0
    batch = db.session.get_one(RegisterJob, job_id).batch_id
    (event,) = (each for each in audit.events_of("import_batch", batch or 0) if each.tag == "exchange.register_imported")
    assert (event.data["created"], event.data["updated"]) == (NEW, OLD)
    assert [problem for one in CHECKS for problem in one()] == []


def test_the_worker_outlives_a_process_that_carries_an_order_out_and_begins_it_again(world: World) -> None:
    job_id = handed_over(world)
    with Forker(Path(world.app.instance_path)) as forker:
        worker = forker.start("flask", "work")
        wait_until(lambda: state_of(job_id)[1] > 0)
        for child in children(worker):  # one of them carries the order out
            os.kill(child, signal.SIGKILL)
        wait_until(lambda: state_of(job_id)[0] is not Ending.WAITING, seconds=120)
        assert alive(worker)
    assert state_of(job_id)[0] is Ending.DONE
    assert db.session.get_one(RegisterJob, job_id).crashes == 1
    assert seen(world) == (OLD + NEW, {"A"})
