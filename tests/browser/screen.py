"""One person's browser window, and what must hold on every screen it shows."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page

from innovations.documents.extract import pages_of
from tests.sizes import size

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
#: Width and height in CSS pixels.
PHONE, DESK = (390, 844), (1280, 900)
# Fetching the style sheets anew serves one rule, on styles for one orientation of the telephone: tests/architecture allows none.
_RUN_AXE = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false})"
_LAY_DOWN = """() => document.querySelectorAll(".actionbar, .totalbar").forEach(bar => {
    if (getComputedStyle(bar).position === "sticky") { bar.style.position = "static"; bar.dataset.laid = ""; }
})"""
_PUT_UP = """() => document.querySelectorAll("[data-laid]").forEach(bar => {
    bar.style.removeProperty("position"); delete bar.dataset.laid; if (!bar.getAttribute("style")) bar.removeAttribute("style");
})"""
_OVERHANG = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Screen:
    """A signed-in page; keeps what its console complains about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._brings_axe = False
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        refused_form = "the server responded with a status of 422" in message.text
        if message.type == "error" and not refused_form:
            self.complaints.append(message.text)

    @property
    def path(self) -> str:
        """Where the window is, without host and question."""
        return urlsplit(self.page.url).path

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(path)

    def fill(self, **values: str) -> None:
        """Type into the controls with these names; two underscores stand for a hyphen."""
        for name, value in values.items():
            self.page.locator(f"[name='{name.replace('__', '-')}']").first.fill(value)

    def choose(self, **values: str) -> None:
        """Press the chip of a value, as a finger would; two underscores stand for a hyphen."""
        for name, value in values.items():
            self.page.locator(f"label:has(input[name='{name.replace('__', '-')}'][value='{value}'])").first.click()

    def _named(self, role: Literal["button", "link"], label: str, within: str) -> Locator:
        return self.page.locator(within).get_by_role(role, name=re.compile(f"^{re.escape(label)}")).first

    def press(self, label: str, within: str = "body") -> None:
        """Press the button whose words begin so, and wait for the page it leads to.

        :param within: the part of the page it stands in, where others have a button of these words too.
        """
        with self.page.expect_navigation():
            self._named("button", label, within).click()

    def confirm(self, label: str, within: str = "body") -> None:
        """Press a button that asks first, and say yes."""
        self._named("button", label, within).click()
        with self.page.expect_navigation():
            self.page.locator("#confirm [value=yes]").click()

    def follow(self, label: str, within: str = "body") -> None:
        """Follow the link whose words begin so."""
        with self.page.expect_navigation():
            self._named("link", label, within).click()

    def read(self, label: str, within: str = "body") -> list[str]:
        """The pages of the paper behind the link whose words begin so."""
        address = self._named("link", label, within).get_attribute("href")
        answer = self.page.request.get(address or "")
        assert answer.ok, (address, answer.status)
        return pages_of(BytesIO(answer.body()))

    def unfold(self, summary: str, within: str = "body") -> None:
        """Open a folded part of the page."""
        self.page.locator(within).locator("summary", has_text=summary).first.click()

    def shows(self, text: str) -> None:
        """Wait until the page shows the words.

        :raises playwright.sync_api.TimeoutError: it does not.
        """
        self.page.locator("main").get_by_text(text).first.wait_for(state="visible")

    def audit_at(self, *sizes: tuple[int, int]) -> list[str]:
        """Audit the same page at each size in turn; what was refused, in words.

        A page that was made wider is the page that would have been loaded wide: no script asks for the width
        (``tests/architecture`` holds them to that), and styles follow it.
        """
        refused = []
        for width, height in sizes:
            self.page.set_viewport_size({"width": width, "height": height})
            try:
                self.audit()
            except AssertionError as refusal:
                refused.append(f"{width} px: {refusal}")
                self.complaints.clear()
        return refused

    def audit_everywhere(self) -> None:
        """The page is open to everybody in a window of this size, in full on a phone and at a desk; afterwards it is as large as it was."""
        own = self.page.viewport_size
        assert own is not None
        assert self.audit_at(*size([(own["width"], own["height"])], [PHONE, DESK])) == []
        self.page.set_viewport_size(own)

    def _bring_axe(self) -> None:
        """From the first audit on every page of this window brings axe along.

        Sent with each audit the half megabyte took as long as half of axe's run; read by every page of windows that nobody audits
        it made a story of many persons longer.
        """
        if not self._brings_axe:
            self._brings_axe = True
            self.page.context.add_init_script(path=AXE)
            self.page.evaluate(AXE.read_text(encoding="utf-8"))

    def audit(self) -> None:
        """Nobody is shut out of this screen: axe finds nothing, it does not scroll sideways, the console is silent."""
        self._bring_axe()
        self.page.evaluate("() => window.scrollTo(0, 0)")  # what the bar on top covers just now would count as too small to press
        self.page.evaluate(_LAY_DOWN)  # and the bar at the foot
        found: dict[str, Any] = self.page.evaluate(_RUN_AXE, AXE_TAGS)
        self.page.evaluate(_PUT_UP)
        violations = [
            (each["id"], [(node["target"], node["failureSummary"]) for node in each["nodes"]]) for each in found["violations"]
        ]
        assert violations == [], (self.page.url, violations)
        assert self.page.evaluate(_OVERHANG) <= 0, f"{self.page.url} scrolls sideways"
        assert self.complaints == [], (self.page.url, self.complaints)
