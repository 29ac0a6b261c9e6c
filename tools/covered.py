"""How much of the product the tests go through, branches among it.  Exit 1 below the goals.

Runs the tests (all but those in the browser and those of faults, or those that are named) under coverage, in every process the
product starts, prints what was missed, and a table of the rooms that decide.  A part of the suite reaches the goals of no room but
its own.  Run by ``./dev coverage``.
"""

from __future__ import annotations

import fnmatch
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent
#: They drive servers and browsers, slowly, and nothing of the rooms below is reached by them alone.
LEFT_OUT = ("--ignore=tests/browser", "--ignore=tests/faults")
#: Room → its files, as patterns beneath ``innovations/`` (a star crosses folders).  Every line and every branch of them is gone through.
ROOMS: Mapping[str, tuple[str, ...]] = {
    "rules": ("*/rules/*",),
    "votes": (
        "boards/models*.py", "boards/sealing.py", "boards/vote_facts.py", "boards/counting_queries.py", "boards/ballot_papers.py",
        "boards/forms_counting.py", "boards/forms_meeting.py", "boards/services/votes.py", "boards/services/counting.py",
        "boards/services/tellers.py", "boards/services/concluding.py", "boards/services/items.py", "boards/services/meetings.py",
        "boards/views/votes.py", "boards/views/counting.py",
    ),
    "numbering": ("core/counters.py", "boards/services/certificates.py", "proposals/services/submitting.py"),
    "audit": ("audit/*",),
    "uploads": (
        "documents/apart.py", "documents/intake.py", "documents/models.py", "documents/scanner.py", "documents/sniff.py", "documents/storage.py", "documents/structure.py",
        "documents/video.py", "proposals/services/limits.py",
        "proposals/services/attachments.py", "proposals/services/quarantine.py", "proposals/quarantine_queries.py",
        "proposals/views/files.py", "proposals/views/quarantine.py", "exchange/uploads.py", "core/web/received.py",
    ),
}  # fmt: skip
#: Read by each Python of this environment when it starts, before coverage's own.  The programs that look into files start without
#: environment and would not be measured; nobody else's process is touched, nor any once the run is over.
START_FILE = "a0_covered.pth"
START = (
    "import os, sys; any('/innovations/documents/' in each for each in sys.orig_argv) and os.path.isdir({folder!r})"
    " and os.environ.update({settings!r})\n"
)
WHOLE, WHOLE_GOAL, ROOM_GOAL = "the whole", 95, 100  # per cent


@dataclass(frozen=True)
class Share:
    """Lines and branches, and how many of them were gone through."""

    there: int
    seen: int

    @classmethod
    def of(cls, files: Iterable[Mapping[str, Any]]) -> Self:
        """All of ``files``, as coverage reports each."""
        sums = [each["summary"] for each in files]
        there = sum(each["num_statements"] + each["num_branches"] for each in sums)
        return cls(there, sum(each["covered_lines"] + each["covered_branches"] for each in sums))

    def reaches(self, goal: int) -> bool:
        """Whether at least ``goal`` per cent were gone through; what is empty does not."""
        return self.there > 0 and goal * self.there <= 100 * self.seen

    def __str__(self) -> str:
        hundredths = 10_000 * self.seen // max(self.there, 1)  # rounded down: 99.999 is not 100
        return f"{hundredths // 100:3d}.{hundredths % 100:02d} %"


def rooms(files: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, int, Share]]:
    """Each room with its goal and its share, the whole last.

    :param files: path beneath ``innovations/`` → what coverage reports of it.
    """
    for room, patterns in ROOMS.items():
        held = [each for path, each in files.items() if any(fnmatch.fnmatch(path, pattern) for pattern in patterns)]
        yield room, ROOM_GOAL, Share.of(held)
    yield WHOLE, WHOLE_GOAL, Share.of(files.values())


def missed(file: Mapping[str, Any]) -> str:
    """Lines and branches nothing went through: ``12, 15-18, 20->23``; a branch from or to a missed line is told by the line."""
    lines = file["missing_lines"]
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    told = [f"{first}-{last}" if first < last else str(first) for first, last in runs]
    gone = set(lines)
    told += [f"{start}->{'end' if end < 0 else end}" for start, end in file["missing_branches"] if not gone & {start, end}]
    return ", ".join(told)


@contextmanager
def programs_measured(data: str) -> Iterator[None]:
    """Within the block the programs that start without environment are measured, too.

    :param data: where coverage writes.
    """
    start = Path(sysconfig.get_path("purelib")) / START_FILE
    settings = {"COVERAGE_PROCESS_START": str(ROOT / "setup.cfg"), "COVERAGE_FILE": data}
    start.write_text(START.format(folder=str(Path(data).parent), settings=settings))
    try:
        yield
    finally:
        start.unlink()


def measure(folder: Path, arguments: list[str]) -> tuple[int, dict[str, Mapping[str, Any]]]:
    """Run the tests; how pytest ended, and path beneath ``innovations/`` → what coverage reports of it."""
    os.environ["COVERAGE_FILE"] = str(folder / "coverage")  # for every process of the product, too
    coverage = [sys.executable, "-m", "coverage"]
    run = [*coverage, "run", "-m", "pytest", "-n", "2", "--dist", "loadgroup", *arguments]
    with programs_measured(os.environ["COVERAGE_FILE"]):
        ended = subprocess.run(run, cwd=ROOT, check=False)
    report = folder / "coverage.json"
    subprocess.run([*coverage, "combine", "-q"], cwd=ROOT, check=True)
    subprocess.run([*coverage, "json", "-q", "-o", str(report)], cwd=ROOT, check=True)
    files = json.loads(report.read_text())["files"]
    return ended.returncode, {path.removeprefix("innovations/"): each for path, each in files.items()}


def main(arguments: list[str]) -> int:
    """Measure, print, judge."""
    with tempfile.TemporaryDirectory() as folder:
        ended, files = measure(Path(folder), arguments or ["tests", *LEFT_OUT])
    for path, file in sorted(files.items()):
        if told := missed(file):
            print(f"innovations/{path}: {told}")
    short = []
    for room, goal, share in rooms(files):
        print(f"{room:10} {share}  of {share.there} lines and branches, {share.there - share.seen} missed; goal {goal} %")
        if not share.reaches(goal):
            short.append(room)
    if short:
        print(f"Below the goal: {', '.join(short)}.")
    return 1 if ended or short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
