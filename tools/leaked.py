"""Make the file of leaked passwords anew from a list, one in a line, or from the lists of the package zxcvbn.

``python tools/leaked.py FILE`` reads a list as text; a folder is taken for the unpacked package in the version that THIRD_PARTY.md
names.  Shorter ones than any password may be are left out.  The application itself never calls this.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterable
from pathlib import Path

from innovations.people import leaked
from innovations.people.rules.passwords import MINIMUM_WITH_SECOND_STEP, normal_form


def read(source: Path) -> Iterable[str]:
    """The passwords of a text file, or of the package unpacked in a folder."""
    if source.is_dir():
        lists = runpy.run_path(str(source / "zxcvbn" / "frequency_lists.py"))["FREQUENCY_LISTS"]
        held: str | list[str] = lists["passwords"]
        return held.split(",") if isinstance(held, str) else held
    return source.read_text("utf-8").splitlines()


def main() -> None:
    taken = [word for word in map(normal_form, read(Path(sys.argv[1]))) if len(word) >= MINIMUM_WITH_SECOND_STEP]
    leaked.FILE.write_bytes(leaked.as_file(taken))
    print(f"{leaked.FILE.stat().st_size // leaked.KEPT} passwords")


if __name__ == "__main__":
    main()
