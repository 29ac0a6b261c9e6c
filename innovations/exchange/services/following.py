"""How an import tells its job how far it is.  An import by command has no job and tells nobody."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import select, update

from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.exchange.models import RegisterJob
from innovations.exchange.rules.events import NoticeKind
from innovations.exchange.rules.jobs import Ending
from innovations.extensions import db
from innovations.notifications import notify

#: While the file is read, nobody else writes for it: the page is told so often.
TELL_SECONDS = 1.0


class Follower:
    """Nobody."""

    def read(self, rows: int) -> None:
        """So many rows were read."""

    def begun(self, batch_id: int, of: int) -> None:
        """The batch was begun, ``of`` rows are to be written.  A step."""

    def wrote(self, rows: int) -> None:
        """So many more rows were written.  A step."""


class JobFollower(Follower):
    """A job's page."""

    def __init__(self, job_id: int) -> None:
        self._mine = update(RegisterJob).where(RegisterJob.id == job_id)
        self._told = time.monotonic()

    def read(self, rows: int) -> None:
        """Told once a second, in a transaction of its own."""
        if time.monotonic() - self._told >= TELL_SECONDS:
            with atomic() as session:
                session.execute(self._mine.values(done=rows))
            self._told = time.monotonic()

    def begun(self, batch_id: int, of: int) -> None:
        """From now on the job's end is the batch's."""
        db.session.execute(self._mine.values(batch_id=batch_id, done=0, total=of))

    def wrote(self, rows: int) -> None:
        """In the transaction that wrote them."""
        db.session.execute(self._mine.values(done=RegisterJob.done + rows))


def end(job: RegisterJob, ending: Ending, report: dict[str, Any] | None = None) -> None:
    """The job is over: who gave the order is told.  A step."""
    job.ending, job.finished_at, job.report = ending, now(), report
    kind = NoticeKind.REGISTER_IMPORTED if ending is Ending.DONE else NoticeKind.REGISTER_NOT_IMPORTED
    notify(kind, [job.by.person.human_id], "register_job", job.id)


def end_of_batch(batch_id: int) -> None:
    """The batch is published: so its job, if it has one, is done.  A step."""
    job = db.session.scalar(select(RegisterJob).where(RegisterJob.batch_id == batch_id))
    if job is not None:
        end(job, Ending.DONE)


def begin_again(batch_id: int) -> None:
    """The batch is removed: its job, if it has one, waits to be done anew.  A step."""
    lost = update(RegisterJob).where(RegisterJob.batch_id == batch_id)
    db.session.execute(lost.values(batch_id=None, done=0, total=0))
