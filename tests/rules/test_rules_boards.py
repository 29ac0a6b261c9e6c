"""Seats, conflicts, and who may do what around a board."""

import dataclasses
from datetime import date

import pytest
from rules_people import (
    CHAIR,
    COMPANY,
    DEPUTY,
    MEMBER,
    REGIMENT,
    SECRETARY,
    everybody,
    proposal,
    review,
)

from innovations.boards.rules import access
from innovations.boards.rules.access import permitted
from innovations.boards.rules.conflicts import (
    AuthorFacts,
    CaseFacts,
    Conflict,
    ConflictKind,
    PersonFacts,
    check_no_conflict,
    conflicts_of,
)
from innovations.boards.rules.seats import (
    BoardFacts,
    BoardNotActive,
    BoardSizeWrong,
    NotOneOf,
    RoleHeld,
    SeatEnded,
    SeatEndsBeforeItStarts,
    SeatFacts,
    SeatRole,
    SeatTakenTwice,
    TermReversed,
    check_board,
    check_board_active,
    check_new_seat,
    check_seat_end,
    check_term,
)
from innovations.boards.rules.sheet_access import SheetAccess, sheet_access
from innovations.core.rules.errors import Forbidden, Several
from innovations.proposals.rules.states import State
from innovations.regulations.rules.rulesets import DEFAULT, RuleSet

TODAY = date(2026, 3, 10)
SINCE = date(2026, 1, 1)


def seat(number, role=SeatRole.MEMBER, **fields):
    return dataclasses.replace(SeatFacts(number, number, role, SINCE), **fields)


SEATS = (
    seat(CHAIR, SeatRole.CHAIR),
    seat(DEPUTY, SeatRole.DEPUTY),
    seat(SECRETARY, SeatRole.SECRETARY),
    seat(MEMBER),
    seat(205),
)
BOARD = BoardFacts(5, 9, REGIMENT, SEATS)


def test_a_board_of_five_with_chair_and_secretary_may_work():
    check_board(SEATS, DEFAULT)


@pytest.mark.parametrize(
    ("seats", "refusal"),
    [
        (SEATS[:4], BoardSizeWrong),
        ((*SEATS, *(seat(number) for number in range(300, 305))), BoardSizeWrong),
        ((*SEATS[1:], seat(206)), NotOneOf),
        ((*SEATS, seat(206, SeatRole.SECRETARY)), NotOneOf),
        ((*SEATS, seat(206, person_id=MEMBER)), SeatTakenTwice),
    ],
)
def test_an_unsound_board_is_refused(seats, refusal):
    with pytest.raises(Several) as refused:
        check_board(seats, DEFAULT)
    assert [type(error) for error in refused.value.errors] == [refusal]


def test_only_seats_held_on_the_day_and_allowed_to_vote_make_the_base():
    left, mute = seat(206, until=date(2026, 3, 9)), seat(207, may_vote=False)
    board = dataclasses.replace(BOARD, seats=(*SEATS, left, mute))
    assert left not in board.active(TODAY)
    assert left in board.active(date(2026, 3, 9))
    assert board.voting(TODAY) == SEATS
    assert board.holder(SeatRole.CHAIR, TODAY) == CHAIR
    assert board.holder(SeatRole.CHAIR, date(2025, 12, 31)) is None


def refused_types(check, *args):
    with pytest.raises(Several) as refused:
        check(*args)
    return [type(error) for error in refused.value.errors]


def test_nobody_takes_a_second_seat_and_chair_and_secretary_stand_alone():
    assert refused_types(check_new_seat, BOARD, MEMBER, SeatRole.REVIEWER, TODAY) == [SeatTakenTwice]
    assert refused_types(check_new_seat, BOARD, 206, SeatRole.CHAIR, TODAY) == [RoleHeld]
    assert refused_types(check_new_seat, BOARD, CHAIR, SeatRole.SECRETARY, TODAY) == [SeatTakenTwice, RoleHeld]
    check_new_seat(BOARD, 206, SeatRole.DEPUTY, TODAY)


