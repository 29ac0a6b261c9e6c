"""A draft saves itself while it is typed: without network, in two windows, and the page says what is stored and what is lacking."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.browser.screen import PHONE, Screen

TITLE = "Giá treo áo mưa gấp gọn cho phòng trực"
STATUS = "[data-autosave-status]"
KEEP = """version => {
    const form = document.querySelector("form[data-autosave]");
    const typed = [...new FormData(form)].filter(([name]) => !["csrf_token", "_once"].includes(name));
    const entries = typed.map(entry => [entry[0], entry[0] === "version" ? version : entry[1]]);
    localStorage.setItem(`draft:${form.dataset.autosave}`, JSON.stringify(entries));
}"""
LACKING = "[data-missing] li"


@pytest.fixture
def soldier(sign_in: SignIn) -> Screen:
    """At the first step of a new draft."""
    screen = sign_in("tacgia", PHONE)
    screen.go("/proposals/new")
    screen.page.check("[name=nothing_secret]")
    screen.press("Bắt đầu viết")
    return screen


def lacking(screen: Screen) -> list[str]:
    return screen.page.locator(LACKING).all_inner_texts()


def wait_until_nothing_is_kept(screen: Screen) -> None:
    for _ in range(100):  # the page's policy lets no waiting script in
        if screen.page.evaluate("localStorage.length") == 0:
            return
        screen.page.wait_for_timeout(50)
    raise AssertionError("the browser still keeps text")


def test_what_the_step_lacks_is_said_anew_with_each_save_and_is_the_same_after_loading_again(soldier: Screen) -> None:
    before = lacking(soldier)
    soldier.fill(title=TITLE)
    expect(soldier.page.locator(STATUS)).to_contain_text("Đã lưu nháp")
    expect(soldier.page.locator(LACKING)).to_have_count(len(before) - 1)
    soldier.choose(solution_types="technical", investor_kind="unit")
    expect(soldier.page.locator(LACKING)).to_have_count(len(before) - 3)
    left = lacking(soldier)
    soldier.audit()
    soldier.page.reload()
    assert lacking(soldier) == left
    soldier.page.locator("label:has(input[name='field_id'])").nth(2).click()
    expect(soldier.page.locator("[data-missing]")).to_be_hidden()


def test_without_network_the_text_is_kept_and_sent_when_the_network_is_back(soldier: Screen) -> None:
    soldier.page.context.set_offline(True)
    soldier.fill(title=TITLE)
    expect(soldier.page.locator(STATUS)).to_contain_text("Mất mạng")
    soldier.page.context.set_offline(False)
    expect(soldier.page.locator(STATUS)).to_contain_text("Đã lưu nháp")
    soldier.complaints.clear()  # of the lost network
    soldier.page.reload()
    assert soldier.page.locator("[name=title]").input_value() == TITLE


def test_what_was_typed_before_the_window_closed_without_network_comes_back_and_is_saved(soldier: Screen) -> None:
    address = soldier.page.url
    soldier.page.context.set_offline(True)
    soldier.fill(title=TITLE)
    expect(soldier.page.locator(STATUS)).to_contain_text("Mất mạng")
    soldier.page.goto("about:blank")
    soldier.page.context.set_offline(False)
    soldier.complaints.clear()
    soldier.page.goto(address)
    assert soldier.page.locator("[name=title]").input_value() == TITLE
    wait_until_nothing_is_kept(soldier)  # the server has it: sent anew, or on its way when the window closed
    expect(soldier.page.locator(STATUS)).not_to_contain_text("nơi khác")
    soldier.page.reload()
    assert soldier.page.locator("[name=title]").input_value() == TITLE


def test_text_that_was_kept_although_the_server_had_heard_it_is_no_quarrel(soldier: Screen) -> None:
    old = soldier.page.locator("[name=version]").input_value()
    soldier.fill(title=TITLE)
    soldier.choose(solution_types="technical")
    soldier.choose(solution_types="management")
    expect(soldier.page.locator(STATUS)).to_contain_text("Đã lưu nháp")
    soldier.page.evaluate(KEEP, old)  # as if the answer had been lost
    soldier.page.reload()
    expect(soldier.page.locator(STATUS)).not_to_contain_text("nơi khác")
    assert soldier.page.locator(".pair-texts").count() == 0
    assert soldier.page.evaluate("localStorage.length") == 0
    soldier.page.evaluate(KEEP.replace("entry[1]", "entry[0] === 'title' ? 'Tên khác' : entry[1]"), old)
    soldier.page.reload()
    expect(soldier.page.locator(STATUS)).to_contain_text("nơi khác")
    assert "Tên khác" in soldier.page.locator(".pair-texts").inner_text()


def test_a_draft_changed_in_another_window_shows_both_texts_and_loses_neither(soldier: Screen) -> None:
    other = soldier.page.context.new_page()
    other.goto(soldier.page.url)
    other.locator("[name=title]").fill("Giá treo áo mưa viết ở cửa sổ khác")
    expect(other.locator(STATUS)).to_contain_text("Đã lưu nháp")
    soldier.fill(title=TITLE)
    expect(soldier.page.locator(STATUS)).to_contain_text("sửa ở nơi khác")
    soldier.complaints.clear()  # of the refusal
    both = soldier.page.locator(".pair-texts").all_inner_texts()
    assert any(TITLE in each and "Giá treo áo mưa viết ở cửa sổ khác" in each for each in both)
    assert soldier.page.locator("[name=title]").input_value() == TITLE
    soldier.audit()
