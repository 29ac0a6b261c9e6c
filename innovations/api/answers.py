"""What an answer of the API holds, as schemas of the OpenAPI document: a test holds real answers against them."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def _record(**properties: Schema) -> Schema:
    """An object that always has all of ``properties`` and no others."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _several(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _said(kind: str | list[str], description: str) -> Schema:
    return {"type": kind, "description": description}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_TEXT, _WHOLE, _MAYBE = {"type": "string"}, {"type": "integer"}, {"type": ["string", "null"]}
_SEGMENTS = _several(
    _several({"type": ["string", "boolean"]}, minItems=2, maxItems=2),
    description="Stretches of text, each with whether it is a hit; text, never markup",
)

SCHEMAS: dict[str, Schema] = {
    "Problem": {
        "type": "object",
        "properties": {
            "type": _TEXT, "title": _TEXT, "status": _WHOLE, "detail": _TEXT,
            "errors": _several({"type": "object", "properties": {"field": _MAYBE, "message": _TEXT}}),
        },
    },
    "Note": _record(
        code=_said("string", "What kind of remark it is: unknown_filter, bad_number, unclosed_quote, too_long …"),
        message=_said("string", "The sentence the page shows, in the account's language"),
        start=_said(["integer", "null"], "Where in `query` it begins, counted in characters; null when it has no place"),
        end=_said(["integer", "null"], "Where it ends: the first character it no longer concerns"),
        text=_said(["string", "null"], "The stretch of `query` it concerns"),
        dropped=_said("integer", "How many characters, words or operators were not searched; 0 when everything was"),
    ),
    "LibraryItem": _record(
        code=_TEXT, external_id=_MAYBE, title=_TEXT, unit=_TEXT, year={"type": ["integer", "null"]}, grade=_MAYBE, adoptions=_WHOLE,
        score={"type": "number"}, highlights=_record(title=_SEGMENTS, passage=_SEGMENTS),
        file={"anyOf": [_record(name=_TEXT, passage=_SEGMENTS), {"type": "null"}]},
    ),
    "FacetValue": _record(
        value=_TEXT, label=_TEXT, count=_said("integer", "Exact, whatever is chosen in the same facet"),
        chosen={"type": "boolean"}, depth=_said("integer", "Units listed above it in the tree, at most 4; 0 outside the tree of units"),
    ),
    "LibraryPage": _record(
        total=_WHOLE, items=_several(_ref("LibraryItem")),
        facets={"type": "object", "additionalProperties": _several(_ref("FacetValue"))},
        query=_said("string", "The words as they were read (NFC); the places of notes count in it"),
        notes=_several(_ref("Note"), description="What the reader should know about how the query was read"),
        understood=_said(["string", "null"], "What was searched instead of raw keystrokes"),
        suggestion=_said(["string", "null"], "Another spelling, of words the account may see: did you mean"),
        instead=_said("boolean", "Nothing has the words that were typed: the items are those of the suggestion"),
        available=_said("boolean", "False while the index is being built: the plain answer by title and code, without facets"),
        took_ms={"type": "number"},
    ),
}  # fmt: skip
