"""Lists say how many proposals stand in each state, as many as the reader can open; in each order every one stands once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from innovations.cli.checking import tally_is_true
from innovations.extensions import db
from innovations.people.queries import units
from innovations.proposals import queries
from innovations.proposals.queries import Chosen, Row, listing
from innovations.proposals.rules.states import State
from innovations.proposals.services import drafting, quarantine, submitting
from innovations.proposals.tally import untrue
from tests.exchange.old_registers import HEAD, PUMP, RACK, bring
from tests.recognised import recognise
from tests.world import World

READERS = ("tacgia", "docgia", "vanphong", "tiepnhan", "baomat", "quantri", "chihuy")
EVERYTHING = 1000


@pytest.fixture
def busy(world: World) -> World:
    """Proposals in many states, some taken back, thrown away, hidden or imported."""
    bring(world, HEAD + RACK + PUMP)
    world.draft()
    drafting.discard(world.actor("tacgia"), world.draft())
    submitting.withdraw(world.actor("tacgia"), world.submitted())
    world.submitted(by="docgia")
    world.accepted()
    recognise(world, title="Giá đỡ tháo lắp")
    recognise(world, title="Giá đỡ chỉ dùng trong đơn vị", handling="internal")
    quarantine.hide(world.actor("baomat"), recognise(world, title="Bị báo là mật"), reason="Có người báo.")
    return world


@pytest.mark.parametrize("number", READERS)
def test_the_numbers_of_a_list_are_those_of_what_it_lists(busy: World, number: str) -> None:
    actor = busy.actor(number)
    for path in (None, *(unit.path for unit in units())):
        seen = listing(actor, Chosen(unit_path=path), per_page=EVERYTHING)
        assert seen.counts == Counter(row.state for row in seen.rows), path
        assert seen.total == len(seen.rows)


#: By what rows follow one another, the smallest first.
KEYS: dict[str, Callable[[Row], Any]] = {
    "recent": lambda row: (-row.updated_at.timestamp(), -row.id),
    "due": lambda row: (row.due_on is None, row.due_on or date.min, row.id),
    "code": lambda row: (row.address.startswith("N-"), row.address if not row.address.startswith("N-") else "", row.id),
}


@pytest.mark.parametrize("sort", KEYS)
@pytest.mark.parametrize("state", [None, State.RECOGNISED, State.ACCEPTED, State.DRAFT])
def test_the_pages_of_a_list_together_are_all_of_it_in_its_order(
    busy: World, sort: str, state: State | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = busy.actor("tacgia")
    for rare in (1, 10_000):  # whichever way SQL is asked
        monkeypatch.setattr(queries, "_RARE", rare)
        everything = listing(actor, Chosen(state=state, sort=sort), per_page=EVERYTHING).rows
        assert everything == sorted(everything, key=KEYS[sort])
        assert {row.state for row in everything} >= ({state} if state else {State.RECOGNISED, State.DRAFT})
        pages = [listing(actor, Chosen(state=state, sort=sort), page=page, per_page=2).rows for page in range(1, 8)]
        assert [row for rows in pages for row in rows] == everything


def test_there_is_something_to_count_for_everybody_and_not_the_same(busy: World) -> None:
    totals = {number: listing(busy.actor(number), Chosen()).total for number in READERS}
    assert min(totals.values()) >= 3  # the library
    assert len(set(totals.values())) >= 3


def test_a_check_of_the_data_names_a_tally_that_is_not_true(busy: World) -> None:
    assert (list(tally_is_true()), untrue()) == ([], [])
    db.session.execute(text("UPDATE proposal_tally SET proposals = proposals + 1 WHERE state = 'recognised'"))
    assert [each.split(" in ")[0] for each in tally_is_true()] == ["the tally of proposals is wrong"]
    db.session.rollback()
