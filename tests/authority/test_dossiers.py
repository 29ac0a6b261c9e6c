"""Every page and every act around a proposal, in every situation, as every account, against the regulation's tables."""

from __future__ import annotations

import pytest

from tests.authority.conftest import House, Watch
from tests.authority.doors import ACTS, PAGES, named
from tests.authority.events import READING_WRITES, REFUSAL_WRITES
from tests.authority.knocking import knocking
from tests.authority.sight import ACCOUNTS, EVENTS, HANDLES, SEEN, SITUATIONS
from tests.authority.teller import CONFIDENTIAL

pytestmark = pytest.mark.xdist_group("told world")  # every situation told once, not once per process

#: Attempts to change a sheet that rests are "refused and audited" (domain §9, case 8).
AUDITED = dict.fromkeys(REFUSAL_WRITES, {"audit_event"})
#: What a refused act leaves: similar proposals found for an author who then has to say how his differs.
LEAVES = {**AUDITED, "proposals.submit": {"similarity_finding"}}


def told(wrong: dict[str, object]) -> str:
    """Each difference on a line: the door, the account, what came, what the regulation says."""
    return "\n" + "\n".join(f"{what}: {came}" for what, came in wrong.items())


@pytest.mark.parametrize("situation", SITUATIONS)
def test_pages_of_a_proposal_open_for_whom_the_regulation_names(house: House, watch: Watch, situation: str) -> None:
    case, wrong, meant = house.case(situation), {}, set()
    for turn, door in enumerate(PAGES, SITUATIONS.index(situation)):
        for account in knocking(door, situation, turn) if door.is_tried(situation) else ():
            answer, expected = house.send(door, account, case, "GET"), door.expected(situation, account)
            if answer.status_code not in expected:
                wrong[f"{named(door)} as {account}"] = (answer.status_code, sorted(expected))
            body = answer.get_data().decode(errors="replace")
            if CONFIDENTIAL in body and SEEN[situation][account] not in HANDLES:
                wrong[f"{named(door)} as {account} reads the confidential field"] = (answer.status_code, [])
            if answer.status_code != 200 and case.title in body:
                wrong[f"{named(door)} as {account} tells the title"] = (answer.status_code, [])
            if answer.status_code == 200:
                meant |= READING_WRITES.get(door.endpoint, set())
    assert not wrong, told(wrong)
    assert set(watch.events()) == meant
    assert watch.changed() - ({"audit_event"} if meant else set()) == set()


@pytest.mark.parametrize("situation", SITUATIONS)
def test_acts_are_done_by_whom_the_regulation_names_and_change_nothing_otherwise(
    house: House, watch: Watch, situation: str
) -> None:
    case, wrong = house.case(situation), {}
    for turn, door in enumerate(ACTS, SITUATIONS.index(situation)):
        method = "PATCH" if door.endpoint == "api.change_proposal" else "POST"
        for account in knocking(door, situation, turn) if door.is_tried(situation) else ():
            answer, expected = house.send(door, account, case, method), door.expected(situation, account)
            if answer.status_code not in expected:
                wrong[f"{named(door)} as {account}"] = (answer.status_code, sorted(expected))
            touched = watch.touched()
            stored = watch.changed() if touched and answer.status_code >= 400 else set()
            if stored and (written := set(watch.events())) != REFUSAL_WRITES.get(door.endpoint, set()):
                wrong[f"{named(door)} as {account} was refused and wrote"] = (answer.status_code, sorted(written))
            if stored - LEAVES.get(door.endpoint, set()):
                wrong[f"{named(door)} as {account} was refused and stored"] = (answer.status_code, sorted(stored))
            if stored or (touched and answer.status_code < 400):
                watch.again()
    assert not wrong, told(wrong)


def test_the_auditor_reads_code_state_dates_and_events_and_nothing_anybody_wrote(house: House) -> None:
    client = house.clients["kiemtra"]
    listed = client.get("/proposals/audit?per_page=100").get_data(as_text=True)
    for situation in SITUATIONS:
        case = house.case(situation)
        answer = client.get(f"/proposals/{case.ids['address']}/events")
        assert answer.status_code == (200 if situation in EVENTS.split() else 404), situation
        assert (f'data-code="{case.ids["address"]}"' in listed) == (situation in EVENTS.split()), situation
        for text in (answer.get_data(as_text=True), listed):
            assert case.title not in text
            assert "Nguyễn Văn An" not in text  # the lead author


def test_every_account_knocks_at_every_door() -> None:
    doors = [*enumerate(PAGES), *enumerate(ACTS)]
    knocked = {
        (door, account)
        for turn, door in doors
        for place, situation in enumerate(SITUATIONS)
        if door.is_tried(situation)
        for account in knocking(door, situation, turn + place)
    }
    assert {(named(door), account) for _turn, door in doors for account in ACCOUNTS if (door, account) not in knocked} == set()
