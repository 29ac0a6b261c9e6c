"""The life of an adoption against a table typed from the regulation, and who may take each step."""

from __future__ import annotations

from datetime import date

import pytest
from rules_people import DIVISION, OTHER_REGIMENT, REGIMENT

from innovations.core.rules.errors import Forbidden
from innovations.library.rules.adoptions import (
    AdoptionAction,
    AdoptionFacts,
    AdoptionKind,
    AdoptionPaper,
    AdoptionState,
    allowed_actions,
    check_days,
    check_kind,
    check_may_request,
    check_paper,
    check_step,
    first_state,
    may_see,
    next_follow_up,
    papers_of,
    step_of,
)
from innovations.library.rules.refusals import (
    AdoptionNotAllowed,
    DayInFuture,
    NotAdoptersCommander,
    NotTheOwner,
    OwnUnit,
    PaperNotNow,
    StopBeforeStart,
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


def test_a_unit_asks_by_its_commander_or_one_above() -> None:
    check_may_request(commander(ADOPTER, OTHER_REGIMENT), OTHER_REGIMENT)
    check_may_request(commander(ABOVE, DIVISION), OTHER_REGIMENT)
    for other in (ACTORS["owner"], Actor(1, 1, 9, OTHER_REGIMENT, (Grant(Role.REGISTRAR, 9, OTHER_REGIMENT),))):
        with pytest.raises(NotAdoptersCommander):
            check_may_request(other, OTHER_REGIMENT)


def test_the_owner_records_its_own_use_and_needs_nobodys_agreement_others_replicate_or_receive_and_ask() -> None:
    check_kind(AdoptionKind.FIRST, 9, 9)
    assert first_state(AdoptionKind.FIRST) is AdoptionState.AGREED
    with pytest.raises(NotTheOwner):
        check_kind(AdoptionKind.FIRST, 10, 9)
    for kind in (AdoptionKind.REPLICATION, AdoptionKind.TRANSFER):
        check_kind(kind, 10, 9)
        assert first_state(kind) is AdoptionState.REQUESTED
        with pytest.raises(OwnUnit):
            check_kind(kind, 9, 9)


def test_an_adoption_is_open_to_command_and_staff_of_both_units_to_who_asked_and_to_the_authors() -> None:
    def office(role: Role, path: str) -> Actor:
        return Actor(77, 77, 9, path, (Grant(role, 9, path),))

    said = facts("requested")
    insiders = {Role.COMMANDER, Role.REGISTRAR, Role.DECIDER}
    for path in (REGIMENT, OTHER_REGIMENT):
        assert {role for role in Role if may_see(office(role, path), said)} == insiders
    assert may_see(ACTORS["requester"], said)
    assert may_see(ACTORS["author"], said)
    assert not may_see(office(Role.COMMANDER, "/1/4/11/"), said)


#: Which papers there are in which state, typed from what each paper says.
PAPERS = {
    "requested": {"request"},
    "agreed": {"request", "handover"},
    "declined": {"request"},
    "cancelled": set(),
    "in_use": {"request", "handover", "confirmation"},
    "stopped": {"request", "handover", "confirmation"},
}


@pytest.mark.parametrize("state", list(AdoptionState))
@pytest.mark.parametrize("kind", list(AdoptionKind))
def test_a_paper_is_printed_once_it_has_something_to_say_and_the_owners_own_use_is_only_confirmed(
    kind: AdoptionKind, state: AdoptionState
) -> None:
    expected = PAPERS[state.value] & ({"confirmation"} if kind is AdoptionKind.FIRST else {"request", "handover", "confirmation"})
    assert {paper.value for paper in papers_of(kind, state)} == expected
    for paper in AdoptionPaper:
        if paper.value in expected:
            check_paper(paper, kind, state)
        else:
            with pytest.raises(PaperNotNow):
                check_paper(paper, kind, state)


TODAY, YESTERDAY, TOMORROW = date(2026, 3, 10), date(2026, 3, 9), date(2026, 3, 11)


@pytest.mark.parametrize(
    ("since", "until", "refusal"),
    [
        (None, None, None),
        (TODAY, TODAY, None),
        (YESTERDAY, None, None),
        (None, YESTERDAY, None),
        (TOMORROW, None, DayInFuture),
        (YESTERDAY, TOMORROW, DayInFuture),
        (TODAY, YESTERDAY, StopBeforeStart),
    ],
)
def test_days_of_use_are_over_and_in_order(since: date | None, until: date | None, refusal: type[Exception] | None) -> None:
    if refusal is None:
        check_days(since, until, TODAY)
        return
    with pytest.raises(refusal):
        check_days(since, until, TODAY)
