"""How the library page reads what was typed: limits, mistakes, raw keys, half-typed words, and the help that tells of them."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from innovations import search
from innovations.cli.demo import texts
from tests.library_pages import QUIZ, RACK, codes, page, total
from tests.recognised import index, recognise
from tests.world import World


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


def test_hits_of_another_spelling_are_told_as_such(world: World) -> None:
    recognise(world, title=QUIZ)
    index(world)
    client = world.client("docgia")
    found = page(client, "?q=trắc nghiệmm")
    assert total(found) == 1
    assert found.select_one("[data-instead] a strong").text == "trắc nghiệm"
    assert "khi bỏ dấu" not in found.select_one("#read").text
    most = page(client, "?q=trắc nghiệmm chính trị").select_one("[data-suggestion]")  # three of the four words stand there
    assert "Có phải" in most.text
    assert page(client, "?q=trắc nghiệm chính trị").select_one("[data-suggestion]") is None


def test_nothing_is_said_of_accents_and_nothing_offered_where_nothing_is_found(world: World) -> None:
    recognise(world, title=QUIZ, recognised_year=2024)
    index(world)
    for query in ("?q=trắc nghiẹm chính trị nam:2019", "?q=trăc nghiêm&year=2019"):
        found = page(world.client("docgia"), query)
        assert total(found) == 0
        assert found.select_one("[data-suggestion]") is None
        assert "khi bỏ dấu" not in found.select_one("#read").text


def test_where_nothing_is_found_the_last_word_may_be_a_beginning(world: World) -> None:
    recognise(world, title=QUIZ)
    index(world)
    client = world.client("docgia")
    link = page(client, "?q=trắc ngh").select_one("#results .empty a")
    assert "trắc ngh*" in link.text
    assert total(page(client, link["href"].removeprefix("/library/"))) == 1
    assert "*" not in page(client, "?q=trắc ngô").select_one("#results .empty a").text


def test_a_filter_that_is_being_typed_takes_nothing_away_before_something_has_its_value(world: World) -> None:
    recognise(world, title=QUIZ, recognised_year=2024)
    index(world)
    client = world.client("docgia")
    for typed, found in (("donvi:Tru", 1), ("nam:202", 1), ("nam:2024", 1), ("cap:xyz", 1), ("cap:", 1), ("OR", 1)):
        assert total(page(client, f"?q=trắc nghiệm {typed}&typing=1")) == found, typed
    for typed in ("OR", "OR%20", "NOT%20"):
        assert page(client, f"?q=trắc nghiệm {typed}&typing=1").select_one("#read .alert") is None
    assert page(client, "?q=trắc nghiệm OR").select_one("#read .alert") is not None
    assert total(page(client, "?q=trắc nghiệm nam:2023")) == 0
    assert total(page(client, "?q=trắc nghiệm cap:xyz ")) == 0


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


def test_the_list_of_proposals_marks_a_mistake_where_it_stands_too(world: World) -> None:
    recognise(world, title=RACK)
    index(world)
    client = world.client("tacgia")
    found = BeautifulSoup(client.get("/proposals/?q=giá+nam:hai").text, "html.parser")
    assert [each.text for each in found.select("main .pointed mark")] == ["nam:hai"]
    assert not BeautifulSoup(client.get("/proposals/?q=giá").text, "html.parser").select(".pointed")


def test_a_phrase_that_no_proposal_has_leads_to_its_words_in_the_list_too(world: World) -> None:
    rack = recognise(world, title=RACK)
    index(world)
    first, second, *_ = RACK.split()
    client = world.client("tacgia")
    found = BeautifulSoup(client.get(f'/proposals/?q="{second} {first}"').text, "html.parser")
    assert (total(found), codes(found)) == (0, [])
    link = found.select_one("main .empty a")["href"]
    assert codes(BeautifulSoup(client.get(link).text, "html.parser")) == [rack]


def test_a_word_still_being_typed_counts_by_its_beginning_until_a_space_ends_it(world: World) -> None:
    quiz, _rack = recognise(world, title=QUIZ), recognise(world, title=RACK)
    index(world)
    client = world.client("docgia")
    assert codes(page(client, "?q=trac+nghi&typing=1")) == [quiz]
    assert codes(page(client, "?q=trac+nghi+&typing=1")) == []
    assert codes(page(client, "?q=trac+nghi")) == []


def test_the_first_letter_of_a_word_takes_no_result_away_while_one_types(world: World) -> None:
    """Between two words the page once said for a moment that nothing was found."""
    quiz, rack = recognise(world, title=QUIZ), recognise(world, title=RACK)
    index(world)
    client = world.client("docgia")
    assert codes(page(client, "?q=trac+n&typing=1")) == codes(page(client, "?q=tr%E1%BA%AFc+n&typing=1")) == [quiz]
    assert sorted(codes(page(client, "?q=t&typing=1"))) == sorted([quiz, rack])
    assert codes(page(client, "?q=trac+n")) == []


def test_facets_and_orders_of_a_half_typed_search_keep_it_so(world: World) -> None:
    recognise(world, title=QUIZ)
    index(world)
    found = page(world.client("docgia"), "?q=trac+nghi&typing=1")
    assert all("typing=1" in link["href"] for link in found.select("[data-facet]"))


def test_the_demo_holds_the_words_of_the_helps_examples() -> None:
    """Raw keys are read only as words that the reader's documents have."""
    told = " ".join(
        f"{text.title} {text.situation} {text.content} {text.novelty}" for text in (*texts.SHORT.values(), *texts.NAMED.values())
    ).lower()
    assert [read for _meaning, _typed, read in search.READINGS if not all(f" {word}" in told for word in read.split())] == []
    assert "cải tiến kỹ thuật" in told
