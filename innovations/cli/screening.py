"""``flask similar import|campaign``: a whole import or campaign screened for repetitions now, with a progress bar."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from innovations import search
from innovations.boards import screening_queries as queries
from innovations.boards.services import screening
from innovations.cli.answering import refusing
from innovations.cli.register import actor_named, file_format_of
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.reports.columns import PAIR_HEADERS
from innovations.reports.files import write_table

group = AppGroup("similar", help="Repetitions in a whole import or campaign.")

_on_behalf = click.option(
    "--as", "service_number", required=True, help="Service number of the registrar or secretary on whose behalf."
)
_out = click.option(
    "--out", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write the pairs to a file ending in .csv or .xlsx."
)


@group.command("import")
@click.argument("batch_id", type=int)
@_on_behalf
@_out
@refusing
def screen_import(batch_id: int, service_number: str, file: Path | None) -> None:
    """Compare every record of the import BATCH_ID with the register."""
    actor = actor_named(service_number)
    _run(actor, screening.ask_screening(actor, batch_id=batch_id), file)


@group.command("campaign")
@click.argument("campaign_id", type=int)
@_on_behalf
@_out
@refusing
def screen_campaign(campaign_id: int, service_number: str, file: Path | None) -> None:
    """Compare everything handed in to the campaign CAMPAIGN_ID with the register."""
    actor = actor_named(service_number)
    _run(actor, screening.ask_screening(actor, campaign_id=campaign_id), file)


def _run(actor: Actor, screening_id: int, file: Path | None) -> None:
    chosen = file_format_of(file, "--out") if file else None
    if not search.available():
        raise click.ClickException("the search index cannot be asked; the worker goes on with the screening when it can")
    before = queries.progress(actor, screening_id)
    with click.progressbar(length=max(1, before.total), label="Compared") as bar:
        bar.update(before.done)
        while (taken := screening.step(screening_id)) > 0:
            bar.update(taken)
    shown, (found, total) = queries.progress(actor, screening_id), queries.pairs(actor, screening_id, per_page=1)
    click.echo(
        f"{shown.done} compared, {total} pairs, best {found[0].score:.2f}" if found else f"{shown.done} compared, no pairs"
    )
    if file and chosen:
        with file.open("wb") as stream:
            write_table(stream, PAIR_HEADERS, queries.rows_of(actor, screening_id), chosen)
        click.echo(f"{total} rows written to {file}")
    db.session.rollback()
