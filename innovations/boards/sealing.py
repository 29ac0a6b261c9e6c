"""Sealed opinions of a secret vote: the key that opens them lives in one file outside the database, and dies with the count.

The public half stands in the vote's row, so that opinions can be sealed; the private half is a file in ``<instance>/vote-keys``,
mode 0600, synced to disk before the vote opens.  No backup and no bundle takes that folder.  Not for anything that must be read
again later: what was sealed under a destroyed key is gone.
"""

import os
from contextlib import suppress
from pathlib import Path

from flask import current_app
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from innovations.boards.rules.votes import Opinion, padded, unpadded
from innovations.core.folders import kept_folder, sync_folder
from innovations.core.keys import write_key

FOLDER = "vote-keys"


def folder() -> Path:
    """Where the keys of running votes lie; made when missing, for the server's own account only."""
    return kept_folder(Path(current_app.instance_path) / FOLDER)


def _path(public_key: bytes) -> Path:
    return folder() / f"{public_key.hex()}.key"


def make_key() -> bytes:
    """Make a key pair and sync its private half to disk.

    :returns: the public half.
    """
    private = PrivateKey.generate()
    public = bytes(private.public_key)
    write_key(_path(public), bytes(private))
    return public


def seal(public_key: bytes, opinion: Opinion) -> bytes:
    """Seal an opinion: always the same length, each time other bytes."""
    return SealedBox(PublicKey(public_key)).encrypt(padded(opinion))


def has_key(public_key: bytes) -> bool:
    """Whether the private half is still there."""
    return _path(public_key).is_file()


def unseal(public_key: bytes, sealed: list[bytes]) -> list[Opinion | None]:
    """Open the seals; ``None`` is a ballot that cannot be read.

    :raises FileNotFoundError: the key is lost.
    """
    box = SealedBox(PrivateKey(_path(public_key).read_bytes()))
    return [_opened(box, each) for each in sealed]


def _opened(box: SealedBox, sealed: bytes) -> Opinion | None:
    try:
        return unpadded(box.decrypt(sealed))
    except CryptoError:
        return None  # an invalid ballot: it counts as such in the record


def destroy_key(public_key: bytes) -> None:
    """Overwrite and remove the private half; nothing happens when it is gone already."""
    path = _path(public_key)
    with suppress(FileNotFoundError):  # two who close at the same moment both destroy it
        with path.open("r+b") as file:
            file.write(bytes(32))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    sync_folder(folder())
