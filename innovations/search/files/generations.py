"""The index folder: generations side by side, one pointer, and a manifest that notices damage.

::

    index/               mode 0700: Whoosh's table of contents is a pickle, so nobody else may write here
      CURRENT            name of the generation in use, replaced atomically
      LOCK               held by the one writer (flock; the kernel releases it when the writer dies)
      CHECKED            when the generation in use was last compared with checksums and database, and how much differed
      DAMAGED            left by a reader that found damage; the writer rebuilds and removes it
      merging-…/         small segments being made into one
      gen-7/             ordinary Whoosh files, and meta.json: the manifest, written after each commit

Whoosh's files carry no checksum (one bit flip in 300 gave silently wrong results) and are never synced to disk.  So the
manifest holds the SHA-256 of each file, and the folder is only ever a cache of the database.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from innovations.search.port import Reason

_PREFIX = "gen-"
#: What the folders begin with into which segments are merged, beside the generation in use.
MERGING = "merging-"


class IndexProblem(Exception):
    """The index cannot be read now; ``reason`` says why.  The database still has everything."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


class Unclear(IndexProblem):
    """What was read makes no sense, and the files are not held against their checksums yet."""


class WriterBusy(Exception):
    """Another process is writing to the index; its turn ends by itself."""


@dataclass(frozen=True)
class Manifest:
    """State of one generation after a commit.

    :param format: :data:`~innovations.search.files.schema.FORMAT` it was written with.
    :param toc: number of Whoosh's table of contents that belongs to it.
    :param files: name → (bytes, SHA-256).
    :param fingerprint: of the database it was made from; ``sequence`` counts that database's index commits.
    :param committed_at: ISO instant; ``built_because`` is why this generation was built.
    """

    format: int
    toc: int
    documents: int
    fingerprint: str = ""
    sequence: int = 0
    committed_at: str = ""
    built_because: str = ""
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def segments(self) -> int:
        """Segments the documents are spread over."""
        return len({name.partition(".")[0] for name in self.files} - {toc_name(self.toc).partition(".")[0]})


class IndexFolder:
    """The folder at ``path``; the first writer makes it, with mode 0700."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pointer = path / "CURRENT"

    def current(self) -> Path:
        """The generation in use.

        :raises IndexProblem: there is none.
        """
        try:
            name = self.pointer.read_text().strip()
        except (OSError, UnicodeDecodeError):
            raise IndexProblem(Reason.MISSING, "no generation in use") from None
        if not name.startswith(_PREFIX) or "/" in name or not (self.path / name).is_dir():
            raise IndexProblem(Reason.MISSING, "the pointer names no generation")
        return self.path / name

    def new(self) -> Path:
        """An empty folder for the next generation, beside the one in use."""
        folder = self.path / f"{_PREFIX}{max(self._numbers(), default=0) + 1}"
        folder.mkdir(mode=0o700)
        return folder

    def switch_to(self, folder: Path) -> None:
        """Use ``folder`` from now on, atomically, clear the damage mark and remove the generation replaced.

        Readers have its files open and finish their query on them; a text erased from the database is gone from the disk.
        """
        write_synced(self.pointer, folder.name)
        (self.path / "DAMAGED").unlink(missing_ok=True)
        self.remove_leftovers()

    def remove_leftovers(self) -> None:
        """Remove generations nobody uses, also what a killed rebuild left behind."""
        in_use = self.pointer.read_text(errors="replace").strip() if self.pointer.exists() else ""
        for number in self._numbers():
            if f"{_PREFIX}{number}" != in_use:
                shutil.rmtree(self.path / f"{_PREFIX}{number}")
        for merging in self.path.glob(f"{MERGING}*"):
            shutil.rmtree(merging, ignore_errors=True)  # somebody may be at work in it yet, in vain

    def report_damage(self, detail: str) -> None:
        """Tell the writer, which is another process, to rebuild.

        :raises OSError: the disk is full or read-only.
        """
        (self.path / "DAMAGED").write_text(detail)

    def reported_damage(self) -> str | None:
        """What a reader complained about, or None."""
        mark = self.path / "DAMAGED"
        return mark.read_text(errors="replace") or "unknown" if mark.exists() else None

    def note_check(self, generation: Path, *, at: str, drift: int) -> None:
        """Keep that all of ``generation`` was compared with its checksums and the database; ``drift`` documents differed."""
        write_synced(self.path / "CHECKED", json.dumps({"generation": generation.name, "at": at, "drift": drift}))

    def last_check(self) -> tuple[str | None, int | None]:
        """When the generation in use was last compared, as an ISO instant, and how many documents differed; None when never."""
        try:
            noted = json.loads((self.path / "CHECKED").read_text())
            if noted["generation"] == self.current().name:
                return str(noted["at"]), int(noted["drift"])
        except (OSError, ValueError, TypeError, KeyError, IndexProblem):
            pass  # nothing that was noted can be read: it counts as unchecked
        return None, None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer, of a folder nobody else can read.

        :raises WriterBusy: another process is; never waits.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)
        with (self.path / "LOCK").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise WriterBusy from None
            yield

    def _numbers(self) -> list[int]:
        names = (path.name.removeprefix(_PREFIX) for path in self.path.glob(f"{_PREFIX}*"))
        return [int(name) for name in names if name.isdigit()]


def write_synced(path: Path, text: str) -> None:
    """Replace ``path`` by ``text`` so that a crash leaves the old or the new, never a part."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation.

    :raises IndexProblem: missing, unreadable or of another format.
    """
    try:
        data = json.loads((folder / "meta.json").read_text())
        data["files"] = {name: (int(size), str(digest)) for name, (size, digest) in data["files"].items()}
        manifest = Manifest(**data)
    except FileNotFoundError:
        raise IndexProblem(Reason.MISSING, "no manifest") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexProblem(Reason.DAMAGED, f"manifest unreadable: {error}") from error
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make ``manifest`` the state of the generation; readers open what it names."""
    write_synced(folder / "meta.json", json.dumps(asdict(manifest)))


def toc_name(number: int) -> str:
    """File name of Whoosh's table of contents."""
    return f"_MAIN_{number}.toc"


def forget_unfinished(folder: Path, manifest: Manifest) -> None:
    """Remove the table of contents of a commit whose writer died before its manifest: its jobs are still waiting."""
    for path in folder.glob("_MAIN_*.toc"):
        if path.name != toc_name(manifest.toc):
            path.unlink()
