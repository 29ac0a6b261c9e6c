"""Pages of a list: from 1, at most 100 rows, the excess never an error."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from innovations.core.rules.numbers import whole_or

T = TypeVar("T")

PER_PAGE = 20
PER_PAGE_LIMIT = 100


def page_numbers(page: str | None, per_page: str | None, default: int = PER_PAGE) -> tuple[int, int]:
    """Numbers from a query string, mended: ``("x", "5000")`` → ``(1, 100)``."""
    wanted, size = whole_or(page, 1), whole_or(per_page, default)
    return max(1, min(wanted, 100_000)), max(1, min(size, PER_PAGE_LIMIT))


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of ``total`` rows; ``url_for(n)`` leads to another."""

    items: Sequence[T]
    page: int
    per_page: int
    total: int
    url_for: Callable[[int], str]

    @property
    def pages(self) -> int:
        """Number of pages, at least 1."""
        return max(1, -(-self.total // self.per_page))
