"""Complaints: by the lead author within the months of the rule set, one at a time, answered by a head who had no part in it."""

import dataclasses
from datetime import date

import pytest
from rules_people import CO_AUTHOR, LEAD, REGIMENT, everybody, person, proposal, review

from innovations.core.rules.calendar import WorkingCalendar
from innovations.people.rules.roles import Role
from innovations.proposals.rules import complaints
from innovations.proposals.rules.access import AuthorMayNotAct, NotDecider, NotLeadAuthor, RecusedMayNotAct, UnderQuarantine
from innovations.proposals.rules.states import State
from innovations.regulations.rules.rulesets import DEFAULT

UNTIL = date(2026, 6, 30)
WITH_OUTCOME = {"recognised", "rejected", "not_recognised", "revoked"}
HEAD = everybody()["decider"]


def complain(actor, facts=None, state=State.NOT_RECOGNISED, *, until=UNTIL, today=UNTIL, is_open=False):
    complaints.check_may_complain(actor, facts or proposal(), review(state), until=until, today=today, is_open=is_open)


@pytest.mark.parametrize("state", list(State))
def test_there_is_something_to_complain_of_once_somebody_else_gave_an_outcome(state):
    if state.value in WITH_OUTCOME:
        complain(person(LEAD), state=state)
    else:
        with pytest.raises(complaints.NothingToComplainOf):
            complain(person(LEAD), state=state)


def test_what_an_old_register_says_was_not_given_here_and_is_not_complained_of():
    with pytest.raises(complaints.NothingToComplainOf):
        complain(person(LEAD), until=None)


def test_the_lead_author_complains_and_for_a_lead_without_account_the_clerk_who_filed():
    complain(person(302), proposal(lead_id=None, filed_by_id=302))
    for other in (person(CO_AUTHOR), HEAD):
        with pytest.raises(NotLeadAuthor):
            complain(other)


def test_the_last_day_belongs_to_the_time_for_complaints_and_the_next_one_is_too_late():
    complain(person(LEAD), today=UNTIL)
    with pytest.raises(complaints.ComplaintTooLate) as refused:
        complain(person(LEAD), today=date(2026, 7, 1))
    assert refused.value.data == {"until": UNTIL}


def test_one_complaint_at_a_time_and_none_about_what_is_hidden():
    with pytest.raises(complaints.ComplaintOpen):
        complain(person(LEAD), is_open=True)
    with pytest.raises(UnderQuarantine):
        complain(person(LEAD), proposal(quarantined=True))


def test_the_answer_is_due_after_calendar_months_on_a_working_day():
    calendar = WorkingCalendar(holidays=frozenset({date(2026, 4, 30)}))
    slow = dataclasses.replace(DEFAULT, complaint_answer_months=2)
    assert complaints.answer_due(date(2026, 3, 10), DEFAULT, calendar) == date(2026, 4, 10)
    assert complaints.answer_due(date(2026, 2, 28), slow, calendar) == date(2026, 4, 28)
    assert complaints.answer_due(date(2026, 3, 30), DEFAULT, calendar) == date(2026, 5, 1)


def test_the_head_of_the_unit_or_above_answers():
    now = review(State.NOT_RECOGNISED)
    assert {name for name, who in everybody().items() if complaints.may_answer(who, proposal(), now)} == {"decider"}
    assert complaints.may_answer(person(1, (Role.DECIDER, "/1/")), proposal(), now)
    with pytest.raises(NotDecider):
        complaints.check_may_answer(person(1, (Role.DECIDER, "/1/4/10/")), proposal(), now)


def test_a_head_who_wrote_it_or_has_a_conflict_does_not_answer_and_nobody_what_is_hidden():
    mine, party = frozenset({HEAD.person_id}), review(State.NOT_RECOGNISED, recused=frozenset({HEAD.person_id}))
    with pytest.raises(AuthorMayNotAct):
        complaints.check_may_answer(HEAD, proposal(author_ids=mine), review(State.NOT_RECOGNISED))
    with pytest.raises(RecusedMayNotAct):
        complaints.check_may_answer(HEAD, proposal(), party)
    with pytest.raises(UnderQuarantine):
        complaints.check_may_answer(HEAD, proposal(quarantined=True), review(State.NOT_RECOGNISED))
    assert not complaints.may_answer(HEAD, proposal(), party)


def readers(facts, now):
    return {name for name, who in everybody().items() if complaints.reads_complaints(who, facts, now)}


def test_complaints_are_read_by_the_authors_the_head_and_the_standing_office():
    now = review(State.NOT_RECOGNISED)
    assert readers(proposal(), now) == {"lead_author", "co_author", "decider", "registrar"}
    assert readers(proposal(filed_by_id=302), now) == {"lead_author", "co_author", "decider", "registrar", "receiver"}
    assert readers(proposal(quarantined=True), now) == set()
    assert not complaints.reads_complaints(person(1, (Role.REGISTRAR, "/1/4/10/")), proposal(), now)


def test_a_conflict_closes_complaints_to_an_office_and_not_to_an_author():
    party = review(State.NOT_RECOGNISED, recused=frozenset({HEAD.person_id, CO_AUTHOR}), unit_path=REGIMENT)
    assert readers(proposal(), party) == {"lead_author", "co_author", "registrar"}
