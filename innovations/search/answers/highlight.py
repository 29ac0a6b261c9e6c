"""The passage of a text that shows best why it was found, cut into segments.  Never markup: the template marks the hits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from innovations.search.asking.query import Query, Term
from innovations.search.port import Segment
from innovations.search.text import analysis
from innovations.search.text.analysis import Syllable, Unfinished

#: Longest passage (characters).
PASSAGE_CHARACTERS = 260
#: How far before its first hit a passage may begin.
_LEAD_CHARACTERS = 60
_ELLIPSIS = "…"


class _Mark(NamedTuple):
    start: int
    end: int
    term: str


class Marker:
    """Finds the words of ``query`` in texts, with or without accents as the query was matched."""

    def __init__(self, query: Query, *, accented: bool) -> None:
        self._accented = accented
        wanted = query.terms()
        self._exact = {t.syllable.canonical if accented else t.syllable.folded for t in wanted if not t.prefix}
        self._unfinished = {self.spelled(t): analysis.unfinished(t.syllable, accented=accented) for t in wanted if t.prefix}
        self._known = _Known(self._accented, self._exact, self._unfinished)

    def whole(self, text: str) -> tuple[Segment, ...]:
        """All of ``text`` in segments; for titles."""
        return _segments(text, self._marks(text), 0, len(text)) if text else ()

    def passage(self, texts: Iterable[str]) -> tuple[Segment, ...]:
        """The best passage of all ``texts``: most different words, then most hits; without any, the beginning."""
        best: tuple[tuple[int, int], str, list[_Mark], int] | None = None
        for text in filter(None, texts):
            marks = self._marks(text)
            start, value = _best_start(marks)
            if best is None or value > best[0]:
                best = (value, text, marks, start)
        if best is None:
            return ()
        _, text, marks, start = best
        return _cut(text, marks, start)

    def terms_in(self, text: str) -> set[str]:
        """The query's terms that stand in ``text``, spelled as :meth:`spelled` spells them."""
        return {mark.term for mark in self._marks(text)}

    def spelled(self, term: Term) -> str:
        """How a term of the query is told apart from its others here."""
        return term.syllable.canonical if self._accented and not term.prefix else term.syllable.folded

    def _marks(self, text: str) -> list[_Mark]:
        if not (self._exact or self._unfinished):
            return []
        known = self._known
        return [_Mark(*match.span(), term) for match in analysis.word_matches(text) if (term := known[match[0]])]


class _Known(dict[str, str]):
    """Words as they are written, with the query's term that each is, or nothing: looked at once, for most of a page's words repeat."""

    def __init__(self, accented: bool, exact: Collection[str], unfinished: Mapping[str, Unfinished]) -> None:
        super().__init__()
        self._accented, self._exact, self._unfinished = accented, exact, unfinished

    def __missing__(self, word: str) -> str:
        spelled = analysis.syllable(word)
        term = spelled.canonical if self._accented else spelled.folded
        if term not in self._exact:  # as nearly every word
            term = self._completed(spelled) if self._unfinished else ""
        self[word] = term
        return term

    def _completed(self, spelled: Syllable) -> str:
        return next((each for each, begun in self._unfinished.items() if begun.completed_by(spelled)), "")


def _best_start(marks: list[_Mark]) -> tuple[int, tuple[int, int]]:
    """Where the window with the most different terms begins, and its value."""
    best, value = 0, (0, 0)
    end = 0
    for first, mark in enumerate(marks):
        limit = mark.start + PASSAGE_CHARACTERS - _LEAD_CHARACTERS
        while end < len(marks) and marks[end].end <= limit:
            end += 1
        window = (len({m.term for m in marks[first:end]}), end - first)
        if window > value:
            best, value = mark.start, window
    return best, value


def _cut(text: str, marks: list[_Mark], first_hit: int) -> tuple[Segment, ...]:
    """The passage around ``first_hit``, from and to a space."""
    start = max(0, first_hit - _LEAD_CHARACTERS)
    if start:
        space = text.find(" ", start, first_hit)
        start = space + 1 if space >= 0 else first_hit
    end = min(len(text), start + PASSAGE_CHARACTERS)
    if end < len(text):
        space = text.rfind(" ", start + 1, end)
        end = space if space > 0 else end
    segments = _segments(text, marks, start, end)
    before = ((_ELLIPSIS, False),) if start else ()
    return before + segments + (((_ELLIPSIS, False),) if end < len(text) else ())


def _segments(text: str, marks: list[_Mark], start: int, end: int) -> tuple[Segment, ...]:
    """``text[start:end]`` as hits and what lies between; hits parted only by a space become one."""
    spans: list[tuple[int, int]] = []
    for mark in marks:
        if mark.start < start or mark.end > end:
            continue
        if spans and text[spans[-1][1] : mark.start].isspace():
            spans[-1] = (spans[-1][0], mark.end)
        else:
            spans.append((mark.start, mark.end))
    segments: list[Segment] = []
    position = start
    for begin, finish in spans:
        segments += [(text[position:begin], False), (text[begin:finish], True)]
        position = finish
    segments.append((text[position:end], False))
    return tuple(segment for segment in segments if segment[0])
