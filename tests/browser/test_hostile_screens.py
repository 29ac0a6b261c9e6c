"""Whatever stands in the database: no page runs it, in the browser that people use.

Every text that a person wrote is replaced by strings that try to become markup, past all checks of what may be typed; every page is
opened, every fold, and what the pages fetch while somebody types.
"""

from __future__ import annotations

from itertools import cycle

import pytest
from sqlalchemy import String, Table, select, update
from sqlalchemy.exc import DBAPIError

from innovations.extensions import db
from innovations.proposals.models import Proposal
from innovations.search import outbox
from tests.authority.hostile import MARK, MARKUP
from tests.browser.conftest import SignIn, Site, Visit
from tests.browser.furnished import furnish
from tests.browser.screen import DESK, Screen
from tests.browser.test_screens import OPEN_FOLDS

pytestmark = pytest.mark.browser

#: They are looked up, compared or signed, and no words.
KEPT = {"audit_event", "audit_checkpoint", "alembic_version", "sign_in", "access_token", "index_state", "proposal_tally", "job"}
#: Words without a blank in this world.
NAMES = {"attachment.name"}
WATCH = "window.broken = []; addEventListener('securitypolicyviolation', event => window.broken.push(event.violatedDirective));"
BROKEN = "() => window.broken"
SHORTEST = 40  # characters that a column has to hold: shorter ones are codes


def _is_written(table: Table, name: str) -> bool:
    """Whether somebody's words stand in the column: at least one value has a blank."""
    if f"{table.name}.{name}" in NAMES:
        return True
    column = table.c[name]
    if not isinstance(column.type, String) or column.foreign_keys or (column.type.length or SHORTEST) < SHORTEST:
        return False
    return db.session.scalar(select(column).where(column.contains(" ")).limit(1)) is not None


def spoil() -> set[str]:
    """Put a hostile string into every text that a person wrote; the columns that were changed."""
    strings, changed = cycle(MARKUP), set()
    for table in db.metadata.sorted_tables:
        names = [column.name for column in table.c if table.name not in KEPT and _is_written(table, column.name)]
        for name in names:
            longest = table.c[name].type.length or 10_000
            for key in db.session.execute(select(*table.primary_key).where(table.c[name] != "")).all():
                here = [column == value for column, value in zip(table.primary_key, key, strict=True)]
                try:
                    with db.session.begin_nested():
                        db.session.execute(update(table).where(*here).values({name: next(strings)[:longest]}))
                    changed.add(f"{table.name}.{name}")
                except DBAPIError:  # the database holds what was decided or signed to what it was
                    continue
    for number in db.session.scalars(select(Proposal.id)).all():
        outbox.enqueue(number)
    db.session.commit()
    return changed


def _watched(screen: Screen, heard: list[str]) -> Screen:
    screen.page.on("dialog", lambda dialog: (heard.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    screen.page.add_init_script(WATCH)
    return screen


def _wrong(screen: Screen, heard: list[str]) -> list[str]:
    screen.page.evaluate(OPEN_FOLDS)
    broken = [f"policy: {each}" for each in screen.page.evaluate(BROKEN)]
    markup = [f"markup: {screen.page.locator(f'[{MARK}]').count()}"] if screen.page.locator(f"[{MARK}]").count() else []
    policy = [each for each in screen.complaints if "Content Security Policy" in each or "Error" in each]
    found = [*heard, *broken, *markup, *policy]
    heard.clear()
    screen.complaints.clear()
    return found


def test_no_page_runs_what_stands_in_its_texts(site: Site, sign_in: SignIn, visit: Visit) -> None:
    pages = furnish(site).pages
    with site.app.app_context():
        changed = spoil()
        db.session.remove()
    site.index()
    assert {"proposal.title", "person.full_name", "unit.name", "attachment.name", "board.name"} <= changed
    wrong: dict[str, list[str]] = {}
    for number, paths in pages.items():
        heard: list[str] = []
        screen = _watched(sign_in(number, DESK) if number else visit(DESK), heard)
        for path in paths:
            screen.go(path)
            if found := _wrong(screen, heard):
                wrong[f"{number} {path}"] = found
    assert wrong == {}


def test_nor_what_somebody_types_into_the_search_box(site: Site, sign_in: SignIn) -> None:
    heard: list[str] = []
    screen = _watched(sign_in("docgia", DESK), heard)
    for said in MARKUP[::16]:
        screen.go("/library/")
        screen.page.locator("#q").press_sequentially(said[:60])
        screen.page.wait_for_load_state("networkidle")
        assert _wrong(screen, heard) == [], said
