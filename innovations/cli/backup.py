"""``flask backup create | verify | restore FILE``: database and files in one archive, taken while people work; never the index.

The archive holds a consistent copy of the database (SQLite's online backup), every stored file, the keys without which its second
steps and its signed log would be worth nothing, and a manifest with the SHA-256 of each.  Private keys of running votes, the session
secret and the index are never in it.  It is sealed to the key of backups and signed (:mod:`innovations.cli.envelope`).
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from innovations import audit
from innovations.audit.signing import KEY_FILE, public_key, signing_key
from innovations.cli import backup_keys, envelope
from innovations.cli.events import AuditTag
from innovations.core.database import file_of
from innovations.core.folders import sync_folder
from innovations.core.keys import write_key
from innovations.core.transactions import atomic
from innovations.documents import storage
from innovations.extensions import db

MANIFEST = "manifest.json"
#: Digits of a backup's SHA-256 by which the list of copies tells it from another.
MARK = 16
DATABASE = "innovations.sqlite"
FILE_MEMBER = re.compile(r"files/[0-9a-f]{64}")
#: Names in the archive of what is restored into ``<instance>/keys``.
KEY_MEMBERS = {f"keys/{name}" for name in ("second-step.key", KEY_FILE)}


class BadArchive(click.ClickException):
    """The archive is damaged, incomplete or holds something that does not belong there; nothing was written."""


@dataclass(frozen=True)
class Summary:
    """What an archive holds; ``new_key``: the key that opens it was made with it."""

    files: int
    octets: int
    new_key: bool = False


@dataclass(frozen=True)
class Trust:
    """What an archive must be opened with.

    :param key: file with the private key of backups; the one in the instance when not given.
    :param signed_by: public key of the installation that made it, hexadecimal; this one when not given.
    """

    key: Path | None = None
    signed_by: str | None = None


HERE = Trust()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _database_path() -> Path:
    file = file_of(db.engine)
    if file is None:
        raise click.ClickException("This command backs up the embedded database; use pg_dump for PostgreSQL.")
    return file


def _copy_database(target: Path) -> None:
    with sqlite3.connect(_database_path()) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    copy.close()


def create(target: Path) -> Summary:
    """Write the archive; it appears under its name only when it is whole and synced.

    :raises OSError: the disk is full; no half archive stays behind.
    """
    part = target.with_name(target.name + ".part")
    (recipient, made), signer = backup_keys.recipient(), signing_key()
    try:
        with tempfile.TemporaryDirectory(dir=current_app.instance_path) as folder:
            copy = Path(folder) / DATABASE
            _copy_database(copy)
            members = {DATABASE: copy} | {f"files/{digest}": storage.path_of(digest) for digest in storage.everything()}
            members |= {name: path for name in KEY_MEMBERS if (path := Path(current_app.instance_path) / name).exists()}
            manifest = json.dumps({name: _digest(path) for name, path in members.items()}, sort_keys=True).encode()
            plain = Path(folder) / "plain.tar.gz"
            _pack(plain, manifest, members)
            with plain.open("rb") as source, open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                envelope.wrap(source, out, recipient=recipient, signer=signer)
                out.flush()
                os.fsync(out.fileno())
        os.replace(part, target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
    with atomic():
        audit.record(AuditTag.BACKUP_MADE, "backup", None, by=None, mark=_digest(target)[:MARK], octets=target.stat().st_size)
    return Summary(_files_in(members), target.stat().st_size, made)


def _pack(target: Path, manifest: bytes, members: Mapping[str, Path]) -> None:
    with tarfile.open(target, mode="w:gz") as archive:
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(manifest)
        archive.addfile(info, io.BytesIO(manifest))
        for name, path in members.items():
            archive.add(path, arcname=name, recursive=False)


def _files_in(members: Collection[str]) -> int:
    return sum(FILE_MEMBER.fullmatch(name) is not None for name in members)


def opened(source: Path, folder: Path, trust: Trust) -> Path:
    """The archive inside the envelope, in ``folder``.

    :raises BadArchive: it was altered, made by somebody else, or sealed to another key.
    """
    plain = folder / "plain.tar.gz"
    try:
        with plain.open("wb") as out:
            envelope.unwrap(source, out, key=backup_keys.private(trust.key), signed_by=trust.signed_by or public_key())
    except (envelope.BadEnvelope, backup_keys.NoKey, OSError) as error:
        raise BadArchive(f"The backup cannot be opened: {error}") from error
    return plain


def _belongs(name: str) -> bool:
    return name == DATABASE or name in KEY_MEMBERS or FILE_MEMBER.fullmatch(name) is not None


def _unpack(source: Path, folder: Path) -> dict[str, Path]:
    """Unpack into ``folder`` what the manifest names, each with the right digest.

    :raises BadArchive: anything else is in it, or something is missing or altered.
    """
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            listed = json.loads(archive.extractfile(MANIFEST).read())  # type: ignore[union-attr]
            found = {}
            for member in archive:
                if member.name == MANIFEST:
                    continue
                if not (member.isreg() and member.name in listed and _belongs(member.name)):
                    raise BadArchive(f"{member.name} does not belong in a backup.")
                found[member.name] = folder / member.name.replace("/", "-")
                _write(archive, member, found[member.name])
            _read_to_the_end(archive)
    except (tarfile.TarError, zlib.error, OSError, EOFError, KeyError, ValueError, AttributeError) as error:
        raise BadArchive(f"The archive cannot be read: {error}") from error
    wrong = [name for name, digest in listed.items() if name not in found or _digest(found[name]) != digest]
    if wrong or DATABASE not in found:
        raise BadArchive(f"Damaged or missing in the archive: {', '.join(wrong) or DATABASE}")
    return found


def _read_to_the_end(archive: tarfile.TarFile) -> None:
    """The checksum of the whole stream stands behind the padding, which ``tarfile`` leaves unread."""
    while archive.fileobj is not None and archive.fileobj.read(storage.CHUNK):
        pass


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    content = archive.extractfile(member)
    if content is None:
        raise BadArchive(f"{member.name} cannot be read.")
    with target.open("wb") as out:
        while piece := content.read(storage.CHUNK):
            out.write(piece)


def verify(source: Path, trust: Trust = HERE) -> Summary:
    """Read the whole archive and compare every digest; writes nothing that stays.

    :raises BadArchive: see there.
    """
    with tempfile.TemporaryDirectory(dir=current_app.instance_path) as folder:
        members = _unpack(opened(source, Path(folder), trust), Path(folder))
        return Summary(_files_in(members), source.stat().st_size)


def restore(source: Path, trust: Trust = HERE) -> Summary:
    """Put an archive's database and files in place of the instance's; the index is rebuilt by the worker.

    Stop the server first.  The archive is checked whole before anything is replaced.

    :raises BadArchive: see there; nothing was changed.
    """
    with tempfile.TemporaryDirectory(dir=current_app.instance_path) as folder:
        members = _unpack(opened(source, Path(folder), trust), Path(folder))
        for name, path in members.items():
            if FILE_MEMBER.fullmatch(name):
                with path.open("rb") as file:
                    storage.put(file)
            elif name in KEY_MEMBERS:
                write_key(backup_keys.folder() / Path(name).name, path.read_bytes(), replace=True)
        database = _database_path()
        db.session.remove()
        db.engine.dispose()
        for suffix in ("-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        sync_folder(database.parent)  # the other database's log never meets this one
        with members[DATABASE].open("rb") as file:
            os.fsync(file.fileno())
        os.chmod(members[DATABASE], 0o600)
        os.replace(members[DATABASE], database)
        sync_folder(database.parent)
        return Summary(_files_in(members), source.stat().st_size)


@click.group("backup")
def backup() -> None:
    """Backups of database and files."""


FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
KEY = click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="File with the private key of backups.")
SIGNED_BY = click.option("--signed-by", help="Public key of the installation that made it, when that is another one.")


@backup.command("create")
@FILE
@with_appcontext
def create_command(file: Path) -> None:
    """Back up while people work."""
    done = create(file)
    click.echo(f"{file}: database and {done.files} files, {done.octets} bytes, signed by {public_key()}")
    click.echo(f"{_digest(file)[:MARK]} are the first digits of its SHA-256: by them a purge lists it.")
    if done.new_key:
        path = backup_keys.folder() / backup_keys.PRIVATE
        click.echo(f"The key that opens backups was made: {path}. Copy it to a safe place now; without it no backup opens.")


@backup.command("verify")
@FILE
@KEY
@SIGNED_BY
@with_appcontext
def verify_command(file: Path, key: Path | None, signed_by: str | None) -> None:
    """Check that an archive is whole."""
    done = verify(file, Trust(key, signed_by))
    click.echo(f"{file}: whole, database and {done.files} files")


@backup.command("restore")
@FILE
@KEY
@SIGNED_BY
@with_appcontext
def restore_command(file: Path, key: Path | None, signed_by: str | None) -> None:
    """Restore an archive; stop the server first."""
    done = restore(file, Trust(key, signed_by))
    click.echo(f"Restored database and {done.files} files. The index is rebuilt at the next start.")
