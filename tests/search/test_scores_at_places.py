"""Scores are the same whether few documents are looked at or all, and whatever is remembered meanwhile."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from search_corpus import LIBRARY, READER, build, create_document

from innovations.search.answers import snapshot
from innovations.search.answers.lexicon import Lexicon
from innovations.search.answers.matching import Evaluation
from innovations.search.asking.parser import parse
from innovations.search.engine import WhooshEngine


@pytest.fixture(scope="module")
def words() -> list[str]:
    return sorted({word for document in LIBRARY for word in f"{document.title} {document.problem}".lower().split()})


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> Path:
    """A thousand texts of the same words, some of them in nearly every text and some in few."""
    dice, rarely = random.Random(11), [1 / (1 + place) for place in range(len(words))]
    texts = [" ".join(dice.choices(words, rarely, k=dice.randrange(5, 60))) for _ in range(1000)]
    documents = [create_document(n, text[:60], solution=text) for n, text in enumerate(texts, 1)]
    return build(tmp_path_factory.mktemp("scores"), documents).path


def evaluations(index: Path, words: list[str]) -> list[Evaluation]:
    dice = random.Random(12)
    lexicon = Lexicon.of(WhooshEngine(index)._reader.snapshot(), READER)
    questions = [" ".join(dice.sample(words, dice.randrange(1, 6))) for _ in range(100)]
    begun = [f"{question} {dice.choice(words)[:2]}" for question in questions]
    return [Evaluation(lexicon, parse(text, as_you_type=True), accented=True) for text in (*questions, *begun)]


def test_a_document_scores_the_same_among_few_as_among_all(index: Path, words: list[str]) -> None:
    few = np.array([3, 40, 41, 500, 999])
    for evaluation in evaluations(index, words):
        assert not evaluation.many(len(few))
        assert evaluation.scores(few) == pytest.approx(evaluation.all_scores()[few], rel=1e-5)


def test_scores_do_not_depend_on_what_is_remembered(index: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    remembered = [evaluation.all_scores().copy() for evaluation in evaluations(index, words)]
    monkeypatch.setattr(snapshot, "_REMEMBERED_BYTES", 1)
    for evaluation, scores in zip(evaluations(index, words), remembered, strict=True):
        assert np.array_equal(evaluation.all_scores(), scores)
