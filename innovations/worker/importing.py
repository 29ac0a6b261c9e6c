"""Carries out imports that pages handed over: one at a time, in a process of its own, while the rounds go on.

A file that ends its process takes no index and no reminder with it, and what reading it took is given back afterwards.
"""

import sys
import time
from functools import partial

from flask import current_app

from innovations.core.aside import Aside
from innovations.core.rules.errors import StateForbids, Unavailable
from innovations.exchange.services import jobs

#: Exit status: it could not be done now (a full disk, an import by command); nothing is wrong with the file.
NOT_NOW = 75
PAUSE_SECONDS = 5.0  # after an attempt that failed


def _carry_out(job_id: int) -> None:
    """The process's whole life; it dies with the worker, or two would hold one order."""
    try:
        jobs.run(job_id)
    except (StateForbids, Unavailable) as reason:
        current_app.logger.warning("import job %d waits: %s", job_id, reason)
        sys.exit(NOT_NOW)


class Importer:
    """The order that is being carried out.  A worker that is killed left it waiting; the next one begins it again."""

    def __init__(self) -> None:
        self._job_id = 0
        self._process: Aside | None = None
        self._not_before = 0.0

    def step(self) -> bool:
        """Begin the next order when none is being carried out; never waits.  Returns whether one is."""
        if self._process is not None and self._process.exitcode is not None:
            self._ended(self._process.exitcode)
        if self._process is None and time.monotonic() >= self._not_before and (job_id := jobs.next_waiting()) is not None:
            self._begin(job_id)
        return self._process is not None

    def _begin(self, job_id: int) -> None:
        self._job_id, self._process = job_id, Aside(partial(_carry_out, job_id))
        self._process.start()

    def _ended(self, exitcode: int) -> None:
        self._process = None
        if exitcode:
            self._not_before = time.monotonic() + PAUSE_SECONDS
            current_app.logger.warning("import job %d ended with %d", self._job_id, exitcode)
        if exitcode not in (0, NOT_NOW):
            jobs.count_crash(self._job_id)

    def finish(self) -> int:
        """Carry out every order that waits, in this process; for a single round.  Returns how many."""
        done = 0
        while (job_id := jobs.next_waiting()) is not None:
            jobs.run(job_id)
            done += 1
        return done

    def stop(self) -> None:
        """End the process under way; its order goes on waiting."""
        if self._process is not None:
            self._process.stop()
            self._process = None
