"""A PostgreSQL cluster of the bench's own: reachable over a socket in its folder only, and gone when the bench ends."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

#: Nothing is synced: as the other engines, it may lose what a power failure takes.
_OPTIONS = "-c listen_addresses='' -c fsync=off -c shared_buffers=256MB -c maintenance_work_mem=256MB -c unix_socket_directories="
_END = "end of the answer"


class NoCluster(Exception):
    """No cluster can be started here; the text says what is missing."""


class Cluster:
    """The cluster in ``folder``, made at the first :meth:`start`.

    :raises NoCluster: no server is installed, or this is not root, who may start one as the user ``postgres``.
    """

    def __init__(self, folder: Path) -> None:
        binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
        if not binaries or shutil.which("runuser") is None:
            raise NoCluster("PostgreSQL: apt-get install postgresql, and run as root")
        self._bin, self._folder = binaries[-1].parent, folder
        folder.mkdir(exist_ok=True)
        try:
            shutil.chown(folder, "postgres", "postgres")
        except (PermissionError, LookupError):
            raise NoCluster("PostgreSQL: only root may start a cluster as the user postgres") from None

    def start(self) -> None:
        """Start it, and make it first when it is not there."""
        data = self._folder / "data"
        if not data.exists():
            self._run("initdb", "-D", str(data), "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self._run("pg_ctl", "-D", str(data), "-l", str(self._folder / "log"), "-w", "-o", f"{_OPTIONS}{self._folder}", "start")

    def stop(self) -> None:
        """Stop it; its files stay."""
        with suppress(subprocess.SubprocessError):
            self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "fast", "-w", "stop")

    def session(self) -> Session:
        """A connection that stays open."""
        return Session(subprocess.Popen(
            [*self._as_postgres("psql"), "-h", str(self._folder), "-qAtX", "-v", "ON_ERROR_STOP=1", "postgres"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=self._folder,
        ))  # fmt: skip

    def memory_mb(self) -> float:
        """Memory of all its processes, shared pages counted once."""
        main = int((self._folder / "data" / "postmaster.pid").read_text().split()[0])
        family = [main, *map(int, Path(f"/proc/{main}/task/{main}/children").read_text().split())]
        lines = (line for each in family for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines())
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024

    def _as_postgres(self, program: str) -> list[str]:
        return ["runuser", "-u", "postgres", "--", str(self._bin / program)]

    def _run(self, program: str, *arguments: str) -> None:
        ran = subprocess.run(
            [*self._as_postgres(program), *arguments], text=True, cwd=self._folder, timeout=120, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        if ran.returncode:
            raise subprocess.SubprocessError(f"{program}: {ran.stderr[-500:]}")


class Session:
    """One connection through psql, whose pipes cost about 0.1 ms a question."""

    def __init__(self, psql: subprocess.Popen[str]) -> None:
        self._psql = psql
        assert psql.stdin is not None and psql.stdout is not None
        self._in, self._out = psql.stdin, psql.stdout

    def ask(self, sql: str) -> list[str]:
        """Run statements and return the lines that come back.

        :raises subprocess.SubprocessError: a statement failed.
        """
        self._in.write(f"{sql}\n\\echo {_END}\n")
        self._in.flush()
        lines = []
        for line in self._out:
            if line == f"{_END}\n":
                return lines
            lines.append(line.rstrip("\n"))
        raise subprocess.SubprocessError(f"psql ended at: {sql[:200]}")

    def send(self, text: str) -> None:
        """Rows of a COPY that was begun."""
        self._in.write(text)

    def close(self) -> None:
        """End the connection."""
        self._in.close()
        self._psql.wait(timeout=20)
        self._out.close()
