"""A made-up feature that documents come from."""

from collections.abc import Sequence
from typing import Any

from innovations.core.transactions import atomic
from innovations.search import outbox


class Source:
    """Stands in for the features: what it holds is what the database would hold."""

    def __init__(self) -> None:
        self.held: dict[int, dict[str, Any]] = {}
        self.poisoned: set[int] = set()

    def part(self, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        if self.poisoned & set(ids):
            raise RuntimeError("a row nobody can read")
        return {number: self.held[number] for number in ids if number in self.held}

    def hold(self, number: int, title: str, **fields: Any) -> None:
        """Store a document without asking for it to be indexed."""
        self.held[number] = {"code": f"SK-1A-2024-{number:04d}", "title": title, "tokens": {"any"}, **fields}

    def change(self, number: int, title: str, **fields: Any) -> None:
        """Store a document and its index job, as a use case does."""
        self.hold(number, title, **fields)
        with atomic():
            outbox.enqueue(number)
