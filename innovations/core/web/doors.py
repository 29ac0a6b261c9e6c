"""Every route says who may open it; an undeclared one stops the application from starting.

``@public`` needs no sign-in.  ``@signed_in`` needs one, and the use case or query behind it asks its feature's policy.
``innovations.people.doors.needs`` adds a role.  The mark stands directly under the route's line.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC, SIGNED_IN = "public", "signed in"
#: Flask's own route for files under ``static/``.
DECLARED_BY_FLASK = {"static": PUBLIC}


class UndeclaredRoute(RuntimeError):
    """A route without ``@public`` or ``@signed_in``: who may open it is not known."""


def public(view: View) -> View:
    """Anybody may open this route, without signing in."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Any signed-in account may open this route; what it shows is the policy's business."""
    view.access = SIGNED_IN  # type: ignore[attr-defined]
    return view


def repeatable(view: View) -> View:
    """The route is sent again and again with one form's fields, or keeps the key itself: the form's key is not spent by it."""
    view.repeatable = True  # type: ignore[attr-defined]
    return view


def is_repeatable(endpoint: str | None) -> bool:
    """Whether the route's key is its own business."""
    return bool(endpoint and getattr(current_app.view_functions.get(endpoint), "repeatable", False))


def access_of(app: Flask, endpoint: str | None) -> str | None:
    """What the route declared, or ``None``."""
    if endpoint is None:
        return None
    view = app.view_functions.get(endpoint)
    declared = getattr(view, "access", None) or getattr(getattr(view, "view_class", None), "access", None)
    return declared or DECLARED_BY_FLASK.get(endpoint)


def refuse_undeclared(app: Flask) -> None:
    """Refuse to start with a route that nobody declared.

    :raises UndeclaredRoute: names each such endpoint.
    """
    missing = sorted({rule.endpoint for rule in app.url_map.iter_rules() if access_of(app, rule.endpoint) is None})
    if missing:
        raise UndeclaredRoute(", ".join(missing))
