"""The library's search box: results while typing, an address that holds everything, focus that stays where the reader put it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Response

from innovations.cli.demo.staff import find
from innovations.extensions import db
from tests.browser.conftest import SignIn, Site, served
from tests.browser.screen import DESK, PHONE, Screen
from tests.recognised import recognise
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("library page")]

QUIZ = "Bộ câu hỏi trắc nghiệm chính trị trên máy tính nội bộ"
RACK = "Giá đỡ tháo lắp cụm máy nặng trong xưởng"
STAND = "Giá để dụng cụ huấn luyện thể lực"
FOUND = "[data-total='{}']"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, staffed_database: Path) -> Iterator[Site]:
    """One library with three improvements of two years: nobody changes anything here."""
    with served(tmp_path_factory.mktemp("library"), staffed_database) as running:
        fill(running)
        yield running


@pytest.fixture
def library(sign_in: SignIn) -> Screen:
    """The library at a desk."""
    screen = sign_in("docgia", DESK)
    screen.go("/library/")
    return screen


def fill(site: Site) -> None:
    with site.app.app_context():
        world = World(site.app, find())
        for title, year in ((QUIZ, 2024), (RACK, 2025), (STAND, 2025)):
            recognise(world, title=title, recognised_year=year)
        db.session.remove()
    site.index()


def typed(screen: Screen, words: str, *, finds: int) -> None:
    """Type into the box as fingers do and wait for the answer."""
    screen.page.locator("#q").press_sequentially(words, delay=15)
    screen.page.wait_for_selector(FOUND.format(finds))


def asked(screen: Screen) -> dict[str, list[str]]:
    return parse_qs(urlsplit(screen.page.url).query)


def titles(screen: Screen) -> list[str]:
    return screen.page.locator(".hit h2").all_inner_texts()


def focused(screen: Screen) -> str:
    return str(screen.page.evaluate("document.activeElement.id"))


def test_results_come_while_typing_and_the_box_keeps_the_focus(library: Screen) -> None:
    typed(library, "trac nghi", finds=1)  # the last word is half-typed
    assert titles(library) == [QUIZ]
    assert focused(library) == "q"
    assert asked(library) == {"q": ["trac nghi"], "typing": ["1"]}


def test_the_address_alone_shows_the_same(library: Screen) -> None:
    typed(library, "trac nghi", finds=1)
    library.page.reload()
    assert titles(library) == [QUIZ]
    assert library.page.locator("#q").input_value() == "trac nghi"


def test_the_number_found_is_said_aloud(library: Screen) -> None:
    typed(library, "gia ", finds=2)  # a space ends the word
    said = library.page.locator("[role=status]#said")
    assert re.fullmatch(r"2\s+sáng kiến", said.inner_text())


def test_back_leads_to_what_was_before_the_typing_and_forward_again(library: Screen) -> None:
    typed(library, "gia de", finds=1)
    library.page.go_back()
    library.page.wait_for_selector(FOUND.format(3))
    assert library.page.locator("#q").input_value() == ""
    library.page.go_forward()
    library.page.wait_for_selector(FOUND.format(1))
    assert library.page.locator("#q").input_value() == "gia de"


def test_enter_takes_the_words_as_complete(library: Screen) -> None:
    typed(library, "trac nghi", finds=1)
    library.page.locator("#q").press("Enter")
    library.page.wait_for_url(lambda url: "typing" not in url)
    assert asked(library) == {"q": ["trac nghi"]}


def test_a_facet_narrows_without_a_jump(library: Screen) -> None:
    typed(library, "gia ", finds=2)
    library.page.evaluate("window.kept = true")
    library.page.locator("[data-fold=grade] > summary").click()  # folded away by the reader
    where = library.page.locator("[data-facet=year][data-value='2025']")
    where.focus()
    library.page.evaluate("window.scrollTo(0, 0)")  # where no browser keeps what stands there by itself
    before = where.bounding_box()
    library.page.keyboard.press("Enter")
    library.page.wait_for_selector("[data-facet=year][aria-current]")
    assert library.page.evaluate("window.kept") is True  # the page was not loaded anew
    assert asked(library)["year"] == ["2025"]
    assert library.page.evaluate("document.activeElement.dataset.value") == "2025"
    assert not library.page.locator("[data-fold=grade]").evaluate("fold => fold.open")
    after = library.page.locator("[data-facet=year][data-value='2025']").bounding_box()
    assert before and after
    assert (before["x"], before["y"]) == pytest.approx(
        (after["x"], after["y"]), abs=1
    )  # though a line of what was chosen came above


def test_words_typed_after_a_facet_keep_it(library: Screen) -> None:
    library.page.locator("[data-facet=year][data-value='2025']").click()
    library.page.wait_for_selector(FOUND.format(2))
    typed(library, "the luc", finds=1)
    assert asked(library) == {"q": ["the luc"], "year": ["2025"], "typing": ["1"]}
    library.page.locator(".chosen a").first.click()
    library.page.wait_for_selector(".chosen", state="detached")
    assert asked(library) == {"q": ["the luc"], "typing": ["1"]}


def test_only_what_changes_is_fetched_and_paths_back_lead_through_each_search(library: Screen) -> None:
    sent: list[Response] = []
    library.page.on("response", lambda answer: sent.append(answer) if "/library/?" in answer.url else None)
    for year, found in (("2024", 1), ("2025", 3)):  # two values of one facet
        library.page.locator(f"[data-facet=year][data-value='{year}']").click()
        library.page.wait_for_selector(FOUND.format(found))
    typed(library, "gia ", finds=2)
    assert asked(library) == {"q": ["gia "], "year": ["2024", "2025"], "typing": ["1"]}
    texts = [answer.text() for answer in sent if answer.status == 200]
    assert len(texts) >= 3
    assert not any("<header" in text or "<h1" in text for text in texts)
    library.page.go_back()
    library.page.wait_for_selector(FOUND.format(3))
    library.page.go_back()
    library.page.wait_for_selector(FOUND.format(1))
    library.page.reload()  # the address alone gives the whole page, frame and all
    assert library.page.locator("h1").is_visible()
    assert library.page.locator("[data-facet=year][aria-current]").count() == 1


@pytest.mark.parametrize(("size", "box"), [(PHONE, "q-phone"), (DESK, "q-desk")], ids=["phone", "desk"])
def test_the_search_box_of_every_page_suggests_too(site: Site, sign_in: SignIn, size: tuple[int, int], box: str) -> None:
    screen = sign_in("docgia", size)
    screen.go("/proposals/")
    if size == PHONE:
        screen.page.locator(".menu > summary").click()
    screen.page.locator(f"#{box}").press_sequentially("gia de", delay=15)
    screen.page.wait_for_selector(f"#{box}-offers [role=option]")
    screen.audit()
    screen.page.keyboard.press("ArrowDown")
    with screen.page.expect_navigation():
        screen.page.keyboard.press("Enter")
    assert screen.path.startswith("/library/SK-")


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(library: Screen) -> None:
    slow: list[str] = []

    def hold(route, request):  # type: ignore[no-untyped-def]
        if "q=g&" in request.url:
            slow.append(request.url)
            library.page.wait_for_timeout(600)
        try:
            route.continue_()
        except Exception:  # noqa: BLE001  (the browser stopped it)
            slow.append("stopped")

    library.page.route("**/library/?*", hold)
    box = library.page.locator("#q")
    box.press_sequentially("g")
    library.page.wait_for_timeout(300)
    box.press_sequentially("ia de")
    library.page.wait_for_selector(FOUND.format(1))
    library.page.wait_for_timeout(800)
    assert slow
    assert titles(library) == [STAND]


def test_a_failed_search_says_so_and_keeps_what_was_typed(library: Screen) -> None:
    library.page.route("**/library/?*", lambda route: route.abort())
    library.page.locator("#q").press_sequentially("gia")
    warning = library.page.get_by_text("danh sách bên dưới là của lần tìm trước")
    warning.wait_for(state="visible")
    assert library.page.locator("#q").input_value() == "gia"
    library.complaints.clear()
    library.page.unroute("**/library/?*")
    library.page.get_by_role("button", name="Tìm", exact=True).click()
    library.page.wait_for_selector(FOUND.format(2))
    assert not warning.is_visible()


def test_on_a_phone_the_panel_stays_open_for_another_choice(site: Site, sign_in: SignIn) -> None:
    screen = sign_in("docgia", PHONE)
    screen.go("/library/")
    screen.page.locator("a[href='#facets']").click()
    screen.page.locator("[data-facet=year][data-value='2025']").click()
    screen.page.wait_for_selector(FOUND.format(2))
    other = screen.page.locator("[data-facet=year][data-value='2024']")
    assert other.is_visible()
    other.click()
    screen.page.wait_for_selector(FOUND.format(3))
    screen.audit()
    way = screen.page.locator("#facets a[href='#results']")
    assert way.inner_text() == "Xem 3 sáng kiến"
    where = way.bounding_box()
    assert where and where["y"] + where["height"] <= PHONE[1]  # at the foot of the screen, however long the panel is
    way.click()
    assert not other.is_visible()
    assert screen.page.locator("#count").is_visible()


def test_without_scripts_the_box_and_the_facets_are_a_form_and_links(site: Site, sign_in: SignIn) -> None:
    screen = sign_in("docgia")
    context = screen.page.context.browser.new_context(
        base_url=site.address, java_script_enabled=False, storage_state=screen.page.context.storage_state()
    )
    page = context.new_page()
    page.goto("/library/")
    page.locator("#q").fill("gia")
    page.locator("#q").press("Enter")
    page.wait_for_selector(FOUND.format(2))
    page.locator("[data-facet=year][data-value='2025']").click()
    page.wait_for_selector("[data-facet=year][aria-current]")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["gia"], "year": ["2025"]}
    context.close()


def options(screen: Screen) -> list[str]:
    screen.page.wait_for_selector("#offers [role=option]")
    return screen.page.locator("#offers [role=option]").all_inner_texts()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_suggestions_are_open_to_everybody(site: Site, sign_in: SignIn, size: tuple[int, int]) -> None:
    screen = sign_in("docgia", size)
    screen.go("/library/")
    screen.page.locator("#q").press_sequentially("gia", delay=15)
    assert len(options(screen)) == 2
    screen.page.keyboard.press("ArrowDown")
    screen.page.wait_for_url("**q=gia*")
    screen.page.locator("#results:not(.is-waiting)").wait_for()
    screen.audit()


def test_suggestions_are_chosen_by_keys_alone(library: Screen) -> None:
    library.page.locator("#q").press_sequentially("gia", delay=15)
    assert len(options(library)) == 2
    box = library.page.locator("#q")
    assert (box.get_attribute("role"), box.get_attribute("aria-expanded")) == ("combobox", "true")
    box.press("ArrowUp")
    active = box.get_attribute("aria-activedescendant")
    assert library.page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    assert focused(library) == "q"
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert not library.page.locator("#offers").is_visible()
    box.press("ArrowDown")
    box.press("ArrowDown")
    with library.page.expect_navigation():
        box.press("Enter")
    assert library.path.startswith("/library/SK-")


def test_enter_without_a_choice_searches_and_leaving_the_box_closes_the_list(library: Screen) -> None:
    box = library.page.locator("#q")
    box.press_sequentially("gia", delay=15)
    options(library)
    box.press("Enter")
    library.page.wait_for_url(lambda url: "typing" not in url and "gia" in url)
    assert not library.page.locator("#offers").is_visible()
    box.press_sequentially(" do")
    library.page.wait_for_selector("#offers:not([hidden])")
    box.press("Tab")
    assert not library.page.locator("#offers").is_visible()


def test_on_paper_the_hits_take_the_whole_width_and_the_search_is_named(library: Screen) -> None:
    library.go("/library/?q=gia&year=2025")
    library.page.emulate_media(media="print")
    hit, page = library.page.locator(".hit").first.bounding_box(), library.page.locator("main").bounding_box()
    assert hit and page
    assert hit["width"] > page["width"] * 0.9
    named = library.page.locator(".print-only")
    assert named.is_visible()
    assert "gia" in named.inner_text()
    assert "2025" in named.inner_text()
    assert not library.page.locator("#facets").is_visible()
