"""Facet values in words, as the page and the API show them: fields, solution types, the tree of units, levels, grades."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from innovations.core.formats import named
from innovations.core.rules.errors import N_
from innovations.core.rules.text import vietnamese_key
from innovations.people.queries import UnitRow
from innovations.people.rules.units import Level
from innovations.proposals.rules.content import SolutionType
from innovations.regulations.models import FieldOfWork
from innovations.search import Facet, FacetValue, Results

HEADINGS = {
    Facet.FIELD: N_("Lĩnh vực"),
    Facet.TYPE: N_("Loại giải pháp"),
    Facet.UNIT: N_("Đơn vị"),
    Facet.LEVEL: N_("Cấp công nhận"),
    Facet.YEAR: N_("Năm công nhận"),
    Facet.GRADE: N_("Xếp loại"),
    Facet.ADOPTED: N_("Nhân rộng"),
}
_ADOPTED = {"yes": N_("Đã có đơn vị khác áp dụng"), "no": N_("Chưa có đơn vị khác áp dụng")}

#: Steps of indentation the page has room for.
DEEPEST = 4
#: Values that stand open; the others are folded, but for one or two, which hide nothing worth a click.
SHOWN, _WORTH_A_FOLD = 8, 3


@dataclass(frozen=True)
class FacetEntry:
    """One value beside the results.  ``depth`` counts the listed units above it; 0 outside the tree of units."""

    value: str
    label: str
    count: int
    chosen: bool
    depth: int = 0


@dataclass(frozen=True)
class FacetGroup:
    """A facet with its values."""

    name: str
    heading: str
    entries: tuple[FacetEntry, ...]

    @property
    def open(self) -> tuple[FacetEntry, ...]:
        """The values that stand open."""
        return self.entries[:SHOWN] if _folds(self.entries) else self.entries

    @property
    def folded(self) -> tuple[FacetEntry, ...]:
        """The others."""
        return self.entries[len(self.open) :]


class Labels:
    """Words for facet values, from what was read once for the page."""

    def __init__(self, fields: Sequence[FieldOfWork], units: Sequence[UnitRow]) -> None:
        self._units = units
        types = {each.value: gettext(each.label) for each in SolutionType}
        self._words: dict[Facet, Mapping[str, str]] = {
            Facet.FIELD: {each.code: named(each.name, each.name_en) for each in fields},
            Facet.TYPE: types,
            Facet.UNIT: {str(unit.id): unit.short_name for unit in units},
            Facet.LEVEL: {each.value: gettext(each.label) for each in Level},
            Facet.ADOPTED: {value: gettext(word) for value, word in _ADOPTED.items()},
        }

    def of(self, facet: Facet, value: str) -> str:
        """The words for a value; one that is not known stands for itself."""
        return self._words.get(facet, {}).get(value, value)

    def groups(self, results: Results) -> tuple[FacetGroup, ...]:
        """The facets of a result in the page's order; one without values keeps its place, for nothing may jump while one types.

        None at all when no facet has a value: without hits there is nothing to narrow.
        """
        shown = [(facet, self._entries(facet, results.facets.get(facet.value, ()))) for facet in Facet]
        if not any(entries for _, entries in shown):
            return ()
        return tuple(FacetGroup(facet.value, gettext(HEADINGS[facet]), entries) for facet, entries in shown)

    def _entries(self, facet: Facet, values: Sequence[FacetValue]) -> tuple[FacetEntry, ...]:
        if facet is Facet.UNIT:
            return self._tree(values)
        entries = [FacetEntry(each.value, self.of(facet, each.value), each.count, each.chosen) for each in values]
        if facet in (Facet.FIELD, Facet.TYPE, Facet.ADOPTED):
            entries.sort(key=(_most_first if _folds(entries) else self._listed(facet)))
        return tuple(entries)

    def _listed(self, facet: Facet) -> Callable[[FacetEntry], int]:
        """The order of the lists that forms show too: ordered by number, values would change places with every choice."""
        places = {value: place for place, value in enumerate(self._words[facet])}
        return lambda entry: places.get(entry.value, len(places))

    def _tree(self, values: Sequence[FacetValue]) -> tuple[FacetEntry, ...]:
        """Units in the order of the tree, each indented below those above it that are listed too.

        A unit without hits is left out with all below it; one that is chosen stays, perhaps without its parent.
        """
        by_id = {each.value: each for each in values}
        listed = ((unit, by_id[str(unit.id)]) for unit in self._units if str(unit.id) in by_id)
        return tuple(
            FacetEntry(each.value, unit.short_name, each.count, each.chosen, min(_above(unit, by_id), DEEPEST))
            for unit, each in listed
        )


def _folds(entries: Sequence[FacetEntry]) -> bool:
    return len(entries) >= SHOWN + _WORTH_A_FOLD


def _most_first(entry: FacetEntry) -> tuple[int, str]:
    """What is folded away should be what is rare."""
    return -entry.count, vietnamese_key(entry.label)


def _above(unit: UnitRow, listed: Container[str]) -> int:
    """How many of the units above ``unit`` are listed; its path is ``/1/4/9/``, itself last."""
    return sum(each in listed for each in unit.path.strip("/").split("/")[:-1])
