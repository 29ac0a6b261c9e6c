"""How many small faults in the rules the tests of the rules notice.  Exit 1 below nine of ten.

A random sample of :mod:`mutants`, with a printed seed: each is written into a copy of the sources, never into the working tree, and the
tests that come to its function run in a forked process until one fails.  What is left alive is printed at once: either a test is
missing, or the fault makes no difference.  Run by ``./dev mutate``.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import hypothesis
import pytest
from mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
TESTS = "tests/rules"
WANTED = 90  # per cent of the faults noticed
SAMPLE = 200
AT_ONCE = 2  # processes
#: Seconds a fault may take beyond what its tests take without one, and how many times longer those may take: it may loop for ever.
PATIENCE_SECONDS, PATIENCE = 15, 5
_PYTEST = ("-q", "-x", "--noconftest", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:faulthandler", "--tb=no",
           "-W", "ignore::pytest.PytestAssertRewriteWarning")  # fmt: skip


@dataclass
class Seen:
    """What the tests do without a fault.

    :param seconds: of each test, by its id.
    :param calls: (file, function) → ids of the tests that come to it; the empty function stands for any of the file.
    :param modules: what was loaded besides the project: loaded once, before processes are forked.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    calls: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    modules: list[str] = field(default_factory=list)


class _Watch:
    """Notes which test calls which function of the rules, and how long it takes."""

    def __init__(self, tree: Path) -> None:
        self.seen = Seen()
        self._prefix = f"{tree}/innovations/"
        self._now = ""

    def _trace(self, frame: FrameType, _event: str, _argument: object) -> None:
        name = frame.f_code.co_filename
        if name.startswith(self._prefix) and "/rules/" in name and self._now:
            function = frame.f_code.co_qualname.split(".<locals>")[0]
            self.seen.calls[name.removeprefix(self._prefix), function].add(self._now)
            self.seen.calls[name.removeprefix(self._prefix), ""].add(self._now)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        started, self._now = time.perf_counter(), item.nodeid
        sys.settrace(self._trace)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.seen.seconds[item.nodeid] = time.perf_counter() - started


