"""The key pair of backups: the public half seals them on the server, the private half opens them and belongs elsewhere.

Both are made with the first backup.  As long as the private half lies in ``<instance>/keys`` too, the server opens its own backups;
``flask doctor`` says so until a copy is kept elsewhere and the file here was removed.
"""

from __future__ import annotations

from pathlib import Path

from flask import current_app
from nacl.encoding import HexEncoder
from nacl.public import PrivateKey, PublicKey

from innovations.core.folders import kept_folder
from innovations.core.keys import write_key

PUBLIC, PRIVATE = "backup.pub", "backup.key"


class NoKey(ValueError):
    """There is no key to open backups with; the message says where one is looked for."""


def folder() -> Path:
    """Where keys of the installation lie; made when missing, for the server's own account only."""
    return kept_folder(Path(current_app.instance_path) / "keys")


def recipient() -> tuple[PublicKey, bool]:
    """The public half, and whether the pair was made just now."""
    public = folder() / PUBLIC
    if public.exists():
        return PublicKey(public.read_bytes(), HexEncoder), False
    made = PrivateKey.generate()
    write_key(folder() / PRIVATE, made.encode(HexEncoder))
    write_key(public, made.public_key.encode(HexEncoder))
    return made.public_key, True


def private(file: Path | None = None) -> PrivateKey:
    """The private half, from ``file`` or from where the first backup left it.

    :raises NoKey: it is not there, or is none.
    """
    path = file or folder() / PRIVATE
    try:
        return PrivateKey(path.read_bytes().strip(), HexEncoder)
    except (OSError, ValueError, TypeError) as error:
        raise NoKey(f"no key of backups in {path}; give the copy that is kept elsewhere with --key") from error
