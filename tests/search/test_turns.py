"""One search of a person at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from innovations.search import turns
from innovations.search.turns import SearchRunning, turn

AN, BINH = 1, 2


class Search(threading.Thread):
    """A search that takes until it is told to end."""

    def __init__(self, person_id: int) -> None:
        super().__init__(daemon=True)
        self.person_id, self.running, self.told, self.refused = person_id, threading.Event(), threading.Event(), False
        self.start()

    def run(self) -> None:
        try:
            with turn(self.person_id):
                self.running.set()
                self.told.wait(20)
        except SearchRunning:
            self.refused = True

    def end(self) -> None:
        self.told.set()
        self.join(20)


@pytest.fixture
def first() -> Iterator[Search]:
    """An's first search, under way."""
    made = Search(AN)
    assert made.running.wait(20)
    yield made
    made.end()
    assert not turns._turns, "who has no search running is not remembered"


def _waits(searching: Search) -> bool:
    return not searching.running.wait(0.2) and not searching.refused


def test_the_second_search_of_a_person_waits_for_the_first(first: Search) -> None:
    second = Search(AN)
    assert _waits(second)
    first.end()
    assert second.running.wait(20)
    second.end()


def test_a_third_one_is_refused_at_once_and_the_first_two_are_answered(first: Search) -> None:
    second = Search(AN)
    assert _waits(second)
    with pytest.raises(SearchRunning), turn(AN):
        pass
    first.end()
    assert second.running.wait(20)
    second.end()


def test_nobody_waits_for_another_person(first: Search) -> None:
    other = Search(BINH)
    assert other.running.wait(20)
    other.end()


def test_whoever_waited_in_vain_is_told(first: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with pytest.raises(SearchRunning), turn(AN):
        pass


def test_a_search_that_failed_leaves_the_turn_free() -> None:
    with pytest.raises(ZeroDivisionError), turn(AN):
        raise ZeroDivisionError
    with turn(AN):
        pass
