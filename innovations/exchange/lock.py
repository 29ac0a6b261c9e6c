"""One import at a time, across processes: a second one would look up keys that the first is about to write.

The operating system frees the lock when its process dies, so a killed import is told from a running one.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from flask import current_app

from innovations.core.rules.errors import N_, StateForbids

AGAIN_SECONDS = 0.05  # between two looks at a lock that is waited for


class ImportRunning(StateForbids):
    """Another import holds the lock."""

    message = N_("Đang có một lần nhập sổ khác; xin chờ xong rồi nhập lại.")


@contextmanager
def importing(*, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the lock for the block.

    :param wait_seconds: so long it is waited for.
    :raises ImportRunning: somebody else holds it.
    """
    path, until = Path(current_app.instance_path) / "import.lock", time.monotonic() + wait_seconds
    with path.open("a") as file:
        while not _locked(file):
            if time.monotonic() >= until:
                raise ImportRunning
            time.sleep(AGAIN_SECONDS)
        yield


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
