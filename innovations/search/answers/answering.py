"""From a query to what a page shows of its answer: matching, ranking, counting, passages; over one snapshot, rights applied first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from innovations.search.answers import ordering
from innovations.search.answers.facets import Narrowed
from innovations.search.answers.filehits import file_hit
from innovations.search.answers.highlight import Marker
from innovations.search.answers.impacts import Points
from innovations.search.answers.lexicon import Lexicon
from innovations.search.answers.matching import Evaluation
from innovations.search.answers.snapshot import Snapshot
from innovations.search.answers.understanding import Understood
from innovations.search.asking.parser import parse
from innovations.search.asking.query import Note, Phrase, Query
from innovations.search.files.bits import Bits, Places, bits_at, places_of
from innovations.search.port import Explanation, Facet, FacetValue, Filters, Hit, Reading, Sort
from innovations.search.text import analysis


class Ranked(NamedTuple):
    """What a query finds, before any text is read: of ``total`` documents the first ones and their scores."""

    total: int
    documents: Places
    scores: Points
    facets: Mapping[str, tuple[FacetValue, ...]]
    accented: bool


def ranked(
    snapshot: Snapshot,
    understood: Understood,
    reader_tokens: Collection[str],
    filters: Filters,
    sort: Sort,
    limit: int,
    facets: Collection[Facet],
) -> Ranked:
    """The first ``limit`` documents, and the counts of all."""
    evaluation, narrowed = _evaluated(Lexicon.of(snapshot, reader_tokens), understood, filters)
    documents, scores = _first(evaluation, narrowed, sort, limit)
    return Ranked(narrowed.total, documents, scores, narrowed.counts(facets), evaluation.accented)


def _first(evaluation: Evaluation, narrowed: Narrowed, sort: Sort, limit: int) -> tuple[Places, Points]:
    """The first ``limit`` of the documents found, in their order, and the scores of these."""
    snapshot, found = evaluation.snapshot, narrowed.found
    if sort is Sort.RELEVANCE and evaluation.query.ranks:
        documents, scores = evaluation.best(found, narrowed.total, limit)
        first = ordering.best(snapshot, documents, scores.take, sort, limit)
        return documents[first], scores[first]
    documents = places_of(found)

    def scored(places: Places) -> Points:
        if not evaluation.query.ranks:
            return np.zeros(len(places), np.float32)
        ascending, back = np.unique(documents[places], return_inverse=True)
        return evaluation.scores(ascending)[back]

    first = ordering.best(snapshot, documents, scored, sort, limit)
    return documents[first], scored(first)


def best_verified(
    snapshot: Snapshot, query: Query, reader_tokens: Collection[str], filters: Filters, limit: int
) -> Ranked | None:
    """The first ``limit`` documents by relevance that have the phrases; None when there is no phrase, or too few have it."""
    if not any(isinstance(atom, Phrase) for clause in query.required for atom in clause.alternatives):
        return None
    evaluation = Evaluation(Lexicon.of(snapshot, reader_tokens), query, accented=query.accented, hasty=True)
    narrowed, looked_at = Narrowed(snapshot, evaluation.matches(), filters), limit + limit // 4  # one in ten has it not
    while True:
        documents, scores = _first(evaluation, narrowed, Sort.RELEVANCE, looked_at)
        verified = np.flatnonzero(evaluation.verified(documents))[:limit]
        if len(verified) >= limit:
            return Ranked(narrowed.total, documents[verified], scores[verified], {}, evaluation.accented)
        if looked_at >= narrowed.total:
            return None
        looked_at *= 4


def answer(
    snapshot: Snapshot,
    understood: Understood,
    reader_tokens: Collection[str],
    filters: Filters,
    sort: Sort,
    page: int,
    per_page: int,
    facets: Collection[Facet],
    marks: bool,
) -> dict[str, Any]:
    """The fields of :class:`Results` that come from the index."""
    query = understood.query
    best = ranked(snapshot, understood, reader_tokens, filters, sort, page * per_page, facets)
    shown = slice((page - 1) * per_page, None)
    reading = Reading(query, best.accented)
    suggestion = _suggestion(snapshot, understood, best, reader_tokens, filters)
    instead = bool(best.total and suggestion) and not _total(snapshot, understood.typed, best.accented, reader_tokens, filters)
    lifted = best.accented != query.accented and bool(best.total) and not instead
    said = [Note("without_accents")] if lifted else []
    if query.filters and not best.total:
        said += _unmet(snapshot, query, reader_tokens, filters)
    return {
        "total": best.total,
        "hits": _hits(snapshot, best.documents[shown].tolist(), best.scores[shown].tolist(), reading if marks else None),
        "reading": reading,
        "facets": best.facets,
        "understood": understood.text,
        "suggestion": suggestion,
        "instead": instead,
        "notes": (*query.notes, *said),
    }


def _unmet(snapshot: Snapshot, query: Query, reader_tokens: Collection[str], filters: Filters) -> list[Note]:
    """Which filters are to blame that nothing is found: those that nothing answers of what the reader may see and the page is about."""
    lexicon = Lexicon.of(snapshot, reader_tokens)
    within = Narrowed(snapshot, lexicon.visible, Filters(state=filters.state, handling=filters.handling)).found
    unmet = Evaluation(lexicon, query, accented=query.accented).unmet(within)
    return [Note("unmet_filter", {"text": each.spelled}) for each in unmet]


def _suggestion(
    snapshot: Snapshot, understood: Understood, best: Ranked, reader_tokens: Collection[str], filters: Filters
) -> str | None:
    """Another spelling to offer; where nothing is found only one by which something is."""
    meant = understood.suggestion
    if meant is None or best.total:
        return meant
    query = parse(meant)
    return meant if _total(snapshot, query, query.accented, reader_tokens, filters) else None


def _total(snapshot: Snapshot, query: Query, accented: bool, reader_tokens: Collection[str], filters: Filters) -> int:
    """How many documents answer a query as it stands."""
    evaluation = Evaluation(Lexicon.of(snapshot, reader_tokens), query, accented=accented)
    return Narrowed(snapshot, evaluation.matches(), filters).total


def _evaluated(lexicon: Lexicon, understood: Understood, filters: Filters) -> tuple[Evaluation, Narrowed]:
    """The query as understood; when accents were typed and nothing has them, without accents."""
    query, snapshot = understood.query, lexicon.snapshot
    evaluation = Evaluation(lexicon, query, accented=query.accented)
    narrowed = Narrowed(snapshot, evaluation.matches(), filters)
    if query.accented and not ((narrowed.total or narrowed.matching.any()) and _stands_somewhere(lexicon, understood)):
        lenient = Evaluation(lexicon, query, accented=False)
        matching = lenient.matches()
        if matching.any():
            return lenient, Narrowed(snapshot, matching, filters)
    return evaluation, narrowed


def _stands_somewhere(lexicon: Lexicon, understood: Understood) -> bool:
    """Whether anything matches by the words that were typed, not only by corrections of their accents."""
    if understood.typed is understood.query:
        return True
    return bool(Evaluation(lexicon, understood.typed, accented=True).matches().any())


def explained(
    snapshot: Snapshot, understood: Understood, reader_tokens: Collection[str], filters: Filters, ids: Collection[int]
) -> dict[int, Explanation]:
    if not understood.query.ranks:
        return {}
    lexicon = Lexicon.of(snapshot, reader_tokens)
    evaluation, narrowed = _evaluated(lexicon, understood, filters)
    numbers, boosts = snapshot.numbers("id"), snapshot.boosts(lexicon.newest)
    found = _among(snapshot, narrowed.found, ids)
    written = _written(understood)
    named = [{written.get(word, word): points for word, points in words.items()} for words in evaluation.explained(found)]
    return {
        int(numbers[each]): Explanation(words, {name: float(gain[each]) for name, gain in boosts.items()})
        for each, words in zip(found, named, strict=True)
    }


def _among(snapshot: Snapshot, found: Bits, ids: Collection[int]) -> list[int]:
    """The documents of ``found`` with these ids."""
    numbered = np.flatnonzero(np.isin(snapshot.numbers("id"), list(ids)))
    return places_of(found & bits_at(numbered, snapshot.size)).tolist()


def _written(understood: Understood) -> dict[str, str]:
    """How a reader writes the canonical syllables of a query, which carry their tone behind the letters, and its folded pairs."""
    written: dict[str, str] = {}
    for text in filter(None, (understood.suggestion, understood.text, understood.query.text)):
        words = [(word, text[word.start : word.end].lower()) for word in analysis.words(text)]
        written |= {word.canonical + star: spelled + star for word, spelled in words for star in ("", "*")}
        written |= {
            f"{left.folded} {right.folded}": f"{spelled} {beside}"
            for (left, spelled), (right, beside) in zip(words, words[1:], strict=False)
        }
    return written


def marked(snapshot: Snapshot, reading: Reading, reader_tokens: Collection[str], ids: Collection[int]) -> tuple[Hit, ...]:
    """The visible documents among ``ids`` with the words of ``reading`` marked, without a score."""
    documents = _among(snapshot, Lexicon.of(snapshot, reader_tokens).visible, ids)
    return _hits(snapshot, documents, [0.0] * len(documents), reading)


def _hits(snapshot: Snapshot, documents: Sequence[int], scores: Sequence[float], reading: Reading | None) -> tuple[Hit, ...]:
    """The documents with their scores, and with what is marked in their texts when there is a ``reading``."""
    ids, marker = snapshot.numbers("id"), Marker(reading.query, accented=reading.accented) if reading else None
    found = []
    for document, score in zip(documents, scores, strict=True):
        shown = snapshot.stored(document)
        marks = _marks(snapshot, document, shown, reading.query, marker) if reading and marker else {}
        found.append(Hit(int(ids[document]), shown["code"], round(score, 4), **marks))
    return tuple(found)


def _marks(snapshot: Snapshot, document: int, shown: Mapping[str, Any], query: Query, marker: Marker) -> dict[str, Any]:
    title = marker.whole(shown["title"])
    passage = marker.passage((shown["problem"], shown["solution"], shown["rest"]))
    file = file_hit(snapshot, document, query, marker, (title, passage))
    return {"highlights": {"title": title, "passage": passage}, "file": file}
