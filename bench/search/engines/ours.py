"""This product: documents go through its own writer; questions are asked at its port, parsed, with the reader's rights on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench.indexing import write_index
from bench.search.engines import TOP, size_of
from bench.search.kinds import READER, Kind, Question
from innovations.search import Document, Facet, Filters, WhooshEngine, parse
from innovations.search.files.generations import IndexFolder
from innovations.search.files.writer import GenerationWriter

#: Seconds between two looks whether the index is hashed.
_WAITED = 0.05
COUNTED = (Facet.FIELD, Facet.YEAR, Facet.UNIT)


class Engine:
    """The product's search over the index in ``folder``."""

    name = "this product"

    def __init__(self, folder: Path) -> None:
        self.index = IndexFolder(folder)
        self.engine = WhooshEngine(folder)

    def build(self, documents: Iterable[Document], count: int) -> None:
        write_index(self.index.path, documents)

    def open(self) -> None:
        """Ready as a server is some seconds after its start: what is hashed beside the first queries slows them, and no other engine does it.

        :raises RuntimeError: the index cannot be asked, such as one kept by another version.
        """
        while not (status := self.engine.status()).get("inspected"):
            if not status["available"]:
                raise RuntimeError(f"the index cannot be asked ({status['reason']}): remove {self.index.path}, it is built anew")
            time.sleep(_WAITED)

    def prepare(self, question: Question) -> Callable[[], Sequence[int]] | None:
        search = self.engine
        if question.kind is Kind.SIMILAR:
            return lambda: [found.id for found in search.similar(question.title, question.text, READER, k=TOP)]
        query = parse(text_of(question))
        filters = Filters(unit=(str(question.unit),), state=("recognised",)) if question.unit else Filters()
        if question.kind is Kind.HIGHLIGHT:
            return lambda: [hit.id for hit in search.search(query, READER, per_page=TOP, facets=()).hits]
        facets = COUNTED if question.kind is Kind.FACETS else ()
        return lambda: search.rank(query, READER, filters, limit=TOP, facets=facets).ids

    def whole(self, question: Question) -> Callable[[], Sequence[int]]:
        """The whole service: text in; passages, all facets and the reader's rights out."""
        text = text_of(question)
        return lambda: [hit.id for hit in self.engine.search(parse(text), READER, per_page=TOP).hits]

    def replace(self, document: Document) -> None:
        with self.index.writing(), GenerationWriter(self.index.current()) as writer:
            writer.remove([document.id])
            writer.add([document])
            writer.commit()
        self.engine.available()

    def bytes(self) -> int:
        return size_of(self.index.path)

    def memory_mb(self) -> float:
        return 0.0

    def close(self) -> None:
        self.engine.close()


def text_of(question: Question) -> str:
    """The question as a person types it."""
    words = " ".join(question.words)
    if question.kind is Kind.PREFIX:
        return f"{words}*"
    if question.kind is Kind.PHRASE:
        return f'"{words}"'
    return f"{words} nam:{question.years[0]}..{question.years[1]}" if question.unit else words
