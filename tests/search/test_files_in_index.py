"""Words of attached files: they find their document, count for less than its own words, and the hit names the file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from search_corpus import build, create_document, find, ids, put

from innovations.search.engine import WhooshEngine
from innovations.search.port import FileHit, Results

MINUTES = "Biên bản đo lại sau ba tuần.\nTủ sạc dùng rơ le nhiệt M-10, hòa lưới ổn định."
FILLING = " ".join(f"từ{number % 400}" for number in range(20_000))


def engine_with(folder: Path, *documents: object) -> WhooshEngine:
    return WhooshEngine(build(folder, documents).path)  # type: ignore[arg-type]


def named(found: Results) -> list[str | None]:
    return [hit.file.name if hit.file else None for hit in found.hits]


def plain(hit: FileHit | None) -> str:
    assert hit is not None
    return "".join(text for text, _mark in hit.passage)


def marked(hit: FileHit | None) -> list[str]:
    assert hit is not None
    return [text for text, mark in hit.passage if mark]


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    return engine_with(
        tmp_path,
        create_document(1, "Tủ sạc pin dùng chung", files=(("bien-ban.pdf", MINUTES), ("anh.jpg", ""))),
        create_document(2, "Giá phơi giày sau giờ tập"),
    )


@pytest.mark.parametrize(
    "typed", ["rơ le nhiệt", "ro le nhiet", "hoà lưới", '"rơ le nhiệt"', '"ro le nhiet m"', "m-10", "nhiệ*", "RƠ LE"]
)
def test_words_of_a_file_find_the_document_and_the_hit_names_the_file(engine: WhooshEngine, typed: str) -> None:
    found = find(engine, typed)
    assert ids(found) == [1]
    assert named(found) == ["bien-ban.pdf"]


def test_a_designation_in_a_file_is_found_without_its_joint(engine: WhooshEngine) -> None:
    assert ids(find(engine, "M10")) == [1]


def test_the_passage_of_the_file_marks_the_words(engine: WhooshEngine) -> None:
    file = find(engine, "rơ le nhiệt").hits[0].file
    assert marked(file) == ["rơ le nhiệt"]
    assert "Tủ sạc dùng rơ le nhiệt M-10" in plain(file)


def test_a_file_is_found_by_its_name(engine: WhooshEngine) -> None:
    found = find(engine, "anh jpg")
    assert (ids(found), found.hits[0].file) == ([1], FileHit("anh.jpg"))


def test_no_file_is_named_when_title_and_passage_show_every_word(engine: WhooshEngine) -> None:
    assert named(find(engine, "tủ sạc")) == [None]


def test_of_several_files_the_one_with_most_missing_words_is_named(tmp_path: Path) -> None:
    files = (("một.txt", "rơ le"), ("hai.txt", "rơ le nhiệt độ cao"))
    engine = engine_with(tmp_path, create_document(1, "Tủ sạc", files=files))
    assert named(find(engine, "tủ sạc rơ le nhiệt")) == ["hai.txt"]


def test_a_phrase_does_not_reach_from_one_file_into_the_next_nor_from_the_name_into_the_text(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, create_document(1, "Tủ sạc", files=(("biên.txt", "bản đo"), ("hai.txt", "lại nguội"))))
    assert ids(find(engine, '"đo lại"')) == ids(find(engine, '"txt bản"')) == ids(find(engine, '"sạc biên"')) == []
    assert ids(find(engine, '"bản đo"')) == [1]


def test_accents_that_were_typed_must_stand_in_the_file(tmp_path: Path) -> None:
    engine = engine_with(
        tmp_path,
        create_document(1, "Tủ sạc", files=(("một.txt", "đo lường"),)),
        create_document(2, "Giá đỡ", files=(("hai.txt", "đổ lượng"),)),
    )
    assert ids(find(engine, '"đo lường"')) == [1]
    assert sorted(ids(find(engine, '"do luong"'))) == [1, 2]
    assert named(find(engine, "đo lường")) == ["một.txt"]


def test_a_word_that_is_excluded_is_excluded_in_files_too(engine: WhooshEngine) -> None:
    assert ids(find(engine, "tủ -nhiệt")) == []


def test_a_word_in_the_text_ranks_above_the_same_word_in_a_file_however_often_it_stands_there(tmp_path: Path) -> None:
    engine = engine_with(
        tmp_path,
        create_document(1, "Tủ sạc pin dùng chung", files=(("đầy.txt", "nhiệt kế " * 200),)),
        create_document(2, "Tủ sạc pin dùng riêng", rest="nhiệt kế"),
        *(create_document(number, "Giá phơi giày sau giờ tập") for number in range(3, 20)),
    )
    assert ids(find(engine, "nhiệt kế")) == [2, 1]


def test_a_long_file_does_not_move_the_ranks_of_the_proposals_own_words(tmp_path: Path) -> None:
    bare = [create_document(1, "Tủ sạc pin"), create_document(2, "Tủ sạc pin dùng chung cho trạm")]
    filed = [create_document(1, "Tủ sạc pin", files=(("dài.txt", FILLING),)), bare[1]]
    scores = [
        {hit.id: hit.score for hit in find(engine_with(tmp_path / name, *documents), "tủ sạc").hits}
        for name, documents in (("bare", bare), ("filed", filed))
    ]
    assert scores[0] == scores[1]


def test_files_do_not_make_proposals_look_alike(tmp_path: Path) -> None:
    engine = engine_with(tmp_path, create_document(1, "Tủ sạc pin", files=(("dài.txt", "giá phơi giày sau giờ tập"),)))
    assert engine.similar("Giá phơi giày", "sau giờ tập", {"any"}) == ()


def test_a_word_that_stands_in_files_is_not_taken_for_a_typing_error(tmp_path: Path) -> None:
    titles = [create_document(number, "Tủ sạc cho trạm gác") for number in range(1, 9)]
    filed = [create_document(number, "Giá phơi giày", files=((f"{number}.txt", "gỗ tràm"),)) for number in range(9, 13)]
    assert find(engine_with(tmp_path / "bare", *titles), "tràm").suggestion == "trạm"
    found = find(engine_with(tmp_path / "filed", *titles, *filed), "tràm")
    assert (found.suggestion, found.total) == (None, 4)


@pytest.mark.parametrize("typed", ["quy*", "quyế*", "qui*"])
def test_a_half_typed_word_names_the_file_that_completes_it(tmp_path: Path, typed: str) -> None:
    documents = [create_document(1, "Giá treo", files=(("a.txt", "Theo quyết định"),)), create_document(2, "Giá treo")]
    found = find(engine_with(tmp_path, *documents), typed)
    assert named(found) == ["a.txt"]
    assert marked(found.hits[0].file) == ["quyết"]


def test_who_may_not_see_the_proposal_finds_nothing_by_its_files(tmp_path: Path) -> None:
    secret = create_document(1, "Tủ sạc", files=(("bien-ban.pdf", MINUTES),), tokens=frozenset({"person:7"}))
    engine = engine_with(tmp_path, secret)
    for typed in ("rơ le nhiệt", '"rơ le nhiệt"', "nhiệ*", "bien-ban"):
        assert find(engine, typed).total == 0
        assert ids(find(engine, typed, {"person:7"})) == [1]


def test_the_place_deep_in_a_long_file_is_shown(tmp_path: Path) -> None:
    words = FILLING.split()
    chance = random.Random(5)
    for depth in sorted(chance.sample(range(len(words)), 5)):
        text = " ".join([*words[:depth], "rơ le nhiệt", *words[depth:]])
        engine = engine_with(tmp_path / str(depth), create_document(1, "Tủ sạc", files=(("dài.txt", text),)))
        file = find(engine, "ro le nhiet").hits[0].file
        assert marked(file) == ["rơ le nhiệt"]
        assert words[depth] in plain(file)


def test_a_damaged_text_of_a_file_is_damage_of_the_index_and_no_error_page(tmp_path: Path) -> None:
    files = (("bien-ban.pdf", MINUTES),)
    engine = engine_with(tmp_path, create_document(1, "Tủ sạc", files=files))
    assert find(engine, "tủ sạc").available
    engine.close()
    held = next(path for path in tmp_path.rglob("*") if path.is_file() and b'[["bien-ban.pdf"' in path.read_bytes())
    content = held.read_bytes()
    place = content.index(b'[["bien-ban.pdf"') + 40
    held.write_bytes(content[:place] + bytes(byte ^ 0xFF for byte in content[place : place + 20]) + content[place + 20 :])
    found = find(engine, "rơ le nhiệt")
    assert (found.available, found.hits) == (False, ())


def test_files_survive_merging_and_go_with_their_document(tmp_path: Path) -> None:
    folder = build(tmp_path, [create_document(1, "Tủ sạc", files=(("bien-ban.pdf", MINUTES),))])
    for number in range(2, 40):
        put(folder, create_document(number, f"Giá đỡ {number}", files=((f"{number}.txt", f"nhiệt kế số {number}"),)))
    engine = WhooshEngine(folder.path)
    assert named(find(engine, "số 17")) == ["17.txt"]
    assert find(engine, "nhiệt kế").total == 38
    put(folder, gone=[17])
    assert find(engine, "nhiệt kế").total == 37
    assert named(find(engine, "rơ le")) == ["bien-ban.pdf"]