def test_a_seat_is_free_the_day_after_it_ended():
    left = dataclasses.replace(BOARD, seats=(seat(CHAIR, SeatRole.CHAIR, until=date(2026, 3, 9)),))
    check_new_seat(left, CHAIR, SeatRole.CHAIR, TODAY)
    assert refused_types(check_new_seat, left, 206, SeatRole.CHAIR, date(2026, 3, 9)) == [RoleHeld]


def test_a_seat_ends_once_and_not_before_it_began():
    check_seat_end(SINCE, None, SINCE)
    with pytest.raises(SeatEnded):
        check_seat_end(SINCE, TODAY, TODAY)
    with pytest.raises(SeatEndsBeforeItStarts):
        check_seat_end(SINCE, None, date(2025, 12, 31))


def test_a_board_works_within_its_term_and_while_it_is_not_closed():
    check_term(SINCE, None)
    check_board_active(True, SINCE, TODAY, TODAY)
    with pytest.raises(TermReversed):
        check_term(SINCE, date(2025, 12, 31))
    for active, until in ((False, None), (True, date(2026, 3, 9))):
        with pytest.raises(BoardNotActive):
            check_board_active(active, SINCE, until, TODAY)


AUTHORS = (AuthorFacts(1, 1, 12, COMPANY, is_lead=True, commands=frozenset({"/1/4/9/30/"})), AuthorFacts(2, 2, 13, "/1/4/9/13/"))
CASE = CaseFacts(AUTHORS, state_paid=True, declared=frozenset({50}))
STRICT = RuleSet(superior_is_conflict=True, subordinate_is_conflict=True, same_subunit_is_conflict=True)


@pytest.mark.parametrize(
    ("member", "rules", "kinds"),
    [
        (PersonFacts(1, 1, 9), DEFAULT, ["author"]),
        (PersonFacts(2, 2, 9), DEFAULT, ["co_author"]),
        (PersonFacts(70, 2, 9), DEFAULT, ["same_person"]),
        (PersonFacts(1, 1, 9, heads_unit=True), DEFAULT, ["head_as_author", "author"]),
        (PersonFacts(9, 9, 9, heads_unit=True), DEFAULT, []),
        (PersonFacts(50, 50, 9), DEFAULT, ["declared"]),
        (PersonFacts(9, 9, 12), DEFAULT, []),
        (PersonFacts(9, 9, 12), STRICT, ["same_subunit"]),
        (PersonFacts(9, 9, 9, commands=frozenset({COMPANY})), DEFAULT, []),
        (PersonFacts(9, 9, 9, commands=frozenset({COMPANY})), STRICT, ["superior"]),
        (PersonFacts(9, 9, 9, commands=frozenset({REGIMENT})), STRICT, []),
        (PersonFacts(9, 9, 9), STRICT, []),
        (PersonFacts(9, 9, 30, unit_path="/1/4/9/30/"), DEFAULT, []),
        (PersonFacts(9, 9, 30, unit_path="/1/4/9/30/"), STRICT, ["subordinate"]),
        (PersonFacts(9, 9, 31, unit_path="/1/4/9/30/31/"), STRICT, []),
    ],
)
def test_conflicts_are_found_by_person_and_by_the_rule_set(member, rules, kinds):
    assert conflicts_of(member, CASE, rules) == tuple(Conflict(ConflictKind(kind)) for kind in kinds)
    if kinds:
        with pytest.raises(Forbidden) as refused:
            check_no_conflict(member, CASE, rules)
        assert refused.value.field == "seat_id"
    else:
        check_no_conflict(member, CASE, rules)


