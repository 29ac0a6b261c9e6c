"""``flask report annual``: the annual report of a unit as a file."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from innovations.cli.answering import refusing
from innovations.cli.register import file_format_of, unit_named
from innovations.reports.annual import annual_report
from innovations.reports.files import write_table

group = AppGroup("report", help="Reports as files.")


@group.command("annual")
@click.option("--unit", "code", help="Unit code; without it the only root unit.")
@click.option("--year", type=click.IntRange(1930, 2100), required=True, help="Calendar year.")
@click.option(
    "--out", "file", type=click.Path(dir_okay=False, path_type=Path), required=True, help="A name ending in .csv or .xlsx."
)
@refusing
def annual(code: str | None, year: int, file: Path) -> None:
    """Write the annual report of a unit and each base below it."""
    chosen, found = file_format_of(file, "--out"), annual_report(unit_named(code).path, year)
    with file.open("wb") as stream:
        written = write_table(stream, found.headers, found.rows, chosen, (40,))
    click.echo(f"{written} rows written to {file}")
