"""Searching the library: the engine finds and counts, the database gives the cards and has the last word on rights.

For the library page, the API and the export.  A constant number of SQL queries, however many hits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from innovations import search
from innovations.core.rules.errors import N_, Unavailable
from innovations.extensions import db
from innovations.library.asking import Asked, asked_for
from innovations.library.facets import FacetGroup, Labels
from innovations.library.index_part import adoption_counts
from innovations.library.membership import in_library
from innovations.people.models import Unit
from innovations.people.queries import units
from innovations.people.rules.roles import Actor, Role
from innovations.proposals.models import Proposal
from innovations.proposals.rules.visibility import reader_tokens
from innovations.regulations.models import FieldOfWork
from innovations.regulations.queries import field_name, fields_of_work
from innovations.search import Note
from innovations.search.port import FileHit, Segment

#: Length of the passage shown when the engine gave none.
PASSAGE_LENGTH = 220
#: Hits taken from the engine at once when all are wanted.
BATCH = 100


class SearchDown(Unavailable):
    """All hits are wanted, and the index cannot be asked now."""

    message = N_("Đang lập lại chỉ mục tìm kiếm nên chưa xuất theo bộ lọc được; xin thử lại sau ít phút.")


@dataclass(frozen=True)
class Card:
    """An improvement in a result list.  ``title`` and ``passage`` are segments: text, and whether it is a hit."""

    id: int
    code: str
    external_id: str
    title: tuple[Segment, ...]
    passage: tuple[Segment, ...]
    unit: str
    field: str
    year: int | None
    recognised_on: date | None
    level: str
    grade: str
    adoptions: int
    internal: bool
    score: float = 0.0
    file: FileHit | None = None

    @property
    def plain_title(self) -> str:
        """The title without marks."""
        return "".join(text for text, _hit in self.title)


@dataclass(frozen=True)
class Found:
    """A page of the library.  When not ``available``, the plain answer of the database: by title and code, without facets.

    :param instead: the cards are those of the ``suggestion``, for what was typed finds none.
    :param begun: where nothing is found, the same with its last word as a beginning, by which something is.
    """

    asked: Asked
    total: int
    cards: tuple[Card, ...]
    labels: Labels
    facets: tuple[FacetGroup, ...] = ()
    notes: tuple[Note, ...] = ()
    suggestion: str | None = None
    instead: bool = False
    begun: str | None = None
    understood: str | None = None
    took_ms: float = 0.0
    available: bool = True
    why: Mapping[int, search.Explanation] = field(default_factory=dict)

    @property
    def read(self) -> str:
        """What was typed as it is read; the places of notes count in it."""
        return search.composed(self.asked.q)

    @property
    def unquoted(self) -> str | None:
        """What may be searched instead when no improvement has a phrase of the query; None when it has no phrase."""
        return search.unquoted(self.asked.q)

    @property
    def pointed(self) -> tuple[Segment, ...]:
        """What was typed, with the places marked that a note concerns; empty when none has a place."""
        return search.pointed_out(self.asked.q, self.notes)


@dataclass(frozen=True)
class _Hit:
    """What the engine knows of a card."""

    score: float = 0.0
    highlights: Mapping[str, tuple[Segment, ...]] = field(default_factory=dict)
    file: FileHit | None = None


def find(actor: Actor, args: MultiDict[str, str]) -> Found:
    """The page of the library an address asks for.

    :raises QueryTooLong: more than 1,000 characters (400).
    :raises SearchRunning: the actor's searches before this one are not answered yet (429).
    """
    listed = units(only_active=False)
    asked = asked_for(args, {unit.code: unit.id for unit in listed})
    labels = Labels(fields_of_work(only_active=False), listed)
    tokens = reader_tokens(actor)
    with search.turn(actor.person_id):
        results = search.engine().search(asked.query, tokens, asked.filters, asked.sort, page=asked.page, per_page=asked.per_page)
    cards = _cards(actor, {hit.id: _Hit(hit.score, hit.highlights, hit.file) for hit in results.hits})
    # A hit whose readers changed a moment ago is still in the index; it is neither shown nor counted.
    stale = len(results.hits) - len(cards)
    # What a score is made of tells of the words of other documents too (their number): for the administrator alone.
    explains = actor.holds_anywhere(Role.ADMIN) and asked.sort is search.Sort.RELEVANCE
    why = search.engine().explain(asked.query, tokens, asked.filters, [each.id for each in cards]) if explains else {}
    return Found(
        asked, results.total - stale, cards, labels, facets=labels.groups(results), notes=results.notes,
        suggestion=results.suggestion, instead=results.instead, begun=_begun(actor, asked) if results.available and not results.total else None,
        understood=results.understood, took_ms=results.took_ms, available=results.available, why=why,
    )  # fmt: skip


def _begun(actor: Actor, asked: Asked) -> str | None:
    """What is asked for with its last word as a beginning; None when no word can be, or that finds nothing either."""
    if asked.typing:
        return None  # it was one
    text = f"{asked.q.strip()}*"
    try:
        query = search.parse(text, literal=asked.literal)
    except search.QueryTooLong:
        return None
    if not any(term.prefix for term in query.terms()):
        return None
    with search.turn(actor.person_id):
        found = search.engine().search(query, reader_tokens(actor), asked.filters, per_page=1, facets=(), marks=False)
    return text if found.available and found.total else None


def titled(actor: Actor, asked: Asked) -> tuple[Card, ...]:
    """The improvements on the page asked for whose titles have words of it, without facets; none without the index."""
    with search.turn(actor.person_id):
        results = search.engine().search(
            asked.query, reader_tokens(actor), asked.filters, page=asked.page, per_page=asked.per_page, facets=()
        )
    hits = {hit.id: _Hit(hit.score, hit.highlights) for hit in results.hits if results.available}
    return _cards(actor, {key: hit for key, hit in hits.items() if any(marked for _, marked in hit.highlights.get("title", ()))})


def _cards(actor: Actor, hits: Mapping[int, _Hit]) -> tuple[Card, ...]:
    """Cards in the order of ``hits``; what the reader may not see now is left out."""
    chosen = (
        select(Proposal, Unit.short_name, FieldOfWork)
        .join(Unit, Unit.id == Proposal.base_unit_id)
        .outerjoin(FieldOfWork, FieldOfWork.id == Proposal.field_id)
        .where(Proposal.id.in_(hits), in_library(actor))
    )
    counts = adoption_counts(hits)
    found = {
        row.id: _card(row, unit, field_name(field), counts.get(row.id, 0), hits[row.id])
        for row, unit, field in db.session.execute(chosen)
    }
    return tuple(found[proposal_id] for proposal_id in hits if proposal_id in found)


def _card(row: Proposal, unit: str, field: str, adoptions: int, hit: _Hit) -> Card:
    passage = row.situation or row.content
    cut = f"{passage[:PASSAGE_LENGTH].rstrip()}…" if len(passage) > PASSAGE_LENGTH else passage
    return Card(
        id=row.id, code=row.address, external_id=row.external_id or "",
        title=hit.highlights.get("title") or ((row.title, False),),
        passage=hit.highlights.get("passage") or ((cut, False),), unit=unit, field=field, year=row.recognised_year,
        recognised_on=row.recognised_on, level=row.recognised_level or "", grade=row.grade or "", adoptions=adoptions,
        internal=row.handling.value == "internal", score=hit.score, file=hit.file,
    )  # fmt: skip


def every_id(actor: Actor, asked: Asked) -> Iterator[list[int]]:
    """Ids of all hits in order, in batches, for exports; the caller asks the database again whether the reader sees them.

    :raises SearchDown: the index cannot be asked now.
    """
    query, tokens, page = asked.query, reader_tokens(actor), 1
    while True:
        wanted = replace(asked, page=page, per_page=BATCH)
        with search.turn(actor.person_id):
            results = search.engine().search(query, tokens, wanted.filters, wanted.sort, page=page, per_page=BATCH, facets=())
        if not results.available:
            raise SearchDown
        if results.hits:
            yield [hit.id for hit in results.hits]
        if page * BATCH >= results.total:
            return
        page += 1
