"""What two texts have in common, word for word: for whoever judges whether one proposal repeats another.

Pure.  Accents, capitals and spelling of tones do not count: the same sentence is often typed again in another way.
"""

from __future__ import annotations

from collections.abc import Iterator

from innovations.search.port import Segment
from innovations.search.text import analysis
from innovations.search.text.analysis import Word

#: So many words in a row are the same sentence rather than the same language.
WORDS_IN_A_ROW = 4


def common(left: str, right: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Both texts cut into stretches, and which of them stand in the other one too, :data:`WORDS_IN_A_ROW` words at least.

    A text shorter than that is common when the other one has all of it.
    """
    mine, theirs = list(analysis.words(left)), list(analysis.words(right))
    row = max(1, min(WORDS_IN_A_ROW, len(mine), len(theirs)))
    return _marked(left, mine, _rows(theirs, row), row), _marked(right, theirs, _rows(mine, row), row)


def _rows(words: list[Word], row: int) -> set[tuple[str, ...]]:
    return set(_in_rows(words, row))


def _in_rows(words: list[Word], row: int) -> Iterator[tuple[str, ...]]:
    folded = [word.folded for word in words]
    return (tuple(folded[start : start + row]) for start in range(len(folded) - row + 1))


def _marked(text: str, words: list[Word], known: set[tuple[str, ...]], row: int) -> tuple[Segment, ...]:
    """``text`` in stretches; a stretch that begins and ends with a shared word is marked, the spaces inside it too."""
    shared = [False] * len(words)
    for start, here in enumerate(_in_rows(words, row)):
        if here in known:
            shared[start : start + row] = [True] * row
    found: list[Segment] = []
    end = 0
    for (word, is_shared), before in zip(zip(words, shared, strict=True), [False, *shared], strict=False):
        if is_shared and before:
            found[-1] = (found[-1][0] + text[end : word.end], True)
        elif is_shared:
            found += [(text[end : word.start], False), (text[word.start : word.end], True)]
        else:
            found.append((text[end : word.end], False))
        end = word.end
    return _joined([*found, (text[end:], False)])


def _joined(stretches: list[Segment]) -> tuple[Segment, ...]:
    """Neighbours of one kind as one stretch, empty ones left out."""
    joined: list[Segment] = []
    for text, marked in stretches:
        if joined and joined[-1][1] == marked:
            joined[-1] = (joined[-1][0] + text, marked)
        elif text:
            joined.append((text, marked))
    return tuple(joined)
