"""Every door gives the same answer about a proposal: its page, the list, the search, the library, the API, counts and exports."""

from __future__ import annotations

import csv
import io
import re

import pytest

from innovations.proposals.services import quarantine
from tests.authority.conftest import House, Watch
from tests.authority.sight import ACCOUNTS, LIBRARY, SEEN, SITUATIONS
from tests.authority.teller import EVERYWHERE

pytestmark = pytest.mark.xdist_group("told world")  # every situation told once, not once per process

ALL = "?per_page=100"
#: Words that only one proposal has: the search for them finds it or nothing.
CASES = tuple(SITUATIONS)


def seen_by(account: str) -> set[str]:
    """The situations whose proposal the regulation shows to the account."""
    return {situation for situation in CASES if SEEN[situation][account] != "."}


def situations_of(house: House, codes: set[str]) -> set[str]:
    by_code = {house.case(name).ids["code"]: name for name in CASES}
    return {by_code[code] for code in codes if code in by_code}


def codes_in(text: str) -> set[str]:
    return set(re.findall(r'data-code="([^"]+)"', text))


def page(house: House, account: str, path: str) -> str:
    answer = house.clients[account].get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def asked(house: House, account: str, path: str) -> dict[str, object]:
    answer = house.app.test_client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {house.told.tokens[account]}"})
    found: dict[str, object] = answer.get_json()
    return found


def exported(house: House, account: str, path: str) -> set[str]:
    answer = house.clients[account].get(path)
    if answer.status_code == 403:
        return set()
    rows = csv.DictReader(
        io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";" if b";" in answer.get_data()[:60] else ","
    )
    return {row["Mã số"] if "Mã số" in row else row["code"] for row in rows}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_list_api_and_page_show_the_same_proposals(house: House, account: str) -> None:
    expected = seen_by(account)
    listed = page(house, account, f"/proposals/{ALL}")
    assert situations_of(house, codes_in(listed)) == expected
    answered = asked(house, account, f"/proposals{ALL}")
    assert situations_of(house, {item["code"] for item in answered["items"]}) == expected  # type: ignore[attr-defined]
    assert answered["total"] == len(expected)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_search_finds_what_the_page_shows_and_nothing_else(house: House, account: str) -> None:
    # "A quarantined item vanishes from search", for the officer too.
    expected = {situation for situation in seen_by(account) if not situation.startswith("quarantined")}
    assert situations_of(house, codes_in(page(house, account, f"/proposals/{ALL}&q={EVERYWHERE}"))) == expected


@pytest.mark.parametrize("account", ACCOUNTS)
def test_similar_proposals_are_those_the_account_sees(house: House, account: str) -> None:
    turn = ACCOUNTS.index(account)
    token = {"Authorization": f"Bearer {house.told.tokens[account]}"}
    for situation in [name for place, name in enumerate(CASES) if place % 3 == turn % 3]:
        sent = {"title": " ".join(re.findall(r"M\d+N\d+", house.case(situation).title))}
        answer = house.app.test_client().post("/api/v1/similar", json=sent, headers=token)
        liked = house.case(situation).ids["code"] in {item["code"] for item in answer.get_json()["items"]}
        assert liked == (situation in seen_by(account) and not situation.startswith("quarantined")), situation


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_library_shows_and_counts_what_is_recognised_and_seen(house: House, account: str) -> None:
    expected = seen_by(account) & set(LIBRARY.split())
    assert situations_of(house, codes_in(page(house, account, f"/library/{ALL}"))) == expected
    answered = asked(house, account, f"/library{ALL}")
    assert situations_of(house, {item["code"] for item in answered["items"]}) == expected  # type: ignore[attr-defined]
    assert answered["total"] == len(expected)
    for entries in answered["facets"].values():  # type: ignore[attr-defined]
        assert all(entry["count"] <= len(expected) for entry in entries)
    assert situations_of(house, exported(house, account, "/reports/library.csv")) == expected


#: Whose registers hold what (case 20: the reader's subtree only): what ended, under the command or office, as far as it is seen.
ENDED = {
    "rejected",
    "withdrawn",
    "withdrawn_early",
    "not_recognised",
    "recognised_open",
    "recognised_internal",
    "forwarded",
    "revoked",
}
REGISTER = {"chihuy": ENDED, "chihuy2": set(), "vanphong": ENDED - {"withdrawn_early"}, "donvi": set()}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_register_holds_the_own_subtree_only(house: House, account: str) -> None:
    assert situations_of(house, exported(house, account, "/reports/register.csv")) == REGISTER.get(account, set())


PLACES = (
    "/", "/notices", f"/proposals/{ALL}", f"/library/{ALL}", "/library/adoptions", "/reports/", "/boards/", "/boards/decisions/",
    "/proposals/quarantine", "/admin/", "/admin/people", "/admin/register",
)  # fmt: skip


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_page_tells_a_title_that_its_reader_may_not_see(house: House, watch: Watch, account: str) -> None:
    board = house.told.board
    meetings = {house.case(name).ids["number"] for name in CASES if house.case(name).ids["number"]}
    around = (f"/boards/{board}", f"/boards/{board}/queue", f"/boards/{board}/seats", f"/boards/{board}/meetings/new")
    decisions = {house.case(name).ids["decision_id"] for name in CASES}
    paths = [*PLACES, *around, *(f"/boards/{board}/meetings/{number}" for number in meetings)]
    paths += [f"/boards/{board}/meetings/{number}/edit" for number in meetings]
    paths += [f"/boards/decisions/{decision}" for decision in decisions]
    hidden = {house.case(name).title for name in CASES} - {house.case(name).title for name in seen_by(account)}
    told = {}
    for path in paths:
        text = house.clients[account].get(path).get_data(as_text=True)
        if found := {title for title in hidden if title in text}:
            told[path] = found
    assert told == {}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_counts_on_the_list_and_the_reports_are_of_what_is_seen(house: House, account: str) -> None:
    listed = page(house, account, "/proposals/?per_page=1")
    total = re.search(r'data-total="?(\d*)"?[^>]*>(\d*)', listed)
    assert total is not None
    assert int(total.group(1) or total.group(2)) == len(seen_by(account))


def test_what_is_put_under_quarantine_vanishes_from_every_door_before_the_index_follows(house: House, watch: Watch) -> None:
    case = house.case("recognised_open")
    quarantine.hide(house.world.actor("baomat"), case.ids["code"], reason="Nghi có nội dung mật.")
    words = re.findall(r"M\d+N\d+", case.title)
    for account in ("tacgia", "docgia", "thuky", "quantri", "vanphong"):
        client, token = house.clients[account], {"Authorization": f"Bearer {house.told.tokens[account]}"}
        for path in (
            f"/proposals/?q={words[0]}",
            f"/library/?q={words[0]}",
            "/reports/library.csv",
            "/reports/",
            "/notices",
            "/",
        ):
            assert case.title not in client.get(path).get_data(as_text=True), (account, path)
        for path in (f"/api/v1/library?q={words[0]}", f"/api/v1/library/{house.case('forwarded').ids['code']}/similar"):
            assert case.ids["code"] not in client.get(path, headers=token).get_data(as_text=True), (account, path)
        liked = client.post("/api/v1/similar", json={"title": " ".join(words)}, headers=token).get_data(as_text=True)
        assert case.ids["code"] not in liked, account
        assert client.get(f"/verify/{case.certificate}").status_code == 404
