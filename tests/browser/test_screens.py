"""Every page, on a phone and at a desk, with long real text, every fold open, and every form once refused: axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from tests.browser.conftest import SignIn, Site, Visit
from tests.browser.furnished import furnish
from tests.browser.screen import DESK, PHONE, Screen

pytestmark = pytest.mark.browser

#: Answers that are no page of their own: files, data, a part of a page.
NO_PAGES = {
    "static", "home.healthz", "home.readyz", "admin.register_template", "admin.screening_file", "admin.list_template", "boards.certificate_paper", "boards.decision_paper",
    "boards.blind_file", "boards.minutes", "boards.result_paper", "boards.score_paper", "boards.summary_paper", "proposals.download", "proposals.glass_file", "proposals.paper",
    "boards.ballots", "boards.count_paper", "library.suggest", "proposals.similar_while_typing", "reports.annual", "reports.library", "reports.register",
    "boards.blank_sheets_paper", "boards.invitation_file", "boards.invitations_paper", "boards.minutes_docx", "boards.certificates_paper", "proposals.archive",
    "library.request_paper", "library.handover_paper", "library.confirmation_paper", "boards.submission_paper", "boards.remarks_paper",
    "boards.establishment_paper", "boards.establishment_word", "boards.decision_word", "boards.result_word", "boards.submission_word", "admin.word_template_file", "reports.replication", "boards.attached", "boards.sheet_photo",
}  # fmt: skip
OPEN_FOLDS = "() => document.querySelectorAll('main details').forEach(fold => { fold.open = true; })"
EMPTY = "form => { form.querySelectorAll('input:not([type=hidden]), textarea').forEach(each => { each.value = ''; }); }"
#: Forms of the page's main part that store something without asking first.
STORING = "main form[method=post]:not([data-confirm])"


def endpoints(site: Site, pages: dict[str, tuple[str, ...]]) -> set[str]:
    """The routes behind the addresses."""
    adapter, found = site.app.url_map.bind("localhost"), set()
    for path in {path.split("?")[0] for paths in pages.values() for path in paths}:
        try:
            found.add(adapter.match(path)[0])
        except HTTPException:  # the address of the page that says "not found" leads to no route
            continue
    return found


def pages_of(site: Site) -> set[str]:
    """Every route that answers a reader with a page."""
    rules = [rule for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return {rule.endpoint for rule in rules if not rule.endpoint.startswith("api.")} - NO_PAGES


def refusals(screen: Screen, path: str, routes: MapAdapter, sent: set[str]) -> Iterator[None]:
    """Send each form of a page empty, unless one of its sort was; yields where the answer holds a refusal.

    :param sent: what was sent so far: routes, for the same form stands on the pages of many.
    """
    forms = screen.page.locator(STORING)
    page = BeautifulSoup(screen.page.request.get(path).text(), "html.parser")  # most have no new form: they are not shown
    actions = [urljoin(path, str(form.get("action") or "")) for form in page.select(STORING)]
    for place, action in enumerate(actions):
        route = routes.match(urlsplit(action).path, method="POST")[0]
        if route in sent:
            continue
        screen.go(path)  # anew for each form: the one before it led away
        if place >= forms.count():  # one that needs no words had its effect and is gone
            return
        sent.add(route)
        forms.nth(place).evaluate(EMPTY)
        with screen.page.expect_navigation():
            forms.nth(place).evaluate("form => HTMLFormElement.prototype.submit.call(form)")
        if screen.page.locator("#errors").count():
            yield


def test_every_page_is_open_to_everybody_with_all_its_folds_open(site: Site, sign_in: SignIn, visit: Visit) -> None:
    pages = furnish(site).pages
    site.index()
    assert pages_of(site) - endpoints(site, pages) == set()
    wrong: dict[str, list[str]] = {}
    for number, paths in pages.items():
        screen = sign_in(number, PHONE) if number else visit(PHONE)
        for path in paths:
            screen.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
            screen.go(path)
            screen.page.evaluate(OPEN_FOLDS)
            screen.complaints[:] = [each for each in screen.complaints if "404" not in each]
            if refused := screen.audit_at(PHONE, DESK):
                wrong[f"{number} {path}"] = refused
    assert wrong == {}


def test_every_refused_form_is_open_to_everybody(site: Site, sign_in: SignIn) -> None:
    pages = furnish(site).pages
    site.index()
    refused, wrong, sent = 0, [], set[str]()
    routes = site.app.url_map.bind("localhost")
    for number, paths in pages.items():
        if not number:
            continue
        screen = sign_in(number, PHONE)
        for path in paths:
            for _answer in refusals(screen, path, routes, sent):
                refused += 1
                screen.page.evaluate(OPEN_FOLDS)
                screen.complaints.clear()
                try:
                    screen.audit()
                except AssertionError as refusal:
                    wrong.append((number, path, str(refusal)))
    assert wrong == []
    assert refused > 20
