"""The day's summaries: counted by the worker after the day's reminders, once for each person."""

from collections import Counter
from datetime import timedelta

from innovations.boards.deadlines import deadlines
from innovations.core.clock import today
from innovations.core.transactions import atomic
from innovations.notifications import digests
from innovations.proposals.rules.climbing import Rung

SOON = timedelta(days=7)


def make_digests() -> int:
    """Write today's summaries; returns how many were new."""
    late, soon, on = Counter[int](), Counter[int](), today()
    with atomic():
        for each in deadlines():
            if each.due <= on + SOON:
                (late if each.due < on else soon).update(each.ladder[Rung.PERSON])
        return digests.write(late, soon)
