"""Small segments become few: in a process of its own, beside the commits, so that no change waits for it.

The process copies segments that never change any more into one, as they were when it began; its result is taken in by a commit of
its own, without the documents that were replaced or removed meanwhile.  Six segments of a hundred documents take a second of a
core, and took it from every change that came in at that moment while the commit merged them itself.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from innovations.core.aside import Aside, Died
from innovations.search.files.arrays import runs
from innovations.search.files.generations import MERGING, IndexFolder, IndexProblem, WriterBusy, read_manifest
from innovations.search.files.schema import INDEX_NAME, schema
from innovations.search.files.writer import GenerationWriter

#: As many segments between two of these sizes are merged, with the smaller ones: a change is rewritten about three times in its
#: life.  Not counted together: five changes and one import of sixty rows made a change wait for all of it.
AT_ONCE = 4
UP_TO = (4, 16, 64, 256)
_log = logging.getLogger(__name__)

Stamp = tuple[str, int, int]


class Merger:
    """What is merged now, and the folder it goes into.  The worker has one and lets it take a step in every round."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._seen: Stamp | None = None
        self._generation, self._names = Path(), frozenset[str]()
        self._part: Path | None = None
        self._process: Aside | None = None

    def step(self) -> bool:
        """Take in what was merged by now, or begin to merge what the last commit left; never waits.  Whether a merge is under way."""
        if self._process is not None:
            self._look_after(self._process)
        elif (stamp := self._stamp()) != self._seen:
            self._seen = stamp
            self._begin()
        return self._process is not None

    def finish(self) -> None:
        """Merge until nothing is left to merge; for a single round."""
        while self.step() or self._stamp() != self._seen:
            if self._process is not None:
                self._process.wait()

    def stop(self) -> None:
        """Give up what is under way; the next worker begins it again."""
        if self._process is not None:
            self._process.stop()
            self._process = None
        if self._part is not None:
            shutil.rmtree(self._part, ignore_errors=True)
            self._part = None

    def _stamp(self) -> Stamp | None:
        """Another one after each commit."""
        try:
            generation = self._folder.current()
            seen = os.stat(generation / "meta.json")
        except (IndexProblem, OSError):
            return None
        return generation.name, seen.st_mtime_ns, seen.st_ino

    def _begin(self) -> None:
        try:
            self._generation = self._folder.current()
            self._names = frozenset(worth_merging(self._generation))
        except (IndexProblem, FileNotFoundError):
            return  # the next round of the outbox finds what is wrong
        if self._names:
            self._part = Path(tempfile.mkdtemp(prefix=MERGING, dir=self._folder.path))
            self._process = Aside(partial(merge, self._generation, self._names, self._part), last=True)
            self._process.start()

    def _look_after(self, process: Aside) -> None:
        try:
            if self._generation != self._folder.current():
                self.stop()  # an index built anew needs none of it, and must not find erased text beside it
            elif process.ended():
                self._take_in()
                self.stop()
        except (Died, IndexProblem) as problem:
            _log.warning("segments could not be merged: %s", problem)
            self.stop()
        except WriterBusy:
            pass  # looked at again in the next round

    def _take_in(self) -> None:
        assert self._part is not None  # since the process began
        with self._folder.writing(), GenerationWriter(self._generation) as writer:
            if writer.replace(self._names, self._part):
                writer.commit()


def worth_merging(generation: Path) -> Collection[str]:
    """Names of the segments to be merged now; none of those that an index built anew has in one file: that takes too long."""
    segments = _segments(generation)
    found = runs(generation, [segment.segment_id() for segment in segments])
    joined = {name for run in found if len(run) > 1 for name in run}
    sizes = {name: s.doc_count_all() for s in segments if (name := s.segment_id()) not in joined}
    for floor, limit in zip((0, *UP_TO), UP_TO, strict=False):
        if sum(floor < size <= limit for size in sizes.values()) >= AT_ONCE:
            return [name for name, size in sizes.items() if size <= limit]
    return ()


def large_segments(generation: Path) -> int:
    """How many segments are too large to be merged."""
    return sum(segment.doc_count_all() > UP_TO[-1] for segment in _segments(generation))


def merge(generation: Path, names: Collection[str], part: Path) -> None:
    """Write the documents of the segments ``names`` into a small index of its own in ``part``, without the removed ones."""
    with GenerationWriter(part, fresh=True) as writer:
        for segment in _segments(generation):
            if segment.segment_id() in names:
                writer.copy(generation, segment)
        writer.commit()


def _segments(generation: Path) -> list[Any]:
    """Those of the last commit; one that comes meanwhile takes the table of contents before it away."""
    while True:
        toc = read_manifest(generation).toc
        try:
            return list(TOC.read(FileStorage(str(generation)), INDEX_NAME, gen=toc, schema=schema()).segments)
        except FileNotFoundError:
            if read_manifest(generation).toc == toc:
                raise
