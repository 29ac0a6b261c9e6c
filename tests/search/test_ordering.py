"""The first of a list, found without sorting all of it, are the first of all of it sorted."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from search_corpus import build, create_document

from innovations.search.answers import ordering
from innovations.search.answers.snapshot import Snapshot
from innovations.search.documents import Document
from innovations.search.engine import WhooshEngine
from innovations.search.files.terms import sort_key
from innovations.search.port import Sort

COUNT = 700
SAME = "Giải pháp nâng cao chất lượng huấn luyện "


def documents() -> list[Document]:
    """Many equal to one another in whatever lists are sorted by."""
    dice = random.Random(11)
    words = ("đội", "đối", "doi", "ăn", "ân", "an", "giá", "già")
    return [
        create_document(
            number, dice.choice((SAME, "")) + " ".join(dice.choices(words, k=dice.randrange(1, 4))), adoptions=dice.choice((0, 0, 0, 1, 7)),
            grade=dice.choice(("A", "B", "")), decided_on=date(2024, 1, 1) + timedelta(days=dice.randrange(5)),
        )
        for number in range(1, COUNT + 1)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("ordering") / "index"
    return WhooshEngine(build(folder, documents()).path)._reader.snapshot()


def first(document: Document, sort: Sort) -> tuple[object, ...]:
    return {
        Sort.RELEVANCE: (),
        Sort.DATE: (-(document.decided_on or date.min).toordinal(),),
        Sort.GRADE: (document.grade or "Z",),
        Sort.ADOPTIONS: (-document.adoptions,),
        Sort.TITLE: (sort_key(document.title),),
    }[sort]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("scored", [True, False])
def test_the_first_of_many_are_those_of_all_sorted(snapshot: Snapshot, sort: Sort, scored: bool) -> None:
    held, chance = documents(), np.random.default_rng(5)
    among = np.flatnonzero(chance.random(COUNT) < 0.8)
    scores = (chance.integers(0, 9, len(among)) if scored else np.zeros(len(among))).astype(np.float32)
    score_of = dict(zip(among.tolist(), scores.tolist(), strict=True))

    def place(number: int) -> tuple[object, ...]:
        document = held[number]
        return (*first(document, sort), -score_of[number], -(document.decided_on or date.min).toordinal(), -document.id)

    wanted = sorted(among.tolist(), key=place)
    for count in (1, 20, 199, 201, 450, 2 * COUNT):
        assert among[ordering.best(snapshot, among, scores.take, sort, count)].tolist() == wanted[:count]
