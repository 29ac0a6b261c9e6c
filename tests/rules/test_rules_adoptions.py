"""The life of an adoption against a table typed from the regulation, and who may take each step."""

from __future__ import annotations

from datetime import date

import pytest
from rules_people import DIVISION, OTHER_REGIMENT, REGIMENT

from innovations.core.rules.errors import Forbidden
from innovations.library.rules.adoptions import (
    AdoptionAction,
    AdoptionFacts,
    AdoptionNotAllowed,
    AdoptionState,
    allowed_actions,
    check_step,
    next_follow_up,
    step_of,
)
from innovations.people.rules.roles import Actor, Grant, Role

#: state, action, where it leads, whose act: typed from domain §3, "Adoption".
EXPECTED = {
    ("requested", "agree"): ("agreed", "owner"),
    ("requested", "decline"): ("declined", "owner"),
    ("requested", "cancel"): ("cancelled", "requester"),
    ("agreed", "start"): ("in_use", "adopter"),
    ("agreed", "cancel"): ("cancelled", "requester"),
    ("in_use", "report"): ("in_use", "adopter"),
    ("in_use", "confirm"): ("in_use", "adopter"),
    ("in_use", "stop"): ("stopped", "adopter"),
}
AUTHOR, OWNER, ADOPTER, ABOVE, REQUESTER = 1, 2, 3, 4, 5


def commander(person_id: int, path: str) -> Actor:
    return Actor(person_id, person_id, 9, path, (Grant(Role.COMMANDER, 9, path),))


ACTORS = {
    "owner": commander(OWNER, REGIMENT),
    "adopter": commander(ADOPTER, OTHER_REGIMENT),
    "requester": Actor(REQUESTER, REQUESTER, 9, OTHER_REGIMENT),
    "author": Actor(AUTHOR, AUTHOR, 9, REGIMENT),
}
#: Who besides the one named may do it: the adopting commander stands for the requesting side.
MAY = {"owner": {"owner"}, "adopter": {"adopter"}, "requester": {"requester", "adopter"}}


def facts(state: str, *authors: int) -> AdoptionFacts:
    return AdoptionFacts(AdoptionState(state), OTHER_REGIMENT, REGIMENT, frozenset(authors or {AUTHOR}), REQUESTER)


@pytest.mark.parametrize("state", list(AdoptionState))
@pytest.mark.parametrize("action", list(AdoptionAction))
def test_each_step_leads_where_the_regulation_says_or_is_refused(state: AdoptionState, action: AdoptionAction) -> None:
    expected = EXPECTED.get((state.value, action.value))
    if expected is None:
        with pytest.raises(AdoptionNotAllowed):
            step_of(state, action)
    else:
        assert step_of(state, action).target.value == expected[0]


@pytest.mark.parametrize(("state", "action"), list(EXPECTED))
@pytest.mark.parametrize("who", list(ACTORS))
def test_each_step_is_taken_by_the_side_it_belongs_to(state: str, action: str, who: str) -> None:
    side = EXPECTED[state, action][1]
    allowed = AdoptionAction(action) in allowed_actions(ACTORS[who], facts(state))
    assert allowed is (who in MAY[side])


@pytest.mark.parametrize(("state", "action"), [("requested", "agree"), ("requested", "decline"), ("in_use", "confirm")])
def test_a_commander_who_wrote_it_neither_answers_nor_confirms_and_the_next_unit_up_does(state: str, action: str) -> None:
    writer = ACTORS["owner" if state == "requested" else "adopter"]
    written = facts(state, writer.person_id)
    with pytest.raises(Forbidden):
        check_step(AdoptionAction(action), writer, written)
    check_step(AdoptionAction(action), commander(ABOVE, DIVISION), written)


@pytest.mark.parametrize(
    ("reported_on", "due"),
    [
        (None, date(2026, 7, 6)),
        (date(2026, 2, 1), date(2026, 7, 6)),  # too early to answer the first
        (date(2026, 6, 10), date(2027, 1, 6)),
        (date(2026, 9, 1), date(2027, 1, 6)),
        (date(2027, 1, 6), None),
    ],
)
def test_a_report_answers_the_follow_up_it_comes_near(reported_on: date | None, due: date | None) -> None:
    assert next_follow_up((date(2026, 7, 6), date(2027, 1, 6)), reported_on) == due
