"""``flask people …`` and ``flask units import``: the first admin, API tokens, lists of units and people."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import BinaryIO

import click
from flask.cli import AppGroup

from innovations.cli.answering import refusing
from innovations.cli.register import actor_named
from innovations.exchange.lists import read_people, read_units
from innovations.extensions import db
from innovations.people.rules.tokens import check_scopes, lifetime
from innovations.people.services import founding, importing
from innovations.people.services.importing import Imported
from innovations.people.services.tokens import create_token

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
    _tell(importing.import_people(read_people(file)), as_json)


@units.command("import")
@click.argument("file", type=click.File("rb"))
@AS_JSON
@refusing
def import_units(file: BinaryIO, as_json: bool) -> None:
    """Add the units of FILE (CSV in UTF-8, or XLSX), parents before children."""
    _tell(importing.import_units(read_units(file)), as_json)
