"""Reads a folder of JSON lines: which line is a question and which a document is told by its keys, not by the file's name.

==========================================  ==============================================
``{"question": …, "relevant": [id, …]}``    a question, and the documents that answer it
``{"id": …, "text": …, "title": …}``        a document; without ``id`` its ``source_path`` or
                                            place names it; a title is not needed
==========================================  ==============================================
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Question:
    """A question and the ids of the documents that answer it."""

    text: str
    relevant: frozenset[str]


@dataclass(frozen=True)
class Text:
    """A document to be found."""

    id: str
    title: str
    text: str


def read(folder: Path) -> tuple[list[Question], list[Text]]:
    """Everything in ``folder``; a question none of whose documents is there is left out."""
    texts: dict[str, Text] = {}
    asked = []
    for place, row in _rows(folder):
        if "question" in row:
            asked.append(Question(row["question"], frozenset(map(str, row["relevant"]))))
        elif "text" in row:
            name = str(row.get("id") or row.get("source_path") or place)
            texts[name] = Text(name, str(row.get("title") or ""), row["text"])
    return [question for question in asked if question.relevant & texts.keys()], list(texts.values())


def sample(questions: list[Question], most: int) -> list[Question]:
    """At most ``most`` of them, always the same."""
    return questions if len(questions) <= most else random.Random(1).sample(questions, most)


def _rows(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(folder.glob("*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield f"{file.name}:{number}", json.loads(line)
