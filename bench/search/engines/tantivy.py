"""tantivy with a lower-casing tokenizer, its own BM25, and fast fields for filters and facets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.search.corpus import body
from bench.search.engines import TOP, NotHere, size_of
from bench.search.kinds import Kind, Question
from innovations.search import Document

_FIELDS = ("title", "body")
_COUNTED = {name: {"terms": {"field": name, "size": 200}} for name in ("field", "year", "unit")}


class Engine:
    """One index in ``folder``; it is read from memory-mapped files.

    :raises NotHere: the package is not installed (``requirements-bench.txt``).
    """

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        try:
            import tantivy  # noqa: PLC0415  (a peer need not be installed)
        except ImportError:
            raise NotHere("tantivy: pip install --require-hashes -r requirements-bench.txt") from None
        self._t: Any = tantivy
        self._folder = folder
        self._writer: Any = None

    def build(self, documents: Iterable[Document], count: int) -> None:
        self.open()
        writer = self._index.writer(100_000_000, 1)
        for document in documents:
            writer.add_document(self._made(document))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        builder = self._t.SchemaBuilder()
        builder.add_integer_field("id", stored=True, indexed=True, fast=True)
        for field in ("year", "unit", "battalion"):
            builder.add_integer_field(field, indexed=True, fast=True)
        for field in ("field", "state"):
            builder.add_text_field(field, tokenizer_name="raw", fast=True)
        for field in _FIELDS:
            builder.add_text_field(field, tokenizer_name="bench", stored=True)
        self._schema = builder.build()
        self._index = self._t.Index(self._schema, path=str(self._folder), reuse=True)
        analyzer = self._t.TextAnalyzerBuilder(self._t.Tokenizer.simple()).filter(self._t.Filter.lowercase())
        self._index.register_tokenizer("bench", analyzer.build())
        self._searcher = self._index.searcher()

    def prepare(self, question: Question) -> Callable[[], Sequence[int]] | None:
        words = question.telling if question.kind is Kind.SIMILAR else question.words
        if question.kind is Kind.PREFIX:
            query = self._any([self._t.Query.regex_query(self._schema, field, f"{words[0]}.*") for field in _FIELDS])
        elif question.kind is Kind.PHRASE:
            query = self._any([self._t.Query.phrase_query(self._schema, field, list(words)) for field in _FIELDS])
        else:
            query = self._words(words, every=question.kind in (Kind.AND, Kind.FILTER))
        if question.unit:
            query = self._narrowed(query, question)
        if question.kind is Kind.FACETS:
            return lambda: (self._searcher.aggregate(query, _COUNTED), self._best(query))[1]
        return (lambda: self._shown(query)) if question.kind is Kind.HIGHLIGHT else (lambda: self._best(query))

    def _best(self, query: Any) -> list[int]:
        addresses = [address for _, address in self._searcher.search(query, TOP).hits]
        return self._searcher.fast_field_values("id", addresses)  # type: ignore[no-any-return]

    def _shown(self, query: Any) -> list[int]:
        makers = [self._t.SnippetGenerator.create(self._searcher, query, self._schema, field) for field in _FIELDS]
        held = [self._searcher.doc(address) for _, address in self._searcher.search(query, TOP).hits]
        for document in held:
            for maker in makers:
                maker.snippet_from_doc(document).to_html()
        return [document["id"][0] for document in held]

    def _words(self, words: Sequence[str], *, every: bool) -> Any:
        occur = self._t.Occur.Must if every else self._t.Occur.Should
        one = ([self._t.Query.term_query(self._schema, field, word) for field in _FIELDS] for word in words)
        return self._t.Query.boolean_query([(occur, self._any(fields)) for fields in one])

    def _any(self, queries: Sequence[Any]) -> Any:
        return self._t.Query.boolean_query([(self._t.Occur.Should, query) for query in queries])

    def _narrowed(self, query: Any, question: Question) -> Any:
        field = "unit" if question.unit >= 100 else "battalion"
        wanted = [
            self._t.Query.term_query(self._schema, field, question.unit),
            self._t.Query.term_query(self._schema, "state", "recognised"),
            self._t.Query.range_query(self._schema, "year", self._t.FieldType.Integer, *question.years),
        ]
        narrowing = [(self._t.Occur.Must, self._t.Query.const_score_query(each, 0.0)) for each in wanted]
        return self._t.Query.boolean_query([(self._t.Occur.Must, query), *narrowing])

    def replace(self, document: Document) -> None:
        if self._writer is None:
            self._writer = self._index.writer(100_000_000, 1)
        self._writer.delete_documents_by_term("id", document.id)
        self._writer.add_document(self._made(document))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _made(self, document: Document) -> Any:
        return self._t.Document(
            id=document.id, title=document.title, body=body(document), field=document.field, year=document.year,
            unit=document.unit_id, battalion=document.unit_path[1], state=document.state,
        )  # fmt: skip

    def bytes(self) -> int:
        return size_of(self._folder)

    def memory_mb(self) -> float:
        return 0.0

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
