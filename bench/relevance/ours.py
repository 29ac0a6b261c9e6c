"""This product: documents go through its own writer, questions through its own parser and engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.indexing import write_index
from bench.relevance.questions import Text
from innovations.search import Document, WhooshEngine, parse

_READER = frozenset({"any"})


class Ours:
    """The product's search over ``texts``, in ``folder``."""

    name = "this product"

    def __init__(self, texts: Sequence[Text], folder: Path) -> None:
        write_index(folder, (_document(number, text) for number, text in enumerate(texts, 1)))
        self._engine = WhooshEngine(folder)
        self._names = [text.id for text in texts]

    def find(self, questions: Sequence[str]) -> list[list[str]]:
        """Ids of the ten best documents for each question."""
        return [self._ten(question) for question in questions]

    def _ten(self, question: str) -> list[str]:
        results = self._engine.search(parse(question), _READER, per_page=10, facets=())
        return [self._names[hit.id - 1] for hit in results.hits]


def _document(number: int, text: Text) -> Document:
    """What an imported record with a title and a description becomes."""
    return Document(id=number, code=f"T-{number}", title=text.title, solution=text.text, tokens=_READER, state="recognised")
