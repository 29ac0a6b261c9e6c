"""Starts the program that takes the text out of a file, and hears of its end without waiting: the worker has others to serve.

The text comes back through memory and never through a file, so that a purge has nothing to look for.
"""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from innovations.documents.apart import program
from innovations.documents.sniff import MEDIA_TYPES

#: A reading that takes longer is ended.
LONGEST_SECONDS = 60
#: Media type → how the program calls it; other kinds have no text.
READABLE = {one.mime: one.extension for one in MEDIA_TYPES.values() if one.group not in ("image", "video")}


_PART = "part"  # what the program says of a text that goes on after what it kept


class Ending(StrEnum):
    """What became of a file's text; only ``TEXT`` has any."""

    WAITING = "waiting"
    TEXT = "text"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    BOMB = "bomb"
    BROKEN = "broken"
    SLOW = "slow"
    MISSING = "missing"


@dataclass(frozen=True)
class FoundText:
    """The text of a file, or why there is none; ``partly``: it goes on after what is kept."""

    ending: Ending
    text: str = ""
    partly: bool = False


class Reading:
    """One file that is being read by a process of its own.

    :param media_type: one of :data:`READABLE`.
    :param limit: characters kept at most.
    """

    def __init__(self, path: Path, media_type: str, limit: int) -> None:
        self._out: IO[bytes] = os.fdopen(os.memfd_create("text"), "w+b")
        self._until = time.monotonic() + LONGEST_SECONDS
        self._missing = not path.exists()
        self._found: FoundText | None = None
        command = program("extract", READABLE[media_type], str(path), str(limit))
        # Our own file; without our environment, which may hold the secret key.
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self._out, stderr=subprocess.DEVNULL, env={})  # noqa: S603

    @property
    def pid(self) -> int:
        """The process that reads."""
        return self._process.pid

    def poll(self) -> FoundText | None:
        """What was found, or None while it is still being read."""
        if self._found is None:
            if self._process.poll() is not None:
                self._found = self._outcome()
            elif time.monotonic() >= self._until:
                self._found = FoundText(Ending.SLOW)
                self.stop()
        return self._found

    def wait(self) -> FoundText:
        """What was found, at most ``LONGEST_SECONDS`` from now; for commands."""
        while (found := self.poll()) is None:
            time.sleep(0.02)
        return found

    def stop(self) -> None:
        """End the process, however far it is; what it found is lost."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._out.close()

    def _outcome(self) -> FoundText:
        if self._missing:
            self._out.close()
            return FoundText(Ending.MISSING)
        self._out.seek(0)
        with self._out:
            word, _, text = self._out.read().decode("utf-8", "replace").partition("\n")
        if self._process.returncode == -signal.SIGXCPU:
            return FoundText(Ending.SLOW)
        if not self._process.returncode and word == _PART:
            return FoundText(Ending.TEXT, text, partly=True)
        if self._process.returncode or word not in set(Ending):
            return FoundText(Ending.BROKEN)
        return FoundText(Ending(word), text)
