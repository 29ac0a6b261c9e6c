"""A page asks the database as often for many proposals as for few, and what it asks of all of them an index answers."""

from __future__ import annotations

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
    assert len(asked) == 1
    assert any("FROM proposal_tally" in each for each in sent)
    for statement in asked:
        plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {numbered(statement)}"), dict.fromkeys(names(statement), 1))
        steps = [row[3] for row in plan if row[3].split()[1] == "proposal"]
        assert steps, statement
        assert all("COVERING INDEX" in step for step in steps), (statement, steps)
    db.session.rollback()


def names(statement: str) -> list[str]:
    return [f"p{number}" for number in range(statement.count("?"))]


def numbered(statement: str) -> str:
    """SQLite's positional parameters as named ones."""
    pieces = statement.split("?")
    return "".join(piece + (f":p{number}" if number < len(pieces) - 1 else "") for number, piece in enumerate(pieces))
