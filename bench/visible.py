"""How long after its commit a change can be searched, while changes keep coming into a large register.

``./dev bench visible [documents]`` brings a generated register in, starts the worker as ``./dev run`` starts it, and changes five
drafts a second for a minute; a reader's engine, which opens what the worker commits like a web process does, asks for each change
until it finds it.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

from bench import preparing, processes
from innovations import create_app, search
from innovations.cli.demo import staff
from innovations.extensions import db
from innovations.proposals.rules.visibility import reader_tokens

DOCUMENTS, DRAFTS, PER_SECOND, SECONDS = 100_000, 60, 5, 60
AIM_SECONDS = 2.0
_ASK_EVERY, _GIVE_UP_SECONDS = 0.01, 60


class Changes:
    """Renames drafts at a steady rate; ``waiting`` holds each word that its commit made findable, with the instant."""

    def __init__(self, instance: Path, addresses: list[str], count: int, mark: str) -> None:
        self.waiting: dict[str, float] = {}
        self.running = True
        self._instance, self._addresses, self._count, self._mark = instance, addresses, count, mark

    def make(self) -> None:
        """All of them, one after the other, each at its time."""
        app = create_app({"INSTANCE": self._instance})
        began = time.perf_counter()
        for number in range(self._count):
            time.sleep(max(0.0, began + number / PER_SECOND - time.perf_counter()))
            with app.app_context():
                word = f"{self._mark}{number}x"
                preparing.rename(self._addresses[number % len(self._addresses)], word)
                self.waiting[word] = time.perf_counter()
        self.running = False


def measure(instance: Path, addresses: list[str], count: int, mark: str = "zq") -> list[float]:
    """Seconds from commit to found of each change, in ascending order.

    :param mark: what the words put into titles begin with; another one for each measurement.
    """
    changes, lags = Changes(instance, addresses, count, mark), []
    tokens = reader_tokens(staff.find().actor(preparing.AUTHOR))
    db.session.rollback()
    writer = threading.Thread(target=changes.make)
    writer.start()
    while changes.running or changes.waiting:
        for word, since in list(changes.waiting.items()):
            if search.engine().search(search.parse(word), tokens, per_page=1, facets=()).total:
                lags.append(time.perf_counter() - since)
                del changes.waiting[word]
            elif time.perf_counter() - since > _GIVE_UP_SECONDS:
                raise SystemExit(f"a change was not found within {_GIVE_UP_SECONDS} seconds")
        time.sleep(_ASK_EVERY)
    writer.join()
    return sorted(lags)


def main(arguments: list[str]) -> int:
    """Build, measure, print; 1 when the slowest of a hundred waits longer than its aim."""
    documents = int(arguments[0]) if arguments else DOCUMENTS
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        instance = Path(folder)
        app = preparing.new_instance(instance)
        with app.app_context():
            print(f"{documents} documents: {preparing.bring_register(documents):.0f} rows/s brought in", flush=True)
            print(f"{preparing.build_index(documents):.0f} documents/s indexed", flush=True)
            addresses = preparing.drafts(DRAFTS)
            while search.drain_once().get("jobs"):
                pass
            with processes.started(instance, "-m", "flask", "work"):
                measure(instance, addresses, 1, "warm")  # until the worker has started
                lags = measure(instance, addresses, PER_SECOND * SECONDS)
    p50, p99 = lags[len(lags) // 2], lags[int(len(lags) * 0.99)]
    met = p99 <= AIM_SECONDS
    print(
        f"commit to found, {len(lags)} changes, {PER_SECOND} a second: p50 {p50:.2f} s  p99 {p99:.2f} s  slowest {lags[-1]:.2f} s"
        f"   {'met' if met else 'MISSED'} aim p99 {AIM_SECONDS:.0f} s"
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
