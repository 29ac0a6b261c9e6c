"""Which pages open for whom: every page without an identifier in its address, as every demo account, against a table typed
from the regulation's roles (domain §3), not from the code."""

from __future__ import annotations

import pytest
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter

from tests.world import World

EVERYBODY = (
    "tacgia", "tacgia2", "tiepnhan", "thuky", "chutich", "uyvien1", "uyvien5", "chihuy", "chihuy2", "vanphong", "donvi", "docgia",
    "baomat", "baomat2", "kiemtra", "quantri",
)  # fmt: skip
#: Every signed-in account may write proposals, read the library, see what waits for it.
FOR_ALL = {
    "/", "/notices", "/account", "/proposals/", "/proposals/new", "/proposals/states", "/library/", "/library/help",
    "/library/adoptions", "/reports/", "/boards/",
}  # fmt: skip
#: Pages of a role; anybody else is refused.
FOR_ROLES = {
    "/proposals/quarantine": {"baomat", "baomat2"},
    "/reports/register.csv": {"chihuy", "chihuy2", "vanphong", "donvi"},
}


@pytest.mark.parametrize("number", EVERYBODY)
def test_pages_open_for_whom_the_regulation_names(world: World, number: str) -> None:
    client = world.client(number)
    expected = dict.fromkeys(FOR_ALL, 200) | {page: 200 if number in who else 403 for page, who in FOR_ROLES.items()}
    assert {page: client.get(page).status_code for page in expected} == expected


def test_without_signing_in_every_page_leads_to_the_sign_in(world: World) -> None:
    client = world.app.test_client()
    for page in (*FOR_ALL, *FOR_ROLES):
        answer = client.get(page)
        assert answer.status_code == 303
        assert answer.location.startswith("/signin")


def sample(converter: BaseConverter) -> object:
    """A value that an address part takes."""
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    return 1 if isinstance(converter, IntegerConverter) else "X-1"


def test_without_signing_in_nothing_can_be_sent(world: World) -> None:
    client = world.app.test_client()
    posts = [rule for rule in world.app.url_map.iter_rules() if "POST" in rule.methods and not rule.endpoint.startswith("api.")]
    public = {"people.signin_send", "home.set_locale"}
    for rule in posts:
        values = {name: sample(rule._converters[name]) for name in rule.arguments}
        with world.app.test_request_context():
            url = world.app.url_for(rule.endpoint, **values)
        status = client.post(url, data={}).status_code
        assert (status == 401) == (rule.endpoint not in public), rule.endpoint


def test_a_draft_and_its_children_do_not_exist_for_strangers(world: World) -> None:
    address = world.draft()
    paths = [
        f"/proposals/{address}",
        *(f"/proposals/{address}/{rest}" for rest in ("edit/idea", "papers/application.pdf", "receipt")),
    ]
    for number in set(EVERYBODY) - {"tacgia"}:
        client = world.client(number)
        assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 404), number
