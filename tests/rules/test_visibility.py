"""Who sees what, against a table typed from the regulation."""

import pytest
from rules_people import (
    COMPANY,
    DIVISION,
    MEMBER,
    OTHER_REGIMENT,
    REGIMENT,
    SECRETARY,
    everybody,
    person,
    proposal,
    review,
)

from innovations.people.rules.roles import Role
from innovations.proposals.rules.access import (
    NotLeadAuthor,
    NotWithAuthors,
    UnderQuarantine,
    check_may_edit,
    may_edit,
    may_quarantine,
    may_see_confidential,
    may_see_events,
)
from innovations.proposals.rules.content import Handling
from innovations.proposals.rules.states import State
from innovations.proposals.rules.visibility import document_tokens, reader_tokens, similarity_tokens, visible

AUTHORS = {"lead_author", "co_author"}
LEVEL = AUTHORS | {"commander", "receiver", "registrar", "decider"}
BOARD = LEVEL | {"secretary", "chair", "member"}
EVERYBODY = set(everybody())
SEES = {
    "draft": AUTHORS,
    "unit_review": AUTHORS | {"commander"},
    "submitted": LEVEL,
    "needs_fix": LEVEL,
    "accepted": BOARD,
    "trial": BOARD,
    "scoring": BOARD,
    "meeting": BOARD,
    "revise": BOARD,
    "passed": BOARD,
    "failed": BOARD,
    "recognised": EVERYBODY,
    "rejected": BOARD,
    "withdrawn": BOARD,
    "not_recognised": BOARD,
    "revoked": BOARD,
}
CONFIDENTIAL = BOARD - {"registrar"}


def seers(facts):
    return {name for name, actor in everybody().items() if visible(actor, facts)}


@pytest.mark.parametrize("state", list(State))
def test_each_state_opens_a_proposal_to_exactly_those_the_regulation_names(state):
    assert seers(proposal(review(state))) == SEES[state.value]


def test_a_proposal_withdrawn_before_the_base_received_it_never_reaches_the_receiver():
    early = review(State.WITHDRAWN, reached_submitted=False, reached_accepted=False)
    assert seers(proposal(early)) == AUTHORS | {"commander"}


def test_a_proposal_rejected_at_the_formal_check_never_reaches_the_board():
    assert seers(proposal(review(State.REJECTED, reached_accepted=False))) == LEVEL


def test_a_recused_member_loses_what_the_seat_gave():
    now = review(State.SCORING, recused=frozenset({MEMBER, SECRETARY}))
    assert seers(proposal(now)) == (BOARD | {"deputy"}) - {"member", "secretary"}


def test_under_quarantine_only_the_security_officer_sees_it_whatever_its_state():
    for state in State:
        assert seers(proposal(review(state), quarantined=True)) == {"security_officer"}


def test_an_internal_recognition_is_read_in_the_owning_unit_and_below_and_by_the_command_above():
    facts = proposal(review(State.RECOGNISED), handling=Handling.INTERNAL)
    assert visible(person(1, unit_path=REGIMENT), facts)
    assert visible(person(1, unit_path=COMPANY), facts)
    assert not visible(person(1, unit_path=OTHER_REGIMENT), facts)
    assert not visible(person(1, unit_path=DIVISION), facts)
    assert visible(person(1, (Role.COMMANDER, DIVISION), unit_path=DIVISION), facts)
    assert not visible(person(1, (Role.AUDITOR, DIVISION), unit_path=DIVISION), facts)


def test_an_open_recognition_carries_one_token_only_so_that_the_library_stays_small():
    assert document_tokens(proposal(review(State.RECOGNISED))) == {"any"}


def test_revoking_an_open_recognition_closes_it_again():
    outsider = everybody()["reader"]
    assert visible(outsider, proposal(review(State.RECOGNISED)))
    assert not visible(outsider, proposal(review(State.REVOKED)))


def test_a_receiver_of_another_regiment_sees_nothing_and_one_of_the_division_sees_all_below():
    facts = proposal(review(State.SUBMITTED))
    assert not visible(person(1, (Role.RECEIVER, OTHER_REGIMENT)), facts)
    assert visible(person(1, (Role.RECEIVER, DIVISION)), facts)


def test_a_unit_whose_number_begins_alike_is_another_unit():
    facts = proposal(review(State.SUBMITTED))
    assert not visible(person(1, (Role.RECEIVER, "/1/4/90/")), facts)
    assert not person(1, (Role.RECEIVER, "/1/4/9/")).holds(Role.RECEIVER, "/1/4/90/")


