"""A page asks the database as often for many proposals as for few, and what it asks of all of them an index answers."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from bench.generator import register
from bench.pages import counted_queries, pages_of, queries_of, some_improvement
from innovations import search
from innovations.exchange.services.importing import import_register
from innovations.extensions import db
from innovations.people.rules.roles import Role
from tests.world import World


def bring(world: World, rows: int, *, first: int) -> None:
    """Import and index a generated register."""
    actor, unit_id = world.actor("quantri"), world.staff.units["QCM"]
    done = import_register(actor, unit_id, register(rows, first=first), roles=(Role.ADMIN,)).report
    assert (done.created, done.errors) == (rows, ())
    while any(search.drain_once().get(key) for key in ("jobs", "rebuilt")):
        pass


@pytest.mark.parametrize("number", ["vanphong", "docgia"])
def test_the_ten_main_pages_send_as_many_queries_for_four_hundred_proposals_as_for_sixty(world: World, number: str) -> None:
    counted = []
    bring(world, 60, first=0)
    pages = pages_of(some_improvement())
    assert len(set(pages)) == 10
    for more in (0, 340):
        if more:
            bring(world, more, first=60)
        client = world.client(number)
        counted.append({page: queries_of(client, page) for page in pages})
    assert counted[0] == counted[1]
    assert max(counted[1].values()) <= 45


@pytest.mark.parametrize("path", ["/proposals/", "/reports/"])
def test_what_is_asked_of_all_proposals_is_answered_from_an_index(world: World, path: str) -> None:
    bring(world, 60, first=0)
    client = world.client("vanphong")
    with counted_queries() as sent:
        assert client.get(path).status_code == 200
    # Of all one may see, not of the few that are in use elsewhere; states and years come from the tally.
    asked = [each for each in sent if "FROM proposal " in each and "audience_token" in each and "adoption" not in each]
    assert len(asked) == (path == "/proposals/")
    assert any("FROM proposal_tally" in each for each in sent)
    for statement in asked:
        plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {numbered(statement)}"), dict.fromkeys(names(statement), 1))
        steps = [row[3] for row in plan if row[3].split()[1] == "proposal"]
        assert steps, statement
        assert all("COVERING INDEX" in step for step in steps), (statement, steps)
    db.session.rollback()


#: Files, and the answer for other programs: they are about everything that is seen.
ABOUT_ALL = ("/reports/register.", "/reports/library.", "/reports/annual.", "/static", "/api/")
#: The auditor's list counts what may be audited; nothing keeps that number.
COUNTS_ALL = {("kiemtra", "/proposals/audit")}
OFFICES = ("vanphong", "chihuy", "baomat", "kiemtra", "tiepnhan", "thuky", "chutich", "uyvien1", "tacgia", "docgia", "quantri")


@pytest.mark.parametrize("number", OFFICES)
def test_no_page_of_an_office_goes_through_all_proposals_or_reviews(world: World, number: str) -> None:
    """At 100,000 imported records such a statement took 0.1 to 1 s; it begins at what waits, at the newest, or at an index instead."""
    bring(world, 60, first=0)
    client, found = world.client(number), set()
    pages = [rule.rule for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    for page in [each for each in pages if not each.startswith(ABOUT_ALL)]:
        with counted_queries() as sent:
            client.get(page)
        for statement in {each for each in sent if each.startswith("SELECT") and "WHERE 0 = 1" not in each}:
            plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {numbered(statement)}"), dict.fromkeys(names(statement), 1))
            if any(
                re.match(r"SCAN (proposal|review|contribution|decision_line)\b(?!.*COVERING INDEX ix_proposal_recent)", row[3])
                for row in plan
            ):
                found.add((number, page))
        db.session.rollback()
    assert found <= COUNTS_ALL, found


def names(statement: str) -> list[str]:
    return [f"p{number}" for number in range(statement.count("?"))]


def numbered(statement: str) -> str:
    """SQLite's positional parameters as named ones."""
    pieces = statement.split("?")
    return "".join(piece + (f":p{number}" if number < len(pieces) - 1 else "") for number, piece in enumerate(pieces))
