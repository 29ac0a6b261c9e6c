"""What is offered under the search box while one types: titles that have the words, fields and units named so.

Everything comes from what the reader may see: titles of visible hits, and fields and units that a visible improvement has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

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
from innovations.search.text.analysis import Syllable, Word

#: Offered at once; of these at most so many fields, and as many units.
MOST, MOST_NAMES = 10, 2
#: Letters before anything is offered.
MIN_LETTERS = 2
#: Hits among which titles are looked for.
LOOKED_AT = 30
#: Signs of the query language: what stands beside them is not the beginning of a name.
_SIGNS = frozenset('":|*“”«»„')


#: Facet → value → number of improvements.
Counts = Mapping[Facet, Mapping[str, int]]


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
    labels = Labels(fields_of_work(only_active=False), listed)
    full = {str(unit.id): unit.name for unit in listed}
    counting = cache(partial(_counted, actor, asked, facets))
    for facet in facets:
        names = {value: (labels.of(facet, value), full.get(value, "")) for value in counting("")[facet]}
        yield from _named(asked, facet, names, counting)


def _counted(actor: Actor, asked: Asked, facets: Sequence[Facet], text: str) -> Counts:
    """How many improvements found by ``text`` have each value of the facets that is not chosen already."""
    counted = search.engine().search(
        search.parse(text), reader_tokens(actor), asked.filters, per_page=1, facets=facets, marks=False
    )
    return {
        facet: {each.value: each.count for each in counted.facets.get(facet.value, ()) if each.count and not each.chosen}
        for facet in facets
    }


def _named(
    asked: Asked, facet: Facet, names: Mapping[str, tuple[str, str]], counting: Callable[[str], Counts]
) -> Iterator[NameOffer]:
    """Values of a facet whose name the last words begin, most words first, then most improvements that have the others."""
    words = list(analysis.words(asked.q))
    meant = {value: max(_begun(words, name) for name in spelled) for value, spelled in names.items()}
    rests = {value: asked.q[: words[-count].start].strip() for value, count in meant.items() if count}
    counts = {value: counting(rest)[facet].get(value, 0) for value, rest in rests.items()}
    best = sorted((value for value in counts if counts[value]), key=lambda value: (-meant[value], -counts[value], value))
    for value in best[:MOST_NAMES]:
        narrowed = replace(asked.toggled(facet.value, value), q=rests[value], typing=False, per_page=Asked.per_page)
        yield NameOffer(facet, names[value][0], counts[value], narrowed)


def _begun(typed: Sequence[Word], name: str) -> int:
    """How many of the last words stand in ``name``, the very last perhaps only begun; 0 when it is not meant.

    A word that was typed with accents is only met by one with these.
    """
    held = analysis.syllables(name)
    for count in range(min(len(typed), len(held)), 0, -1):
        *whole, last = typed[-count:]
        unfinished = analysis.unfinished(Syllable(last.canonical, last.folded), accented=True)
        for start in range(len(held) - count + 1):
            beside = zip(whole, held[start:], strict=False)
            if all(_same(*pair) for pair in beside) and unfinished.completed_by(held[start + count - 1]):
                return count if count > 1 or len(last.folded) >= MIN_LETTERS else 0
    return 0


def _same(typed: Word, word: Syllable) -> bool:
    return word.canonical == typed.canonical or typed.canonical == typed.folded == word.folded