def test_a_second_review_above_opens_it_to_that_level_too():
    base = review(State.RECOGNISED)
    above = review(State.SUBMITTED, review_id=2, unit_id=4, unit_path=DIVISION)
    receiver_above = person(1, (Role.RECEIVER, DIVISION), unit_path=DIVISION)
    facts = proposal(base, above, handling=Handling.INTERNAL)
    assert visible(receiver_above, facts)
    assert not visible(receiver_above, proposal(base, handling=Handling.INTERNAL))


def test_pending_proposals_of_the_own_base_count_as_matches_without_being_opened():
    facts = proposal(review(State.SUBMITTED))
    secretary = everybody()["secretary"]
    assert not visible(secretary, facts)
    assert similarity_tokens(secretary, [9]) & document_tokens(facts)
    assert not similarity_tokens(secretary, [10]) & document_tokens(facts)


def test_a_draft_is_no_match_for_anybody_else():
    assert not similarity_tokens(everybody()["secretary"], [9]) & document_tokens(proposal(review(State.DRAFT)))


def test_a_reader_without_grants_carries_himself_his_units_and_the_library():
    assert reader_tokens(person(7, unit_path=COMPANY)) == {
        "any", "person:7", "under:1", "under:4", "under:9", "under:12",
    }  # fmt: skip


def test_confidential_fields_are_read_by_those_who_judge_and_not_by_who_administers():
    facts = proposal(review(State.SCORING))
    assert {name for name, actor in everybody().items() if may_see_confidential(actor, facts)} == CONFIDENTIAL


def test_a_recognised_open_proposal_keeps_its_confidential_fields_closed():
    assert not may_see_confidential(everybody()["reader"], proposal(review(State.RECOGNISED)))


def test_confidential_fields_open_with_the_stage_like_the_proposal_itself():
    early = proposal(review(State.UNIT_REVIEW))
    assert {name for name, actor in everybody().items() if may_see_confidential(actor, early)} == (AUTHORS | {"commander"})
    assert not may_see_confidential(everybody()["commander"], proposal(review(State.DRAFT)))


def test_quarantine_closes_confidential_fields_events_and_editing_to_the_authors_too():
    now = review(State.DRAFT)
    lead, hidden = everybody()["lead_author"], proposal(now, quarantined=True)
    assert not may_see_confidential(lead, hidden)
    assert not may_see_events(lead, hidden)
    assert may_see_events(lead, proposal(now))
    with pytest.raises(UnderQuarantine):
        check_may_edit(lead, hidden, now)


def test_a_recused_member_reads_no_confidential_field():
    facts = proposal(review(State.SCORING, recused=frozenset({MEMBER})))
    assert not may_see_confidential(everybody()["member"], facts)


def test_the_auditor_reads_events_but_no_content():
    facts = proposal(review(State.SCORING))
    auditor = everybody()["auditor"]
    assert may_see_events(auditor, facts)
    assert not visible(auditor, facts)
    assert not may_see_events(auditor, proposal(review(State.DRAFT)))
    assert not may_see_events(everybody()["admin"], facts)


@pytest.mark.parametrize("state", list(State))
def test_only_the_lead_author_changes_the_text_and_only_while_it_lies_with_the_authors(state):
    now = review(state)
    facts = proposal(now)
    editors = {name for name, actor in everybody().items() if may_edit(actor, facts, now)}
    assert editors == ({"lead_author"} if state.value in {"draft", "needs_fix", "revise"} else set())


def test_editing_is_refused_with_the_reason():
    now = review(State.SCORING)
    people, facts = everybody(), proposal(now)
    with pytest.raises(NotWithAuthors, match="Đang thẩm định"):
        check_may_edit(people["lead_author"], facts, now)
    with pytest.raises(NotLeadAuthor):
        check_may_edit(people["co_author"], facts, review(State.DRAFT))
    check_may_edit(people["lead_author"], facts, review(State.DRAFT))


def test_quarantine_is_the_act_of_the_security_officer_of_the_base_or_above():
    facts = proposal(review(State.SUBMITTED))
    assert may_quarantine(everybody()["security_officer"], facts)
    assert not may_quarantine(person(1, (Role.SECURITY_OFFICER, COMPANY)), facts)
    assert not may_quarantine(everybody()["admin"], facts)
