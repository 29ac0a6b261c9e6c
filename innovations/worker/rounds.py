"""What the worker does in one round, and once a day.  Each piece is a job: it calls use cases, it has no rules of its own."""

import time
from collections.abc import Callable
from datetime import date

from flask import current_app

from innovations import audit, search
from innovations.boards.services import screening
from innovations.boards.services.schedules import follow_phases
from innovations.boards.services.seats import follow_the_calendar
from innovations.core.clock import today
from innovations.core.database import truncate_log
from innovations.exchange.services import people_jobs
from innovations.exchange.services.cleaning import clean_unfinished
from innovations.exchange.services.jobs import forget_uploads
from innovations.extensions import db
from innovations.library.services.following_up import remind_follow_ups
from innovations.proposals.services import purges
from innovations.worker.digests import make_digests
from innovations.worker.importing import Importer
from innovations.worker.mailing import Mailer
from innovations.worker.reading import FileReader
from innovations.worker.reminders import remind_deadlines

#: The write-ahead log is emptied so often when nothing else waits.
LOG_SECONDS = 60
#: Run at the start and once on every new day.
DAILY: tuple[Callable[[], object], ...] = (
    follow_phases,  # first: from midnight until then lists and search show what was shown yesterday
    audit.fix_daily,
    remind_deadlines,
    remind_follow_ups,
    make_digests,
    follow_the_calendar,
    forget_uploads,
    people_jobs.forget_untaken,
)


class Rounds:
    """The worker's memory: which day its daily jobs were done for, how far the index was compared, which file is being read or imported."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._emptied = 0.0
        self._comparison: search.Comparison | None = None
        self._reader, self._importer, self._mailer = FileReader(), Importer(), Mailer()
        self._merger = search.Merger(search.engine().folder)

    def start(self) -> None:
        """What a killed predecessor left behind is cleaned first."""
        clean_unfinished()

    def once(self) -> int:
        """One round; returns how many index jobs, passwords and screened proposals were handled, so that the caller knows whether to rest."""
        if self._day != today():
            self._daily()
        jobs = int(search.drain_once().get("jobs", 0))
        self._merger.step()
        self._reader.step()
        self._importer.step()
        self._mailer.step()
        db.session.rollback()
        jobs += people_jobs.step() + purges.clean_up()
        if not jobs:
            jobs = screening.step()
        if not jobs:
            self._compare_a_little()
            self._empty_the_log()
        return jobs

    def _empty_the_log(self) -> None:
        """Now and then, for what was deleted stays in SQLite's log when somebody was reading while a click tried to empty it."""
        if time.monotonic() - self._emptied >= LOG_SECONDS:
            truncate_log(db.engine, seconds=0)
            self._emptied = time.monotonic()

    def _compare_a_little(self) -> None:
        """One step of the day's look at the whole index."""
        if self._comparison is None and search.checked_on() != today():
            self._comparison = search.comparison()
        if self._comparison is not None and not self._comparison.step():
            if self._comparison.drifted or self._comparison.problems:
                found = len(self._comparison.drifted), self._comparison.problems
                current_app.logger.warning("the index differed from the database in %d documents; %s", *found)
            self._comparison = None

    def read_files(self) -> int:
        """Read every file that waits, before a single round; returns how many."""
        return self._reader.finish()

    def finish(self) -> None:
        """Wait for what a single round has begun."""
        self._merger.finish()

    def carry_out_imports(self) -> int:
        """Carry out every import that waits, before a single round; returns how many."""
        return self._importer.finish()

    def stop(self) -> None:
        """End what is under way; it begins again with the next worker."""
        self._reader.stop()
        self._merger.stop()
        self._importer.stop()

    def _daily(self) -> None:
        for job in DAILY:
            done = job()
            current_app.logger.info("daily job %s: %s", job.__name__, done)
        self._day = today()
