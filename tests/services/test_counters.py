"""Numbers of codes, receipts and certificates: one after another for each unit and year, whoever takes how many."""

from __future__ import annotations

import pytest

from innovations.core import counters
from innovations.core.transactions import atomic
from tests.world import World


def taken(unit_id: int, year: int = 2026, *, count: int = 1) -> int:
    with atomic():
        return counters.next_number("receipt", unit_id, year, count=count)


@pytest.fixture
def unit_id(world: World) -> int:
    return world.staff.units["T1A"]


def test_each_unit_and_year_and_kind_has_its_own_numbers(world: World, unit_id: int) -> None:
    other = next(each for each in world.staff.units.values() if each != unit_id)
    assert [taken(unit_id), taken(unit_id), taken(unit_id, 2027), taken(other)] == [1, 2, 1, 1]
    with atomic():
        assert counters.next_number("certificate", unit_id, 2026) == 1


def test_many_numbers_at_once_follow_on_from_single_ones_and_are_followed_by_them(unit_id: int) -> None:
    assert (taken(unit_id), taken(unit_id, count=5), taken(unit_id)) == (1, 2, 7)
    with atomic():
        assert counters.next_numbers("receipt", {(unit_id, 2026): 3, (unit_id, 2027): 2}) == {
            (unit_id, 2026): 8,
            (unit_id, 2027): 1,
        }
    assert (taken(unit_id), taken(unit_id, 2027)) == (11, 3)


def test_a_number_taken_in_a_step_that_was_rolled_back_is_given_again(unit_id: int) -> None:
    def broken_off() -> None:
        with atomic():
            counters.next_number("receipt", unit_id, 2026)
            raise RuntimeError

    taken(unit_id)
    with pytest.raises(RuntimeError):
        broken_off()
    assert taken(unit_id) == 2


def test_an_imported_register_pushes_the_numbers_on_and_never_back(unit_id: int) -> None:
    for brought, following in ((40, 41), (12, 42), (42, 43), (50, 51)):
        with atomic():
            counters.raise_to("receipt", unit_id, 2026, brought)
        assert taken(unit_id) == following
