"""``flask work``: rounds until told to stop, or until the parent that started it is gone."""

import os
import signal
import threading
import time

import click
from flask import current_app
from flask.cli import with_appcontext

from innovations.worker.rounds import Rounds

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds, after a round that failed


def _stop_event() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


@click.command("work")
@click.option("--once", is_flag=True, help="One round, then stop.")
@with_appcontext
def work(once: bool) -> None:
    """Keep the index in step with the database, read files, send reminders, clean up."""
    rounds = Rounds()
    rounds.start()
    if once:
        files, imports = rounds.read_files(), rounds.carry_out_imports()
        click.echo(f"{files} files, {imports} imports, {rounds.once()} jobs")
        rounds.finish()
        return
    stop, parent, pause = _stop_event(), os.getppid(), FIRST_PAUSE
    while not stop.is_set() and os.getppid() == parent:
        began = time.monotonic()
        try:
            busy = rounds.once() > 0
            pause = FIRST_PAUSE
        except Exception:  # the worker outlives a full disk or a locked database: it says so and tries again, ever more slowly
            current_app.logger.exception("a round of the worker failed after %.1f s", time.monotonic() - began)
            stop.wait(pause)
            pause, busy = min(pause * 2, LONGEST_PAUSE), False
        if not busy:
            stop.wait(current_app.config["WORKER_POLL_SECONDS"])
    rounds.stop()