def test_only_what_a_rule_set_counts_is_dismissed_and_only_for_that_person():
    dismissed = frozenset({(9, ConflictKind.SAME_SUBUNIT), (1, ConflictKind.AUTHOR), (50, ConflictKind.DECLARED)})
    case = dataclasses.replace(CASE, dismissed=dismissed)
    assert conflicts_of(PersonFacts(9, 9, 12), case, STRICT) == ()
    assert conflicts_of(PersonFacts(8, 8, 12), case, STRICT) == (Conflict(ConflictKind.SAME_SUBUNIT),)
    assert conflicts_of(PersonFacts(1, 1, 9), case, STRICT) == (Conflict(ConflictKind.AUTHOR),)
    assert conflicts_of(PersonFacts(50, 50, 9), case, STRICT) == (Conflict(ConflictKind.DECLARED),)


def test_the_head_as_author_is_no_special_case_when_the_state_did_not_pay():
    own_money = dataclasses.replace(CASE, state_paid=False)
    assert conflicts_of(PersonFacts(1, 1, 9, heads_unit=True), own_money, DEFAULT) == (Conflict(ConflictKind.AUTHOR),)


SCORERS, VOTERS = frozenset({MEMBER, CHAIR}), frozenset({CHAIR, DEPUTY, SECRETARY, MEMBER})
#: The points are known from the reveal on, whatever comes after it.
REVEALED = {"meeting", "revise", "passed", "failed", "recognised", "not_recognised", "revoked"}
# act → state it belongs to, who may; typed from the regulation
ACTS = {
    "assign": (access.check_may_assign, {"accepted", "scoring"}, {"secretary"}, ()),
    "score": (access.check_may_score, {"scoring"}, {"member", "chair"}, (SCORERS,)),
    "reveal": (access.check_may_reveal, {"scoring"}, {"secretary"}, ()),
    "run a vote": (access.check_may_run_vote, {"meeting"}, {"secretary", "chair"}, ()),
    "vote": (access.check_may_vote, {"meeting"}, {"chair", "deputy", "secretary", "member"}, (VOTERS,)),
    "record": (access.check_may_record_conclusion, {"meeting"}, {"secretary"}, ()),
    "confirm": (access.check_may_confirm, {"meeting"}, {"chair"}, ()),
    "decide": (access.check_may_decide, {"passed", "failed"}, {"decider"}, ()),
    "decline": (access.check_may_decline, {"accepted", "scoring"}, {"member", "chair"}, (SCORERS,)),
    "weigh scores": (access.check_may_weigh_scores, REVEALED, {"secretary", "chair", "decider"}, ()),
}


@pytest.mark.parametrize("act", sorted(ACTS))
@pytest.mark.parametrize("state", list(State))
def test_each_act_of_the_board_is_open_to_its_people_in_its_states(act, state):
    check, states, who, more = ACTS[act]
    now = review(state)
    facts = proposal(now)
    allowed = {name for name, actor in everybody().items() if permitted(check, actor, facts, now, *more)}
    assert allowed == (who if state.value in states else set())


@pytest.mark.parametrize("act", sorted(ACTS))
def test_no_act_of_the_board_by_an_author_or_a_recused_person(act):
    check, states, who, more = ACTS[act]
    for name, state in ((name, State(state)) for name in who for state in states):
        actor = everybody()[name]
        recused = review(state, recused=frozenset({actor.person_id}))
        own = proposal(author_ids=frozenset({actor.person_id}))
        assert not permitted(check, actor, proposal(), recused, *more)
        assert not permitted(check, actor, own, review(state), *more)


def test_boards_are_the_registrars_and_meetings_the_boards_own():
    people = everybody()
    managers = {name for name, actor in people.items() if permitted(access.check_may_manage_board, actor, REGIMENT)}
    runners = {name for name, actor in people.items() if permitted(access.check_may_run_meetings, actor, BOARD, TODAY)}
    readers = {name for name, actor in people.items() if permitted(access.check_may_read_board, actor, BOARD, TODAY)}
    assert managers == {"registrar"}
    assert runners == {"secretary", "chair", "deputy"}
    assert readers == {"secretary", "chair", "deputy", "member", "registrar", "decider", "receiver"}


