"""The API: tokens with scope, the same policies as the pages, problem documents, one effect per Idempotency-Key."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import func, select

from innovations.extensions import db
from innovations.people.services.tokens import create_token
from innovations.proposals.models import Proposal
from tests.world import World


def caller(world: World, number: str, *scopes: str) -> FlaskClient:
    """A client that sends a fresh token of the person with every call."""
    token = create_token(world.staff.accounts[number], scopes, timedelta(hours=1))
    client = world.app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Proposal)) or 0


def test_without_a_token_nothing_is_told(world: World) -> None:
    answer = world.app.test_client().get("/api/v1/proposals")
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"


def test_a_token_without_the_scope_is_refused(world: World) -> None:
    answer = caller(world, "tacgia", "library:read").post("/api/v1/proposals", json={"nothing_secret": True})
    assert answer.status_code == 401
    assert count() == 0


def test_a_draft_is_begun_changed_and_its_gaps_are_told(world: World) -> None:
    client = caller(world, "tacgia", "proposals:read", "proposals:write")
    made = client.post("/api/v1/proposals", json={"nothing_secret": True, "title": "Bảng kiểm dụng cụ trực"})
    assert made.status_code == 201
    code = made.json["code"]
    changed = client.patch(f"/api/v1/proposals/{code}", json={"version": made.json["version"], "content": "Nội dung"})
    assert changed.json["content"] == "Nội dung"
    stale = client.patch(f"/api/v1/proposals/{code}", json={"version": made.json["version"], "content": "Khác"})
    assert stale.status_code == 409
    refused = client.post(f"/api/v1/proposals/{code}/actions/submit", json={"nothing_secret": True})
    assert refused.status_code == 422
    assert {"situation", "novelty"} <= {each["field"] for each in refused.json["errors"]}


def test_the_declaration_comes_first_here_too(world: World) -> None:
    client = caller(world, "tacgia", "proposals:write")
    refused = client.post("/api/v1/proposals", json={"nothing_secret": False, "title": "Bảng kiểm dụng cụ trực"})
    assert refused.status_code == 422
    assert count() == 0


def test_the_same_idempotency_key_has_one_effect(world: World) -> None:
    client = caller(world, "tacgia", "proposals:write", "proposals:read")
    for _ in range(2):
        client.post("/api/v1/proposals", json={"nothing_secret": True}, headers={"Idempotency-Key": "k-1"})
    assert count() == 1


def test_a_stranger_finds_nothing_of_a_submitted_proposal(world: World) -> None:
    code = world.submitted()
    answer = caller(world, "docgia", "proposals:read").get(f"/api/v1/proposals/{code}")
    assert answer.status_code == 404
    assert caller(world, "docgia", "proposals:read").get("/api/v1/proposals").json["total"] == 0


def test_unknown_fields_and_actions_are_refused(world: World) -> None:
    client = caller(world, "tacgia", "proposals:write")
    assert client.post("/api/v1/proposals", json={"nothing_secret": True, "grade": "A"}).status_code == 422
    assert client.post("/api/v1/proposals/SK-T1A-2026-0001/actions/recognise", json={}).status_code == 404
    assert count() == 0


def test_every_documented_operation_exists_and_the_reverse(world: World) -> None:
    document = world.app.test_client().get("/api/v1/openapi.json").json
    documented = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    routed = set()
    for rule in world.app.url_map.iter_rules():
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.openapi":
            path = rule.rule.replace("<", "{").replace(">", "}")
            routed |= {(path, method) for method in rule.methods - {"HEAD", "OPTIONS"}}
    assert documented == routed
