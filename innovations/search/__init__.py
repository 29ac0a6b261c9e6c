"""Tìm kiếm: the engine room.  It knows documents, not features.

Pages search with :func:`engine` and :func:`parse`; changes ask for indexing with ``outbox.enqueue`` in their transaction;
features say what a document is with ``registry.register_part``; the worker calls :func:`drain_once`, commands the rest.
The index is a derived copy: whatever happens to it, the database rebuilds it.
"""

from flask import Flask

from innovations.search import registry
from innovations.search.asking.parser import parse
from innovations.search.asking.pointing import composed, pointed, pointed_out
from innovations.search.asking.query import FILTERS, LIMITS, MISTAKES, OPERATORS, READINGS, Note, Query, QueryTooLong
from innovations.search.asking.tokens import awaits_word, unquoted
from innovations.search.documents import Document
from innovations.search.engine import WhooshEngine
from innovations.search.files.merging import Merger
from innovations.search.files.schema import whoosh_is_known
from innovations.search.keeping import outbox
from innovations.search.keeping.comparing import Comparison
from innovations.search.keeping.keeper import (
    checked_on,
    comparison,
    drain_once,
    engine,
    rebuild,
    similar,
    status,
    verified,
    verify_index,
)
from innovations.search.keeping.rebuild import Effort
from innovations.search.port import (
    LIBRARY_STATES,
    Explanation,
    Facet,
    FacetValue,
    Filters,
    Hit,
    Reason,
    Results,
    SearchEngine,
    Similar,
    Sort,
)
from innovations.search.turns import turn

__all__ = [
    "FILTERS",
    "LIBRARY_STATES",
    "LIMITS",
    "MISTAKES",
    "OPERATORS",
    "READINGS",
    "Comparison",
    "Document",
    "Explanation",
    "Effort",
    "Facet",
    "FacetValue",
    "Filters",
    "Hit",
    "Merger",
    "Note",
    "Query",
    "QueryTooLong",
    "Reason",
    "Results",
    "SearchEngine",
    "Similar",
    "Sort",
    "WhooshEngine",
    "available",
    "checked_on",
    "comparison",
    "composed",
    "drain_once",
    "engine",
    "init_app",
    "outbox",
    "parse",
    "awaits_word",
    "pointed",
    "pointed_out",
    "rebuild",
    "registry",
    "similar",
    "status",
    "turn",
    "unquoted",
    "verified",
    "verify_index",
    "whoosh_is_known",
]


def init_app(app: Flask) -> None:
    """Nothing to register: the engine opens the index at the first query."""


def available() -> bool:
    """Whether searching is possible now; when not, the worker is rebuilding the index."""
    return engine().available()
