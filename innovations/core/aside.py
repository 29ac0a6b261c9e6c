"""A piece of work in a process of its own, which ends with the one that started it, whatever kills that."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import wait
from typing import Self

from flask import has_app_context

from innovations.core.processes import die_with
from innovations.extensions import db


class Died(RuntimeError):
    """A process ended before its work was done; nothing of it is used."""


class Aside:
    """One call of ``work``, begun in a ``with`` block or by :meth:`start`; the process has no database connection.

    :param last: whether it runs only while the processor has nothing else to do.  An import that loses the processor to a
        rebuild keeps every writer waiting, for it holds the database's write lock; the lowest niceness did not help against that.
        Not for what readers wait for on a machine that is busy for minutes.
    """

    def __init__(self, work: Callable[[], object], *, last: bool = False) -> None:
        self._parent, self._last = os.getpid(), last
        self._process = multiprocessing.get_context("fork").Process(target=self._run, args=(work,))

    def start(self) -> None:
        """Begin."""
        if has_app_context():
            db.session.remove()
            db.engine.dispose()  # SQLite forbids taking a connection into another process
        self._process.start()

    @property
    def exitcode(self) -> int | None:
        """With what it ended; None while it is at work."""
        return self._process.exitcode

    def ended(self) -> bool:
        """Whether the work is done.

        :raises Died: it never will be.
        """
        if self._process.exitcode:
            raise Died(f"exit code {self._process.exitcode}")
        return self._process.exitcode is not None

    def wait(self) -> None:
        """Until it ends, done or not."""
        self._process.join()

    def stop(self) -> None:
        """End it, done or not."""
        self._process.kill()
        self._process.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self, work: Callable[[], object]) -> None:
        die_with(self._parent, signal.SIGKILL)
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, signal.SIG_DFL)
        if self._last:
            _give_way()
        work()


def _give_way() -> None:
    """Run when nothing else wants to, or, where that is not allowed, as seldom as niceness can say."""
    try:
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    except OSError:
        os.nice(19)


def wait_for(works: Sequence[Aside], seconds: float) -> bool:
    """Wait until one of ``works`` ends, so long at most; returns whether all have ended.

    :raises Died: one ended before its work was done.
    """
    running = [work._process.sentinel for work in works if not work.ended()]
    if running:
        wait(running, timeout=seconds)
    return all(work.ended() for work in works)
