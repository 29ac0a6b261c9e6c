"""Stock Whoosh, with its own searcher and scorer, on the very index that this product wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from whoosh import query as q
from whoosh.index import open_dir
from whoosh.scoring import BM25F
from whoosh.sorting import Count, Facets

from bench.search.engines import TOP, NotHere
from bench.search.kinds import READER, Kind, Question
from innovations.search import Document
from innovations.search.files.bm25 import K1, B
from innovations.search.files.generations import IndexFolder
from innovations.search.files.schema import INDEX_NAME, schema
from innovations.search.files.terms import key
from innovations.search.text.analysis import syllable

_COUNTED = ("field", "year", "unit")


class Engine:
    """Whoosh over the folder of the engine ``ours``, which lies beside."""

    name = "stock Whoosh"

    def __init__(self, folder: Path) -> None:
        self._folder = IndexFolder(folder.with_name("ours"))

    def build(self, documents: Iterable[Document], count: int) -> None:
        raise NotHere("stock Whoosh reads the index that this product built")

    def open(self) -> None:
        self._index = open_dir(str(self._folder.current()), indexname=INDEX_NAME, schema=schema())
        self._searcher = self._index.searcher(weighting=BM25F(B=B, K1=K1))
        self._visible = q.Or([q.Term("k", key("token", token)) for token in READER])
        self._values = {kind: self._of(kind) for kind in _COUNTED}

    def prepare(self, question: Question) -> Callable[[], Sequence[int]] | None:
        if question.kind in (Kind.PHRASE, Kind.SIMILAR, Kind.HIGHLIGHT):
            return None  # the index holds no positions, and stock highlights need the analyzer of a field
        terms = [q.Term("x", syllable(word).canonical) for word in question.words]
        asked: q.Query = q.Or(terms)
        if question.kind is Kind.PREFIX:
            asked = q.Prefix("f", syllable(question.words[0]).folded)
        elif question.kind in (Kind.AND, Kind.FILTER):
            asked = q.And(terms)
        allowed = q.And([self._visible, *_narrowed(question)]) if question.unit else self._visible
        if question.kind is Kind.FACETS:
            return lambda: self._counted(asked)
        return lambda: [hit.docnum for hit in self._searcher.search(asked, limit=TOP, filter=allowed)]

    def _counted(self, asked: q.Query) -> list[int]:
        groups = Facets()
        for kind, values in self._values.items():
            groups.add_query(kind, values)
        found = self._searcher.search(asked, limit=TOP, filter=self._visible, groupedby=groups, maptype=Count, optimize=False)
        for kind in self._values:
            found.groups(kind)
        return [hit.docnum for hit in found]

    def _of(self, kind: str) -> dict[str, q.Query]:
        start = key(kind, "")
        terms = (term.decode() for term in self._searcher.reader().expand_prefix("k", start.encode()))
        return {term.removeprefix(start): q.Term("k", term) for term in terms}

    def replace(self, document: Document) -> None:
        raise NotHere("stock Whoosh reads the index that this product writes")

    def bytes(self) -> int:
        return 0

    def memory_mb(self) -> float:
        return 0.0

    def close(self) -> None:
        self._searcher.close()


def _narrowed(question: Question) -> list[q.Query]:
    years = [q.Term("k", key("year", year)) for year in range(question.years[0], question.years[1] + 1)]
    return [q.Term("k", key("unit", question.unit)), q.Term("k", key("state", "recognised")), q.Or(years)]
