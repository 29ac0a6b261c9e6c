"""The parts of a new index: each a small index of its own, built by this process, or by several when there is much to build.

Segments are independent of one another, so two processes on two cores build twice as fast, and the memory of one is that of the
part it works at.  A process dies with the one that started it, whatever kills that: it would hold the writer's lock.
"""

from __future__ import annotations

import json
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Self

from innovations.core.aside import Aside, wait_for
from innovations.search.files.writer import GenerationWriter
from innovations.search.keeping.drain import add_each, load_each

#: Documents loaded at once; between two chunks waiting single changes get their turn.
CHUNK = 250
#: A segment is closed when it has read so much text, for long files take the memory that documents are counted for otherwise.
SEGMENT_CHARACTERS = 6_000_000
LOOK_SECONDS = 0.2

Ids = Sequence[int]


def chunks(ids: Ids, size: int) -> Iterator[Ids]:
    """``ids`` in pieces of at most ``size``."""
    return (ids[start : start + size] for start in range(0, len(ids), size))


def build_part(folder: Path, ids: Ids, after_chunk: Callable[[int], object]) -> None:
    """Write a small index of the documents into ``folder``, with a note of which it holds.

    :param after_chunk: called with the number of documents just read.
    """
    folder.mkdir(mode=0o700)
    held: set[int] = set()
    failed: dict[int, str] = {}
    waiting, fresh = deque(chunks(ids, CHUNK)), True
    while waiting or fresh:
        characters = 0
        with GenerationWriter(folder, fresh=fresh) as writer:
            while waiting and characters < SEGMENT_CHARACTERS:
                chunk = waiting.popleft()
                documents, bad = load_each(chunk)
                add_each(writer, documents.values(), bad)
                held |= documents.keys() - bad.keys()
                failed |= bad
                characters += sum(document.characters for document in documents.values())
                after_chunk(len(chunk))
            writer.commit()
        fresh = False
    (folder / "built.json").write_text(json.dumps([sorted(held), list(failed.items())]))


def read_note(folder: Path) -> tuple[set[int], dict[int, str]]:
    """Which documents a part holds, and why others failed."""
    held, failed = json.loads((folder / "built.json").read_text())
    return set(held), dict(failed)


class Crew:
    """Processes that build every part; use it in a ``with`` block, which none of them outlives.

    :param parts: folder → ids.
    """

    def __init__(self, parts: Sequence[tuple[Path, Ids]], processes: int) -> None:
        self._done = multiprocessing.get_context("fork").RawArray("l", processes)
        self._builders = [Aside(partial(self._build, number, parts[number::processes]), last=True) for number in range(processes)]

    def __enter__(self) -> Self:
        for builder in self._builders:
            builder.start()
        return self

    def __exit__(self, *_: object) -> None:
        for builder in self._builders:
            builder.stop()

    def work(self, meanwhile: Callable[[int], object]) -> None:
        """Wait until all parts are built; ``meanwhile`` is called again and again with the number of documents read so far.

        :raises Died: one ended before its time.
        """
        while not wait_for(self._builders, LOOK_SECONDS):
            meanwhile(sum(self._done))
        meanwhile(sum(self._done))

    def _build(self, number: int, parts: Sequence[tuple[Path, Ids]]) -> None:
        def count(documents: int) -> None:
            self._done[number] += documents

        for folder, ids in parts:
            build_part(folder, ids, count)
