"""The operations as a table: the OpenAPI document is printed from it, so the document cannot promise what does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from innovations.api.answers import SCHEMAS


@dataclass(frozen=True)
class Operation:
    """One operation: where, what for, which scope a token needs, what goes in and comes out.

    :param answer: the name of the answer's schema, where one is promised.
    :param status: of the answer when it succeeds.
    """

    method: str
    path: str
    name: str
    summary: str
    scope: str
    query: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    answer: str = ""
    status: int = 200


OPERATIONS = (
    Operation(
        "get", "/library", "library", "Search the library of recognised improvements", "library:read",
        ("q", "field", "type", "unit", "level", "year", "grade", "adopted", "sort", "page", "per_page", "literal", "typing"),
        answer="LibraryPage",
    ),
    Operation("get", "/library/{code}/similar", "library_similar", "Improvements like this one", "library:read"),
    Operation("post", "/similar", "similar", "Improvements like a title and text", "library:read", body=("title", "text"), required=("title",)),
    Operation("get", "/proposals", "proposals", "Proposals the token's account may see", "proposals:read", ("state", "page", "per_page")),
    Operation(
        "post", "/proposals", "create_proposal", "Begin a draft after the declaration", "proposals:write",
        body=("nothing_secret", "title", "situation", "content", "steps", "novelty", "author_benefit"), required=("nothing_secret",), status=201,
    ),
    Operation("get", "/proposals/{code}", "proposal", "One proposal", "proposals:read"),
    Operation(
        "patch", "/proposals/{code}", "change_proposal", "Change the text of a draft", "proposals:write",
        body=("version", "title", "situation", "content", "steps", "novelty", "author_benefit"), required=("version",),
    ),
    Operation(
        "post", "/proposals/{code}/actions/submit", "submit_proposal", "Submit", "proposals:write", body=("nothing_secret",),
        required=("nothing_secret",),
    ),
)  # fmt: skip
TYPES = {"nothing_secret": "boolean", "version": "integer", "page": "integer", "per_page": "integer"}
SCOPES = tuple(dict.fromkeys(operation.scope for operation in OPERATIONS))


def _schema(operation: Operation) -> dict[str, Any]:
    properties = {name: {"type": TYPES.get(name, "string")} for name in operation.body}
    return {"type": "object", "properties": properties, "required": list(operation.required), "additionalProperties": False}


def _described(operation: Operation) -> dict[str, Any]:
    in_path = (
        [{"name": "code", "in": "path", "required": True, "schema": {"type": "string"}}] if "{code}" in operation.path else []
    )
    in_query = [{"name": name, "in": "query", "schema": {"type": TYPES.get(name, "string")}} for name in operation.query]
    refused = {
        "description": "Refused",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    schema = {"schema": {"$ref": f"#/components/schemas/{operation.answer}"}} if operation.answer else {}
    described: dict[str, Any] = {
        "operationId": operation.name, "summary": operation.summary, "security": [{"bearer": []}],
        "parameters": in_path + in_query, "x-scope": operation.scope,
        "responses": {str(operation.status): {"description": "Done", "content": {"application/json": schema}}, "4XX": refused},
    }  # fmt: skip
    if operation.body:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": _schema(operation)}}}
    return described


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(f"/api/v1{operation.path}", {})[operation.method] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sổ Sáng kiến", "version": "1"},
        "paths": paths,
        "components": {"schemas": SCHEMAS, "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }
