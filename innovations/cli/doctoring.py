"""``flask doctor``: looks at the installation and says of each thing that is wrong what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from nacl.encoding import HexEncoder
from nacl.signing import SigningKey
from sqlalchemy import select

from innovations import search
from innovations.audit import telling
from innovations.audit.models import AuditCheckpoint, AuditEvent
from innovations.audit.signing import KEY_FILE
from innovations.boards import sealing
from innovations.boards.models_meeting import Vote
from innovations.boards.rules.votes import VoteState
from innovations.core.clock import now
from innovations.documents import scanner
from innovations.extensions import db

LOW_DISK_BYTES = 1024**3
#: A change is searched within two seconds; one that has waited so long waits for a worker that does not run.
LAG_SECONDS = 60
#: The worker signs the log once a day; events unsigned for longer have seen no worker.
UNSIGNED = timedelta(days=2)
#: Two machines' clocks may differ so much without anybody's deadline being touched.
CLOCK_SLACK = timedelta(minutes=5)
PRIVATE_DIR, PRIVATE_FILE = 0o700, 0o600


def _modes(instance: Path) -> Iterator[str]:
    folders = [instance, instance / "keys", instance / sealing.FOLDER]
    files = [instance / "secret_key", instance / "demo_password"]
    files += [file for folder in folders[1:] if folder.is_dir() for file in folder.iterdir() if file.suffix != ".pub"]
    for path, most in (*((each, PRIVATE_DIR) for each in folders), *((each, PRIVATE_FILE) for each in files)):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & ~most:
            yield f"{path.relative_to(instance.parent)}: others may read it; run: chmod {most:o} {path}"


def _keys(instance: Path) -> Iterator[str]:
    """The key that signs the log is the one that signed it before, and every vote under seal can be counted."""
    last = db.session.scalar(select(AuditCheckpoint.key).order_by(AuditCheckpoint.id.desc()).limit(1))
    path = instance / "keys" / KEY_FILE
    if last is not None and not path.exists():
        yield f"keys/{KEY_FILE} is missing: the next signature would be another's; put it back from a backup before the worker runs"
    elif path.exists():
        yield from _signing_key(path, last)
    sealed = select(Vote.public_key).where(Vote.state.in_((VoteState.OPEN.value, VoteState.CLOSING.value)), Vote.agree.is_(None))
    lost = sum(1 for key in db.session.scalars(sealed.where(Vote.public_key.is_not(None))) if not sealing.has_key(key or b""))
    if lost:
        yield f"the keys of {lost} running secret votes are lost: closing makes them void, and they are held again"


def _signing_key(path: Path, last: str | None) -> Iterator[str]:
    try:
        public = SigningKey(path.read_bytes(), HexEncoder).verify_key.encode(HexEncoder).decode()
    except (ValueError, TypeError):
        yield f"keys/{KEY_FILE} is damaged; put it back from a backup"
        return
    if last not in (None, public):
        yield f"keys/{KEY_FILE} is not the key of the last checkpoint; put the old one back, or tell who keeps the public key why"


def _clock() -> Iterator[str]:
    last = db.session.scalar(select(AuditEvent.at).order_by(AuditEvent.id.desc()).limit(1))
    if last is not None and now() + CLOCK_SLACK < last:
        yield f"the clock says {now():%Y-%m-%d %H:%M} UTC, the last event happened at {last:%Y-%m-%d %H:%M}; set the clock right"


def _worker(lag: float) -> Iterator[str]:
    """Whether somebody does the jobs.

    :param lag: seconds that the oldest change has waited for the index.
    """
    if lag > LAG_SECONDS:
        waited = timedelta(seconds=round(lag))
        yield f"changes have waited {waited} h for the index; the worker does not run or does not keep up: start it, see its log"
    signed = select(AuditCheckpoint.event_id).order_by(AuditCheckpoint.event_id.desc()).limit(1).scalar_subquery()
    unsigned = select(AuditEvent.at).where(AuditEvent.id > db.func.coalesce(signed, 0)).order_by(AuditEvent.id).limit(1)
    since = db.session.scalar(unsigned)
    if since is not None and now() - since > UNSIGNED:
        yield f"the log is unsigned since {since:%Y-%m-%d}, reminders and digests rest as well: the worker does not run; start it"


def _pragmas() -> Iterator[str]:
    if db.engine.dialect.name != "sqlite":
        return
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with db.engine.connect() as connection:
        for name, value in wanted.items():
            found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            if found != value:
                yield f"PRAGMA {name} is {found}, not {value}; the server sets it at its start: start it anew"
        if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
            yield "the database file is damaged; restore the latest backup"
    if sqlite3.sqlite_version_info < (3, 37):
        yield "SQLite is older than 3.37; install a newer one"


def _disk(instance: Path) -> Iterator[str]:
    """Each file system that the instance lies on: files or index may be on others."""
    kept = [Path(current_app.config[name]) for name in ("SEARCH_INDEX_DIR", "FILES_DIR")]
    places = {path.stat().st_dev: path for path in (*kept, instance) if path.exists()}
    for path in places.values():
        if shutil.disk_usage(path).free < LOW_DISK_BYTES:
            yield f"less than 1 GiB of disk is free at {path.name}; make room, else changes are refused with 503"
    if not os.access(instance, os.W_OK):
        yield f"{instance} cannot be written; give it to the server's account"


def _index(state: Mapping[str, Any]) -> Iterator[str]:
    if not state["available"]:
        yield "the search index is missing or damaged; start the worker, it rebuilds it"
    if state["stuck"]:
        yield f"{state['stuck']} index jobs fail again and again; run: flask search rebuild"


def _warnings(instance: Path) -> Iterator[str]:
    if current_app.config["DEMO"]:
        yield "demo instance: no second factor, wider sign-in limit per address; never serve it to others"
    elif not current_app.config["SECOND_STEP"]:
        yield "no second step at sign-in, not even for admins; set SECOND_STEP"
    if (instance / "keys" / "backup.key").exists():
        yield "the key that opens backups lies beside the data; keep a copy elsewhere, then remove instance/keys/backup.key"
    if not search.whoosh_is_known():
        yield "another Whoosh is installed than those this version knows: searching is slow and plain; install requirements.txt"
    if not current_app.config["SECURE_COOKIES"]:
        yield "cookies travel without TLS; behind TLS set SECURE_COOKIES"


def problems() -> list[str]:
    """What is wrong with the installation, each with what to do."""
    instance = Path(current_app.instance_path)
    outside = [silent for silent in (scanner.trouble(), telling.trouble()) if silent]
    state = search.status()
    found = [*_modes(instance), *_keys(instance), *_clock(), *_pragmas(), *_disk(instance)]
    return [*found, *_index(state), *_worker(state["lag_seconds"]), *outside]


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Look at the installation and say what to do; exit 1 when something is wrong."""
    wrong = problems()
    for line in wrong:
        click.echo(f"WRONG    {line}")
    for line in _warnings(Path(current_app.instance_path)):
        click.echo(f"WARNING  {line}")
    if not wrong:
        click.echo("The installation is sound.")
    raise SystemExit(1 if wrong else 0)
