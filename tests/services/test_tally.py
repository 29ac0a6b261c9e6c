"""Lists say how many proposals stand in each state: as many as the reader can open, whatever happened to them."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import text

from innovations.cli.checking import tally_is_true
from innovations.extensions import db
from innovations.people.queries import units
from innovations.proposals.queries import Chosen, listing
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


def test_there_is_something_to_count_for_everybody_and_not_the_same(busy: World) -> None:
    totals = {number: listing(busy.actor(number), Chosen()).total for number in READERS}
    assert min(totals.values()) >= 3  # the library
    assert len(set(totals.values())) >= 3


def test_a_check_of_the_data_names_a_tally_that_is_not_true(busy: World) -> None:
    assert (list(tally_is_true()), untrue()) == ([], [])
    db.session.execute(text("UPDATE proposal_tally SET proposals = proposals + 1 WHERE state = 'recognised'"))
    assert [each.split(" in ")[0] for each in tally_is_true()] == ["the tally of proposals is wrong"]
    db.session.rollback()
