"""What a disk may hold after its power was cut: a server writes down all that it tells the disk, and any moment of it is made again.

Synced is there.  Of what was written and not synced each block of 4 KiB is there as it stood at one moment or another since the last
sync, or torn between two of them at a sector; a name that was made, changed or removed is or is not, as long as its folder was not
synced.  A change of a name happens whole or not, as journals of file systems have it.  Left out: the index, which is made from the
database, and SQLite's shared memory, which is no file to the disk.
"""

from __future__ import annotations

import os
import random
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from fault_processes import ROOT, answers, environment_for, kill, wait_until

HERE = Path(__file__).parent
BLOCK, SECTOR = 4096, 512
HEAD = struct.Struct("<IQqII")
#: How likely what was not synced is there, one for each cut: nothing of it, all of it, and between.
CHANCES = (0.0, 0.2, 0.5, 0.9, 1.0)
TORN = 0.1


class Kind(IntEnum):
    """What the disk was told."""

    CREATED = 1
    RENAMED = 2
    LINKED = 3
    UNLINKED = 4
    WRITTEN = 5
    CUT = 6
    SYNCED = 7


@dataclass(frozen=True)
class Told:
    """One thing the disk was told: about which file, at which place, which names or bytes; ``end``: where it ends in the log."""

    kind: Kind
    number: int
    place: int
    first: bytes
    second: bytes
    end: int


def read(log: bytes) -> Iterator[Told]:
    """All that the log tells, in order."""
    at = 0
    while at < len(log):
        kind, number, place, first, second = HEAD.unpack_from(log, at)
        middle = at + HEAD.size + first
        yield Told(Kind(kind), number, place, log[at + HEAD.size : middle], log[middle : middle + second], middle + second)
        at = middle + second


@contextmanager
def recorded(folder: Path, instance: Path, port: int) -> Iterator[Path]:
    """A web server over ``instance`` that writes down what it tells the disk, until it is told to end; the log."""
    library, log = folder / "fault_power.so", folder / "power.log"
    build = ["gcc", "-shared", "-fPIC", "-O1", "-o", str(library), str(HERE / "fault_power.c"), "-ldl", "-lpthread"]
    subprocess.run(build, check=True)
    log.touch()
    environment = {
        **environment_for(instance), "LD_PRELOAD": str(library), "POWER_ROOT": str(instance), "POWER_LOG": str(log),
    }  # fmt: skip
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4",
        "--log-level", "warning", "--no-control-socket", "wsgi:app",
    ]  # fmt: skip
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said, start_new_session=True)
    try:
        wait_until(lambda: answers(port))
        yield log
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    finally:
        kill(process)


@dataclass
class File:
    """A file: what is on the disk for certain, and what was told since."""

    held: bytearray = field(default_factory=bytearray)
    since: list[Told] = field(default_factory=list)

    def sync(self) -> None:
        self.held = _with(self.held, self.since)
        self.since = []

    def after(self, chance: random.Random, likely: float) -> bytes:
        """What is in it when the power comes back."""
        cuts = [place for place, told in enumerate(self.since) if told.kind is Kind.CUT]
        done = 0
        if cuts and chance.random() < likely:
            done = chance.choice(cuts) + 1
        rest = next((place for place in cuts if place >= done), len(self.since))
        content = _with(self.held, self.since[:done])
        blocks: dict[int, list[tuple[int, bytes]]] = {}
        for told in self.since[done:rest]:
            for at, piece in _in_blocks(told):
                blocks.setdefault(at // BLOCK, []).append((at, piece))
        for number, pieces in blocks.items():
            _settle(content, number * BLOCK, pieces, chance, likely)
        return bytes(content)


def _with(content: bytearray, told: list[Told]) -> bytearray:
    made = bytearray(content)
    for each in told:
        if each.kind is Kind.CUT:
            del made[each.place :]
            made.extend(bytes(max(0, each.place - len(made))))
        else:
            _put(made, each.place, each.first)
    return made


def _put(content: bytearray, at: int, piece: bytes) -> None:
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(piece)] = piece


