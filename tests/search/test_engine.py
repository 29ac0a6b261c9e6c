"""What a reader finds: the engine over a small index, without the application."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from search_corpus import HOSTILE, READER, build, create_document, find, hostile_queries, ids

from innovations.search.answers.impacts import Impacts
from innovations.search.answers.lexicon import Lexicon
from innovations.search.answers.matching import Evaluation
from innovations.search.answers.snapshot import Snapshot
from innovations.search.asking import query as language
from innovations.search.asking.parser import parse
from innovations.search.engine import WhooshEngine
from innovations.search.files.bits import count
from innovations.search.files.generations import IndexFolder
from innovations.search.port import Filters


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    return build(tmp_path / "index")


@pytest.fixture
def engine(folder: IndexFolder) -> WhooshEngine:
    return WhooshEngine(folder.path)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("giá đỡ bình ắc quy", [1]),
        ("gia do binh ac quy", [1]),
        ("GIÁ ĐỠ", [1]),
        (unicodedata.normalize("NFD", "giá đỡ"), [1]),
        ("hoà tan", [1]),  # the document has hòa
        ("quản lí phần mềm", [2]),  # of four words some are enough
        ("đồng hồ", [4]),
        ("dong ho", [4]),
        ("SK-1A-2024-0003", [3]),
        ("phan mem trac nghiem", [2]),
        ("câu hỏi", [2]),
        ("không có trong kho này", []),  # words that stand nowhere weigh most: "có" alone is not
        ("bình đồng", []),  # of two words both are needed
    ],
)
def test_words_are_found_however_they_are_typed(engine: WhooshEngine, text: str, found: list[int]) -> None:
    assert ids(find(engine, text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"bình ắc quy"', [1]),
        ('"ắc bình"', []),
        ('"huan luyen"', [4]),
        ('"dong ho dem gio"', [4]),
        ('"luyện bình"', []),
        ("bình -ắc", []),
        ("giá OR lốp", [1, 3]),
        ("huấn luy*", [4]),
        ("trac ngh*", [2]),
        ("nam:2022..2023", [2, 4]),
        ("nam:>=2024", [1, 3]),
        ("apdung:>=2", [1]),
        ("apdung:không", [2, 4]),
        ("xeploai:C", [3]),
        ("xeploai:a,c", [1, 3]),
        ("-xeploai:B", [1, 3]),
        ('truong:"bảo đảm kỹ thuật"', [3]),
        ("truong:training", [1, 2, 4]),
        ('donvi:"Trung đoàn 2B"', [4]),
        ('donvi:"đoàn 2B sư"', []),
        ('donvi:"sư đoàn m"', [1, 2, 3, 4]),
        ("loai:management", []),
        ('cap:"cơ sở"', [1, 2, 3, 4]),
        ("ma:SK-1A-2024-0002", [2]),
        ("ma:SK-1A", [1, 2, 3, 4]),
        ("ma:SK-9Z", []),
    ],
)
def test_operators_and_filters_narrow(engine: WhooshEngine, text: str, found: list[int]) -> None:
    assert sorted(ids(find(engine, text))) == found


def test_an_author_is_found_by_name(tmp_path: Path) -> None:
    documents = [create_document(1, "Giá", authors="Nguyễn Văn An; Lê Bình"), create_document(2, "Giá", authors="Lê Văn Bình")]
    engine = WhooshEngine(build(tmp_path, documents).path)
    assert ids(find(engine, 'tacgia:"le binh"')) == [1]


def test_a_designation_is_found_joined_parted_and_whole(tmp_path: Path) -> None:
    engine = WhooshEngine(build(tmp_path, [create_document(1, "Bệ đỡ TB\u20112"), create_document(2, "Bệ đỡ M10")]).path)
    assert [ids(find(engine, text)) for text in ("TB-2", "tb 2", "TB2", "M-10", "m10")] == [[1], [1], [1], [2], [2]]


def test_a_phrase_does_not_reach_from_one_part_into_the_next(tmp_path: Path) -> None:
    engine = WhooshEngine(build(tmp_path, [create_document(1, "Giá đỡ", problem="bình nặng")]).path)
    assert find(engine, '"đỡ bình"').total == find(engine, '"do binh"').total == 0


def test_a_phrase_with_accents_is_not_met_by_other_accents(tmp_path: Path) -> None:
    documents = [create_document(1, "cái bàn ghế bán", problem="ban gia"), create_document(2, "bán giá", problem="bàn")]
    engine = WhooshEngine(build(tmp_path, documents).path)
    assert ids(find(engine, '"bán giá"')) == [2]


def test_accents_nobody_wrote_are_dropped_and_that_is_said(engine: WhooshEngine) -> None:
    results = find(engine, "giạ đở")
    assert ids(results) == [1]
    assert [note.code for note in results.notes] == ["without_accents"]


def test_an_empty_query_lists_everything_visible_newest_first(tmp_path: Path) -> None:
    documents = [create_document(n, f"Số {n}", decided_on=date(2020 + n, 1, 1)) for n in (2, 3, 1)]
    engine = WhooshEngine(build(tmp_path, documents).path)
    assert ids(find(engine, "")) == [3, 2, 1]


def test_a_word_in_the_title_outranks_one_in_the_text(tmp_path: Path) -> None:
    documents = [
        create_document(1, "Bàn gá", rest="lốp"),
        create_document(2, "Lốp xe"),
        create_document(3, "Bàn gá", problem="lốp"),
        create_document(4, "Bàn gá", solution="lốp"),
    ]
    engine = WhooshEngine(build(tmp_path, documents).path)
    assert ids(find(engine, "lốp")) == [2, 3, 4, 1]


def test_neighbours_outrank_scattered_words(tmp_path: Path) -> None:
    documents = [create_document(1, "đỡ xe và giá kho"), create_document(2, "giá đỡ xe và kho")]
    engine = WhooshEngine(build(tmp_path, documents).path)
    assert ids(find(engine, "giá đỡ")) == [2, 1]


def test_between_equals_the_more_adopted_comes_first(tmp_path: Path) -> None:
    documents = [create_document(n, "Giá đỡ", adoptions=adoptions) for n, adoptions in ((1, 0), (2, 4), (3, 1))]
    engine = WhooshEngine(build(tmp_path, documents).path)
    assert ids(find(engine, "giá đỡ")) == [2, 3, 1]


# Rights


def test_only_what_shares_a_token_with_the_reader_is_found_counted_or_suggested(engine: WhooshEngine) -> None:
    outsider, author = find(engine, "pin M-10"), find(engine, "pin M-10", {"any", "person:9"})
    assert (outsider.total, ids(outsider)) == (0, [])
    assert all(not counts for counts in outsider.facets.values())
    assert (author.total, ids(author)) == (1, [5])


def test_facets_count_only_what_the_reader_may_see(engine: WhooshEngine) -> None:
    def types(tokens: set[str]) -> dict[str, int]:
        return {entry.value: entry.count for entry in find(engine, "", tokens).facets["type"]}

    assert types(READER) == {"technical": 4}
    assert types({"any", "person:9"}) == {"technical": 5, "management": 1}
    assert types(set()) == {}


def test_a_half_typed_word_does_not_betray_hidden_documents(engine: WhooshEngine) -> None:
    assert find(engine, "vũ kh*").total == 0
    assert find(engine, "vũ kh*", {"receiver:2"}).total == 1


def test_similar_documents_are_only_those_the_reader_may_see(engine: WhooshEngine) -> None:
    def similar(tokens: set[str], **asked: object) -> list[int]:
        return [match.id for match in engine.similar("Tủ sạc pin dùng chung", "", tokens, **asked)]  # type: ignore[arg-type]

    assert similar(READER) == []
    assert similar({"person:9"}) == [5]
    assert similar({"person:9"}, exclude=[5]) == []


def test_what_is_like_a_text_can_be_asked_of_the_library_alone(engine: WhooshEngine) -> None:
    def similar(*states: str) -> list[int]:
        return [match.id for match in engine.similar("Ổ khóa kho vũ khí", "", {"receiver:2"}, filters=Filters(state=states))]

    assert similar() == similar("submitted") == [6]
    assert similar("recognised") == []


def test_words_are_marked_later_as_they_were_matched_and_only_in_what_the_reader_may_see(engine: WhooshEngine) -> None:
    for text in ("bình ắc quy", "binh ac quy", "bình ắc quỷ"):  # with accents, without, and with some that nobody wrote
        at_once = engine.search(parse(text), READER)
        later = engine.search(parse(text), READER, marks=False)
        assert at_once.hits[0].highlights["title"], text
        assert [(hit.id, hit.highlights, hit.file) for hit in later.hits] == [(1, {}, None)]
        assert later.reading is not None
        marked = engine.marked(later.reading, READER, [1, 5, 6])
        assert [(hit.id, hit.highlights) for hit in marked] == [(1, at_once.hits[0].highlights)]


def test_similarity_is_a_share_and_the_same_text_without_accents_is_the_same_idea(engine: WhooshEngine) -> None:
    match, *_ = engine.similar("gia do binh ac quy", "Binh nang, hoa tan dung dich de do ra san kho", READER)
    assert match.id == 1
    assert 0.9 < match.score <= 1


def test_a_text_about_something_else_resembles_nothing(engine: WhooshEngine) -> None:
    assert engine.similar("Vườn rau tăng gia", "Tưới nhỏ giọt cho luống cải", READER) == ()


# Facets


def test_a_facet_ignores_its_own_choice_and_obeys_the_others(engine: WhooshEngine) -> None:
    facets = find(engine, "", filters=Filters(field=("training",), year=("2024",))).facets
    assert {entry.value: entry.count for entry in facets["field"]} == {"training": 1, "technical_support": 1}
    assert {entry.value: entry.count for entry in facets["year"]} == {"2024": 1, "2023": 1, "2022": 1}
    assert {entry.value: entry.count for entry in facets["grade"]} == {"A": 1}
    assert [entry.value for entry in facets["field"] if entry.chosen] == ["training"]


def test_several_values_of_one_facet_mean_any_of_them(engine: WhooshEngine) -> None:
    assert sorted(ids(find(engine, "", filters=Filters(grade=("A", "C"))))) == [1, 3]


def test_a_unit_counts_and_finds_everything_below_it(engine: WhooshEngine) -> None:
    results = find(engine, "", filters=Filters(unit=("2",)))
    assert results.total == 4
    assert {entry.value: entry.count for entry in results.facets["unit"]} == {"1": 4, "2": 4, "3": 3, "4": 1}


def test_adopted_is_yes_or_no(engine: WhooshEngine) -> None:
    results = find(engine, "", filters=Filters(adopted=("yes",)))
    assert sorted(ids(results)) == [1, 3]
    assert {entry.value: entry.count for entry in results.facets["adopted"]} == {"yes": 2, "no": 2}


def test_years_are_listed_newest_first_and_a_chosen_value_stays_at_zero(engine: WhooshEngine) -> None:
    facets = find(engine, "giá", filters=Filters(year=("1999",))).facets
    assert [(entry.value, entry.count) for entry in facets["year"]] == [("2024", 1), ("1999", 0)]


def test_the_library_can_be_asked_for_apart(engine: WhooshEngine) -> None:
    tokens = {"any", "receiver:2"}
    assert find(engine, "", tokens).total == 5
    assert find(engine, "", tokens, filters=Filters(state=("recognised",))).total == 4


# Hostile queries


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_searched_like_any_other(engine: WhooshEngine, text: str) -> None:
    assert find(engine, text).available


class CountingSnapshot(Snapshot):
    """Remembers which terms were looked up."""

    looked_up: set[str]

    def impacts(self, field: str, term: str, mean: float) -> Impacts:
        self.looked_up.add(term)
        return super().impacts(field, term, mean)

    def begun(self, field: str, starts: Sequence[str], tone: str) -> Impacts:
        self.looked_up.update(starts)
        return super().begun(field, starts, tone)


def test_three_hundred_random_queries_read_a_bounded_number_of_terms(engine: WhooshEngine) -> None:
    most = 2 * language.MAX_SYLLABLES + language.MAX_SYLLABLES + 2  # words, their pairs, one half-typed word in two spellings
    opened = engine._reader.snapshot()
    snapshot = CountingSnapshot(opened.segments, [()], [file for _, file in opened.arrays])
    for text in hostile_queries(300):
        snapshot.looked_up = set()
        evaluation = Evaluation(Lexicon.of(snapshot, READER), parse(text, as_you_type=True), accented=True)
        assert count(evaluation.matches()) <= snapshot.documents
        assert len(evaluation.scores(np.arange(snapshot.size))) == snapshot.size
        assert len(snapshot.looked_up) <= most