def test_who_scores_what_is_planned_by_the_secretary_or_the_deputy_and_a_campaign_weighed_by_those_and_chair_and_decider():
    people = everybody()
    planners = {name for name, actor in people.items() if permitted(access.check_may_plan, actor, BOARD, TODAY)}
    weighers = {name for name, actor in people.items() if permitted(access.check_may_weigh_campaigns, actor, BOARD, TODAY)}
    assert planners == {"secretary", "deputy"}
    assert weighers == {"secretary", "chair", "deputy", "decider"}


def test_nobody_weighs_the_scores_of_what_is_under_quarantine():
    now = review(State.MEETING)
    for actor in everybody().values():
        assert not permitted(access.check_may_weigh_scores, actor, proposal(quarantined=True), now)


def may_open(state, **fields):
    now = review(state, **fields)
    return {name for name, actor in everybody().items() if permitted(access.check_may_open_review, actor, proposal(), now)}


def test_the_boards_page_of_a_review_opens_to_the_same_seats_as_the_proposal():
    offices = {"registrar", "decider", "receiver"}
    assert may_open(State.SUBMITTED) == offices
    assert may_open(State.SCORING) == offices | {"secretary", "chair", "member"}
    assert may_open(State.MEETING, chair_absent=True) == offices | {"secretary", "chair", "deputy", "member"}
    assert may_open(State.SCORING, recused=frozenset({MEMBER})) == offices | {"secretary", "chair"}


@pytest.mark.parametrize("state", list(State))
def test_conflicts_are_declared_by_seats_and_recorded_by_the_secretary_while_the_board_has_the_review(state):
    now, people = review(state), everybody()
    facts = proposal(now)
    declare, record = access.check_may_declare_conflict, access.check_may_record_recusal
    declaring = {name for name, actor in people.items() if permitted(declare, actor, facts, now, BOARD, TODAY)}
    recording = {name for name, actor in people.items() if permitted(record, actor, facts, now)}
    with_board = state.value in {"accepted", "trial", "scoring", "meeting", "revise"}
    assert declaring == ({"secretary", "chair", "deputy", "member"} if with_board else set())
    assert recording == ({"secretary"} if with_board else set())


def sheets_read(state, **fields):
    now = review(state, **fields)
    facts = proposal(now)
    read = {name: sheet_access(actor, facts, now, scorers=SCORERS, voting=VOTERS) for name, actor in everybody().items()}
    return {name: what for name, what in read.items() if what is not SheetAccess.NONE}


def test_before_the_reveal_everybody_reads_the_own_sheet_only():
    assert sheets_read(State.SCORING) == {"member": SheetAccess.OWN, "chair": SheetAccess.OWN}


def test_after_the_reveal_board_and_decider_read_all_sheets_and_authors_nothing_yet():
    everything = dict.fromkeys(("secretary", "chair", "deputy", "member", "decider"), SheetAccess.ALL)
    assert sheets_read(State.MEETING) == everything
    assert sheets_read(State.PASSED) == everything


@pytest.mark.parametrize("state", [State.RECOGNISED, State.NOT_RECOGNISED, State.REVOKED])
def test_with_the_decision_the_authors_get_means_and_unnamed_remarks(state):
    read = sheets_read(state)
    assert {read["lead_author"], read["co_author"]} == {SheetAccess.MEANS}
    assert "admin" not in read


def test_a_recused_member_reads_no_sheet_and_quarantine_closes_them_all():
    assert "member" not in sheets_read(State.MEETING, recused=frozenset({MEMBER}))
    now = review(State.MEETING)
    hidden = proposal(now, quarantined=True)
    assert sheet_access(everybody()["secretary"], hidden, now, scorers=SCORERS, voting=VOTERS) is SheetAccess.NONE
