"""What a search answers while the index cannot be asked: words compared with titles and codes, straight from the database.

Plain on purpose: a word counts when it stands in the title or the code, accents and case aside, and the newest come first.  No
counts beside the results, no passages, no filters of the query language: it bridges the minutes until the worker has rebuilt
the index.  The feature that owns the rows registers where they come from (:func:`innovations.search.registry.register_titles`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from innovations.search.asking.query import Atom, Clause, Query, atom_terms
from innovations.search.port import Hit, Reason, Results, Title
from innovations.search.text.analysis import syllables, whole

#: So many of many words must be there: here nobody knows how rare they are.
_ENOUGH_PERCENT = 30


def answer(titles: Iterable[Title], query: Query, page: int, per_page: int, reason: Reason) -> Results:
    """One page of ``titles`` (newest first) that hold the words of ``query``."""
    found = [title for title in titles if _matches(_words(title), query)]
    shown = found[(page - 1) * per_page : page * per_page]
    return Results(
        total=len(found),
        hits=tuple(Hit(title.id, title.code, 0.0, {}) for title in shown),
        notes=query.notes,
        available=False,
        reason=reason,
    )


def _words(title: Title) -> str:
    """``"SK-2B-2025-0001"``, ``"Giá đỡ"`` → ``" sk 2b 2025 0001 sk2b20250001 gia do"``: words begin after a space."""
    folded = [each.folded for each in syllables(title.title)]
    return " ".join(["", *(each.folded for each in syllables(title.code)), whole(title.code), *folded])


def _matches(words: str, query: Query) -> bool:
    """Nearly the rule of a real search: enough of the loose words, every required one, none of the excluded."""
    enough = len(query.loose) if query.needs_all else -(-len(query.loose) * _ENOUGH_PERCENT // 100)
    return (
        _count(words, query.loose) >= enough
        and _count(words, query.required) == len(query.required)
        and not any(_has(words, e) for e in query.excluded)
    )


def _count(words: str, clauses: Sequence[Clause]) -> int:
    return sum(any(_has(words, atom) for atom in clause.alternatives) for clause in clauses)


def _has(words: str, atom: Atom) -> bool:
    """Whether the word, or the words of a phrase in their order, stand there; the last may go on."""
    return f" {' '.join(term.syllable.folded for term in atom_terms(atom))}" in words