def _in_blocks(told: Told) -> Iterator[tuple[int, bytes]]:
    at, end = told.place, told.place + len(told.first)
    while at < end:
        until = min(end, (at // BLOCK + 1) * BLOCK)
        yield at, told.first[at - told.place : until - told.place]
        at = until


def _settle(content: bytearray, start: int, pieces: list[tuple[int, bytes]], chance: random.Random, likely: float) -> None:
    """Let the block that begins at ``start`` be as it was after so many of the writes, or torn between two such moments."""

    def one_moment() -> bytes:
        if chance.random() >= likely:
            return before
        block = bytearray(before)
        for at, piece in pieces[: len(pieces) if likely == 1 else chance.randint(1, len(pieces))]:
            _put(block, at - start, piece)
        return bytes(block)

    before = bytes(content[start : start + BLOCK])
    made = one_moment()
    if likely < 1 and chance.random() < TORN:
        tear = chance.randrange(SECTOR, BLOCK, SECTOR)
        other = one_moment()
        made = made[:tear].ljust(tear, b"\0") + other[tear:] if len(other) > tear else made[:tear]
        made = made.ljust(len(before), b"\0")
    if made != before:
        _put(content, start, made)


@dataclass
class Folder:
    """A folder: which names are on the disk for certain, and which it has now."""

    held: dict[str, File | Folder] = field(default_factory=dict)
    now: dict[str, File | Folder] = field(default_factory=dict)


@dataclass(eq=False)
class Change:
    """Names that come (or go, where the file is ``None``) together."""

    names: list[tuple[Folder, str, File | Folder | None]]


class Disk:
    """A folder and all below it, as it stands while the log is read."""

    def __init__(self, folder: Path) -> None:
        """Begin with what lies in ``folder`` now, all of it synced."""
        self._root = str(folder)
        self._by_number: dict[int, File | Folder] = {}
        self._changes: list[Change] = []
        self.top = self._read(folder)

    def _read(self, path: Path) -> Folder:
        made = Folder()
        self._by_number[path.stat().st_ino] = made
        for each in path.iterdir():
            if each.is_dir():
                made.held[each.name] = self._read(each)
            else:
                made.held[each.name] = file = File(bytearray(each.read_bytes()))
                self._by_number[each.stat().st_ino] = file
        made.now = dict(made.held)
        return made

    def _place(self, path: bytes) -> tuple[Folder, str]:
        *above, name = os.path.relpath(os.fsdecode(path), self._root).split("/")
        folder = self.top
        for each in above:
            found = folder.now[each]
            assert isinstance(found, Folder)
            folder = found
        return folder, name

    def take(self, told: Told) -> None:
        """The disk is told one thing more."""
        if told.kind is Kind.SYNCED:
            self._sync(self._by_number[told.number])
        elif told.kind in (Kind.WRITTEN, Kind.CUT):
            file = self._by_number[told.number]
            assert isinstance(file, File)
            file.since.append(told)
        else:
            self._rename(told)

    def _rename(self, told: Told) -> None:
        folder, name = self._place(told.second or told.first)
        if told.kind is Kind.CREATED:
            self._by_number[told.number] = Folder() if told.place else File()
        thing = None if told.kind is Kind.UNLINKED else self._by_number[told.number]
        names: list[tuple[Folder, str, File | Folder | None]] = [(folder, name, thing)]
        if told.kind is Kind.RENAMED:
            names.append((*self._place(told.first), None))
        _apply([(where.now, name, what) for where, name, what in names])
        self._changes.append(Change(names))

    def _sync(self, thing: File | Folder) -> None:
        if isinstance(thing, File):
            thing.sync()
            return
        for change in [each for each in self._changes if any(where is thing for where, _, _ in each.names)]:
            _apply([(where.held, name, what) for where, name, what in change.names])
            self._changes.remove(change)
        thing.held = dict(thing.now)

    def after(self, target: Path, chance: random.Random) -> None:
        """Make in ``target`` what the disk may hold when the power is cut now."""
        of_bytes, of_names = chance.choice(CHANCES), chance.choice(CHANCES)
        names: dict[int, dict[str, File | Folder]] = {}

        def of(folder: Folder) -> dict[str, File | Folder]:
            return names.setdefault(id(folder), dict(folder.held))

        for change in self._changes:
            if chance.random() < of_names:
                _apply([(of(where), name, what) for where, name, what in change.names])

        def make(path: Path, folder: Folder) -> None:
            path.mkdir(mode=0o700)
            for name, thing in of(folder).items():
                if isinstance(thing, Folder):
                    if name != "index":
                        make(path / name, thing)
                elif not name.endswith("-shm"):  # shared memory
                    (path / name).write_bytes(thing.after(chance, of_bytes))

        make(target, self.top)


def _apply(names: list[tuple[dict[str, File | Folder], str, File | Folder | None]]) -> None:
    for where, name, what in names:
        if what is None:
            where.pop(name, None)
        else:
            where[name] = what
