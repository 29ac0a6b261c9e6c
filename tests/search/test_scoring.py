"""The best of a question are found without scoring every document, and are those that all scores together would give."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from search_corpus import LIBRARY, READER, build, create_document, find, put

from innovations.search.answers import scoring, snapshot
from innovations.search.answers.impacts import Points, Rows, Word
from innovations.search.answers.lexicon import Lexicon
from innovations.search.answers.matching import Evaluation
from innovations.search.asking.parser import parse
from innovations.search.engine import WhooshEngine
from innovations.search.files.bits import Places, count, places_of
from innovations.search.port import Sort

DOCUMENTS = 1500
#: Stands in fewer documents than a page has hits.
RARE = "hiếm"


@pytest.fixture(scope="module")
def words() -> list[str]:
    return sorted({word for document in LIBRARY for word in f"{document.title} {document.problem}".lower().split()})


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> Path:
    """Texts of the same words, some of them in nearly every text and some in few; a tenth came in later, and some were removed."""
    dice, rarely = random.Random(11), [1 / (1 + place) for place in range(len(words))]
    texts = [" ".join(dice.choices(words, rarely, k=dice.randrange(5, 60))) for _ in range(DOCUMENTS)]
    texts = [f"{text} {RARE}" if number % 40 == 0 else text for number, text in enumerate(texts)]
    kept = [(("biên bản.txt", " ".join(dice.choices(words, k=20))),) if number % 5 == 0 else () for number in range(DOCUMENTS)]
    documents = [create_document(n, text[:60], solution=text, files=kept[n - 1]) for n, text in enumerate(texts, 1)]
    first = DOCUMENTS * 9 // 10
    folder = build(tmp_path_factory.mktemp("scores"), documents[:first])
    put(folder, *documents[first:], gone=range(3, 40, 9))
    return folder.path


def evaluations(index: Path, words: list[str]) -> list[Evaluation]:
    dice = random.Random(12)
    lexicon = Lexicon.of(WhooshEngine(index)._reader.snapshot(), READER)
    questions = [" ".join(dice.sample(words, dice.randrange(1, 8))) for _ in range(100)]
    begun = [f"{question} {dice.choice(words)[:2]}" for question in questions]
    either = [" OR ".join(question.split()) for question in questions[:20]]
    return [Evaluation(lexicon, parse(text, as_you_type=True), accented=True) for text in (*questions, *begun, *either)]


def slow_scores(evaluation: Evaluation) -> NDArray[np.float64]:
    """The score of every document, added up posting by posting."""
    held = np.zeros(evaluation.snapshot.size)
    for _text, (word, factor) in evaluation.gains():
        held += factor * _points(evaluation, word)
    return held * evaluation.snapshot.prior(evaluation.lexicon.newest)


def _points(evaluation: Evaluation, word: Word) -> NDArray[np.float64]:
    points = np.zeros(evaluation.snapshot.size)
    for impacts, telling in word.parts:
        places = places_of(impacts.bits()).tolist()
        for place in places:
            points[place] += telling * float(impacts.at(np.array([place]), 1.0)[0])
    return points


@pytest.mark.parametrize("wanted", [1, 20, 200])
@pytest.mark.parametrize("few", [2, 12, 100])
def test_the_best_are_those_of_all_scored(
    index: Path, words: list[str], wanted: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoring, "_FEW", few)
    chosen = 0
    for evaluation in evaluations(index, words):
        found, expected = places_of(evaluation.matches()), slow_scores(evaluation)
        documents, scores = best(evaluation, wanted)
        assert scores == pytest.approx(expected[documents], rel=1e-5)
        assert np.isin(documents, found).all()
        others = np.setdiff1d(found, documents)
        if len(others):
            assert len(documents) >= wanted
            assert expected[others].max() <= np.sort(expected[documents])[-wanted] * (1 + 1e-5)
        chosen += len(documents) < len(found)
    assert chosen > 50 or wanted == 200


def best(evaluation: Evaluation, wanted: int) -> tuple[Places, Points]:
    """Those that can be among the best of all that match."""
    found = evaluation.matches()
    return evaluation.best(found, count(found), wanted)


def first(evaluation: Evaluation) -> list[tuple[float, int]]:
    """The best twenty and their scores."""
    documents, scores = best(evaluation, 20)
    return sorted(zip((-scores).tolist(), documents.tolist(), strict=True))[:20]


def test_a_document_scores_the_same_to_the_last_bit_among_few_as_among_many(index: Path, words: list[str]) -> None:
    few = np.array([3, 40, 41, 500, 999])
    for evaluation in evaluations(index, words):
        assert np.array_equal(evaluation.scores(few), evaluation.scores(np.arange(evaluation.snapshot.size))[few])


def test_scores_do_not_depend_on_what_is_remembered(index: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    everything = np.arange(DOCUMENTS)
    remembered = [evaluation.scores(everything) for evaluation in evaluations(index, words)]
    monkeypatch.setattr(snapshot, "_REMEMBERED_BYTES", 1)
    for evaluation, scores in zip(evaluations(index, words), remembered, strict=True):
        assert np.array_equal(evaluation.scores(everything), scores)


@pytest.mark.parametrize("sort", [Sort.DATE, Sort.ADOPTIONS, Sort.TITLE])
def test_a_hit_has_the_same_score_in_whatever_order_it_stands(
    index: Path, words: list[str], sort: Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scores are looked up in ascending order; a list sorted otherwise once came in its own."""
    monkeypatch.setattr(scoring, "_FEW", 1)
    engine = WhooshEngine(index)
    for word in words[-20:]:
        text = f"{RARE} OR {word}"
        by_score = {hit.id: hit.score for hit in find(engine, text, per_page=100).hits}
        otherwise = {hit.id: hit.score for hit in find(engine, text, per_page=100, sort=sort).hits}
        both = by_score.keys() & otherwise.keys()
        assert both
        assert {each: otherwise[each] for each in both} == pytest.approx({each: by_score[each] for each in both}, rel=1e-3)


def test_rows_that_are_pages_of_the_index_are_no_memory_of_the_process() -> None:
    page, own = np.frombuffer(b"\1" * 640, np.uint8), np.ones(640, np.uint8)
    assert Rows.of_bytes(1280, 1280, [(0, page), (640, own)]).nbytes == 1280 // 8 + 640
