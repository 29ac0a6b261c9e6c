"""Every (state × action × role) against a table typed from the regulation, by hand and not from the code."""

import pytest
from rules_people import everybody, proposal, review

from innovations.core.rules.errors import Forbidden
from innovations.proposals.rules.access import (
    AlreadyFiled,
    AuthorMayNotAct,
    RecusedMayNotAct,
    UnderQuarantine,
    allowed_actions,
    check_may,
    may,
)
from innovations.proposals.rules.events import AuditTag, NoticeKind
from innovations.proposals.rules.states import (
    ENDED,
    HOLDER,
    TABLE,
    Action,
    ActionNotAllowed,
    State,
    WrongTarget,
    actions_from,
    transition,
)

# state, action → next states, who.  Typed from the regulation's table; "–" stands for a draft that is gone.
REGULATION = """
draft          submit         unit_review|submitted     lead_author
draft          discard        –                         lead_author
unit_review    endorse        submitted                 commander
unit_review    send_back      draft                     commander
submitted      accept         accepted                  receiver
submitted      ask_fix        needs_fix                 receiver
submitted      reject         rejected                  receiver
needs_fix      resubmit       submitted                 lead_author
needs_fix      reject         rejected                  receiver
accepted       start_trial    trial                     secretary
trial          finish_trial   accepted                  receiver
trial          fail_trial     rejected                  receiver
accepted       open_scoring   scoring                   secretary
scoring        reveal         meeting                   secretary
meeting        postpone       meeting                   secretary
meeting        conclude       passed|failed|revise      secretary,chair
revise         hand_in        scoring|meeting           lead_author
revise         close_overdue  failed                    secretary
passed         recognise      recognised                decider
passed         decline        not_recognised            decider
failed         decline        not_recognised            decider
recognised     revoke         revoked                   decider
recognised     forward        recognised                registrar
unit_review    withdraw       withdrawn                 lead_author
submitted      withdraw       withdrawn                 lead_author
needs_fix      withdraw       withdrawn                 lead_author
accepted       withdraw       withdrawn                 lead_author
trial          withdraw       withdrawn                 lead_author
scoring        withdraw       withdrawn                 lead_author
"""
EXPECTED = {
    (state, action): (set() if targets == "–" else set(targets.split("|")), set(who.split(",")))
    for state, action, targets, who in (line.split() for line in REGULATION.strip().splitlines())
}
STATES = (
    "draft unit_review submitted needs_fix accepted trial scoring meeting revise passed failed recognised rejected "
    "withdrawn not_recognised revoked"
).split()
PAIRS = [(state, action) for state in STATES for action in (*dict.fromkeys(action for _, action in EXPECTED),)]
OFFICIAL = sorted(pair for pair, (_, who) in EXPECTED.items() if who != {"lead_author"})


def test_the_states_are_those_of_the_regulation():
    assert [state.value for state in State] == STATES


def test_the_actions_are_those_of_the_regulation():
    assert {action.value for action in Action} == {action for _, action in EXPECTED}


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_each_action_is_open_to_exactly_the_roles_of_the_regulation(state, action):
    now = review(State(state))
    facts = proposal(now)
    allowed = {name for name, actor in everybody().items() if may(Action(action), actor, facts, now)}
    assert allowed == EXPECTED.get((state, action), (set(), set()))[1]


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_each_action_leads_where_the_regulation_says_or_is_refused_by_name(state, action):
    if (state, action) in EXPECTED:
        row = transition(State(state), Action(action))
        assert {target.value for target in row.targets} == EXPECTED[state, action][0]
        return
    with pytest.raises(ActionNotAllowed) as refused:
        transition(State(state), Action(action))
    assert refused.value.data == {"state": State(state), "action": Action(action)}
    assert refused.value.status == 409
    assert State(state).label in str(refused.value)


@pytest.mark.parametrize(("state", "action"), OFFICIAL)
def test_no_official_acts_on_a_proposal_they_co_authored(state, action):
    now = review(State(state))
    for role in EXPECTED[state, action][1]:
        official = everybody()[role]
        facts = proposal(now, author_ids=frozenset({official.person_id, 101}))
        with pytest.raises(AuthorMayNotAct):
            check_may(Action(action), official, facts, now)


@pytest.mark.parametrize(("state", "action"), OFFICIAL)
def test_no_official_acts_with_a_conflict_of_interest(state, action):
    for role in EXPECTED[state, action][1]:
        official = everybody()[role]
        now = review(State(state), recused=frozenset({official.person_id}))
        with pytest.raises(RecusedMayNotAct):
            check_may(Action(action), official, proposal(now), now)


