"""Where in a query a mistake stands: the text as it is read, and as it is shown with the mistakes marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby

from innovations.search.asking.query import Note

#: Characters of one stretch that are shown.
LONGEST_SHOWN = 80


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


def pointed_out(text: str, notes: Iterable[Note]) -> tuple[tuple[str, bool], ...]:
    """The same for a page of results: abridged, and empty when no note has a place."""
    placed = [note for note in notes if note.position is not None]
    return abridged(pointed(text, placed)) if placed else ()


def abridged(stretches: Iterable[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    """The same with only the two ends of long stretches: nobody looks for a mistake in a screen full of words."""
    return tuple((_shortened(stretch), marked) for stretch, marked in stretches)


def _shortened(stretch: str) -> str:
    if len(stretch) <= LONGEST_SHOWN:
        return stretch
    half = LONGEST_SHOWN // 2
    return f"{stretch[:half].rsplit(' ', 1)[0]} … {stretch[-half:].partition(' ')[2] or stretch[-half:]}"
