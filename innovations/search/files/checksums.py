"""Whether the files of a generation are those that its manifest names: by length at once, by SHA-256 as soon as may be.

To hash an index of 100,000 documents (1.5 GB) takes 1.3 s, which nobody should wait for: what is little is hashed before it is read,
what is much beside the first queries, by a thread of the process that reads it.  (Hashing lets other threads run.)
"""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from innovations.search.files.generations import IndexProblem, Manifest, read_manifest, toc_name
from innovations.search.port import Reason

#: Up to so many bytes are hashed while they are waited for: some 30 ms.
AT_ONCE_BYTES = 32 << 20


def digests(folder: Path, toc: int, segments: set[str], known: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of each file of a commit; those in ``known`` are not read again, for a file never changes.

    :param toc: number of the table of contents; ``segments`` are the ids that it names.
    """
    names = [path.name for path in folder.iterdir() if path.name.partition(".")[0] in segments]
    return {name: known.get(name) or _digest(folder / name) for name in sorted([toc_name(toc), *names])}


def verify(folder: Path, manifest: Manifest, names: set[str] | None = None) -> None:
    """Compare the files with the manifest; ``names`` limits it to those.

    :raises IndexProblem: a file is missing or differs.
    """
    for name, expected in manifest.files.items():
        if names is not None and name not in names:
            continue
        try:
            found = _digest(folder / name)
        except OSError as error:
            raise IndexProblem(Reason.DAMAGED, f"{name}: {error.strerror}") from error
        if found != tuple(expected):
            raise IndexProblem(Reason.DAMAGED, f"{name} differs from the manifest")


def verified_bytes(folder: Path, manifest: Manifest, name: str) -> bytes:
    """What is in a small file of ``manifest``.

    :raises FileNotFoundError: it is missing.
    :raises IndexProblem: it differs from its checksum.
    """
    held = (folder / name).read_bytes()
    if name not in manifest.files or hashlib.sha256(held).hexdigest() != manifest.files[name][1]:
        raise IndexProblem(Reason.DAMAGED, f"{name} differs from the manifest")
    return held


def sizes_differ(folder: Path, manifest: Manifest) -> bool:
    """The cheap check before each commit: a file is missing or has another length."""
    paths = ((folder / name, size) for name, (size, _) in manifest.files.items())
    return any(not path.is_file() or path.stat().st_size != size for path, size in paths)


def verify_in_use(folder: Path, name: str) -> None:
    """Compare a file with its checksum; one that a commit or a rebuild has replaced is not in the index any more.

    :raises IndexProblem: it is missing or differs.
    """
    try:
        verify(folder, read_manifest(folder), {name})
    except IndexProblem:
        if folder.exists() and name in read_manifest(folder).files:
            raise


class Inspection:
    """Holds the files of a generation that one process reads against their checksums, little at once and much in the background."""

    def __init__(self) -> None:
        self._hashing: list[_Hashing] = []

    def inspect(self, folder: Path, manifest: Manifest, names: set[str]) -> None:
        """See that these files have the length they should have, and what is in them; of much :meth:`problem` says it later.

        :raises IndexProblem: a file is missing or differs.
        """
        self._hashing = [each for each in self._hashing if each.folder == folder]
        if sum(size for name, (size, _) in manifest.files.items() if name in names) <= AT_ONCE_BYTES:
            verify(folder, manifest, names)
            return
        if sizes_differ(folder, manifest):
            raise IndexProblem(Reason.DAMAGED, "a file is missing or cut")
        self._hashing.append(_Hashing(folder, names))
        self._hashing[-1].start()

    def problem(self, generation: str) -> IndexProblem | None:
        """What was found in the background by now in the folder of that name."""
        for each in self._hashing:
            if each.problem and each.folder.name == generation:
                return each.problem
        return None

    def finished(self) -> bool:
        """Whether every file that is read was held against its checksum."""
        return not any(each.is_alive() for each in self._hashing)

    def forget(self) -> None:
        """What was read is read no more."""
        for each in self._hashing:
            each.stopped = True
        self._hashing = []


class _Hashing(threading.Thread):
    """Hashes the files ``names`` one after the other until one differs.  It takes no lock, so the process may fork meanwhile."""

    def __init__(self, folder: Path, names: set[str]) -> None:
        super().__init__(name="index checksums", daemon=True)
        self.folder, self._names = folder, sorted(names)
        self.stopped, self.problem = False, None  # type: bool, IndexProblem | None

    def run(self) -> None:
        try:
            for name in self._names:
                if self.stopped:
                    return
                verify_in_use(self.folder, name)
        except IndexProblem as problem:
            if problem.reason is not Reason.MISSING:  # a rebuild took the folder away
                self.problem = problem


def _digest(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
