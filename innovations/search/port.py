"""The search engine as the rest of the product sees it: what one may ask, and what comes back.

Features depend on this module and :mod:`innovations.search.asking.query`; the Whoosh adapter implements :class:`SearchEngine`.
Rights are part of the question: an engine applies ``reader_tokens`` before it counts, ranks, highlights or suggests anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from innovations.search.asking.query import Note, Query

#: Largest page a caller gets, whatever it asks for (documents).
MAX_PER_PAGE = 100
#: The states of a review that stand in the library.
LIBRARY_STATES = ("recognised",)


class Facet(StrEnum):
    """What results are counted and narrowed by; the values are the names in addresses and in the API."""

    FIELD = "field"
    TYPE = "type"
    UNIT = "unit"
    LEVEL = "level"
    YEAR = "year"
    GRADE = "grade"
    ADOPTED = "adopted"


class Sort(StrEnum):
    """Orders of a result list.  Titles in Vietnamese order; everything else best or newest first."""

    RELEVANCE = "relevance"
    DATE = "date"
    GRADE = "grade"
    ADOPTIONS = "adoptions"
    TITLE = "title"


class Reason(StrEnum):
    """Why the engine cannot answer now."""

    MISSING = "missing"
    DAMAGED = "damaged"
    OUTDATED = "outdated"


@dataclass(frozen=True)
class Filters:
    """What the page narrows by.  Several values of one facet mean any of them; an empty tuple means no narrowing.

    ``unit`` takes a unit's id and means it and all units below.  ``adopted`` takes ``yes`` and ``no``.
    """

    field: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The filters in use, by name."""
        return {name: values for name, values in vars(self).items() if values}


#: A stretch of a highlighted passage, and whether it is a hit.  Never markup: the template escapes and marks.
Segment = tuple[str, bool]


@dataclass(frozen=True)
class FileHit:
    """A file that holds words of the query which title and passage do not show; no passage when only its name holds them."""

    name: str
    passage: tuple[Segment, ...] = ()


@dataclass(frozen=True)
class Hit:
    """One found document.  ``highlights`` maps ``title`` and ``passage`` to segments; ``file`` says what only a file shows."""

    id: int
    code: str
    score: float
    highlights: Mapping[str, tuple[Segment, ...]] = field(default_factory=dict)
    file: FileHit | None = None


@dataclass(frozen=True)
class Reading:
    """A query as it was matched; without its accents when nothing has them."""

    query: Query
    accented: bool


@dataclass(frozen=True)
class FacetValue:
    """``count`` documents have ``value``, whatever is chosen in this same facet."""

    value: str
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Title:
    """What a search without the index compares: see :mod:`innovations.search.plain`."""

    id: int
    code: str
    title: str


@dataclass(frozen=True)
class Results:
    """The answer to a search; never an error page.

    When not ``available``, ``reason`` says why and the hits are the plain answer of the database: by title and code, without
    facets, scores and passages.  The page must say so.  ``understood`` is the text that was searched instead of raw keystrokes,
    ``suggestion`` a text with another spelling; both hold only words of documents the reader may see.  ``instead`` says that nothing
    was found by what was typed, and the hits are those of the suggestion.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    suggestion: str | None = None
    instead: bool = False
    understood: str | None = None
    took_ms: float = 0.0
    available: bool = True
    reason: Reason | None = None
    reading: Reading | None = None


@dataclass(frozen=True)
class Ranking:
    """The best documents by id, best first, out of ``total``; ``facets`` as in :class:`Results`."""

    total: int
    ids: tuple[int, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]


@dataclass(frozen=True)
class Explanation:
    """What a score is made of: points of each word and pair of neighbours, and shares that are added to their sum.

    ``score = sum(words) * (1 + sum(boosts))``; ``boosts`` are ``level``, ``adoptions``, ``fresh`` and ``documented``.
    """

    words: Mapping[str, float]
    boosts: Mapping[str, float]

    @property
    def score(self) -> float:
        """The score."""
        return sum(self.words.values()) * (1 + sum(self.boosts.values()))


class Similar(NamedTuple):
    """A document like a given text; ``score`` is how much both say the same, 0 to 1: see :mod:`innovations.search.duplicates.likeness`."""

    id: int
    score: float


class SearchEngine(Protocol):
    """What every engine can do.  All methods answer from the last commit and never wait for a writer."""

    def search(
        self,
        query: Query,
        reader_tokens: Collection[str],
        filters: Filters = ...,
        sort: Sort = ...,
        page: int = ...,
        per_page: int = ...,
        facets: Collection[Facet] = ...,
        marks: bool = ...,
    ) -> Results:
        """One page of what the reader may see, with counts.  Pages count from 1; one beyond the end is empty.

        Without ``marks`` hits have no highlights: a caller that shows few of them asks :meth:`marked` for those.
        """

    def marked(self, reading: Reading, reader_tokens: Collection[str], ids: Collection[int]) -> tuple[Hit, ...]:
        """The documents among ``ids`` that the reader may see, with the words of ``reading`` marked; none without the engine."""

    def similar(
        self,
        title: str,
        text: str,
        reader_tokens: Collection[str],
        exclude: Collection[int] = ...,
        k: int = ...,
        filters: Filters = ...,
    ) -> tuple[Similar, ...]:
        """The at most ``k`` documents of ``filters`` most like the text; empty when the engine is not available."""

    def explain(
        self, query: Query, reader_tokens: Collection[str], filters: Filters, ids: Collection[int]
    ) -> dict[int, Explanation]:
        """Why the documents among ``ids`` that the reader may see were found, by id; empty when the engine is not available."""

    def status(self) -> dict[str, Any]:
        """Documents, generation, bytes, last commit, and whether searching is possible."""
