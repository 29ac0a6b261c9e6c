"""``flask people …`` and ``flask units import``: the first admin, API tokens, lists of units and people."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO

import click
from flask.cli import AppGroup

from innovations.cli.answering import refusing
from innovations.cli.register import actor_named
from innovations.core.rules.errors import DomainError, raise_all
from innovations.exchange.reading import read_sheet
from innovations.exchange.rules.cells import Cell, day_of, text_of
from innovations.extensions import db
from innovations.people.rules.lists import PEOPLE_HEADERS, UNIT_HEADERS, RowRefused, choice, yes_or_no
from innovations.people.rules.tokens import check_scopes, lifetime
from innovations.people.rules.units import Level, PersonCategory, UnitKind
from innovations.people.services import founding, importing
from innovations.people.services.importing import Imported, PersonRow, UnitRow
from innovations.people.services.persons import PersonData
from innovations.people.services.tokens import create_token
from innovations.people.services.units import UnitData

people = AppGroup("people", help="Persons, accounts and tokens.")
units = AppGroup("units", help="The tree of units.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@people.command("create-admin")
@click.option("--service-number", prompt="Service number")
@click.option("--name", prompt="Full name")
@click.option("--password", prompt="Password", hide_input=True, confirmation_prompt=True)
@refusing
def create_admin(service_number: str, name: str, password: str) -> None:
    """Make an admin of the whole tree; on an empty instance also the root unit GOC."""
    founding.create_admin(service_number=service_number, name=name, password=password)
    click.echo(f"Admin {service_number} created.")


@people.command("create-token")
@click.argument("service_number")
@click.option("--scope", required=True, help="Scopes with commas, such as library:read.")
@click.option("--expires", default="1d", show_default=True, help="Hours or days: 12h, 30d.")
@refusing
def token(service_number: str, scope: str, expires: str) -> None:
    """Make a bearer token of the API; it is printed alone on the last line, this once."""
    scopes, span = check_scopes(scope), lifetime(expires)
    account_id = actor_named(service_number).account_id
    db.session.rollback()
    made = create_token(account_id, scopes, span, name="flask people create-token")
    click.echo(f"Token of {service_number} for {', '.join(scopes)}, expires in {expires}:", err=True)
    click.echo(made)


def _rows(
    file: BinaryIO, headers: dict[str, str], required: tuple[str, ...], make: Callable[[int, dict[str, Cell]], Any]
) -> list[Any]:
    """Every row as ``make`` reads it; all refusals together."""
    rows, refused = [], []
    for number, cells in read_sheet(file, headers, required).rows:
        try:
            rows.append(make(number, cells))
        except DomainError as error:
            refused.append(RowRefused(row=number, reason=error.worded()))
    raise_all(list(refused))
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


def _tell(done: Imported, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False))
        return
    unit = None
    for each in done.issued:
        if each.unit != unit:
            unit = each.unit
            click.echo(f"\n{unit}")
        click.echo(f"{each.service_number}\t{each.full_name}\t{each.password}")
    click.echo(f"{done.rows} rows: {done.created} created, {done.unchanged} already there")


@people.command("import")
@click.argument("file", type=click.File("rb"))
@AS_JSON
@refusing
def import_people(file: BinaryIO, as_json: bool) -> None:
    """Add the people of FILE (CSV in UTF-8, or XLSX); prints their one-time passwords by unit, this once."""
    rows = _rows(file, PEOPLE_HEADERS, ("service_number", "full_name", "unit"), _person_row)
    _tell(importing.import_people(rows), as_json)


@units.command("import")
@click.argument("file", type=click.File("rb"))
@AS_JSON
@refusing
def import_units(file: BinaryIO, as_json: bool) -> None:
    """Add the units of FILE (CSV in UTF-8, or XLSX), parents before children."""
    rows = _rows(file, UNIT_HEADERS, ("code", "name"), _unit_row)
    _tell(importing.import_units(rows), as_json)
