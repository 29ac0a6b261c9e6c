"""Files of secrets: for the server's own account only, whole and on the disk before anybody relies on them."""

import os
import tempfile
from pathlib import Path

from innovations.core.folders import kept_folder, sync_folder


def write_key(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write a secret with mode 0600; its folder is made with 0700.  A crash leaves all of it or nothing.

    :param replace: put it in place of one that is there; else the one that is there stays: of two processes that make a key at
        the same moment both go on with the same one.
    """
    handle, name = tempfile.mkstemp(dir=kept_folder(path.parent))  # mode 0600
    beside = Path(name)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            beside.replace(path)
        elif not path.exists():
            _link(beside, path)
        sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _link(beside: Path, path: Path) -> None:
    try:
        os.link(beside, path)
    except FileExistsError:
        return  # another process was faster
