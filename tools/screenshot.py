"""Take the pictures of the main pages for ``docs/screenshots``: each page as its own user sees it, on a phone and at a desk.

Start the application with demo data, then ``python tools/screenshot.py --password …`` (the password that ``./dev run`` prints).
A page that does not answer 200, or scrolls sideways, ends the run with its name: pictures of faults are not wanted.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
SIZES = {"phone": (390, 844), "desk": (1280, 800)}
OUT = Path(__file__).resolve().parent.parent / "docs" / "screenshots"


@dataclass(frozen=True)
class Shot:
    """One page.  ``links``: selectors clicked one after another from ``path``, for pages whose address depends on the data."""

    name: str
    account: str
    path: str
    links: tuple[str, ...] = ()


SHOTS = (
    Shot("signin", "", "/signin"),
    Shot("home", "tacgia", "/"),
    Shot("proposals", "tacgia", "/proposals/"),
    Shot("proposal", "tacgia", "/proposals/", ("main a[href*='/proposals/SK-']",)),
    Shot("new-proposal", "tacgia", "/proposals/new"),
    Shot("receiver-home", "tiepnhan", "/"),
    Shot("boards", "thuky", "/boards/"),
    Shot("score", "uyvien4", "/", ("main a[href$='/score']",)),
    Shot("library", "donvi", "/library/?q=trac+nghiem"),
    Shot("library-page", "donvi", "/library/", ("[data-code] a[href*='/library/']",)),
    Shot("reports", "chihuy", "/reports/"),
    Shot("admin", "quantri", "/admin/"),
)


def sign_in(page: Page, base: str, account: str, password: str) -> None:
    page.goto(f"{base}/signin")
    page.fill("[name=service_number]", account)
    page.fill("[name=password]", password)
    page.click("main form button")
    page.wait_for_url(lambda address: not address.endswith("/signin"))


def take(browser: Browser, shot: Shot, size: str, base: str, password: str) -> Path:
    """Open the page as its user and save its picture.

    :raises SystemExit: the page failed, or is wider than the screen.
    """
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
    page = context.new_page()
    if shot.account:
        sign_in(page, base, shot.account, password)
    answer = page.goto(base + shot.path)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{shot.name}: {shot.path} answered {answer.status if answer else 'nothing'}")
    for selector in shot.links:
        page.locator(selector).first.click()
    page.wait_for_load_state("networkidle")
    if page.evaluate("document.documentElement.scrollWidth") > width:
        raise SystemExit(f"{shot.name}: wider than {width} px")
    target = OUT / f"{shot.name}-{size}.png"
    page.screenshot(path=target, full_page=size == "phone")
    context.close()
    return target


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--password", required=True)
    parser.add_argument("names", nargs="*", help="only these pages")
    wanted = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            if wanted.names and shot.name not in wanted.names:
                continue
            for size in SIZES:
                print(take(browser, shot, size, wanted.base, wanted.password).name)
        browser.close()


if __name__ == "__main__":
    main()
