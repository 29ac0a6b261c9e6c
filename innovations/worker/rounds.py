"""What the worker does in one round, and once a day.  Each piece is a job: it calls use cases, it has no rules of its own."""

from collections.abc import Callable
from datetime import date

from flask import current_app

from innovations import search
from innovations.boards.services.seats import follow_the_calendar
from innovations.core.clock import today
from innovations.exchange.services.cleaning import clean_unfinished
from innovations.extensions import db
from innovations.library.services.following_up import remind_follow_ups
from innovations.worker.reminders import remind_deadlines

#: Run at the start and once on every new day.
DAILY: tuple[Callable[[], object], ...] = (remind_deadlines, remind_follow_ups, follow_the_calendar)


class Rounds:
    """The worker's memory: which day its daily jobs were done for."""

    def __init__(self) -> None:
        self._day: date | None = None

    def start(self) -> None:
        """What a killed predecessor left behind is cleaned first."""
        clean_unfinished()

    def once(self) -> int:
        """One round; returns how many index jobs were handled, so that the caller knows whether to rest."""
        if self._day != today():
            self._daily()
        drained = search.drain_once()
        db.session.rollback()
        return int(drained.get("jobs", 0))

    def _daily(self) -> None:
        for job in DAILY:
            done = job()
            current_app.logger.info("daily job %s: %s", job.__name__, done)
        self._day = today()
