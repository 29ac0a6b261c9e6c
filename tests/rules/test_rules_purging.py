"""Two persons: a purge takes a second security officer, broken glass a second person of another office."""

from datetime import UTC, datetime, timedelta

import pytest
from rules_people import LEAD, OTHER_REGIMENT, REGIMENT, everybody, person, proposal

from innovations.core.rules.errors import Forbidden, NotVisible
from innovations.people.rules.roles import Role
from innovations.proposals.rules import glass, purging
from innovations.proposals.rules.access import AuthorMayNotAct

OFFICER = everybody()["security_officer"]
SECOND = person(405, (Role.SECURITY_OFFICER, "/1/"))
FILED = proposal(ever_submitted=True)
OFFICERS_OWN = proposal(author_ids=frozenset({SECOND.person_id}), ever_submitted=True)


def test_only_a_security_officer_of_the_base_or_above_purges():
    for name, who in everybody().items():
        if name != "security_officer":
            with pytest.raises(Forbidden):
                purging.check_officer(who, proposal())
    purging.check_officer(OFFICER, proposal())
    purging.check_officer(SECOND, proposal())
    with pytest.raises(Forbidden):
        purging.check_officer(person(1, (Role.SECURITY_OFFICER, OTHER_REGIMENT)), proposal())


def test_no_author_purges():
    with pytest.raises(AuthorMayNotAct):
        purging.check_officer(SECOND, OFFICERS_OWN)


def test_another_officer_than_the_one_who_proposed_confirms_a_purge():
    assert purging.may_confirm(SECOND, proposal(), OFFICER.person_id)
    assert not purging.may_confirm(everybody()["admin"], proposal(), OFFICER.person_id)
    assert not purging.may_confirm(OFFICER, proposal(), OFFICER.person_id)
    with pytest.raises(purging.SecondPersonNeeded):
        purging.check_may_confirm(OFFICER, proposal(), OFFICER.person_id)


def test_security_officer_and_admin_ask_to_break_the_glass_in_the_office_nearer_to_secrecy():
    both = person(1, (Role.ADMIN, REGIMENT), (Role.SECURITY_OFFICER, REGIMENT))
    assert glass.check_may_ask(OFFICER, FILED) is Role.SECURITY_OFFICER
    assert glass.check_may_ask(everybody()["admin"], FILED) is Role.ADMIN
    assert glass.check_may_ask(both, FILED) is Role.SECURITY_OFFICER


def test_nobody_else_asks_and_nobody_for_another_base():
    elsewhere = person(1, (Role.ADMIN, OTHER_REGIMENT))
    for who in (*(who for name, who in everybody().items() if name not in {"security_officer", "admin"}), elsewhere):
        with pytest.raises(glass.NotAsker):
            glass.check_may_ask(who, FILED)


@pytest.mark.parametrize("hidden", [proposal(), proposal(ever_submitted=True, quarantined=True)], ids=["draft", "quarantine"])
def test_a_draft_and_what_is_under_quarantine_are_for_the_asker_as_if_they_did_not_exist(hidden):
    with pytest.raises(NotVisible):
        glass.check_may_ask(OFFICER, hidden)


def test_an_author_neither_asks_nor_confirms():
    with pytest.raises(AuthorMayNotAct):
        glass.check_may_ask(SECOND, OFFICERS_OWN)
    with pytest.raises(AuthorMayNotAct):
        glass.check_may_confirm(SECOND, OFFICERS_OWN, 1, Role.ADMIN)


@pytest.mark.parametrize(
    ("office", "confirmers"),
    [(Role.ADMIN, {"security_officer", "decider"}), (Role.SECURITY_OFFICER, {"decider"})],
)
def test_a_second_person_confirms_in_another_office_than_the_askers(office, confirmers):
    assert {name for name, who in everybody().items() if glass.may_confirm(who, FILED, LEAD + 5000, office)} == confirmers


def test_the_same_human_being_does_not_confirm_with_a_second_office():
    both = person(1, (Role.SECURITY_OFFICER, REGIMENT), (Role.DECIDER, REGIMENT))
    assert glass.may_confirm(both, FILED, 2, Role.SECURITY_OFFICER)
    with pytest.raises(glass.AskerMayNotConfirm):
        glass.check_may_confirm(both, FILED, 1, Role.SECURITY_OFFICER)


NOW = datetime(2026, 3, 10, 8, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)


def test_a_request_waits_a_day_unless_it_is_confirmed_or_ended():
    asked = NOW - timedelta(hours=24)
    assert glass.waits(asked, None, None, EARLIER)
    assert not glass.waits(asked, None, None, NOW)
    assert not glass.waits(asked, EARLIER, None, EARLIER)
    assert not glass.waits(asked, None, EARLIER, EARLIER)


def test_who_asked_reads_until_the_end_while_the_office_lasts_and_nothing_is_hidden():
    asker, office = OFFICER.person_id, Role.SECURITY_OFFICER
    assert glass.reads(OFFICER, FILED, asker, office, LATER, NOW)
    for until in (None, NOW):
        assert not glass.reads(OFFICER, FILED, asker, office, until, NOW)
    assert not glass.reads(OFFICER, proposal(quarantined=True), asker, office, LATER, NOW)
    assert not glass.reads(SECOND, FILED, asker, office, LATER, NOW)
    assert not glass.reads(person(asker), FILED, asker, office, LATER, NOW)
    assert not glass.reads(OFFICER, FILED, asker, Role.ADMIN, LATER, NOW)
