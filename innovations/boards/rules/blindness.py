"""Scoring without knowing the authors: what of a text is covered until the sheet is in [ours]."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from innovations.boards.rules.telling import spans
from innovations.core.rules.errors import N_, Invalid

#: Stands where a word is covered; no letter, so that nobody takes it for one.
COVER = "▒▒▒"
COVERS_MAX = 50  # words or phrases of one review
COVER_LENGTH = 100  # characters of one


class TooManyCovers(Invalid):
    """More words to cover than anybody checks."""

    message = N_("Che nhiều nhất %(most)s cụm từ, mỗi cụm từ không quá %(length)s ký tự.")


def cover(text: str, words: Iterable[str]) -> str:
    """Return the text with every one of these words or phrases covered, as :func:`telling.spans` finds them; parts of other words stay.

    What overlaps is covered as one, so that no half of a name is left.
    """
    composed, covered, done = normalize("NFC", text), "", 0
    for start, end in spans(composed, words):
        covered, done = f"{covered}{composed[done:start]}{COVER}", end
    return covered + composed[done:] if done else text


def given_names(full_name: str) -> tuple[str, ...]:
    """Return the ways a text names a person: the full name, and its last two words ("Văn An")."""
    words = full_name.split()
    return (full_name, " ".join(words[-2:])) if len(words) > 2 else (full_name,)


def check_covers(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the words to cover, each once, in their order.

    :raises TooManyCovers: more, or longer ones, than are taken.
    """
    words = tuple(dict.fromkeys(filter(None, (" ".join(line.split()) for line in lines))))
    if len(words) > COVERS_MAX or any(len(word) > COVER_LENGTH for word in words):
        raise TooManyCovers("words", most=COVERS_MAX, length=COVER_LENGTH)
    return words
