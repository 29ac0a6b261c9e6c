"""``./dev bench relevance DIR``: recall and rank on judged questions, typed in seven ways, beside other engines.

``--cloze N`` asks for N sentences taken out of the documents' own passages instead: no aims are stated for these.  Exits 1 when a peer is
level or better in a column, or when a way of typing costs more than it may.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from bench.relevance import report
from bench.relevance.cloze import cloze
from bench.relevance.ours import Ours
from bench.relevance.peers import Fts5, NotHere, PostgreSql, Tantivy
from bench.relevance.questions import Question, Text, read, sample
from bench.relevance.variants import VARIANTS

#: Questions asked at once; the time limit of an engine is looked at between two such lots.
LOT = 60


class Engine(Protocol):
    """What is compared."""

    name: str

    def find(self, questions: Sequence[str]) -> list[list[str]]:
        """Ids of the ten best documents for each question."""


def measured(engine: Engine, questions: Sequence[Question], seconds: float) -> tuple[dict[str, report.Score], str]:
    """The scores of every way of typing, on as many questions as fit into ``seconds``."""
    began, asked = time.monotonic(), 0
    found: dict[str, list[list[str]]] = {column: [] for column in VARIANTS}
    while asked < len(questions) and time.monotonic() - began < seconds:
        lot = questions[asked : asked + LOT]
        typed = {column: [vary(question.text) for question in lot] for column, vary in VARIANTS.items()}
        different = list(dict.fromkeys(text for texts in typed.values() for text in texts))
        answers = dict(zip(different, engine.find(different), strict=True))
        for column, texts in typed.items():
            found[column] += [answers[text] for text in texts]
        asked += len(lot)
    relevant = [question.relevant for question in questions[:asked]]
    took = f"{asked} questions, {time.monotonic() - began:.0f} s"
    return {column: report.score(lists, relevant) for column, lists in found.items()}, took


def peers_of(names: str) -> list[Callable[[Sequence[Text], Path], Engine]]:
    """The engines to compare with, by the first letters of their names."""
    made: dict[str, Callable[[Sequence[Text], Path], Engine]] = {
        "fts5": Fts5,
        "exact": lambda texts, folder: Tantivy(texts, folder, folded=False),
        "folded": lambda texts, folder: Tantivy(texts, folder, folded=True),
        "postgresql": PostgreSql,
    }
    return [make for name, make in made.items() if names == "all" or name in names.split(",")]


def compare(folder: Path, most: int, seconds: float, names: str, sentences: int = 0) -> list[str]:
    """Measure and print everything; returns what missed its aim.

    :param sentences: ask for so many sentences of the documents, and for no judged question.
    """
    questions, texts = read(folder)
    questions, texts = cloze(texts, sentences) if sentences else (sample(questions, most), texts)
    print(f"{len(questions)} questions, {len(texts)} documents\n{report.heading()}", flush=True)
    with tempfile.TemporaryDirectory(prefix="relevance-") as place:
        ours, took = measured(Ours(texts, Path(place) / "index"), questions, seconds * 3)
        print(report.line(Ours.name, ours, took), flush=True)
        others = {}
        for make in peers_of(names):
            try:
                peer = make(texts, Path(place))
            except NotHere as reason:
                print(f"not compared: {reason}")
                continue
            try:
                others[peer.name], took = measured(peer, questions, seconds)
            finally:
                peer.close()  # type: ignore[attr-defined]
            print(report.line(peer.name, others[peer.name], took), flush=True)
    return [] if sentences else report.missed(ours, others)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, measure, and say what missed its aim."""
    parser = argparse.ArgumentParser(prog="./dev bench relevance", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of *.jsonl with questions and documents")
    parser.add_argument("--questions", type=int, default=600, help="at most so many, a fixed sample (default 600)")
    parser.add_argument("--seconds", type=float, default=90, help="for each peer's answers (default 90; ours three times that)")
    parser.add_argument("--peers", default="all", help="all, none, or some of fts5,exact,folded,postgresql")
    parser.add_argument("--cloze", type=int, default=0, help="ask for so many sentences taken out of the documents")
    given = parser.parse_args(arguments)
    if not any(given.folder.glob("*.jsonl")):
        parser.error(f"there is no *.jsonl in {given.folder}")
    missed = compare(given.folder, given.questions, given.seconds, given.peers, given.cloze)
    if not given.cloze:
        print("\n".join(["", *(f"MISSED {each}" for each in missed)]) if missed else "\nevery aim is met")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
