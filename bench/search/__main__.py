"""``./dev bench search [sizes]``: this engine, stock Whoosh, SQLite FTS5, PostgreSQL, tantivy and Xapian side by side.

Sizes are 1,000 and 10,000 documents unless given.  Exits 1 when an aim is missed; aims are stated for 100,000 documents, and smaller
sizes are printed without a judgement.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.search import report
from bench.search.engines import NAMES
from bench.search.run import Measured, measure

SIZES = (1000, 10_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, measure every size, and say what missed its aim."""
    parser = argparse.ArgumentParser(prog="./dev bench search", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="numbers of documents (default 1000 10000)")
    parser.add_argument("--questions", type=int, default=40, help="timed per kind, after as many others to warm up (default 40)")
    parser.add_argument("--seconds", type=float, default=10, help="for each engine's answers of a kind (default 10)")
    parser.add_argument("--engines", default=",".join(NAMES), help=f"some of {','.join(NAMES)}")
    parser.add_argument("--keep", type=Path, help="a folder where indexes stay and are used again")
    given = parser.parse_args(arguments)
    print(f"load {os.getloadavg()[0]:.1f} before, {os.cpu_count()} cores")
    if given.keep:
        measured = _all(given, given.keep)
    else:
        with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
            measured = _all(given, Path(folder))
    missed = [each for one in measured for each in report.missed(one)]
    missed += [each for smaller, larger in zip(measured, measured[1:], strict=False) for each in report.growth(smaller, larger)]
    print("\n".join(f"MISSED {each}" for each in missed) or "nothing misses its aim")
    return 1 if missed else 0


def _all(given: argparse.Namespace, folder: Path) -> list[Measured]:
    folder.chmod(0o755) if folder.exists() else folder.mkdir(parents=True)  # the user postgres passes through it
    measured = []
    for size in given.sizes:
        place = folder / str(size)
        place.mkdir(exist_ok=True)
        measured.append(measure(size, given.engines.split(","), place, given.questions, given.seconds))
        print("\n".join(report.lines(measured[-1])), flush=True)
        print(f"load {os.getloadavg()[0]:.1f} after", flush=True)
    return measured


if __name__ == "__main__":
    raise SystemExit(main())
