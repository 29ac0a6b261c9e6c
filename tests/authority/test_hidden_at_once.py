"""Under quarantine a proposal is behind no door in the very next request, whoever asks and whatever the index still holds (case 19)."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader
from werkzeug.routing import AnyConverter, IntegerConverter
from werkzeug.test import TestResponse

from innovations.proposals.services import quarantine
from tests.authority.conftest import House, Watch
from tests.authority.doors import OFFICERS
from tests.authority.sight import ACCOUNTS, SEEN
from tests.sizes import size

#: No pages of proposals: what a browser fetches, what ends or begins a sign-in.
NOT_ASKED = {"static", "people.signin", "people.signin_code"}


def words_in(answer: TestResponse) -> str:
    """What a reader finds in the answer, also in a paper or a spreadsheet."""
    body = answer.get_data()
    if body[:5] == b"%PDF-":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return body.decode(errors="replace")


def addresses(house: House, situation: str) -> list[tuple[str, str]]:
    """Every route that answers to GET, as it stands for the proposal, with a search for its own word."""
    case = house.case(situation)
    ids = {
        **case.ids,
        "kind": "application",
        "step": "idea",
        "file_format": "csv",
        "board_id": house.told.board,
        "adoption_id": house.told.adoption,
    }
    found = []
    for rule in house.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_ASKED:
            continue
        if any(isinstance(converter, AnyConverter) for converter in rule._converters.values()):
            ids["kind"] = "people"
        codes = {"code": case.certificate} if rule.endpoint in ("verify.show", "boards.certificate_paper") else {}
        values = {**ids, **codes}
        given = {
            name: values.get(name) or (1 if isinstance(rule._converters[name], IntegerConverter) else "X-1")
            for name in rule.arguments
        }
        found.append((rule.endpoint, house.url(rule.endpoint, **given) + f"?q={words_of(house, situation)[0]}&per_page=100"))
    return found


def words_of(house: House, situation: str) -> list[str]:
    """Words that no other proposal has: of its title, its situation and its files."""
    return re.findall(r"M\d+N\d+", house.case(situation).title)


def shown(house: House, account: str, situation: str) -> set[str]:
    """Routes that show a word of the proposal to the account."""
    word, found = words_of(house, situation)[1].lower(), set()  # not the one asked for, which pages repeat
    for endpoint, address in addresses(house, situation):
        api = endpoint.startswith("api.")
        client = house.app.test_client() if api else house.clients[account]
        headers = {"Authorization": f"Bearer {house.told.tokens[account]}"} if api else {}
        if word in words_in(client.get(address, headers=headers)).lower():
            found.add(endpoint)
    return found


def _one_of_each_capacity(situation: str) -> list[str]:
    """Accounts in every capacity in which somebody saw the proposal or did not; in full everybody but the officers."""
    others = [account for account in ACCOUNTS if account not in OFFICERS]
    return size([*{SEEN[situation][account]: account for account in others}.values()], others)


@pytest.mark.parametrize("situation", ["recognised_open", "meeting"])
def test_nothing_of_it_is_behind_any_door_in_the_next_request(house: House, watch: Watch, situation: str) -> None:
    before = shown(house, "chihuy", situation)
    assert before >= {
        "proposals.show",
        "proposals.index",
        "api.proposals",
        "proposals.receipt",
    }  # the test finds what there is to find
    assert situation != "meeting" or "boards.attached" in shown(house, "chutich", situation)
    quarantine.hide(house.world.actor("baomat"), house.case(situation).ids["code"], reason="Nghi có nội dung mật.")
    left = {account: shown(house, account, situation) for account in _one_of_each_capacity(situation)}
    assert {account: routes for account, routes in left.items() if routes} == {}
    # "The security officer opens what is under quarantine, to judge it; search, exports and other pages hide it from the officer too."
    officer = shown(house, "baomat2", situation) - {
        "proposals.show", "proposals.quarantined", "proposals.index", "api.proposal", "api.proposals", "proposals.download", "boards.blind_file",
        "proposals.receipt", "proposals.compare",
    }  # fmt: skip
    assert officer == set()
