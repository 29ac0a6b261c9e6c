"""Building the index anew from the database, beside the one in use, and switching to it in one step.

Searching goes on meanwhile, and single changes go on being found: they are drained into the index in use while the parts of the
new one are built, and repeated in the new one before the switch.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import update

from innovations.core.aside import Aside, wait_for
from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.search import registry
from innovations.search.files.generations import IndexFolder
from innovations.search.files.writer import GenerationWriter
from innovations.search.keeping import state
from innovations.search.keeping.crew import LOOK_SECONDS, Crew, build_part, chunks, read_note
from innovations.search.keeping.drain import add_each, drain_into, load_each
from innovations.search.models import IndexState, Lane

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Effort:
    """How a rebuild goes about it.

    :param segment: documents of one part: bounds the memory of a process (284 MB with 2,500 documents of 300 words, with 4,000 385).
        Their posting lists are joined afterwards, so more parts make no search slower.
    :param processes: at most so many build parts at a time.
    :param said: told again and again how many documents of how many were read.
    """

    segment: int = 2500
    processes: int = min(2, os.cpu_count() or 1)
    said: Callable[[int, int], object] = lambda _done, _of: None

    def share(self, documents: int) -> int:
        """Documents of each part: as few parts as may be, but the same number for each process."""
        parts = max(1, -(-documents // self.segment))
        if parts > 1:
            parts = -(-parts // self.processes) * self.processes
        return max(1, -(-documents // parts))


class RebuildFailed(RuntimeError):
    """The new generation does not hold what the database holds; the one in use was left alone."""


def rebuild_in(folder: IndexFolder, because: str, live: Path | None, effort: Effort | None = None) -> dict[str, Any]:
    """Build a new generation and use it.  The caller holds the writer lock.

    :param because: kept in the manifest and in the database, shown by ``status``.
    :param live: the generation in use when it is sound: single changes are drained into it meanwhile.
    :raises RebuildFailed: the counts differ.
    :raises Died: a process that built a part ended before its time; the one in use was left alone.
    """
    _log.warning("rebuilding the search index: %s", because)
    folder.remove_leftovers()
    generation = folder.new()
    building = _Building(generation, because, live, effort or Effort())
    building.run(registry.all_ids())
    folder.switch_to(generation)
    with atomic() as session:
        session.execute(update(IndexState).values(rebuilt_at=now(), rebuilt_because=because[:200]))
    return {"rebuilt": because, "generation": generation.name, "documents": len(building.held), "failed": len(building.failed)}


class _Building:
    """One rebuild under way."""

    def __init__(self, generation: Path, because: str, live: Path | None, effort: Effort) -> None:
        self.generation, self.because, self.live, self.effort = generation, because, live, effort
        self.held: set[int] = set()
        self.failed: dict[int, str] = {}
        self.touched: set[int] = set()
        self._read = self._of = 0

    def run(self, ids: Sequence[int]) -> None:
        db.session.rollback()  # ends the read transaction that listed them
        self._of = len(ids)
        pieces = list(chunks(ids, self.effort.share(len(ids)))) or [()]
        parts = [(self.generation / f"part-{number}", piece) for number, piece in enumerate(pieces)]
        if len(parts) > 1 and self.effort.processes > 1:
            with Crew(parts, min(len(parts), self.effort.processes)) as crew:
                crew.work(self._meanwhile)
        else:
            for folder, piece in parts:
                build_part(folder, piece, lambda count: self._meanwhile(self._read + count))
        self._join([folder for folder, _piece in parts])
        self._catch_up()

    def _meanwhile(self, read: int) -> None:
        """Between two looks at the parts: say how far it is, and let single changes pass."""
        self._read = read
        self.effort.said(read, self._of)
        if self.live is not None:
            self.touched |= drain_into(self.live, [Lane.SINGLE]).touched

    def _join(self, parts: Sequence[Path]) -> None:
        """Make the parts one index, in a process of its own: 100,000 documents take seconds."""
        for part in parts:
            held, failed = read_note(part)
            self.held |= held
            self.failed |= failed
        with Aside(partial(_join, self.generation, self.because, parts)) as joining:
            while not wait_for([joining], LOOK_SECONDS):
                self._meanwhile(self._read)
        for part in parts:
            shutil.rmtree(part)

    def _add(self, writer: GenerationWriter, ids: Sequence[int]) -> None:
        documents, failed = load_each(ids)
        add_each(writer, documents.values(), failed)
        self.held |= documents.keys() - failed.keys()
        self.failed |= failed

    def _catch_up(self) -> None:
        """Repeat the changes that went into the index in use meanwhile, and compare the counts."""
        with GenerationWriter(self.generation) as writer:
            writer.remove(self.touched)
            self.held -= self.touched
            self._add(writer, sorted(self.touched))
            held = state.current()
            fingerprint, sequence = held.fingerprint, held.sequence
            db.session.rollback()
            found = writer.commit(fingerprint=fingerprint, sequence=sequence).documents
        if found != len(self.held):
            raise RebuildFailed(f"{found} documents indexed, {len(self.held)} loaded")


def _join(generation: Path, because: str, parts: Sequence[Path]) -> None:
    with GenerationWriter(generation, fresh=True, built_because=because) as writer:
        for part in parts:
            writer.adopt(part)
        writer.join()
        writer.commit()
