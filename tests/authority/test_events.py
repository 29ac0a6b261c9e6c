"""Every act writes the events that were declared for it, in its own transaction; a refusal writes none but those declared for it.

"One click, one commit, with its audit row" (house, no. 4); "Audit event append-only, chained" (domain §3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from tests.authority.conftest import House, Watch
from tests.authority.doors import ACTS, Door, named
from tests.authority.events import REFUSAL_WRITES, ROWS, declared
from tests.authority.office_acts import OFFICE_ACTS, OfficeAct
from tests.authority.sight import SEEN, SITUATIONS

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
#: What is stored that is no effect of an act: when a sign-in was last used, and how often somebody failed.
BESIDE = {"sign_in", "sign_in_failure"}


#: What is done in several commits, each harmless alone: rows of an import that nobody sees before the last commit publishes their
#: batch, and a vote that is being counted (domain §6: "a crash between these steps is repeated safely").
IN_STEPS = {
    "admin.import_register": {"counter", "import_batch", "proposal", "proposal_tally", "review"},
    "boards.close_vote": {"vote"},
}
NO_ROOM = "CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'the log is full'); END"


@dataclass(frozen=True)
class Sent:
    """An act on its way: what was declared for it, the right answers, and the click itself."""

    name: str
    situation: str
    ok: frozenset[int]
    click: Callable[[str], TestResponse]

    @property
    def endpoint(self) -> str:
        """The route."""
        return self.name.split()[0]


def _of_office(house: House, act: OfficeAct) -> Sent:
    return Sent(act.name, "*", frozenset({act.ok}), act.prepare(house))


def _of_case(house: House, door: Door, situation: str) -> Sent:
    method = "PATCH" if door.endpoint == "api.change_proposal" else "POST"
    who = next(
        each
        for each, capacity in SEEN[situation].items()
        if capacity in door.who and capacity in door.known and each in door.gate
    )
    case = house.case(situation)
    return Sent(named(door), situation, door.ok, lambda once: house.send(door, who, case, method, once=once))


def _places(door: Door) -> list[str]:
    """Where the act succeeds; nowhere when its every answer is a refusal."""
    if min(door.ok) >= 400:
        return []
    return [each for each in SITUATIONS if each in door.where.split() and each in door.exists.split() and door.is_tried(each)]


def told_apart(door: Door) -> list[str]:
    """One situation for each line of the table."""
    first: dict[str, str] = {}
    for situation in _places(door):
        first.setdefault(str(declared(named(door), situation)), situation)
    return list(first.values())


def every_act(house: House, places: Callable[[Door], list[str]] = told_apart, area: str = "") -> Iterator[Sent]:
    """Each act of the area where it succeeds; whoever takes one puts the world back before the next."""
    for act in OFFICE_ACTS:
        if act.name.startswith(area):
            yield _of_office(house, act)
    for door in ACTS:
        for situation in places(door) if door.endpoint.startswith(area) else ():
            yield _of_case(house, door, situation)


def test_no_route_that_changes_something_is_without_its_line(house: House) -> None:
    routes = {rule.endpoint for rule in house.app.url_map.iter_rules() if rule.methods & UNSAFE}
    assert {name.split()[0] for name, *_rest in ROWS} == routes
    acts = {act.name for act in OFFICE_ACTS} | {named(door) for door in ACTS if _places(door)}
    assert {name for name, *_rest in ROWS} == acts
    assert {name.split()[0] for name in acts} == routes


def test_every_act_writes_exactly_its_declared_events(house: House, watch: Watch) -> None:
    wrong: dict[str, object] = {}
    for sent in every_act(house, _places):
        watch.look()
        answer, expected = sent.click(""), declared(sent.name, sent.situation)
        if answer.status_code not in sent.ok or Counter(watch.events()) != expected:
            wrong[f"{sent.name} in {sent.situation}"] = (answer.status_code, watch.events(), expected)
        watch.again()
    assert wrong == {}


def test_when_its_event_cannot_be_written_nothing_of_an_act_is_and_afterwards_the_same_click_does_it(
    house: House, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(house.app.config, "PROPAGATE_EXCEPTIONS", False)
    wrong: dict[str, object] = {}
    for sent in every_act(house):
        expected = declared(sent.name, sent.situation)
        if expected:
            watch.look()
            before = watch.content()
            watch.connection.execute(NO_ROOM)
            refused, left = sent.click(""), watch.changed_since(before) - BESIDE - IN_STEPS.get(sent.name, set())
            watch.connection.execute("DROP TRIGGER full")
            done = sent.click("")
            if refused.status_code < 500 or left or done.status_code >= 400 or Counter(watch.events()) != expected:
                wrong[f"{sent.name} in {sent.situation}"] = (refused.status_code, left, done.status_code, watch.events())
        watch.again()
    assert wrong == {}


def test_an_act_of_an_office_that_is_refused_writes_nothing(house: House, watch: Watch) -> None:
    wrong: dict[str, object] = {}
    for act in OFFICE_ACTS:
        sent = _of_office(house, act)
        sent.click("")  # once it is done, most cannot be done again
        watch.look()
        before = watch.content()
        answer = sent.click("")
        if answer.status_code >= 400:
            written, left = set(watch.events()), watch.changed_since(before) - BESIDE - {"audit_event"}
            if written - REFUSAL_WRITES.get(act.endpoint, set()) or left:
                wrong[act.name] = (answer.status_code, sorted(written), sorted(left))
        watch.again()
    assert wrong == {}
