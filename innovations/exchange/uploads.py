"""Register files that wait for the worker: ``<instance>/imports/<random name>``, mode 0600, synced to disk before a job names them.

Not the store of evidence files: nobody opens them again, no backup takes them, and they go when their job ends.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from innovations.core.folders import kept_folder, sync_folder

FOLDER = "imports"
PIECE = 1024 * 1024  # bytes
#: A file without a job is left alone so long: its job may be about to be stored.
GRACE_SECONDS = 3600


def folder() -> Path:
    """Where they lie; made when missing, for the server's own account only."""
    return kept_folder(Path(current_app.instance_path) / FOLDER)


def path_of(name: str) -> Path:
    """Where the file is, whether or not it is there."""
    return folder() / name


def keep(source: BinaryIO) -> tuple[str, str]:
    """Store the file and sync it; returns its name and the SHA-256 of its content.

    :raises OSError: the disk is full; nothing is left behind.
    """
    name, digest = secrets.token_hex(16), hashlib.sha256()
    handle = os.open(path_of(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            while piece := source.read(PIECE):
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        sync_folder(folder())
    except BaseException:
        forget(name)
        raise
    return name, digest.hexdigest()


def forget(name: str) -> None:
    """Remove the file; nothing happens when it is gone."""
    path_of(name).unlink(missing_ok=True)


def forget_all_but(named: Collection[str]) -> int:
    """Remove old files that no waiting job names; returns how many."""
    before = time.time() - GRACE_SECONDS
    gone = [path for path in folder().iterdir() if path.name not in named and path.stat().st_mtime < before]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
