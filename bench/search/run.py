"""Builds every engine and asks all of them the same questions, one question after the other, each engine in turn.

Engines drift by 20 to 50 % from one run to the next on a shared machine; asked in turn, all of them meet the same disturbances.
Whose turn it is first is drawn anew for each question: an engine that always answered behind one that reads a hundred megabytes
would find the processor's caches emptied more often than the others.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from bench.search.corpus import documents
from bench.search.engines import Engine, NotHere, make
from bench.search.kinds import Kind, Question, questions
from innovations.search import Document

#: Documents replaced one by one.
_REPLACED = 10
#: The same turns in every run.
_SEED = 1


@dataclass
class Times:
    """How long each answer took, in milliseconds; ``cut`` when the time for the kind ran out."""

    taken: list[float] = field(default_factory=list)
    cut: bool = False

    def percentile(self, share: int) -> float:
        """So many of a hundred answers took at most this long."""
        return sorted(self.taken)[min(len(self.taken) - 1, len(self.taken) * share // 100)]


@dataclass(frozen=True)
class Built:
    """What an engine costs beside its answers; None is what it does not have or was not measured.

    :param rate: documents a second; ``peak_mb`` is the most memory of the process that built it.
    :param memory_mb: what it adds to a process that opened it and asked every question once, its own processes included.
    """

    rate: float | None
    peak_mb: float | None
    bytes: int = 0
    memory_mb: float = 0.0
    replace_ms: float | None = None


@dataclass
class Measured:
    """Everything about one size: engine → kind → times, and engine → costs; ``whole`` is the product's service from text to page."""

    size: int
    times: dict[str, dict[Kind, Times]] = field(default_factory=dict)
    built: dict[str, Built] = field(default_factory=dict)
    whole: Times = field(default_factory=Times)
    absent: list[str] = field(default_factory=list)


def measure(size: int, names: Sequence[str], folder: Path, count: int, seconds: float) -> Measured:
    """Measure the engines ``names`` over ``size`` documents.

    :param folder: indexes already there are used again.
    :param count: timed questions per kind, after as many others to warm up; ``seconds`` each engine may take for a kind.
    """
    measured = Measured(size)
    costs, engines = _built(size, names, folder, measured.absent)
    asked = questions(size, 2 * count)
    try:
        for name, engine in engines.items():
            engine.open()
            measured.times[name] = {}
        for kind, each in asked.items():
            _ask(kind, each, engines, measured, seconds)
        _ask_whole(engines.get("ours"), [*asked[Kind.OR], *asked[Kind.FILTER], *asked[Kind.AND]], measured, seconds)
        for name, engine in engines.items():
            costs[name] = replace(costs[name], bytes=engine.bytes(), replace_ms=_replacing(engine, size))
    finally:
        for engine in engines.values():
            engine.close()
    for name in engines:
        costs[name] = replace(costs[name], memory_mb=_apart(_memory, name, folder / name, asked, seconds))
    measured.built = costs
    return measured


def _built(size: int, names: Sequence[str], folder: Path, absent: list[str]) -> tuple[dict[str, Built], dict[str, Engine]]:
    costs, engines = {}, {}
    for name in names:
        place = folder / name
        try:
            engines[name] = make(name, place)
        except NotHere as reason:
            absent.append(str(reason))
            continue
        if place.exists() and (place / ".built").exists() or name == "whoosh":
            costs[name] = Built(None, None)
            continue
        place.mkdir(exist_ok=True)
        taken, peak = _apart(_build, name, place, size)
        (place / ".built").touch()
        costs[name] = Built(size / taken, peak)
    return costs, engines


def _apart(work: Callable[..., object], *arguments: object) -> object:
    """The result of ``work`` in a process of its own, whose memory nobody else has used."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def _build(name: str, folder: Path, size: int) -> tuple[float, float]:
    """Seconds without those that generating the documents takes, and the most memory."""
    held = _Watched(documents(size))
    engine = make(name, folder)
    began = time.perf_counter()
    engine.build(held, size)
    return time.perf_counter() - began - held.seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _Watched:
    """An iterator that knows how long it took."""

    def __init__(self, held: Iterator[Document]) -> None:
        self._held, self.seconds = held, 0.0

    def __iter__(self) -> Iterator[Document]:
        return self

    def __next__(self) -> Document:
        began = time.perf_counter()
        try:
            return next(self._held)
        finally:
            self.seconds += time.perf_counter() - began


def _memory(name: str, folder: Path, asked: Mapping[Kind, Sequence[Question]], seconds: float) -> float:
    """What opening the engine and asking everything once adds to this process, with the engine's own processes."""
    engine = make(name, folder)
    before = _private_mb()
    engine.open()
    for each in asked.values():
        until = time.perf_counter() + seconds
        for answer in filter(None, map(engine.prepare, each)):
            answer()
            if time.perf_counter() > until:
                break
    found = _private_mb() - before + engine.memory_mb()
    engine.close()
    return found


def _private_mb() -> float:
    """Memory that is this process's alone; pages of mapped files are the system's, whether they are written to disk by now or not."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024


def _ask(kind: Kind, asked: Sequence[Question], engines: Mapping[str, Engine], measured: Measured, seconds: float) -> None:
    """The first half warms up, and the single words of the second, which is timed; of first uses all are, after forgetting everything."""
    half = 0 if kind is Kind.COLD else len(asked) // 2
    alone = [Question(Kind.RARE, (word,)) for word in dict.fromkeys(w for each in asked[half:] for w in each.words)]
    warming = [*asked[:half], *alone] if half else []
    if kind is Kind.COLD:
        for engine in engines.values():
            engine.close()
            engine.open()
    turns, drawn = list(engines.items()), random.Random(_SEED)
    for times, timed in (({name: Times() for name in engines}, warming), (_kept(kind, engines, measured), asked[half:])):
        for question in timed:
            drawn.shuffle(turns)
            for name, engine in turns:
                _take(engine.prepare(question), times[name], seconds)


def _kept(kind: Kind, engines: Mapping[str, Engine], measured: Measured) -> dict[str, Times]:
    for name in engines:
        measured.times[name][kind] = Times()
    return {name: measured.times[name][kind] for name in engines}


def _take(answer: Callable[[], Sequence[int]] | None, times: Times, seconds: float) -> None:
    if answer is None:
        return
    if sum(times.taken) > seconds * 1000:
        times.cut = True
        return
    began = time.perf_counter()
    answer()
    times.taken.append((time.perf_counter() - began) * 1000)


def _ask_whole(ours: Engine | None, asked: Sequence[Question], measured: Measured, seconds: float) -> None:
    if ours is not None:
        for question in asked:
            _take(ours.whole(question), measured.whole, seconds)  # type: ignore[attr-defined]  # the product alone has a service


def _replacing(engine: Engine, size: int) -> float | None:
    taken = []
    for document in islice(documents(size), 0, size, max(1, size // _REPLACED)):
        began = time.perf_counter()
        try:
            engine.replace(replace(document, title=f"{document.title} thay"))
        except NotHere:
            return None
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
