"""Building the index anew from the database, beside the one in use, and switching to it in one step.

Searching goes on meanwhile, and single changes go on being found: they are drained into the index in use between two
chunks, and repeated in the new one before the switch.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import update

from innovations.core.clock import now
from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.search import registry, state
from innovations.search.drain import add_each, drain_into, load_each
from innovations.search.generations import IndexFolder
from innovations.search.models import IndexState, Lane
from innovations.search.writer import GenerationWriter

#: Documents loaded at once; between two chunks waiting single changes get their turn.
CHUNK = 250
#: Documents per segment at least: bounds the memory of a rebuild (about 40 KB a document).
SEGMENT = 2500
_log = logging.getLogger(__name__)


class RebuildFailed(RuntimeError):
    """The new generation does not hold what the database holds; the one in use was left alone."""


def rebuild_in(folder: IndexFolder, because: str, live: Path | None) -> dict[str, Any]:
    """Build a new generation and use it.  The caller holds the writer lock.

    :param because: kept in the manifest and in the database, shown by ``status``.
    :param live: the generation in use when it is sound: single changes are drained into it meanwhile.
    :raises RebuildFailed: the counts differ.
    """
    _log.warning("rebuilding the search index: %s", because)
    folder.remove_leftovers()
    generation = folder.new()
    building = _Building(generation, because, live)
    building.run(registry.all_ids())
    folder.switch_to(generation)
    with atomic() as session:
        session.execute(update(IndexState).values(rebuilt_at=now(), rebuilt_because=because[:200]))
    return {"rebuilt": because, "generation": generation.name, "documents": len(building.held), "failed": len(building.failed)}


class _Building:
    """One rebuild under way."""

    def __init__(self, generation: Path, because: str, live: Path | None) -> None:
        self.generation, self.because, self.live = generation, because, live
        self.held: set[int] = set()
        self.failed: dict[int, str] = {}
        self.touched: set[int] = set()

    def run(self, ids: Sequence[int]) -> None:
        db.session.rollback()  # ends the read transaction that listed them
        for number, part in enumerate(_parts(ids, max(SEGMENT, len(ids) // 10)) if ids else [()]):
            with GenerationWriter(self.generation, fresh=number == 0, built_because=self.because) as writer:
                for chunk in _parts(part, CHUNK):
                    self._add(writer, chunk)
                    self._let_single_changes_pass()
                self._commit(writer)
        self._catch_up()

    def _add(self, writer: GenerationWriter, ids: Sequence[int]) -> None:
        documents, failed = load_each(ids)
        add_each(writer, documents.values(), failed)
        self.held |= documents.keys() - failed.keys()
        self.failed |= failed

    def _let_single_changes_pass(self) -> None:
        if self.live is not None:
            self.touched |= drain_into(self.live, [Lane.SINGLE]).touched

    def _catch_up(self) -> None:
        """Repeat the changes that went into the index in use meanwhile, and compare the counts."""
        with GenerationWriter(self.generation) as writer:
            writer.remove(self.touched)
            self.held -= self.touched
            self._add(writer, sorted(self.touched))
            found = self._commit(writer)
        if found != len(self.held):
            raise RebuildFailed(f"{found} documents indexed, {len(self.held)} loaded")

    def _commit(self, writer: GenerationWriter) -> int:
        held = state.current()
        fingerprint, sequence = held.fingerprint, held.sequence
        db.session.rollback()
        return writer.commit(fingerprint=fingerprint, sequence=sequence).documents


def _parts(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
