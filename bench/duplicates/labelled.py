"""The labelled set: proposals that stand in a register, and others filed later that repeat one of them or only resemble it.

Both files were written for this project before anything was tuned on them; ideas alternate between the half that tuning may look at
and the half that is held out.  All of it is invented.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bench import generator
from innovations.search import Document

FOLDER = Path(__file__).parent
#: Whoever asks here sees everything.
READER = frozenset({"any"})
#: Ids of generated documents follow those of the set.
BACKGROUND_FROM = 1000


class Kind(StrEnum):
    """What the author of the later one did to the earlier one."""

    REWORDED = "reworded"
    ABBREVIATED = "abbreviated"
    REORDERED = "reordered"
    ADDED = "added"
    DIFFERENT = "different"  # no duplicate: another solution of the same trouble, or under nearly the same title
    OTHER_OBJECT = "other_object"  # no duplicate: the same way of doing, told in the same words, of another thing


class Half(StrEnum):
    """Which half of the set."""

    DEVELOPMENT = "development"
    HELD_OUT = "held_out"


@dataclass(frozen=True)
class Registered:
    """A proposal of the register."""

    id: int
    title: str
    text: str


@dataclass(frozen=True)
class Filed:
    """A later proposal; ``like`` is the id of the one it was made from."""

    half: Half
    kind: Kind
    like: int
    title: str
    text: str

    @property
    def duplicate_of(self) -> int | None:
        """What it repeats; None for one that only looks so."""
        return None if self.kind in (Kind.DIFFERENT, Kind.OTHER_OBJECT) else self.like


def _lines(name: str) -> Iterator[dict[str, Any]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _number(idea: str) -> int:
    return int(idea.removeprefix("Y"))


def registered() -> list[Registered]:
    """What the register holds of the set."""
    return [Registered(_number(row["id"]), row["title"], row["text"]) for row in _lines("registered.jsonl")]


def filed() -> list[Filed]:
    """What is filed afterwards."""
    return [
        Filed(Half(row["half"]), Kind(row["kind"]), _number(row["idea"]), row["title"], row["text"])
        for row in _lines("filed.jsonl")
    ]


def documents(background: int) -> Iterator[Document]:
    """The register: those of the set among ``background`` generated ones, so that words are as rare or common as in a real one."""
    for row in registered():
        yield _document(row.id, row.title, row.text)
    for number, (title, text) in enumerate(generator.texts(background), BACKGROUND_FROM):
        yield _document(number, title, text)


def _document(number: int, title: str, text: str) -> Document:
    situation, _stop, content = text.partition(". ")
    return Document(
        id=number, code=f"SK-T-{number:06}", title=title, problem=situation, solution=content, tokens=READER, state="recognised"
    )
