"""How results are shown: their order, pages, highlights, and how soon a change is seen."""

from pathlib import Path

import pytest
from search_corpus import LIBRARY, READER, build, create_document, find, ids, put

from innovations.search.engine import WhooshEngine
from innovations.search.files.generations import IndexFolder
from innovations.search.port import Sort


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    return build(tmp_path / "index")


@pytest.fixture
def engine(folder: IndexFolder) -> WhooshEngine:
    return WhooshEngine(folder.path)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.TITLE, [3, 4, 1, 2]),  # Bàn, Đồng, Giá, Phần
        (Sort.ADOPTIONS, [1, 3, 4, 2]),
        (Sort.GRADE, [1, 4, 2, 3]),
    ],
)
def test_results_can_be_sorted(engine: WhooshEngine, sort: Sort, expected: list[int]) -> None:
    assert ids(find(engine, "", sort=sort)) == expected


def test_titles_sort_in_vietnamese_order(tmp_path: Path) -> None:
    titles = ["Dạ", "Đa", "Dà", "Da", "An", "Ăn", "Ân", "Ơn", "Ôn", "On", "Zen"]
    documents = [create_document(number, title) for number, title in enumerate(titles, 1)]
    engine = WhooshEngine(build(tmp_path, documents).path)
    found = find(engine, "", sort=Sort.TITLE)
    expected = ["An", "Ăn", "Ân", "Da", "Dà", "Dạ", "Đa", "On", "Ôn", "Ơn", "Zen"]
    assert [titles[number - 1] for number in ids(found)] == expected


def test_pages_follow_each_other_without_gap_or_overlap(tmp_path: Path) -> None:
    engine = WhooshEngine(build(tmp_path, [create_document(n, "Giá đỡ") for n in range(1, 24)]).path)
    pages = [find(engine, "giá", page=page, per_page=10) for page in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [10, 10, 3, 0]
    assert {page.total for page in pages} == {23}
    assert sorted(number for page in pages for number in ids(page)) == list(range(1, 24))


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-5, 1), (10_000, 100)])
def test_a_page_holds_between_one_and_a_hundred(tmp_path: Path, asked: int, given: int) -> None:
    engine = WhooshEngine(build(tmp_path, [create_document(n, "Giá đỡ") for n in range(1, 121)]).path)
    assert len(find(engine, "giá", per_page=asked).hits) == given


# Highlights


def test_hits_are_marked_in_the_text_as_it_was_written(engine: WhooshEngine) -> None:
    hit = find(engine, "binh ac quy").hits[0]
    assert hit.highlights["title"] == (("Giá đỡ ", False), ("bình ắc quy", True))
    assert hit.highlights["passage"][0] == ("Bình", True)


def test_the_passage_is_cut_around_the_most_different_words(tmp_path: Path) -> None:
    text = "pin " + "đệm " * 200 + "tủ sạc pin đặt cạnh cửa " + "đệm " * 200
    engine = WhooshEngine(build(tmp_path, [create_document(1, "Tủ", solution=text)]).path)
    passage = find(engine, "tủ sạc pin").hits[0].highlights["passage"]
    assert ("tủ sạc pin", True) in passage
    assert passage[0] == passage[-1] == ("…", False)
    assert len("".join(piece for piece, _ in passage)) < 300


def test_markup_in_a_text_stays_text(tmp_path: Path) -> None:
    engine = WhooshEngine(build(tmp_path, [create_document(1, "<b>Giá</b> & đỡ")]).path)
    title = find(engine, "giá").hits[0].highlights["title"]
    assert title == (("<b>", False), ("Giá", True), ("</b> & đỡ", False))


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("cụ*", "cụ cụm"),
        ("cu*", "cụ của cũ cụm cứu"),
        ("quy*", "quyết quỹ"),
        ("quỹ*", "quỹ"),
        ("kĩ*", "kỹ"),
    ],
)
def test_of_a_half_typed_word_those_words_are_marked_that_were_found(tmp_path: Path, typed: str, marked: str) -> None:
    words = "cụ của cũ cụm cứu quyết quỹ kỹ kí".split()
    engine = WhooshEngine(build(tmp_path, [create_document(number, f"Xe {word}") for number, word in enumerate(words, 1)]).path)
    segments = [segment for hit in find(engine, typed).hits for segment in hit.highlights["title"]]
    assert sorted(text for text, is_hit in segments if is_hit) == sorted(marked.split())
    assert set(ids(find(engine, typed))) == {words.index(word) + 1 for word in marked.split()}


def test_a_half_typed_word_with_its_tone_marks_no_word_of_another_tone(tmp_path: Path) -> None:
    engine = WhooshEngine(build(tmp_path, [create_document(1, "Dụng cụ của xe cũ")]).path)
    title = find(engine, "dụng cụ*").hits[0].highlights["title"]
    assert title == (("Dụng cụ", True), (" của xe cũ", False))


def test_without_words_the_passage_is_the_beginning(engine: WhooshEngine) -> None:
    hit = next(hit for hit in find(engine, "").hits if hit.id == 2)
    assert hit.highlights["passage"] == (("Câu hỏi hiện trên máy tính, chấm ngay.", False),)


# Changes


def test_a_commit_of_another_writer_is_seen_by_the_next_query(folder: IndexFolder, engine: WhooshEngine) -> None:
    assert find(engine, "máy bơm").total == 0
    put(folder, create_document(7, "Máy bơm nổi"))
    assert ids(find(engine, "máy bơm")) == [7]


def test_a_new_version_replaces_the_old_one(folder: IndexFolder, engine: WhooshEngine) -> None:
    assert find(engine, "giá đỡ").total == 1
    put(folder, create_document(1, "Máy nâng bình", year=2020))
    assert (find(engine, "giá đỡ").total, ids(find(engine, "máy nâng")), find(engine, "").total) == (0, [1], 4)
    assert {e.value: e.count for e in find(engine, "nâng").facets["year"]} == {"2020": 1}


def test_a_removed_document_is_nowhere(folder: IndexFolder, engine: WhooshEngine) -> None:
    put(folder, gone=[1])
    results = find(engine, "")
    assert 1 not in ids(results)
    assert results.total == 3
    assert find(engine, "giá đỡ").total == 0
    assert engine.similar("Giá đỡ bình ắc quy", "", READER) == ()


def test_an_empty_library_is_searched_without_complaint(tmp_path: Path) -> None:
    engine = WhooshEngine(build(tmp_path, []).path)
    results = find(engine, 'giá "đỡ bình" luy*')
    assert (results.available, results.total) == (True, 0)
    assert engine.similar("Giá đỡ", "", READER) == ()
    assert engine.status()["documents"] == 0


def test_every_document_of_the_library_is_found_by_its_own_title(engine: WhooshEngine) -> None:
    everything = {"any", "person:9", "receiver:2"}
    for document in LIBRARY:
        assert ids(find(engine, document.title, everything))[0] == document.id
