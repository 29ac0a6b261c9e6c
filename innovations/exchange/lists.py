"""Lists of units and of people as units keep them in a spreadsheet, read for ``people/services/importing``."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, TypeVar

from innovations.core.rules.errors import DomainError, raise_all
from innovations.exchange.reading import read_sheet
from innovations.exchange.rules.cells import Cell, day_of, text_of
from innovations.people.rules.lists import PEOPLE_HEADERS, UNIT_HEADERS, RowRefused, choice, yes_or_no
from innovations.people.rules.units import Level, PersonCategory, UnitKind
from innovations.people.services.importing import PersonRow, UnitRow
from innovations.people.services.persons import PersonData
from innovations.people.services.units import UnitData

Row = TypeVar("Row")


def read_units(file: BinaryIO) -> list[UnitRow]:
    """The units of a list (CSV in UTF-8, or XLSX).

    :raises Several: of :class:`RowRefused`, every row that cannot be read; other refusals concern the file as a whole.
    """
    return _rows(file, UNIT_HEADERS, ("code", "name"), _unit_row)


def read_people(file: BinaryIO) -> list[PersonRow]:
    """The people of a list (CSV in UTF-8, or XLSX).

    :raises Several: of :class:`RowRefused`, every row that cannot be read; other refusals concern the file as a whole.
    """
    return _rows(file, PEOPLE_HEADERS, ("service_number", "full_name", "unit"), _person_row)


def _rows(
    file: BinaryIO, headers: dict[str, str], required: tuple[str, ...], make: Callable[[int, dict[str, Cell]], Row]
) -> list[Row]:
    """Every row as ``make`` reads it; all refusals together."""
    rows: list[Row] = []
    refused: list[DomainError] = []
    for number, cells in read_sheet(file, headers, required).rows:
        try:
            rows.append(make(number, cells))
        except DomainError as error:
            refused.append(RowRefused("file", row=number, reason=error))
    raise_all(refused)
    return rows


def _unit_row(number: int, cells: dict[str, Cell]) -> UnitRow:
    text = {name: text_of(cells.get(name), name).strip() for name in UNIT_HEADERS}
    level = Level(choice(text["level"] or Level.BASE.value, Level, "level"))
    kind = choice(text["kind"], UnitKind, "kind").value if text["kind"] else ""
    is_base = yes_or_no(text["is_base"], "is_base") if "is_base" in cells else level is not Level.SUBUNIT
    name = text["name"] or text["code"]
    return UnitRow(number, UnitData(text["code"], name, text["short_name"], level, kind, text["place"], is_base), text["parent"])


def _person_row(number: int, cells: dict[str, Cell]) -> PersonRow:
    text = {name: text_of(cells.get(name), name).strip() for name in PEOPLE_HEADERS if name != "born_on"}
    category = PersonCategory(choice(text["category"] or PersonCategory.OFFICER.value, PersonCategory, "category"))
    data = PersonData(
        text["full_name"],
        0,
        text["rank"],
        text["position"],
        text["qualification"],
        day_of(cells.get("born_on"), "born_on"),
        category,
    )
    return PersonRow(number, data, text["service_number"], text["unit"])
