"""What a reader meant: raw keystrokes read as words, by the words of the documents that this reader may see.

Only visible documents decide.  A word that stands in hidden ones alone is neither read out of keystrokes nor suggested, so
nothing here can betray that it exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from innovations.search import analysis
from innovations.search.analysis import Syllable
from innovations.search.keystrokes import readings
from innovations.search.query import Query
from innovations.search.snapshot import Mask, Snapshot

#: How many times more documents must have the word that keystrokes mean than the keystrokes themselves.
TIMES_MORE = 3
#: Documents that must have it: one in so many, between 1 and 20; once two words are read, one document is enough for the others.
ONE_IN, MOST_NEEDED = 1000, 20
#: Words that must be read before any is, unless the query has only two.
READ_TOGETHER = 2


@dataclass(frozen=True)
class Understood:
    """The query to search with; ``text`` says so when it is not what was typed, ``suggestion`` offers another."""

    query: Query
    text: str | None = None
    suggestion: str | None = None


class Lexicon:
    """The words of the documents in ``visible``."""

    def __init__(self, snapshot: Snapshot, visible: Mask) -> None:
        self.snapshot, self.visible = snapshot, visible

    @cached_property
    def documents(self) -> int:
        """How many documents the reader may see."""
        return int(self.visible.sum())

    def count(self, field: str, term: str) -> int:
        """How many of them have the term."""
        return int(self.visible[self.snapshot.postings(field, term).documents].sum())

    def share(self, one_in: int, most: int) -> int:
        """One in so many of the documents, between 1 and ``most``: thresholds fit small registers too."""
        return min(most, max(1, self.documents // one_in))


def understand(snapshot: Snapshot, query: Query, visible: Mask) -> Understood:
    """What to search for instead of ``query``; the query itself when it is to be taken literally."""
    if query.literal or not query.ranks:
        return Understood(query)
    lexicon = Lexicon(snapshot, visible)
    read = keystrokes_read(query, lexicon)
    if not read:
        return Understood(query)
    spelled = {raw: tuple(analysis.syllable(each) for each in spellings) for raw, spellings in read.items()}
    return Understood(query.respelled(spelled), replaced(query.text, {raw: first for raw, (first, *_) in read.items()}))


def keystrokes_read(query: Query, lexicon: Lexicon) -> dict[Syllable, tuple[str, ...]]:
    """Words of ``query`` that are Telex or VNI keys → what they mean, the most frequent first; empty when it has accents."""
    if query.accented:
        return {}
    designated = _designated(query.text)
    words = [each for each in dict.fromkeys(term.syllable for term in query.every_term()) if each not in designated]
    meant = {raw: spellings for raw in words if (spellings := readings(raw.canonical))}
    if not meant:
        return {}
    clear = _known(meant, lexicon, lexicon.share(ONE_IN, MOST_NEEDED))
    if len(clear) < min(READ_TOGETHER, len(words) - 1 or 1):
        return {}
    return _known(meant, lexicon, 1) if len(clear) >= READ_TOGETHER else clear


def _known(meant: Mapping[Syllable, tuple[str, ...]], lexicon: Lexicon, least: int) -> dict[Syllable, tuple[str, ...]]:
    """Those readings that at least ``least`` documents have, and TIMES_MORE as many as the raw keys."""
    found = {}
    for raw, spellings in meant.items():
        counts = {each: lexicon.count("x", analysis.syllable(each).canonical) for each in spellings}
        floor = max(least, TIMES_MORE * lexicon.count("f", raw.folded) + 1)
        known = sorted((each for each in spellings if counts[each] >= floor), key=lambda each: -counts[each])
        if known:
            found[raw] = tuple(known)
    return found


def _designated(text: str) -> set[Syllable]:
    """Designations and their parts: ``AS-206`` was meant as it stands."""
    runs = (text[start:end] for start, end in analysis.runs(text))
    whole = {run: analysis.designation(run) for run in runs}
    return {each for run, name in whole.items() if name for each in (name, *analysis.syllables(run))}


def replaced(text: str, words: Mapping[Syllable, str]) -> str:
    """``text`` with its words replaced; operators stay, and a word that began with a capital still does."""
    parts, end = [], 0
    for word in analysis.words(text):
        raw = text[word.start : word.end]
        new = words.get(Syllable(word.canonical, word.folded))
        if new is None or raw in ("OR", "AND"):
            continue
        parts += [text[end : word.start], new[:1].upper() + new[1:] if raw[:1].isupper() else new]
        end = word.end
    return "".join((*parts, text[end:]))
