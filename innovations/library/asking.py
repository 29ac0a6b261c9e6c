"""What the address of the library page asks for, read leniently: unknown values find nothing, wrong numbers are mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from innovations.core.paging import page_numbers
from innovations.search import LIBRARY_STATES, Facet, Filters, Query, Sort, awaits_word, parse

#: Values of one facet that are read; more are nobody's honest choice.
MOST_VALUES = 20
VALUE_LENGTH = 60


@dataclass(frozen=True)
class Asked:
    """A search of the library, the one object that page, API and export take it from: words, chosen facet values, order, page.

    :param literal: take the words exactly as they were typed.
    :param typing: the last word is still being typed, so words that begin with it count too.
    """

    q: str = ""
    filters: Filters = Filters(state=LIBRARY_STATES)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 20
    literal: bool = False
    typing: bool = False

    @property
    def query(self) -> Query:
        """The words as the engine takes them.

        :raises QueryTooLong: more than 1,000 characters (400).
        """
        return parse(self.q, literal=self.literal, as_you_type=self.typing)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values chosen in a facet."""
        values: tuple[str, ...] = getattr(self.filters, facet)
        return values

    @property
    def narrowed(self) -> bool:
        """Whether any facet value is chosen."""
        return any(self.chosen(facet) for facet in Facet)

    def toggled(self, facet: str, value: str) -> Asked:
        """The same search with a facet value added or, when it is chosen, taken away; from its first page."""
        held = self.chosen(facet)
        values = tuple(each for each in held if each != value) if value in held else (*held, value)
        return replace(self, filters=replace(self.filters, **{facet: values}), page=1)

    def args(self, **changes: Any) -> dict[str, Any]:
        """The query string that asks for this; what is as usual is left out."""
        asked = replace(self, **changes) if changes else self
        given: dict[str, Any] = {"q": asked.q} if asked.q else {}
        given |= {facet.value: list(asked.chosen(facet)) for facet in Facet if asked.chosen(facet)}
        if asked.sort is not Sort.RELEVANCE:
            given["sort"] = asked.sort.value
        if asked.page > 1:
            given["page"] = asked.page
        if asked.per_page != Asked.per_page:
            given["per_page"] = asked.per_page
        if asked.literal and asked.q:
            given["literal"] = 1
        if asked.typing and asked.q:
            given["typing"] = 1
        return given

    def stored(self) -> dict[str, Any]:
        """The search as plain values that JSON can hold; :func:`read_back` makes it again."""
        return self.args()


def asked_for(args: MultiDict[str, str], unit_ids: dict[str, int]) -> Asked:
    """Read a query string.

    :param unit_ids: unit id by code: an address may name a unit by either.
    """
    page, per_page = page_numbers(args.get("page"), args.get("per_page"))
    chosen = {facet.value: _values(args, facet.value) for facet in Facet}
    chosen["unit"] = tuple(dict.fromkeys(str(unit_ids.get(value.upper(), value)) for value in chosen["unit"]))
    sort, typed = args.get("sort", ""), args.get("q", "")
    return Asked(
        q=typed.strip(),
        filters=Filters(**chosen, state=LIBRARY_STATES),
        sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
        page=page,
        per_page=per_page,
        literal=args.get("literal") == "1" and bool(typed.strip()),
        typing=args.get("typing") == "1" and bool(typed.strip()) and (not typed[-1:].isspace() or awaits_word(typed)),
    )


def read_back(stored: Mapping[str, Any]) -> Asked:
    """The search of :meth:`Asked.stored`, read as leniently as an address: what is not understood is left out."""
    several = {name: value if isinstance(value, list) else [value] for name, value in stored.items()}
    return asked_for(
        MultiDict({name: [str(each) for each in values if each is not None] for name, values in several.items()}), {}
    )


def _values(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    given = (value.strip()[:VALUE_LENGTH] for value in args.getlist(name)[:MOST_VALUES])
    return tuple(dict.fromkeys(value for value in given if value))