class _Only:
    """Runs the named tests, the quickest first."""

    def __init__(self, order: Sequence[str]) -> None:
        self._place = {name: place for place, name in enumerate(order)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((each for each in items if each.nodeid in self._place), key=lambda each: self._place[each.nodeid])


def _tests(tree: Path, files: Iterable[str], plugin: object) -> int:
    """Run tests of a tree in this process, in silence."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.chdir(tree)
    sys.path[:0] = [str(tree), str(tree / TESTS)]
    hypothesis.settings.register_profile("faults", derandomize=True, deadline=None, max_examples=60, database=None)
    hypothesis.settings.load_profile("faults")
    return int(pytest.main([*_PYTEST, *files], plugins=[plugin]))


def _forked(work: Callable[[], int], seconds: int) -> int:
    """The id of a process that does the work and ends with its result; the clock ends it by a signal."""
    process = os.fork()
    if process:
        return process
    signal.alarm(seconds)
    code = 1
    try:
        code = work()
    finally:
        os._exit(code)


def _watched(tree: Path) -> Seen:
    """One run without a fault, which also leaves compiled modules for all the others."""
    notes = tree / "seen.json"

    def work() -> int:
        watch = _Watch(tree)
        code = _tests(tree, [TESTS], watch)
        loaded = [name for name in sys.modules if name.split(".")[0] not in {"innovations", "tests"} and name not in before]
        calls = [[*key, sorted(names)] for key, names in watch.seen.calls.items()]
        notes.write_text(json.dumps({"seconds": watch.seen.seconds, "calls": calls, "modules": loaded}))
        return code

    before = set(sys.modules)
    if os.waitpid(_forked(work, 1800), 0)[1]:
        raise SystemExit(f"The tests of {TESTS} fail without a fault; run ./dev test {TESTS} first.")
    noted: dict[str, Any] = json.loads(notes.read_text())
    return Seen(noted["seconds"], {(file, name): set(tests) for file, name, tests in noted["calls"]}, noted["modules"])


def _load(modules: Iterable[str], tree: Path) -> None:
    """Load what every run needs anyway, without the project and its tests."""
    for name in modules:
        if not (tree / TESTS / f"{name}.py").exists():
            try:
                importlib.import_module(name)
            except Exception:  # noqa: BLE001, S112  (made at run time by its parent: loaded with it)
                continue


def _users(tree: Path) -> dict[str, set[str]]:
    """file of rules → files of tests that import it, and files of rules that do."""
    sources = [*tree.glob("innovations/*/rules/*.py"), *tree.glob(f"{TESTS}/*.py")]
    texts = {path.relative_to(tree).as_posix(): path.read_text() for path in sources}
    users: dict[str, set[str]] = {}
    for path in texts:
        package, _, name = path.removesuffix(".py").replace("/", ".").rpartition(".")
        package = re.escape(package)
        among = rf"from {package} import (\([^)]*|[^(\n]*)\b{name}\b"
        imported = re.compile(rf"from {package}\.{name} import|import {package}\.{name}\b|{among}")
        users[path] = {other for other, text in texts.items() if imported.search(text)}
    return users


def _chosen(path: str, mutant: Mutant, seen: Seen, users: dict[str, set[str]]) -> list[str]:
    """The tests that may notice a fault, the quickest first.

    A fault inside a function: those that call it.  Outside of any (a table, a limit), or where a function is called while modules are
    loaded: those that call anything of the module or of one that imports it, and those of the files that import it.
    """
    found = set(seen.calls.get((path.removeprefix("innovations/"), mutant.function), ()))
    if not mutant.function or not found:
        for user in {path, *users[path]}:
            found |= seen.calls.get((user.removeprefix("innovations/"), ""), set())
            found |= {name for name in seen.seconds if name.startswith(f"{user}::")}
    return sorted(found, key=lambda name: (seen.seconds[name], name))


@dataclass
class Trial:
    """One fault and what became of it."""

    path: str
    mutant: Mutant
    noticed: bool = False

    def __str__(self) -> str:
        before, after = self.mutant.changed((ROOT / self.path).read_bytes())
        return f"{self.path}:{self.mutant.line}\n  - {before}\n  + {after}\n"


class Trials:
    """Tries faults, two at a time, each in a tree of its own."""

    def __init__(self, trees: Sequence[Path], seen: Seen) -> None:
        self._free = list(trees)
        self._running: dict[int, tuple[Trial, Path]] = {}
        self._seen, self._users = seen, _users(trees[0])
        self._seconds = 0

    def run(self, trials: Sequence[Trial]) -> None:
        """Try all; each trial learns whether it was noticed."""
        for number, trial in enumerate(trials, 1):
            if not self._free:
                self._await()
            self._start(trial)
            if sys.stderr.isatty():
                print(f"\r{number} of {len(trials)}\r", end="", file=sys.stderr, flush=True)
        while self._running:
            self._await()

    def _start(self, trial: Trial) -> None:
        chosen = _chosen(trial.path, trial.mutant, self._seen, self._users)
        if not chosen:
            print(trial, flush=True)  # no test comes there
            return
        tree = self._free.pop()
        (tree / trial.path).write_bytes(trial.mutant.applied((ROOT / trial.path).read_bytes()))
        self._seconds += (
            1  # a time of its own: what was compiled of a fault of the same second and length would be taken for this one
        )
        os.utime(tree / trial.path, (self._seconds, self._seconds))
        files = sorted({name.split("::")[0] for name in chosen})
        seconds = PATIENCE_SECONDS + PATIENCE * sum(self._seen.seconds[name] for name in chosen)
        process = _forked(lambda: _tests(tree, files, _Only(chosen)), int(seconds))
        self._running[process] = trial, tree

    def _await(self) -> None:
        process, status = os.wait()
        trial, tree = self._running.pop(process)
        trial.noticed = status != 0
        if not trial.noticed:
            print(trial, flush=True)
        shutil.copy2(ROOT / trial.path, tree / trial.path)  # with its time, so that what was compiled of it is good again
        self._free.append(tree)


def _copied(folder: Path) -> Path:
    """A tree with the sources and the tests of the rules.

    Packages load nothing there: rules need no database, and without it a run begins in a fifth of a second instead of two.
    """
    unread = shutil.ignore_patterns("__pycache__", "static")
    for name in ("innovations", TESTS):
        shutil.copytree(ROOT / name, folder / name, ignore=unread)
    shutil.copy2(ROOT / "setup.cfg", folder)
    for package in (folder / "innovations/__init__.py", *folder.glob("innovations/*/__init__.py")):
        package.write_text("")
    return folder


def _table(trials: Iterable[Trial]) -> None:
    tried, noticed = Counter[str](), Counter[str]()
    for trial in trials:
        tried[trial.path] += 1
        noticed[trial.path] += trial.noticed
    print(f"{'rules':<50} {'faults':>7} {'noticed':>8} {'%':>6}")
    for path in sorted(tried):
        print(f"{path:<50} {tried[path]:>7} {noticed[path]:>8} {100 * noticed[path] / tried[path]:>6.1f}")
    print(f"{'all':<50} {tried.total():>7} {noticed.total():>8} {100 * noticed.total() / tried.total():>6.1f}")


def main() -> int:
    """Try a sample and print what came of it."""
    reading = argparse.ArgumentParser(prog="./dev mutate", description="How many small faults in the rules the tests notice.")
    reading.add_argument("number", type=int, nargs="?", default=SAMPLE, help=f"faults to try, 0 for all (default {SAMPLE})")
    reading.add_argument("--seed", type=int, default=int(time.time()), help="the same seed tries the same faults")
    reading.add_argument("--only", default="", help="rules whose path holds this text")
    asked = reading.parse_args()
    paths = [path for path in sorted(ROOT.glob("innovations/*/rules/*.py")) if asked.only in str(path.relative_to(ROOT))]
    every = [Trial(str(path.relative_to(ROOT)), each) for path in paths for each in mutants_of(path.read_bytes())]
    number = min(asked.number or len(every), len(every))
    trials = random.Random(asked.seed).sample(every, number)  # noqa: S311  (no secret)
    print(f"{number} of {len(every)} faults in {len(paths)} files of rules, seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        trees = [_copied(Path(folder) / "0")]
        seen = _watched(trees[0])
        trees += [Path(shutil.copytree(trees[0], Path(folder) / str(each))) for each in range(1, AT_ONCE)]
        _load(seen.modules, trees[0])
        Trials(trees, seen).run(sorted(trials, key=lambda each: (each.path, each.mutant.start)))
    _table(trials)
    return int(100 * sum(each.noticed for each in trials) < WANTED * len(trials))


if __name__ == "__main__":
    sys.exit(main())
