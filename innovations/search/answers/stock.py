"""Searching with Whoosh's own searcher: what is left when another Whoosh is installed than those whose files arrays are read from.

Two hundred times slower and plainer: no passages, no counts beside the results, no reading of keystrokes, no order but relevance, and of
more than three words one is enough.  What a reader may see, the filters and the rest of the language hold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from whoosh import query as whoosh
from whoosh.index import open_dir
from whoosh.scoring import BM25F

from innovations.search.asking.query import Atom, Clause, Filter, Note, Phrase, Query, Term
from innovations.search.files import terms
from innovations.search.files.bm25 import K1, B
from innovations.search.files.schema import INDEX_NAME, schema
from innovations.search.port import Filters, Hit, Results
from innovations.search.text import analysis

#: Years that a range without an end reaches to.
_YEARS = (1945, 2100)


def answer(generation: Path, query: Query, reader_tokens: Collection[str], filters: Filters, page: int, per_page: int) -> Results:
    """One page of what the reader may see, by relevance, with a note that says how it was searched."""
    with open_dir(str(generation), INDEX_NAME, schema=schema()).searcher(weighting=BM25F(B=B, K1=K1)) as searcher:
        allowed, notes = _allowed(searcher, query, reader_tokens, filters), (*query.notes, Note("stock_search"))
        if not allowed:
            return Results(notes=notes)  # an empty filter is none to Whoosh
        found = searcher.search(_asked(query), filter=allowed, limit=page * per_page)
        ids = searcher.reader().column_reader("id")
        shown = tuple(
            Hit(int(ids[hit.docnum]), hit["doc"]["code"], round(hit.score, 4)) for hit in found[(page - 1) * per_page :]
        )
        return Results(total=len(found), hits=shown, notes=notes)


def _allowed(searcher: Any, query: Query, reader_tokens: Collection[str], filters: Filters) -> set[int]:
    """The documents that the reader may see and that pass every filter."""
    narrowed = [_any_key("token", reader_tokens), *(_any_key(kind, values) for kind, values in filters.chosen().items())]
    narrowed += [_negated(each, _filter(each)) for each in query.filters if each.key != "adopted"]
    allowed, counts = set(searcher.docs_for_query(whoosh.And(narrowed))), searcher.reader().column_reader("adoptions")
    for each in query.filters:
        if each.key == "adopted":
            allowed = {number for number in allowed if _meets(counts[number], each) != each.negated}
    return allowed


def _meets(count: int, narrowing: Filter) -> bool:
    return any(count >= (low or 0) and (high is None or count <= high) for low, high in narrowing.ranges)


def _negated(narrowing: Filter, found: whoosh.Query) -> whoosh.Query:
    return whoosh.Not(found) if narrowing.negated else found


def _asked(query: Query) -> whoosh.Query:
    field = "x" if query.accented else "f"
    loose = [_clause(clause, field) for clause in query.loose]
    wanted = [_clause(clause, field) for clause in query.required]
    if loose:
        wanted.append(whoosh.And(loose) if query.needs_all else whoosh.Or(loose))
    unwanted = [whoosh.Not(_atom(atom, field)) for atom in query.excluded]
    return whoosh.And([*(wanted or [whoosh.Every()]), *unwanted])


def _clause(clause: Clause, field: str) -> whoosh.Query:
    return whoosh.Or([_atom(atom, field) for atom in clause.alternatives])


def _atom(atom: Atom, field: str) -> whoosh.Query:
    """A word in the proposal or a file of it; a phrase by its words and their neighbours."""
    if isinstance(atom, Phrase):
        pairs = analysis.bigrams([term.syllable.folded for term in atom.terms])
        return whoosh.And([*(_atom(term, field) for term in atom.terms), *(whoosh.Term("fb", pair) for pair in pairs)])
    return whoosh.Or([_word(atom, each) for each in (field, terms.FILES[field])])


def _word(term: Term, field: str) -> whoosh.Query:
    spelled = term.syllable.canonical if field in ("x", terms.FILES["x"]) else term.syllable.folded
    return whoosh.Prefix(field, spelled) if term.prefix else whoosh.Term(field, spelled)


def _any_key(kind: str, values: Iterable[object]) -> whoosh.Query:
    return whoosh.Or([whoosh.Term("k", terms.key(kind, value)) for value in values])


def _filter(narrowing: Filter) -> whoosh.Query:
    either = [_any_key(narrowing.key, _years(low, high)) for low, high in narrowing.ranges]
    for value in narrowing.values:
        if narrowing.key == "code":
            either.append(_any_key("code", [analysis.whole(value)]))
        else:
            names = [terms.name_key(narrowing.key, term) for term in terms.name_terms(value)]
            either.append(whoosh.And([whoosh.Term("k", name) for name in names]))
    return whoosh.Or(either)


def _years(low: int | None, high: int | None) -> range:
    return range(max(low or 0, _YEARS[0]), min(_YEARS[1] if high is None else high, _YEARS[1]) + 1)
