"""What is written into Whoosh's files is what Whoosh itself reads there: every term, every posting, long lists and single ones."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest
from search_corpus import build, create_document
from whoosh.index import open_dir

from innovations.search.documents import Document
from innovations.search.files import terms
from innovations.search.files.schema import schema
from innovations.search.text.analysis import syllable

#: More than two blocks of 1,024 for the words that all have.
COUNT = 2100


def documents() -> list[Document]:
    dice = random.Random(3)
    rare = [f"từ{number}" for number in range(4000)]
    return [
        create_document(
            number, f"Giá đỡ {dice.choice(rare)}", problem=" ".join(dice.choices(rare, k=dice.randrange(9))) + " giá" * (number % 5),
            tokens={"any"} if number % 3 else {f"person:{number}"},
        )
        for number in range(1, COUNT + 1)
    ]  # fmt: skip


def expected(held: list[Document]) -> dict[tuple[str, str], list[tuple[int, float]]]:
    """Every posting of these documents, numbered as they come."""
    found: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for number, document in enumerate(held):
        by_field = {**terms.analyse(document).by_field(), "k": dict.fromkeys(terms.keys(document), 1.0)}
        for field, weights in by_field.items():
            for term, weight in weights.items():
                found[field, term].append((number, weight))
    return found


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("files") / "index", documents()).current()


def test_whoosh_reads_every_term_and_posting_with_its_weight(index: Path) -> None:
    wanted = expected(documents())
    with open_dir(str(index), schema=schema()).reader() as reader:
        assert {(field, term.decode()) for field, term in reader.all_terms() if field in ("x", "f", "fb", "k")} == wanted.keys()
        for (field, term), postings in wanted.items():
            matcher, found = reader.postings(field, term), []
            while matcher.is_active():
                found.append((matcher.id(), matcher.weight()))
                matcher.next()
            assert found == postings, (field, term)


def test_whoosh_reads_what_is_summed_up_of_a_term(index: Path) -> None:
    held = documents()
    lengths = {field: [round(sum(terms.analyse(each).by_field()[field].values())) for each in held] for field in ("x", "fb")}
    wanted = expected(held)
    with open_dir(str(index), schema=schema()).reader() as reader:
        for field, term in (("x", syllable("giá").canonical), ("fb", "gia do"), ("x", min(t for f, t in wanted if f == "x"))):
            info, postings = reader.term_info(field, term), wanted[field, term]
            assert (info.doc_frequency(), info.min_id(), info.max_id()) == (len(postings), postings[0][0], postings[-1][0])
            assert info.weight() == pytest.approx(sum(weight for _, weight in postings))
            assert info.max_weight() == max(weight for _, weight in postings)
            of_documents = [lengths[field][number] for number, _ in postings]
            assert (info.min_length(), info.max_length()) == (
                pytest.approx(min(of_documents), rel=0.05),
                pytest.approx(max(of_documents), rel=0.05),
            )
