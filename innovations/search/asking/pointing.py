"""Where in a query a mistake stands: the text as it is read, and as it is shown with the mistakes marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby

from innovations.search.asking.query import Note


def composed(text: str) -> str:
    """``text`` as it is read, and as the places of notes count: NFC, control characters as spaces."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in unicodedata.normalize("NFC", text))


def pointed(text: str, notes: Iterable[Note]) -> tuple[tuple[str, bool], ...]:
    """``text`` in stretches, each with whether a note concerns it: for showing where a mistake is."""
    shown = composed(text)
    wrong = [False] * len(shown)
    for note in notes:
        if note.position is not None:
            end = min(note.position + note.length, len(shown))
            wrong[note.position : end] = [True] * (end - note.position)
    runs = groupby(zip(shown, wrong, strict=True), key=lambda each: each[1])
    return tuple(("".join(letter for letter, _ in letters), marked) for marked, letters in runs)
