"""What is offered under the search box while one types: titles that have the words, fields and units named so.

Everything comes from what the reader may see: titles of visible hits, and fields and units that a visible improvement has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from innovations import search
from innovations.library.asking import Asked, asked_for
from innovations.library.facets import Labels
from innovations.library.searching import Card, titled
from innovations.people.queries import UnitRow, units
from innovations.people.rules.roles import Actor
from innovations.proposals.rules.visibility import reader_tokens
from innovations.regulations.queries import fields_of_work
from innovations.search import Facet
from innovations.search.text import analysis

#: Offered at once; of these at most so many fields, and as many units.
MOST, MOST_NAMES = 10, 2
#: Letters before anything is offered.
MIN_LETTERS = 2
#: Hits among which titles are looked for.
LOOKED_AT = 30
#: Signs of the query language: what stands beside them is not the beginning of a name.
_SIGNS = frozenset('":|*“”«»„')


@dataclass(frozen=True)
class NameOffer:
    """A field or unit to narrow by; ``asked`` is the search without the words that named it."""

    facet: Facet
    label: str
    count: int
    asked: Asked


@dataclass(frozen=True)
class Offers:
    """At most :data:`MOST` together."""

    names: tuple[NameOffer, ...] = ()
    titles: tuple[Card, ...] = ()


def offers(actor: Actor, args: MultiDict[str, str]) -> Offers:
    """What an address with half-typed words could mean.

    :raises QueryTooLong: more than 1,000 characters (400).
    """
    listed = units(only_active=False)
    asked = replace(asked_for(args, {unit.code: unit.id for unit in listed}), typing=True, page=1, per_page=LOOKED_AT)
    if sum(letter.isalnum() for letter in asked.q) < MIN_LETTERS:
        return Offers()
    names = tuple(_names(actor, asked, listed))
    return Offers(names, titled(actor, asked)[: MOST - len(names)])


def _names(actor: Actor, asked: Asked, listed: Sequence[UnitRow]) -> Iterator[NameOffer]:
    if _SIGNS.intersection(asked.q):
        return
    facets = (Facet.FIELD, Facet.UNIT)
    counted = search.engine().search(search.parse(""), reader_tokens(actor), asked.filters, per_page=1, facets=facets).facets
    labels = Labels(fields_of_work(only_active=False), listed)
    full = {str(unit.id): unit.name for unit in listed}
    for facet in facets:
        counts = {each.value: each.count for each in counted.get(facet.value, ()) if each.count and not each.chosen}
        yield from _named(asked, facet, counts, {value: (labels.of(facet, value), full.get(value, "")) for value in counts})


def _named(asked: Asked, facet: Facet, counts: Mapping[str, int], names: Mapping[str, tuple[str, str]]) -> Iterator[NameOffer]:
    """Values of a facet whose name the last words begin, most words first, then most improvements."""
    words = list(analysis.words(asked.q))
    typed = [word.folded for word in words]
    meant = {value: max(_begun(typed, name) for name in spelled) for value, spelled in names.items()}
    best = sorted((value for value in meant if meant[value]), key=lambda value: (-meant[value], -counts[value], value))
    for value in best[:MOST_NAMES]:
        rest = asked.q[: words[-meant[value]].start].strip()
        narrowed = replace(asked.toggled(facet.value, value), q=rest, typing=False, per_page=Asked.per_page)
        yield NameOffer(facet, names[value][0], counts[value], narrowed)


def _begun(typed: Sequence[str], name: str) -> int:
    """How many of the last words stand in ``name``, the very last perhaps only begun; 0 when it is not meant."""
    held = [each.folded for each in analysis.syllables(name)]
    for count in range(min(len(typed), len(held)), 0, -1):
        *whole, last = typed[-count:]
        for start in range(len(held) - count + 1):
            if held[start : start + count - 1] == whole and held[start + count - 1].startswith(last):
                return count if count > 1 or len(last) >= MIN_LETTERS else 0
    return 0
