"""Commands that look after search and audit: ``flask search …``, ``flask audit verify``, ``flask demo load|remove``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from innovations import audit as audit_log
from innovations import config, search
from innovations.audit import signing
from innovations.audit.checkpoints import checkpoints
from innovations.cli.demo import loading
from innovations.core.transactions import atomic
from innovations.extensions import db

AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")


def _say(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, default=str))
    else:
        for key, value in found.items():
            click.echo(f"{key}: {value}")


@click.group("search")
def search_commands() -> None:
    """The search index: a copy of the database that can always be made anew."""


@search_commands.command("rebuild")
@AS_JSON
@with_appcontext
def rebuild(as_json: bool) -> None:
    """Build the index anew while the old one serves."""
    with click.progressbar(length=0, label="Rebuilding", file=sys.stderr) as bar:

        def said(read: int, of: int) -> None:
            bar.length = of
            bar.update(read - bar.pos)

        found = search.rebuild(effort=search.Effort(said=said))
    _say(found, as_json)
    raise SystemExit(1 if found.get("busy") else 0)


@search_commands.command("verify")
@AS_JSON
@with_appcontext
def verify_index(as_json: bool) -> None:
    """Compare the index with its checksums and with the database."""
    found = search.verify_index()
    _say(found, as_json)
    raise SystemExit(0 if found["ok"] else 1)


@search_commands.command("drain")
@AS_JSON
@with_appcontext
def drain(as_json: bool) -> None:
    """Index what waits, once."""
    _say(search.drain_once(), as_json)


@search_commands.command("status")
@AS_JSON
@with_appcontext
def status(as_json: bool) -> None:
    """Documents, generation, jobs that wait."""
    _say(search.status(), as_json)


@click.group("audit")
def audit_commands() -> None:
    """The audit log."""


@audit_commands.command("verify")
@click.option("--public-key", help="Of the checkpoints, as it is kept elsewhere; else the one beside each is taken.")
@AS_JSON
@with_appcontext
def verify_audit(public_key: str | None, as_json: bool) -> None:
    """Walk the hash chain and its signed checkpoints; exit 1 and name the first altered event when one does not hold.

    Where the whole log was rewritten, it is named from which event on no checkpoint confirms it.
    """
    altered = audit_log.verify(public_key)
    _say({"ok": altered is None, "first_altered": altered, "checkpoints": len(checkpoints())}, as_json)
    raise SystemExit(0 if altered is None else 1)


@audit_commands.command("checkpoint")
@with_appcontext
def fix_audit() -> None:
    """Sign the log as it is now and print the code; keep it on paper."""
    with atomic():
        made = audit_log.fix("command", None)
        code = signing.short_code(signing.signed_text(made.event_id, made.digest, made.at)) if made else "nothing was logged yet"
    click.echo(code)


@audit_commands.command("public-key")
@with_appcontext
def print_public_key() -> None:
    """Print the public key of the checkpoints, to be kept by somebody who does not run the server."""
    click.echo(signing.public_key())


@click.group("demo")
def demo() -> None:
    """Demo data: invented units and people."""


@demo.command("load")
@with_appcontext
def load_demo() -> None:
    """Load the demo into an empty instance."""
    if not loading.may_load():
        raise click.ClickException("This instance is not empty: demo data is loaded into an empty one only.")
    loading.load(config.kept_secret(Path(current_app.instance_path) / "demo_password"))
    click.echo("Demo data loaded. The password is in instance/demo_password.")


@demo.command("remove")
@click.confirmation_option(prompt="Remove all demo data and leave an empty instance?")
@with_appcontext
def remove_demo() -> None:
    """Remove the demo: the database and files of a demo instance, made anew and empty."""
    loading.remove()
    db.session.remove()
    click.echo("Demo data removed; the instance is empty.")
