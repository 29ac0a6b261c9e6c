"""A disk that really runs full: a small tmpfs where that may be mounted, else a limit on the size of files."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SIZE_MB = 24


class SmallDisk:
    """The folder ``path`` on a disk of its own when ``mounted``; otherwise files cannot grow while it is full."""

    def __init__(self, path: Path) -> None:
        self.path = path
        command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=0700", "tmpfs", str(path)]
        self.mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0

    @contextmanager
    def full(self, *, left: int = 0) -> Iterator[None]:
        """No room for the block, but for ``left`` octets."""
        with self._filled(left) if self.mounted else _no_growth(left):
            yield

    @contextmanager
    def _filled(self, left: int) -> Iterator[None]:
        ballast = self.path / "ballast"
        with ballast.open("wb", buffering=0) as file:
            with suppress(OSError):  # the disk is full: that is what the loop is for
                while file.write(b"\0" * 65536):
                    pass
            file.truncate(max(0, file.tell() - left))
        try:
            yield
        finally:
            ballast.unlink()

    def remove(self) -> None:
        """Give the disk back."""
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.path)], check=True)


@contextmanager
def _no_growth(left: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (left, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def rows_of(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table; sign-ins apart, whose last sight is no change of anybody's."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if name != "sign_in"}


def files_of(instance: Path) -> set[str]:
    """Names of all files but the database's own, the lock files and the ballast."""
    listed = (Path(folder) / name for folder, _, names in os.walk(instance) for name in names)
    return {
        str(path.relative_to(instance))
        for path in listed
        if not path.name.startswith(("innovations.sqlite", "ballast", "import.lock"))
    }
