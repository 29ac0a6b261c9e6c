"""An import killed half way: its rows are shown nowhere, the next start removes them, and the file can be imported again."""

from __future__ import annotations

import random
import time
from datetime import datetime
from io import BytesIO
from pathlib import Path

from fault_disk import rows_of
from fault_processes import Forker, alive, wait_until
from sqlalchemy import select

from innovations import search
from innovations.cli.checking import CHECKS
from innovations.core.clock import now
from innovations.exchange.services.importing import check_register
from innovations.extensions import db
from innovations.proposals.models import ImportBatch, Proposal
from innovations.reports.files import FileFormat
from tests.recognised import index
from tests.world import TEXT, World

KILLS, ROWS = 3, 2000
WORD = "bấc thấm"


def register() -> str:
    lines = "\n".join(f'Cải tiến {WORD} mẫu {n},"{TEXT}",2021,b{n},{n}/QĐ,01/06/2021' for n in range(ROWS))
    return f"title,description,year,external_id,decision_number,decision_date\n{lines}\n"


def proposals() -> int:
    count = db.session.query(Proposal).count()
    db.session.rollback()
    return count


def written_since(began: datetime) -> bool:
    """Whether an import begun since then has committed rows and published none."""
    chosen = select(Proposal.id).join(ImportBatch, ImportBatch.id == Proposal.import_batch_id)
    found = db.session.scalar(chosen.where(ImportBatch.started_at > began, ImportBatch.published_at.is_(None)).limit(1))
    db.session.rollback()
    return found is not None


def what_is_shown(world: World) -> list[str]:
    """Every door a row could be seen through."""
    registrar, reader = world.client("vanphong"), world.client("docgia")
    paths = ["/proposals/", f"/proposals/?q={WORD}", "/library/", f"/library/?q={WORD}", "/reports/", "/"]
    shown = [client.get(path).text for client in (registrar, reader) for path in paths]
    exports = [registrar.get(f"/reports/register.{each.value}") for each in FileFormat if each.value == "csv"]
    return [*shown, *(answer.text for answer in exports)]


def kept(world: World) -> dict[str, list[tuple[object, ...]]]:
    """All rows but the record of the cleaning itself, which the worker signs, numbers given out, and the index's own state."""
    rows = rows_of(Path(world.app.instance_path) / "innovations.sqlite")
    return {
        name: held
        for name, held in rows.items()
        if name
        not in (
            "audit_event",
            "audit_checkpoint",
            "sqlite_sequence",
            "counter",
            "index_state",
            "audience",
            "audience_token",
            "notice",
        )
    }


def test_rows_of_a_killed_import_are_shown_nowhere_and_go_at_the_next_start(world: World) -> None:
    instance, chance = Path(world.app.instance_path), random.Random(20261123)
    world.submitted()
    index(world)
    (instance / "so.csv").write_text(register())
    with Forker(instance) as forker:
        worker = forker.start("flask", "work", "--once")
        wait_until(lambda: not alive(worker))  # while it looks for killed imports it refuses another one
        before = kept(world)
        for number in range(KILLS):
            began = now()
            started = forker.start("flask", "register", "import", str(instance / "so.csv"), "--unit", "T1A", "--as", "vanphong")
            wait_until(lambda since=began, pid=started: written_since(since) or not alive(pid))
            time.sleep(chance.uniform(0, 0.3))
            forker.kill(started)
            assert written_since(began), "killed too late, or the import was refused"
            assert not [page for page in what_is_shown(world) if f"{WORD} mẫu" in page], number
            report = check_register(world.actor("vanphong"), world.staff.units["T1A"], BytesIO(register().encode()))
            assert (report.created, report.unchanged) == (ROWS, 0)
            if number % 2:  # either the next start removes them, or the next import does
                cleaner = forker.start("flask", "work", "--once")
                wait_until(lambda pid=cleaner: not alive(pid))
                assert kept(world) == before
        again = forker.start("flask", "register", "import", str(instance / "so.csv"), "--unit", "T1A", "--as", "vanphong")
        wait_until(lambda: not alive(again), seconds=30)
    assert proposals() == ROWS + 1
    assert db.session.query(ImportBatch).count() == 1
    assert search.status()["pending"] == {"single": 0, "batch": ROWS}
    assert [problem for one in CHECKS for problem in one()] == []
