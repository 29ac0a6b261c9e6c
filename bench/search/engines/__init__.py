"""What is compared, one module each: the same documents in, the ids of the best twenty out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

from bench.search.kinds import Question
from innovations.search import Document

#: How many documents every engine gives back.
TOP = 20
#: Name on the command line → module; each has a class ``Engine``.
NAMES = ("ours", "whoosh", "fts5", "postgresql", "tantivy", "xapian")


class NotHere(Exception):
    """This engine cannot run on this machine; the text says what is missing."""


class Engine(Protocol):
    """One engine over documents in a folder of its own, for one process.

    The constructor takes the folder, and raises :class:`NotHere` when the engine cannot run.
    """

    name: str

    def build(self, documents: Iterable[Document], count: int) -> None:
        """Index ``count`` documents in an empty folder; everything is on the disk when it returns."""

    def open(self) -> None:
        """Get ready to answer from what :meth:`build` left in the folder."""

    def prepare(self, question: Question) -> Callable[[], Sequence[int]] | None:
        """What answers the question when it is called: only the call is measured.  None when the engine has nothing of the kind."""

    def replace(self, document: Document) -> None:
        """Put a new version of a document in the place of the old one; the next answer knows it."""

    def bytes(self) -> int:
        """Size on the disk."""

    def memory_mb(self) -> float:
        """Memory of processes of its own, beside the one that asks."""

    def close(self) -> None:
        """Leave nothing open and nothing running."""


def make(name: str, folder: Path) -> Engine:
    """The engine of that name over ``folder``, neither built nor opened.

    :raises NotHere: it cannot run on this machine.
    """
    made: Engine = import_module(f"{__name__}.{name}").Engine(folder)
    return made


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
