"""Bodies of calls: one JSON object each, with members that the document names, of the kinds it says."""

from __future__ import annotations

from typing import Any

from flask import request

from innovations.api.operations import TYPES, Operation
from innovations.core.rules.errors import N_, Invalid


class NotJson(Invalid):
    """The body is not one JSON object, or has a field the operation does not know."""

    message = N_("Nội dung gửi lên phải là một đối tượng JSON với các trường đã công bố; sai ở “%(name)s”.")


def _sent() -> Any:
    """What was sent as JSON; None when it is none, or when lists stand in lists more deeply than can be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:  # no error of Flask's: it knows ill-formed JSON only
        return None


def _fits(kind: str, value: object) -> bool:
    """Whether the member is of the kind that the document says; ``true`` is no integer, and no row's number has 19 digits."""
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18
    return isinstance(value, {"boolean": bool, "string": str}[kind])


def read_body(row: Operation) -> dict[str, Any]:
    """The members that were sent to an operation.

    :raises NotJson: see there.
    """
    body = _sent()
    if not isinstance(body, dict):
        raise NotJson(name="body")
    wrong = [name for name in body if name not in row.body] + [name for name in row.required if name not in body]
    wrong += [name for name, value in body.items() if name in row.body and not _fits(TYPES.get(name, "string"), value)]
    if wrong:
        raise NotJson(wrong[0], name=wrong[0])
    return body
