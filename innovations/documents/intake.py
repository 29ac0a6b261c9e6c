"""Files on their way in, whatever they will belong to: looked at in quarantine, cleaned, synced to the store; forgotten unnamed.

A feature takes files in with :func:`taken_in`, outside its transaction, and names them in it.  It registers the rows that name
stored content (:func:`register_named`): what none of them names is removed.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from flask import current_app
from sqlalchemy import Select

from innovations.core.rules.errors import N_, Invalid, Unavailable
from innovations.core.scoping import unscoped
from innovations.core.transactions import atomic, only_once
from innovations.documents import storage
from innovations.documents.sniff import ALWAYS, MediaType, check_upload, clean_image, clean_video, safe_name
from innovations.extensions import db

MB = 1024 * 1024
#: Kinds that are stored without what devices wrote into them.
CLEANED = {"image": clean_image, "video": clean_video}


class FileTooLarge(Invalid):
    """One file is over the limit."""

    status = 413
    message = N_("Tệp “%(name)s” lớn hơn %(limit)d MB. Xin giảm cỡ ảnh hoặc chia nhỏ tệp.")


class FileNotDeclared(Invalid):
    """The uploader did not say that the file is unclassified."""

    message = N_("Xin khẳng định tệp không có nội dung mật trước khi tải lên.")


@dataclass(frozen=True)
class Upload:
    """A file as it arrives."""

    name: str
    source: BinaryIO


@dataclass(frozen=True)
class Kept:
    """A file that passed and lies in the store, not yet named by any row."""

    name: str
    media: MediaType
    stored: storage.Stored

    def columns(self) -> dict[str, Any]:
        """What a row keeps of it."""
        return {"name": self.name, "media_type": self.media.mime, "size": self.stored.size, "sha256": self.stored.sha256}


@dataclass(frozen=True)
class Download:
    """A file to send: where it lies, its name and its kind."""

    path: Path
    name: str
    media_type: str


_named: dict[str, Select[str, str]] = {}


def register_named(table: str, chosen: Select[str, str]) -> None:
    """Let the content stay that ``chosen`` names by digest and file name."""
    _named[table] = chosen


def named_files() -> Iterator[tuple[str, str]]:
    """Digest and file name of everything that a row of some feature names."""
    for chosen in _named.values():
        every = unscoped(chosen, because="to know what no row names; nothing of it is shown")
        yield from ((digest, name) for digest, name in db.session.execute(every))


def forget_unnamed(digests: Iterable[str] | None = None) -> int:
    """Remove stored contents that no row names, all or those among ``digests``; returns how many.

    Under the write lock, so that nobody names one of them meanwhile; whoever stored one before looks again when naming it.
    The door's key is not spent on it: it is no act of the reader's.
    """
    with only_once(None), atomic():
        return storage.forget_unnamed((digest for digest, _name in named_files()), digests)


@contextmanager
def _quarantined(name: str, source: BinaryIO) -> Iterator[Path]:
    """``source`` as a file of its own while it is checked, gone afterwards."""
    limit = current_app.config["MAX_FILE_MB"]
    with tempfile.TemporaryDirectory(dir=storage.upload_folder()) as folder:
        path, octets = Path(folder) / "upload", 0
        with path.open("wb") as out:
            while piece := source.read(storage.CHUNK):
                octets += len(piece)
                if octets > limit * MB:
                    raise FileTooLarge("file", name=name, limit=limit)
                out.write(piece)
        yield path


def _store(name: str, source: BinaryIO) -> tuple[MediaType, storage.Stored]:
    try:
        with _quarantined(name, source) as path:
            kind = check_upload(name, path, ALWAYS | {"mp4"} if current_app.config["ALLOW_VIDEO"] else ALWAYS)
            if kind.group in CLEANED:
                return kind, storage.put(BytesIO(CLEANED[kind.group](path, name)))
            with path.open("rb") as clean:
                return kind, storage.put(clean)
    except storage.NotSynced as left:
        db.session.rollback()
        with suppress(Unavailable):
            forget_unnamed([left.sha256])
        raise Unavailable from left
    except OSError as full:
        raise Unavailable from full


def check_declared(nothing_secret: bool) -> None:
    """Refuse files that nobody has declared to be unclassified.

    :raises FileNotDeclared: the field is ``nothing_secret``.
    """
    if not nothing_secret:
        raise FileNotDeclared("nothing_secret")


@contextmanager
def taken_in(uploads: Sequence[Upload]) -> Iterator[list[Kept]]:
    """The files, stored for the block to name: all of them, or when one is refused none.

    Images are re-encoded, videos blanked beside pictures and sound: place and camera data are gone.  What the block leaves unnamed when it fails is removed.

    :raises FileTooLarge: the limit is a setting.
    :raises Invalid: a file is not what its name says, carries macros, scripts or links to outside.
    :raises Unavailable: the disk is full.
    """
    kept: list[Kept] = []
    try:
        for upload in uploads:
            name = safe_name(upload.name)
            kept.append(Kept(name, *_store(name, upload.source)))
        yield kept
    except BaseException:
        db.session.rollback()
        with suppress(Unavailable):
            forget_unnamed([each.stored.sha256 for each in kept])
        raise


def check_there(kept: Iterable[Kept]) -> None:
    """Refuse, in the transaction that names them, files that somebody who tidied removed between our two steps.

    :raises Unavailable: the file has to be sent again.
    """
    if not all(storage.path_of(each.stored.sha256).exists() for each in kept):
        raise Unavailable
