"""What the search box offers while one types: titles, fields and units, and nothing that only stands where the reader may not look."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup, Tag

from innovations.core.transactions import atomic
from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.content import Handling
from innovations.regulations.models import FieldOfWork
from tests.recognised import index, recognise
from tests.world import World

QUIZ = "Bộ câu hỏi trắc nghiệm chính trị trên máy tính nội bộ"
RACK = "Giá đỡ tháo lắp cụm máy nặng trong xưởng"


def offered(world: World, query: str, number: str = "docgia") -> list[Tag]:
    answer = world.client(number).get(f"/library/suggest?{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser").select("[role=option]")


def titles(options: list[Tag]) -> list[str]:
    return [each.select_one("span").text for each in options if each["data-kind"] == "title"]


def leads(option: Tag) -> dict[str, list[str]]:
    return parse_qs(urlsplit(option["data-url"]).query)


def with_field(world: World, name: str, **more: object) -> str:
    field = db.session.query(FieldOfWork).first()
    with atomic():
        field.name = name
    return recognise(world, field_id=field.id, **more)


def test_titles_with_the_half_typed_word_lead_to_their_pages(world: World) -> None:
    quiz, _rack = recognise(world, title=QUIZ), recognise(world, title=RACK)
    index(world)
    (only,) = [each for each in offered(world, "q=trac+nghi") if each["data-kind"] == "title"]
    assert only["data-url"] == f"/library/{quiz}"
    assert only.select_one("mark").text == "trắc nghiệm"


def test_a_text_that_has_the_word_elsewhere_is_no_title_to_offer(world: World) -> None:
    recognise(world, title=RACK, situation="Trước đây ghi bằng phấn lên bảng trong xưởng của đội, rất dễ mờ.")
    index(world)
    assert titles(offered(world, "q=phan")) == []


def test_at_most_ten_are_offered(world: World) -> None:
    for number in range(12):
        recognise(world, title=f"{RACK} số {number}")
    index(world)
    assert len(offered(world, "q=gia+do")) == 10


def test_one_letter_offers_nothing(world: World) -> None:
    recognise(world, title=RACK)
    index(world)
    assert offered(world, "q=g") == []


def test_a_field_is_offered_with_the_search_that_is_left_without_its_name(world: World) -> None:
    with_field(world, "Hậu cần quân nhu", title=RACK)
    index(world)
    (field,) = [each for each in offered(world, "q=gia+do+hau+ca") if each["data-kind"] == "field"]
    assert leads(field)["q"] == ["gia do"]
    assert len(leads(field)["field"]) == 1
    assert "typing" not in leads(field)


def test_a_unit_is_offered_and_keeps_the_facets_already_chosen(world: World) -> None:
    code = recognise(world, title=RACK)
    index(world)
    unit = proposal_at(code).base_unit
    (first, *_) = [each for each in offered(world, f"q={unit.name}&year=2025") if each["data-kind"] == "unit"]
    assert leads(first) == {"unit": [str(unit.id)], "year": ["2025"]}


def test_a_name_is_offered_with_the_number_of_those_found_by_the_words_left(world: World) -> None:
    with_field(world, "Hậu cần quân nhu", title=RACK)
    recognise(world, title=QUIZ, field_id=db.session.query(FieldOfWork).first().id)
    index(world)
    for words, counted in (("giá hậu", [1]), ("hậu", [2]), ("xe hậu", [])):
        offers = [each for each in offered(world, f"q={words}") if each["data-kind"] == "field"]
        assert [int(each.select(".muted")[-1].text) for each in offers] == counted, words


def test_a_name_is_met_by_accents_only_where_it_has_them(world: World) -> None:
    with_field(world, "Biến đổi số liệu", title=RACK)
    index(world)
    kinds = {
        words: {each["data-kind"] for each in offered(world, f"q={words}")}
        for words in ("giá đỡ", "giá đổ", "gia do", "đổi số", "doi so")
    }
    assert {words for words, found in kinds.items() if "field" in found} == {"giá đổ", "gia do", "đổi số", "doi so"}


def test_titles_fields_and_units_of_hidden_improvements_are_never_offered(world: World) -> None:
    code = with_field(world, "Thủy khí chuyên dụng", title=RACK, handling=Handling.INTERNAL)
    index(world)
    unit = proposal_at(code).base_unit.name
    for words in ("gia do thao lap", "thuy khi", unit):
        assert offered(world, f"q={words}", "docgia") == [], words
        assert offered(world, f"q={words}", "tacgia"), words


def test_signs_of_the_query_language_offer_titles_only(world: World) -> None:
    with_field(world, "Hậu cần", title="Sổ hậu cần điện tử của đơn vị cơ sở")
    index(world)
    kinds = {each["data-kind"] for each in offered(world, 'q="so"+hau')}
    assert kinds <= {"title"}


def test_hostile_words_are_offered_as_text(world: World) -> None:
    recognise(world, title="Giá <script>alert(1)</script> đỡ máy trong xưởng sửa chữa")
    index(world)
    answer = world.client("docgia").get("/library/suggest?q=gia+do+may")
    assert "<script>" not in answer.text
    assert "script" in answer.text


def test_without_an_index_nothing_is_offered(world: World) -> None:
    recognise(world, title=RACK)
    assert [each for each in offered(world, "q=gia+do") if each["data-kind"] != "title"] == []


def test_a_stranger_is_sent_to_sign_in(world: World) -> None:
    assert world.app.test_client().get("/library/suggest?q=gia").status_code in (302, 303)
