"""One import at a time, across processes: a second one would look up keys that the first is about to write.

The operating system frees the lock when its process dies, so a killed import is told from a running one.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from innovations.core.rules.errors import N_, StateForbids


class ImportRunning(StateForbids):
    """Another import holds the lock."""

    message = N_("Đang có một lần nhập sổ khác; xin chờ xong rồi nhập lại.")


@contextmanager
def importing() -> Iterator[None]:
    """Hold the lock for the block.

    :raises ImportRunning: somebody else holds it.
    """
    path = Path(current_app.instance_path) / "import.lock"
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ImportRunning from None
        yield
