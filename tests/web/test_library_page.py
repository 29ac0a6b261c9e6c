"""The library page: what a reader finds, counts, filters and sorts, with and without an index."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from innovations import search
from innovations.proposals.rules.content import Handling
from innovations.proposals.services import quarantine
from innovations.search.files import schema
from tests.library_pages import QUIZ, RACK, codes, counted, facet, page, total
from tests.recognised import index, recognise
from tests.world import World


def test_words_without_accents_find_the_accented_title(world: World) -> None:
    quiz, _rack = recognise(world, title=QUIZ), recognise(world, title=RACK)
    index(world)
    found = page(world.client("docgia"), "?q=trac+nghiem+chinh+tri")
    assert codes(found) == [quiz]
    assert total(found) == 1
    assert found.select_one(".hit mark").text == "trắc nghiệm chính trị"


def test_a_phrase_that_stands_nowhere_leads_to_its_words(world: World) -> None:
    rack = recognise(world, title=RACK)
    index(world)
    words = RACK.split()[:2]
    client = world.client("docgia")
    found = page(client, f'?q="{words[1]} {words[0]}"&year=2026')
    assert total(found) == 0
    assert "phải đứng liền nhau, đúng thứ tự" in found.select_one("#results").text
    link = found.select_one("#results .empty a")["href"]
    assert "year=2026" in link
    assert '"' not in link
    assert total(page(client, f'?q="{words[1]} {words[0]}"')) == 0
    assert codes(page(client, f"?q={words[1]} {words[0]}")) == [rack]


def test_with_an_unknown_search_library_the_pages_answer_plainly_and_say_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz, _rack = recognise(world, title=QUIZ), recognise(world, title=RACK)
    recognise(world, title=f"{QUIZ} khác", handling=Handling.INTERNAL)
    index(world)
    monkeypatch.setattr(schema, "KNOWN_WHOOSH", ())
    search.engine().close()
    found = page(world.client("docgia"), "?q=trac+nghiem+chinh+tri")
    assert codes(found) == [quiz]
    assert "phiên bản lạ của thư viện tìm kiếm" in found.text
    assert codes(page(world.client("tacgia"), "?sort=title&q=giá")) == [_rack]
    for address in ("/", "/library/", f"/library/{quiz}", "/proposals/?q=giá", "/readyz", "/library/suggest?q=gi", "/boards/"):
        assert world.client("docgia").get(address).status_code == 200, address


def test_what_is_not_recognised_stands_in_no_library(world: World) -> None:
    world.submitted(title=QUIZ)
    index(world)
    assert codes(page(world.client("tacgia"))) == []


def test_an_internal_improvement_is_found_in_the_owning_base_and_by_the_command_above_only(world: World) -> None:
    code = recognise(world, title=QUIZ, handling=Handling.INTERNAL)
    index(world)
    seen = {number: codes(page(world.client(number))) for number in ("demo24", "demo35", "donvi", "docgia", "kiemtra")}
    assert seen == {"demo24": [code], "demo35": [code], "donvi": [], "docgia": [], "kiemtra": []}


def test_what_a_reader_may_not_see_counts_in_no_facet(world: World) -> None:
    recognise(world, title=QUIZ, handling=Handling.INTERNAL, grade="A")
    recognise(world, title=RACK, grade="B")
    index(world)
    assert facet(page(world.client("docgia")), "grade") == {"B": 1}


@pytest.mark.parametrize("number", ["docgia", "tacgia", "baomat"])
def test_a_quarantined_improvement_vanishes_for_everybody(world: World, number: str) -> None:  # case 19
    code = recognise(world, title=QUIZ)
    index(world)
    quarantine.hide(world.actor("baomat"), code, reason="Có ký hiệu cần kiểm tra")
    client = world.client(number)
    before_the_worker_came = page(client, "?q=trac+nghiem")
    assert (codes(before_the_worker_came), total(before_the_worker_came)) == ([], 0)
    index(world)
    assert facet(page(client), "grade") == {}
    assert client.get(f"/library/{code}").status_code == 404


def test_facets_narrow_and_several_values_of_one_mean_any(world: World) -> None:
    a, b = recognise(world, title=QUIZ, grade="A"), recognise(world, title=RACK, grade="B")
    recognise(world, title="Máy rửa chi tiết tuần hoàn dung dịch", grade="C")
    index(world)
    found = page(world.client("docgia"), "?grade=A&grade=B")
    assert set(codes(found)) == {a, b}
    assert facet(found, "grade") == {"A": 1, "B": 1, "C": 1}


def test_a_chosen_value_stands_as_a_chip_that_takes_it_away(world: World) -> None:
    recognise(world, title=QUIZ, grade="A")
    index(world)
    chips = page(world.client("docgia"), "?grade=A&year=2025").select(".chosen a")
    assert [chip["href"] for chip in chips][:2] == ["/library/?grade=A", "/library/?year=2025"]


def test_a_unit_stands_for_itself_and_all_below_by_id_or_code(world: World) -> None:
    code = recognise(world, title=QUIZ)
    index(world)
    client, units = world.client("docgia"), world.staff.units
    for query in (f"?unit={units['SM']}", f"?unit={units['T1A']}", "?unit=T1A"):
        assert codes(page(client, query)) == [code]
    assert codes(page(client, "?unit=T2B")) == []


def test_titles_sort_in_vietnamese_order(world: World) -> None:  # case 17
    titles = ["Đo độ dày bằng thước tự chế tại xưởng", "Dán nhãn nhận biết dụng cụ tổ trực", "Ắc quy dự phòng cho tổ trực ban"]
    by_title = {title: recognise(world, title=title) for title in titles}
    index(world)
    assert codes(page(world.client("docgia"), "?sort=title")) == [by_title[titles[place]] for place in (2, 1, 0)]


def test_newest_first_when_asked(world: World) -> None:
    old, new = recognise(world, title=QUIZ, on=date(2023, 1, 5)), recognise(world, title=RACK, on=date(2025, 1, 5))
    index(world)
    assert codes(page(world.client("docgia"), "?sort=date")) == [new, old]


def test_pages_are_cut_by_per_page(world: World) -> None:
    for number in range(3):
        recognise(world, title=f"{QUIZ} số {number}")
    index(world)
    client = world.client("docgia")
    first, second = page(client, "?per_page=2"), page(client, "?per_page=2&page=2")
    assert (len(codes(first)), len(codes(second)), total(second)) == (2, 1, 3)
    assert not set(codes(first)) & set(codes(second))


def test_a_page_beyond_the_end_leads_back(world: World) -> None:
    recognise(world, title=QUIZ)
    index(world)
    found = page(world.client("docgia"), "?page=9")
    assert codes(found) == []
    assert "Trang này không còn kết quả" in found.text


def test_without_an_index_titles_are_searched_in_the_database_and_the_page_says_so(world: World) -> None:
    code = recognise(world, title=QUIZ)
    older = recognise(world, title="Bảng kiểm tra dụng cụ của tổ trực", on=date(2024, 3, 1), grade="C")
    hidden = recognise(world, title=RACK, handling=Handling.INTERNAL)
    client = world.client("docgia")
    assert not search.available()
    assert codes(page(client)) == [code, older]
    assert codes(page(client, "?q=TRAC+nghiem")) == codes(page(client, "?q=trắc+nghiệm")) == [code]
    assert codes(page(client, f"?q={older}")) == [older]
    assert [codes(page(client, each)) for each in ("?grade=C", "?year=2024", "?unit=T1A&grade=C")] == [[older]] * 3
    assert [codes(page(client, each)) for each in ("?unit=T2B", "?q=khong+co", "?grade=%27", "?unit=x")] == [[]] * 4
    found = page(client, f"?q={hidden}")
    assert codes(found) == []
    assert "Tạm thời chỉ tìm theo tên và mã trong sổ" in found.text


def test_an_empty_library_says_what_will_be_here(world: World) -> None:
    index(world)
    assert "Thư viện chưa có sáng kiến" in page(world.client("docgia")).text


def test_the_number_of_queries_does_not_grow_with_the_hits(world: World) -> None:
    client, spent = world.client("docgia"), []
    for wanted in (5, 45):
        for number in range(wanted):
            recognise(world, title=f"{QUIZ} mẫu {number}")
        index(world)
        client.get("/library/")  # the first request after a commit opens the index anew
        with counted() as statements:
            found = page(client, "?q=trac+nghiem&per_page=100")
        spent.append((len(codes(found)), len(statements)))
    assert [hits for hits, _ in spent] == [5, 50]
    assert spent[0][1] == spent[1][1] <= 14


def test_a_stranger_is_sent_to_sign_in(world: World) -> None:
    answer = world.app.test_client().get("/library/")
    assert answer.status_code in {302, 303}
    assert "/signin" in answer.location


def test_without_words_the_list_says_that_the_newest_stand_first(world: World) -> None:
    recognise(world)
    recognise(world, title="Giá phơi dụng cụ sau giờ trực")
    index(world)
    client = world.client("tacgia")
    assert "Phù hợp nhất" not in client.get("/library/").text
    assert "Phù hợp nhất" in client.get("/library/?q=dung+cu").text


@pytest.mark.parametrize("query", ["", "?q=gia+do&grade=A&typing=1", "?q=gia+nam:hai", "?grade=B&sort=title&per_page=1"])
def test_the_parts_alone_are_those_of_the_page_without_its_frame(world: World, query: str) -> None:
    for title, grade in ((QUIZ, "A"), (RACK, "B"), ("Giá để dụng cụ huấn luyện thể lực", "B")):
        recognise(world, title=title, grade=grade)
    index(world)
    client = world.client("docgia")
    whole = page(client, query)
    alone = client.get(f"/library/{query}", headers={"X-Parts-Only": "1"})
    parts = BeautifulSoup(alone.text, "html.parser")
    assert {part["id"]: str(part) for part in parts.select("[data-part]")} == {
        part["id"]: str(part) for part in whole.select("[data-part]")
    }
    assert parts.select("header, footer, h1, script, .nav") == []
    assert alone.headers["Cache-Control"] == "no-store"
    assert "ETag" not in alone.headers


def test_the_parts_alone_show_a_reader_no_more_than_the_page(world: World) -> None:
    recognise(world, title=QUIZ, handling=Handling.INTERNAL)
    index(world)
    alone = {"headers": {"X-Parts-Only": "1"}}
    assert QUIZ.split()[2] not in world.client("docgia").get("/library/", **alone).text
    stranger = world.app.test_client().get("/library/", **alone)
    assert stranger.status_code in {302, 303}


@pytest.mark.parametrize(
    "text", ['type:"Technical solution"', 'loai:"Giải pháp kỹ thuật"', "type:technical", "level:base", 'cap:"cơ sở"']
)
def test_a_filter_takes_the_labels_of_both_languages(world: World, text: str) -> None:
    rack = recognise(world, title=RACK)
    index(world)
    assert codes(page(world.client("docgia"), f"?q={text}")) == [rack]


def test_a_unit_that_does_not_exist_is_named_where_nothing_is_found(world: World) -> None:
    recognise(world, title=RACK)
    index(world)
    found = page(world.client("docgia"), '?q=donvi:"Trung đoàn 77"')
    assert total(found) == 0
    assert 'Không có gì ứng với bộ lọc “donvi:"Trung đoàn 77"”' in found.select_one("#read").text
