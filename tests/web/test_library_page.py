"""The library page: what a reader finds, counts and filters, and how it says what it did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import event

from innovations import search
from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.content import Handling
from innovations.proposals.rules.visibility import reader_tokens
from innovations.proposals.services import quarantine
from innovations.search import Filters
from tests.recognised import index, recognise
from tests.world import World

QUIZ = "Bộ câu hỏi trắc nghiệm chính trị trên máy tính nội bộ"
RACK = "Giá đỡ tháo lắp cụm máy nặng trong xưởng"


def page(client: FlaskClient, query: str = "") -> BeautifulSoup:
    answer = client.get(f"/library/{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def codes(soup: BeautifulSoup) -> list[str]:
    return [hit["data-code"] for hit in soup.select("[data-code]")]


def total(soup: BeautifulSoup) -> int:
    return int(soup.select_one("[data-total]")["data-total"])


def facet(soup: BeautifulSoup, name: str) -> dict[str, int]:
    return {entry["data-value"]: int(entry["data-count"]) for entry in soup.select(f'[data-facet="{name}"]')}


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


def test_words_without_accents_find_the_accented_title(world: World) -> None:
    quiz, _rack = recognise(world, title=QUIZ), recognise(world, title=RACK)
    index(world)
    found = page(world.client("docgia"), "?q=trac+nghiem+chinh+tri")
    assert codes(found) == [quiz]
    assert total(found) == 1
    assert found.select_one(".hit mark").text == "trắc nghiệm chính trị"


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


def test_more_than_a_thousand_characters_are_refused(world: World) -> None:
    answer = world.client("docgia").get("/library/?q=" + "a" * 1001)
    assert answer.status_code == 400
    assert "Câu tìm quá dài" in answer.text


def test_a_query_over_the_limit_says_what_was_dropped(world: World) -> None:
    recognise(world, title=QUIZ)
    index(world)
    found = page(world.client("docgia"), "?q=" + "+".join(["nghiem"] * 60))
    assert "phần sau đã bỏ qua" in found.text


def test_hostile_words_come_back_as_text(world: World) -> None:
    recognise(world, title=QUIZ)
    index(world)
    answer = world.client("docgia").get("/library/?q=%3Cscript%3Ealert(1)%3C/script%3E&grade=%3Cb%3E")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<b>" not in answer.text


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


def test_the_help_prints_every_filter_and_sign(world: World) -> None:
    text = world.client("docgia").get("/library/help").text
    missing = [name for kind in search.FILTERS for name in kind.names if f"{name}:" not in text]
    assert missing == []
    assert "Đúng cụm từ" in text


def test_the_help_prints_every_limit_and_marks_its_mistakes(world: World) -> None:
    soup = BeautifulSoup(world.client("docgia").get("/library/help").text, "html.parser")
    numbers = {each.text for each in soup.select(".kv--rows dd")}
    assert {str(number) for _, number in search.LIMITS} <= numbers
    assert [each.text for each in soup.select("dt .pointed")] == list(search.MISTAKES)
    assert all(each.select_one("mark") for each in soup.select("dt .pointed"))


@pytest.mark.parametrize(("meaning", "typed", "read"), search.READINGS)
def test_what_the_help_promises_of_typing_is_so(world: World, meaning: str, typed: str, read: str) -> None:
    for number in range(6):
        recognise(world, title=f"Phong trào {read} ở xưởng sửa chữa số {number}")
    index(world)
    assert total(page(world.client("docgia"), f"?q={typed.replace(' ', '+')}")) == 6, meaning


def test_a_mistake_is_marked_where_it_stands_in_a_copy_of_the_query(world: World) -> None:
    recognise(world, title=RACK)
    index(world)
    found = page(world.client("docgia"), "?q=giá+nam:hai+<b>")
    assert found.select_one("#read .pointed").text == "giá nam:hai <b>"
    assert [each.text for each in found.select("#read .pointed mark")] == ["nam:hai"]


def test_a_query_without_a_mistake_has_no_copy(world: World) -> None:
    assert not page(world.client("docgia"), "?q=giá").select(".pointed")


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


def test_raw_telex_keys_are_read_and_the_page_leads_back_to_the_literal_words(world: World) -> None:
    quiz, _rack = recognise(world, title=QUIZ), recognise(world, title=RACK)
    index(world)
    found = page(world.client("docgia"), "?q=trawcs+nghieemj+chinhs+trij&year=2025")
    assert codes(found) == [quiz]
    understood = found.select_one("[data-understood]")
    assert understood["data-understood"] == "trắc nghiệm chính trị"
    back = understood.select_one("a")["href"]
    assert "literal=1" in back
    assert "year=2025" in back
    literal = page(world.client("docgia"), back.removeprefix("/library/"))
    assert (total(literal), literal.select_one("[data-understood]")) == (0, None)
    assert "literal" not in [hidden["name"] for hidden in literal.select('form[role="search"] input[type="hidden"]')]


def test_the_list_of_proposals_reads_raw_keys_too(world: World) -> None:
    quiz = recognise(world, title=QUIZ)
    index(world)
    answer = world.client("tacgia").get("/proposals/?q=trawcs+nghieemj")
    found = BeautifulSoup(answer.text, "html.parser")
    assert codes(found) == [quiz]
    assert found.select_one("[data-understood] a")["href"] == "/proposals/?q=trawcs+nghieemj&literal=1"


def test_a_word_still_being_typed_counts_by_its_beginning_until_a_space_ends_it(world: World) -> None:
    quiz, _rack = recognise(world, title=QUIZ), recognise(world, title=RACK)
    index(world)
    client = world.client("docgia")
    assert codes(page(client, "?q=trac+nghi&typing=1")) == [quiz]
    assert codes(page(client, "?q=trac+nghi+&typing=1")) == []
    assert codes(page(client, "?q=trac+nghi")) == []


def test_facets_and_orders_of_a_half_typed_search_keep_it_so(world: World) -> None:
    recognise(world, title=QUIZ)
    index(world)
    found = page(world.client("docgia"), "?q=trac+nghi&typing=1")
    assert all("typing=1" in link["href"] for link in found.select("[data-facet]"))


def test_the_administrator_reads_what_a_score_is_made_of_and_nobody_else_does(world: World) -> None:
    recognise(world, title=RACK)
    index(world)
    (why,) = page(world.client("quantri"), "?q=gia+do").select("details.why")
    points = {row.th.text: row.td.text for row in why.select("tr")}
    assert {"gia", "do", "gia do"} <= set(points)
    assert all(mark in points for mark in ("Cấp công nhận", "Nhân rộng", "Mới công nhận", "Có minh chứng", "Điểm"))
    for number in ("docgia", "tacgia", "vanphong", "thuky", "chihuy"):
        assert page(world.client(number), "?q=gia+do").select(".why") == [], number


def test_the_words_of_a_score_stand_as_they_were_typed(world: World) -> None:
    recognise(world, title="Giá treo dụng cụ vệ sinh")
    index(world)
    (why,) = page(world.client("quantri"), "?q=Dụng+cụ").select("details.why")
    points = {row.th.text: row.td.text for row in why.select("tr")}
    assert {"dụng", "cụ"} <= set(points)
    assert "." not in "".join(points.values())  # Vietnamese decimals


def test_the_parts_of_a_score_make_the_score(world: World) -> None:
    for title in (RACK, QUIZ, "Giá để dụng cụ huấn luyện thể lực"):
        recognise(world, title=title)
    index(world)
    tokens = reader_tokens(world.actor("docgia"))
    for text in ("gia do may", "giá đỡ", "cai tien OR gia", "huấn luy*", "gias ddowx"):
        query = search.parse(text)
        hits = search.engine().search(query, tokens).hits
        whys = search.engine().explain(query, tokens, Filters(), [hit.id for hit in hits])
        assert {hit.id: pytest.approx(hit.score, abs=1e-3) for hit in hits} == {key: why.score for key, why in whys.items()}


def test_no_score_is_explained_to_who_may_not_see_the_document(world: World) -> None:
    code = recognise(world, title=RACK, handling=Handling.INTERNAL)
    index(world)
    ids, query = [proposal_at(code).id], search.parse("gia do")
    assert search.engine().explain(query, reader_tokens(world.actor("docgia")), Filters(), ids) == {}
    assert set(search.engine().explain(query, reader_tokens(world.actor("tacgia")), Filters(), ids)) == set(ids)
