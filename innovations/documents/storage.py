"""Where the bytes of files lie: once per content, under their SHA-256, synced to disk before the transaction that names them.

``<FILES_DIR>/ab/abcdef….`` with mode 0600; the folder is 0700.  Bytes that no row names any more are removed by
:func:`forget_unnamed`, never by the request that dropped the last name.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from innovations.core.folders import kept_folder, sync_folder

CHUNK = 1024 * 1024  # bytes


@dataclass(frozen=True)
class Stored:
    """What was stored: digest and size in bytes."""

    sha256: str
    size: int


class NotSynced(OSError):
    """The content lies in the store, but its folder could not be synced: a power cut may still lose it.  Nobody may name it."""

    def __init__(self, cause: OSError, sha256: str) -> None:
        super().__init__(cause.errno, cause.strerror)
        self.sha256 = sha256


def folder() -> Path:
    """The store's folder, made when missing."""
    return kept_folder(Path(current_app.config["FILES_DIR"]))


def upload_folder() -> Path:
    """Where files lie for the length of a request: 0700, emptied at start."""
    temporary = Path(current_app.instance_path) / "tmp"
    temporary.mkdir(mode=0o700, exist_ok=True)
    return temporary


def path_of(sha256: str) -> Path:
    """Where the content with this digest lies, whether or not it is there."""
    return folder() / sha256[:2] / sha256


def put(source: BinaryIO) -> Stored:
    """Store ``source`` and sync it; the same content twice is kept once.

    :raises NotSynced: the disk failed at the last step; the caller removes what no row names.
    :raises OSError: the disk is full; nothing is left behind.
    """
    digest, octets = hashlib.sha256(), 0
    temporary = folder() / f".incoming-{secrets.token_hex(8)}"
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            while piece := source.read(CHUNK):
                digest.update(piece)
                octets += len(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        final = path_of(digest.hexdigest())
        kept_folder(final.parent)
        os.replace(temporary, final)
    finally:
        temporary.unlink(missing_ok=True)
    try:
        sync_folder(final.parent)
    except OSError as error:
        raise NotSynced(error, digest.hexdigest()) from error
    return Stored(digest.hexdigest(), octets)


def everything() -> Iterator[str]:
    """Digests of all stored contents."""
    for bucket in sorted(folder().iterdir()):
        if bucket.is_dir() and len(bucket.name) == 2:
            yield from (file.name for file in sorted(bucket.iterdir()))


def forget_unnamed(named: Iterable[str], among: Iterable[str] | None = None) -> int:
    """Remove contents that are not among ``named``, of all there are or of ``among``; returns how many."""
    kept = set(named)
    gone = [digest for digest in (everything() if among is None else among) if digest not in kept]
    for digest in gone:
        path_of(digest).unlink(missing_ok=True)
    return len(gone)