@pytest.mark.parametrize(("state", "action"), sorted(EXPECTED))
def test_under_quarantine_nobody_acts(state, action):
    now = review(State(state))
    facts = proposal(now, quarantined=True)
    for role in EXPECTED[state, action][1]:
        with pytest.raises(UnderQuarantine):
            check_may(Action(action), everybody()[role], facts, now)


def test_a_refusal_by_right_is_a_403_that_says_whose_act_it_is():
    now = review(State.SUBMITTED)
    with pytest.raises(Forbidden, match="cán bộ tiếp nhận") as refused:
        check_may(Action.ACCEPT, everybody()["admin"], proposal(now), now)
    assert refused.value.status == 403


def test_the_buttons_of_a_page_are_the_actions_that_pass_the_check():
    now = review(State.SUBMITTED)
    people, facts = everybody(), proposal(now)
    assert allowed_actions(people["receiver"], facts, now) == (Action.ACCEPT, Action.ASK_FIX, Action.REJECT)
    assert allowed_actions(people["lead_author"], facts, now) == (Action.WITHDRAW,)
    assert allowed_actions(people["admin"], facts, now) == ()


def test_a_draft_that_was_sent_back_can_be_submitted_again_but_not_discarded():
    now = review(State.DRAFT)
    lead = everybody()["lead_author"]
    facts = proposal(now, ever_submitted=True)
    assert allowed_actions(lead, facts, now) == (Action.SUBMIT,)
    with pytest.raises(AlreadyFiled):
        check_may(Action.DISCARD, lead, facts, now)


def test_the_clerk_acts_for_an_author_without_an_account():
    now = review(State.NEEDS_FIX)
    clerk = everybody()["receiver"]
    facts = proposal(now, lead_id=None, author_ids=frozenset(), filed_by_id=clerk.person_id)
    assert may(Action.RESUBMIT, clerk, facts, now)
    assert not may(Action.RESUBMIT, everybody()["reader"], facts, now)


def test_the_deputy_confirms_only_while_the_chair_cannot():
    deputy = everybody()["deputy"]
    facts = proposal()
    assert not may(Action.CONCLUDE, deputy, facts, review(State.MEETING))
    assert may(Action.CONCLUDE, deputy, facts, review(State.MEETING, chair_absent=True))
    assert may(Action.CONCLUDE, deputy, facts, review(State.MEETING, recused=frozenset({202})))
    assert may(Action.CONCLUDE, deputy, proposal(lead_id=202, author_ids=frozenset({202})), review(State.MEETING))


def test_the_deputy_keeps_the_minutes_for_a_barred_secretary_unless_presiding_already():
    deputy = everybody()["deputy"]
    barred = frozenset({201})
    assert may(Action.REVEAL, deputy, proposal(), review(State.SCORING, recused=barred))
    assert not may(Action.REVEAL, deputy, proposal(), review(State.SCORING, recused=barred, chair_absent=True))


def test_forwarding_opens_a_new_review_and_leaves_the_recognition():
    row = transition(State.RECOGNISED, Action.FORWARD)
    assert (row.targets, row.new_review) == ((State.RECOGNISED,), State.SUBMITTED)


def test_a_conclusion_cannot_lead_past_the_decider():
    with pytest.raises(WrongTarget):
        transition(State.MEETING, Action.CONCLUDE).check_target(State.RECOGNISED)
    assert transition(State.MEETING, Action.CONCLUDE).check_target(State.PASSED) is State.PASSED


def test_authors_of_what_goes_to_the_commander_first_are_promised_no_receipt():
    submit = transition(State.DRAFT, Action.SUBMIT)
    assert submit.notice_on(State.UNIT_REVIEW) is NoticeKind.SENT_TO_COMMANDER
    assert submit.notice_on(State.SUBMITTED) is NoticeKind.SUBMITTED


def test_an_ended_review_is_held_by_nobody_and_every_other_by_somebody():
    assert set(HOLDER) == set(State) - ENDED


def test_a_negative_end_allows_nothing():
    assert [actions_from(State(name)) for name in ("rejected", "withdrawn", "not_recognised", "revoked")] == [()] * 4


def test_every_row_has_its_own_words_for_audit_and_reader():
    assert all(row.audit in set(AuditTag) and row.audit.label for row in TABLE.values())
    told = [row for row in TABLE.values() if row.action is not Action.DISCARD]
    assert all(row.notice in set(NoticeKind) and "%(subject)s" in row.notice.label for row in told)
    assert all(row.needs for row in TABLE.values() if row.action is not Action.WITHDRAW)
