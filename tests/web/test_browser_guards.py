"""What browsers are told to refuse, and what is refused when a browser tells that another site made it send it."""

from __future__ import annotations

import pytest

from innovations.proposals.models import Proposal
from tests.world import World

TLS = "https://localhost"
ANSWERS = (
    "/", "/signin", "/library/", "/library/?q=kho", "/proposals/new", "/no-such-page", "/api/v1/no-such-thing", "/healthz",
    "/static/css/components.css",
)  # fmt: skip


def _policy(text: str) -> dict[str, list[str]]:
    parts = (part.split() for part in text.split(";"))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_names_where_content_may_come_from_and_allows_nothing_inline(world: World, path: str) -> None:
    policy = _policy(world.client("tacgia").get(path).headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    allowed = {value for values in policy.values() for value in values}
    assert not allowed & {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"}


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_forbids_guessing_its_type_telling_its_address_and_sharing_its_window(world: World, path: str) -> None:
    headers = world.client("tacgia").get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", [path for path in ANSWERS if not path.startswith("/static/")])
def test_what_a_reader_sees_is_kept_by_no_cache(world: World, path: str) -> None:
    assert world.client("tacgia").get(path).headers["Cache-Control"] == "no-store"


def test_under_tls_the_browser_stays_with_it_for_a_year_for_every_name_below(world: World) -> None:
    assert (
        world.client("tacgia").get("/", base_url=TLS).headers["Strict-Transport-Security"]
        == "max-age=31536000; includeSubDomains"
    )
    assert "Strict-Transport-Security" not in world.client("tacgia").get("/").headers


@pytest.mark.parametrize(
    "told",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://elsewhere.example"},
    ],
    ids=str,
)
def test_what_another_site_made_the_browser_send_is_refused_and_changes_nothing(world: World, told: dict[str, str]) -> None:
    answer = world.client("tacgia").post("/proposals/new", data={"nothing_secret": "y"}, headers=told)
    assert answer.status_code == 403
    assert "trang bên ngoài" in answer.text
    assert Proposal.query.count() == 0


@pytest.mark.parametrize(
    "told",
    [{}, {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, {"Sec-Fetch-Site": "none"}],
    ids=["an old browser", "our page", "the history"],
)
def test_what_our_own_page_sends_is_taken(world: World, told: dict[str, str]) -> None:
    answer = world.client("tacgia").post("/proposals/new", data={"nothing_secret": "y"}, headers=told)
    assert answer.status_code == 303
    assert Proposal.query.count() == 1


def test_signing_out_tells_the_browser_to_forget_what_it_kept(world: World) -> None:
    assert world.client("tacgia").post("/signout").headers["Clear-Site-Data"] == '"cache", "storage"'
