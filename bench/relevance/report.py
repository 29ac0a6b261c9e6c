"""Figures of found lists, and the table of engines beside each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bench.relevance.variants import VARIANTS


@dataclass(frozen=True)
class Score:
    """Means over all questions, 0 to 1."""

    recall_1: float
    recall_10: float
    mrr_10: float

    def __str__(self) -> str:
        return f"{self.recall_1:.3f} {self.recall_10:.3f} {self.mrr_10:.3f}"


def score(found: Sequence[Sequence[str]], relevant: Sequence[Collection[str]]) -> Score:
    """How much of what is relevant is first and among the first ten, and the mean of 1/place of the first that is."""
    pairs = list(zip(found, relevant, strict=True))
    count = max(1, len(pairs))
    return Score(
        sum(_share(ids[:1], wanted) for ids, wanted in pairs) / count,
        sum(_share(ids[:10], wanted) for ids, wanted in pairs) / count,
        sum(_reciprocal(ids[:10], wanted) for ids, wanted in pairs) / count,
    )


def _share(ids: Sequence[str], wanted: Collection[str]) -> float:
    return len(set(ids) & set(wanted)) / len(wanted)


def _reciprocal(ids: Sequence[str], wanted: Collection[str]) -> float:
    return next((1 / place for place, each in enumerate(ids, 1) if each in wanted), 0.0)


def line(name: str, scores: Mapping[str, Score], remark: str) -> str:
    """One engine's row."""
    return f"{name:16}" + "".join(f" {scores[column]!s:>18}" for column in VARIANTS) + f"  {remark}"


def heading() -> str:
    """The row above all engines; each column holds recall@1, recall@10 and MRR@10."""
    return f"{'r@1 r@10 mrr@10':16}" + "".join(f" {column:>18}" for column in VARIANTS)


def missed(ours: Mapping[str, Score], peers: Mapping[str, Mapping[str, Score]]) -> list[str]:
    """Where a peer is level or better, and where a variant loses more against the question as typed than it may."""
    said = [
        f"{column}: {peer} has recall@10 {scores[column].recall_10:.3f}, ours is {ours[column].recall_10:.3f}"
        for peer, scores in peers.items()
        for column in VARIANTS
        if scores[column].recall_10 >= ours[column].recall_10
    ]
    allowed = {"NFD": 0.0, "tone place": 0.0, "no accents": 0.01, "Telex": 0.01, "VNI": 0.01, "one typo": 0.015}
    lost = {column: ours["as typed"].recall_10 - ours[column].recall_10 for column in allowed}
    return said + [f"{column}: {lost[column]:.3f} below as typed, allowed {most}" for column, most in allowed.items()
                   if lost[column] > most + 1e-9]  # fmt: skip
