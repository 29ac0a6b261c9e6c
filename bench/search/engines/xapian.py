"""Xapian with BM25: folded words with their positions, prefixed terms for filters, values for years and facets."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.relevance.variants import without_accents
from bench.search.corpus import body
from bench.search.engines import TOP, NotHere, size_of
from bench.search.kinds import Kind, Question, words_of
from innovations.search import Document

_YEAR, _FIELD, _UNIT = range(3)
#: Where Debian puts what it packages; a virtual environment does not look there.
_DEBIAN = "/usr/lib/python3/dist-packages"


class Engine:
    """One database in ``folder``.

    :raises NotHere: Debian's python3-xapian is not installed, or is for another Python.
    """

    name = "Xapian"

    def __init__(self, folder: Path) -> None:
        self._x, self._folder = _imported(), folder

    def build(self, documents: Iterable[Document], count: int) -> None:
        database = self._x.WritableDatabase(str(self._folder), self._x.DB_CREATE_OR_OPEN)
        for document in documents:
            database.replace_document(document.id, self._made(document))
        database.commit()
        database.close()

    def open(self) -> None:
        self._database = self._x.Database(str(self._folder))

    def prepare(self, question: Question) -> Callable[[], Sequence[int]] | None:
        query, shown, counted = self._query(question), question.kind is Kind.HIGHLIGHT, question.kind is Kind.FACETS
        return lambda: self._best(query, shown=shown, counted=counted)

    def _query(self, question: Question) -> Any:
        q, words = self._x.Query, [without_accents(word) for word in question.words]
        if question.kind is Kind.PREFIX:
            return q(q.OP_WILDCARD, words[0], 0, q.WILDCARD_LIMIT_MOST_FREQUENT, q.OP_OR)
        if question.kind is Kind.PHRASE:
            return q(q.OP_PHRASE, words, len(words))
        if question.kind is Kind.SIMILAR:
            return q(q.OP_ELITE_SET, [without_accents(word) for word in question.telling], 30)
        if question.kind is Kind.FILTER:
            first, last = (self._x.sortable_serialise(year) for year in question.years)
            narrowing = q(q.OP_AND, [f"XU{question.unit}", "XSrecognised"])
            years = q(q.OP_VALUE_RANGE, _YEAR, first, last)
            return q(q.OP_FILTER, q(q.OP_AND, words), q(q.OP_FILTER, narrowing, years))
        return q(q.OP_AND if question.kind is Kind.AND else q.OP_OR, words)

    def _best(self, query: Any, *, shown: bool, counted: bool) -> list[int]:
        enquire = self._x.Enquire(self._database)
        enquire.set_query(query)
        spies = [self._x.ValueCountMatchSpy(slot) for slot in (_YEAR, _FIELD, _UNIT)] if counted else []
        for spy in spies:
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, TOP, self._database.get_doccount() if counted else 0)
        for spy in spies:
            list(spy.values())
        if shown:
            for match in found:
                found.snippet(match.document.get_data(), 260)
        return [match.docid for match in found]

    def replace(self, document: Document) -> None:
        database = self._x.WritableDatabase(str(self._folder), self._x.DB_OPEN)
        database.replace_document(document.id, self._made(document))
        database.commit()
        database.close()
        self._database.reopen()

    def _made(self, document: Document) -> Any:
        made = self._x.Document()
        text = f"{document.title}\n{body(document)}"
        for place, word in enumerate(words_of(without_accents(text))):
            made.add_posting(word, place)
        for unit in document.unit_path:
            made.add_boolean_term(f"XU{unit}")
        made.add_boolean_term(f"XS{document.state}")
        made.add_value(_YEAR, self._x.sortable_serialise(document.year))
        made.add_value(_FIELD, document.field)
        made.add_value(_UNIT, str(document.unit_id))
        made.set_data(text)
        return made

    def bytes(self) -> int:
        return size_of(self._folder)

    def memory_mb(self) -> float:
        return 0.0

    def close(self) -> None:
        self._database.close()


def _imported() -> Any:
    sys.path.append(_DEBIAN)
    try:
        import xapian  # noqa: PLC0415  (a peer need not be installed)
    except ImportError as error:
        raise NotHere(f"Xapian: apt-get install python3-xapian, for this Python ({error})") from None
    finally:
        sys.path.remove(_DEBIAN)
    return xapian
