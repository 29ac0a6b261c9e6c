"""``./dev bench duplicates``: precision and recall of near duplicates at the shipped threshold, on a labelled set.

Each filed proposal is asked of an index that holds the registered ones among generated others.  A finding is right when it is the one
that was repeated; every other finding, of the set or of the generated ones, counts against precision.  Exits 1 when the whole set or its
held-out half is under an aim.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from bench.duplicates.labelled import READER, Filed, Half, Kind, documents, filed
from bench.indexing import write_index
from innovations import create_app
from innovations.proposals.services.alike import WHILE_TYPING, WORTH_ASKING, repeats

PRECISION, RECALL = 0.95, 0.90
BACKGROUND = 2000


@dataclass(frozen=True)
class Answer:
    """What the product found for one filed proposal."""

    filed: Filed
    found: tuple[int, ...]

    @property
    def right(self) -> int:
        """1 when what it repeats was found."""
        return int(self.filed.duplicate_of in self.found)

    @property
    def wrong(self) -> int:
        """Everything else that was found."""
        return len(self.found) - self.right


@dataclass(frozen=True)
class Score:
    """Over some answers."""

    right: int
    wrong: int
    repeats: int

    @property
    def precision(self) -> float:
        """Share of the findings that are right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the repetitions that were found."""
        return self.right / max(1, self.repeats)

    @property
    def met(self) -> bool:
        """Whether both aims are."""
        return self.precision >= PRECISION and self.recall >= RECALL


def score(answers: Iterable[Answer]) -> Score:
    """Counted over ``answers``."""
    held = list(answers)
    return Score(
        sum(each.right for each in held),
        sum(each.wrong for each in held),
        sum(each.filed.duplicate_of is not None for each in held),
    )


def application(folder: Path, background: int) -> Flask:
    """The product over an index of the set and ``background`` generated documents; its database is never asked."""
    app = create_app({"INSTANCE": folder, "SECOND_STEP": False})
    write_index(Path(app.config["SEARCH_INDEX_DIR"]), documents(background))
    return app


def asked(app: Flask, *, with_text: bool, threshold: float) -> list[Answer]:
    """What the product finds at ``threshold`` for everything that is filed."""
    with app.app_context():
        return [
            Answer(each, tuple(repeats(each.title, each.text if with_text else "", READER, threshold=threshold)))
            for each in filed()
        ]


def table(answers: Sequence[Answer]) -> list[str]:
    """A line for each kind in each half, for each half and for all."""
    lines = []
    for half in Half:
        of_half = [each for each in answers if each.filed.half is half]
        for kind in Kind:
            lines.append(_line(f"{half.value} {kind.value}", [each for each in of_half if each.filed.kind is kind]))
        lines.append(_line(f"{half.value}, all", of_half))
    return [*lines, _line("both halves", answers)]


def _line(name: str, answers: Sequence[Answer]) -> str:
    counted = score(answers)
    recall = f"recall {counted.recall:.3f}" if counted.repeats else " " * 12
    precision = f"precision {counted.precision:.3f}" if counted.right else " " * 15
    return f"{name:28} {len(answers):4} filed   {recall}   {precision}   {counted.right:4} right {counted.wrong:3} wrong"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say whether the aims are met."""
    parser = argparse.ArgumentParser(prog="./dev bench duplicates", description=__doc__)
    parser.add_argument("--background", type=int, default=BACKGROUND, help=f"generated documents beside (default {BACKGROUND})")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="duplicates-") as folder:
        app = application(Path(folder), given.background)
        answers = asked(app, with_text=True, threshold=WORTH_ASKING)
        print(f"title and text, threshold {WORTH_ASKING}, among {given.background} generated documents")
        print("\n".join(table(answers)))
        typing = asked(app, with_text=False, threshold=WHILE_TYPING)
        print(f"\ntitles only, as hints while one is typed, threshold {WHILE_TYPING} (no aim)")
        print("\n".join(table(typing)[-1:]))
    halves = [score(answers), score(each for each in answers if each.filed.half is Half.HELD_OUT)]
    met = all(each.met for each in halves)
    print(f"\n{'met' if met else 'MISSED'}: precision {PRECISION}, recall {RECALL}, over all and over the held-out half")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
