"""Where documents come from: each feature registers its part, and the parts are joined here (house rule 5).

So a proposal's texts, its grade and its adoptions can live in three features that do not know each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from innovations.search.documents import Document
from innovations.search.port import Filters, Title

#: Given ids, the fields a feature knows of each; an id it leaves out it knows nothing about.
Part = Callable[[Sequence[int]], Mapping[int, Mapping[str, Any]]]
AllIds = Callable[[], Iterable[int]]
#: Given a reader's tokens and what the page narrows by: what he may see, newest first, straight from the database.
Titles = Callable[[Collection[str], Filters], Iterable[Title]]

_KNOWN = {field.name for field in fields(Document)} - {"id"}
_REQUIRED = {"code", "title", "tokens"}
_parts: dict[str, Part] = {}
_all_ids: dict[str, AllIds] = {}
_titles: dict[str, Titles] = {}


class PartsDisagree(ValueError):
    """Two features give the same field, or one gives a field that documents do not have."""


def register_part(name: str, part: Part) -> None:
    """Join ``part`` into every document.

    It is called with many ids at once and must query for all together.  ``rest`` may come from several parts, which are put
    one under the other, and ``tokens`` from several, which are united; any other field comes from one part only.
    """
    _parts[name] = part


def register_all_ids(all_ids_of: AllIds) -> None:
    """Say which documents there are; a rebuild reads them all."""
    _all_ids["all"] = all_ids_of


def register_titles(titles_for: Titles) -> None:
    """Say where titles come from while the index cannot be asked; the same rights must hold there."""
    _titles["all"] = titles_for


def titles(reader_tokens: Collection[str], filters: Filters) -> list[Title]:
    """What a search without the index looks at; nothing when nobody registered."""
    return [title for listed in _titles.values() for title in listed(reader_tokens, filters)]


def all_ids() -> list[int]:
    """Ids of every document, ascending, each once."""
    return sorted({number for listed in _all_ids.values() for number in listed()})


def load(ids: Iterable[int]) -> dict[int, Document]:
    """The current documents; an id without code, title or tokens is not one, and is left out.

    :raises PartsDisagree: see there.
    """
    wanted = sorted(set(ids))
    joined: dict[int, dict[str, Any]] = {number: {} for number in wanted}
    owners: dict[tuple[int, str], str] = {}
    for name, part in _parts.items():
        for number, given in part(wanted).items():
            if number in joined:
                _join(joined[number], given, name, number, owners)
    return {number: Document(id=number, **held) for number, held in joined.items() if _complete(held)}


def _complete(held: Mapping[str, Any]) -> bool:
    return all(held.get(name) for name in _REQUIRED)


def _join(held: dict[str, Any], given: Mapping[str, Any], name: str, number: int, owners: dict[tuple[int, str], str]) -> None:
    for field, value in given.items():
        if field not in _KNOWN:
            raise PartsDisagree(f"{name} gives {field}, which documents do not have")
        if field == "tokens":
            held[field] = held.get(field, frozenset()) | frozenset(value)
        elif field == "rest":
            held[field] = "\n".join(filter(None, (held.get(field, ""), value)))
        elif (number, field) in owners:
            raise PartsDisagree(f"{name} and {owners[number, field]} both give {field}")
        else:
            owners[number, field] = name
            held[field] = value
