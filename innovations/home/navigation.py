"""The bar at the top: entries of the features, in order, each shown to whom it is of use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from flask_babel import get_locale, gettext
from flask_login import current_user

from innovations.core.clock import today
from innovations.core.formats import named
from innovations.notifications import unread_count
from innovations.people.rules.roles import Actor


@dataclass(frozen=True)
class NavItem:
    """One entry.  ``shown_to`` only spares people useless links; the page behind asks its own policy."""

    label: str
    endpoint: str
    icon: str
    order: int
    shown_to: Callable[[Actor], bool] = lambda _actor: True


@dataclass(frozen=True)
class NavLink:
    """An entry as the template draws it."""

    label: str
    url: str
    icon: str
    active: bool
    count: int = 0


_items: dict[str, NavItem] = {}


def register_nav(item: NavItem) -> None:
    """Add an entry; the same endpoint again replaces it."""
    _items[item.endpoint] = item


def _links(actor: Actor) -> list[NavLink]:
    known = current_app.view_functions
    chosen = sorted(
        (item for item in _items.values() if item.endpoint in known and item.shown_to(actor)), key=lambda item: item.order
    )
    here = _here([item.endpoint for item in chosen])
    return [NavLink(gettext(item.label), url_for(item.endpoint), item.icon, item.endpoint == here) for item in chosen]


def _here(endpoints: Sequence[str]) -> str | None:
    """Which entry the page belongs to: its own, else the first of its feature."""
    if request.endpoint in endpoints:
        return request.endpoint
    return next((each for each in endpoints if each.partition(".")[0] == request.blueprint), None)


def template_context() -> dict[str, Any]:
    """What every template knows: the reader, the bar, the language."""
    reader = current_user._get_current_object() if current_user.is_authenticated else None
    return {
        "actor": reader,
        "nav": _links(reader.actor) if reader else [],
        "unread": unread_count(reader.actor) if reader else 0,
        "locale": str(get_locale() or "vi")[:2],
        "demo": bool(current_app.config["DEMO"]),
        "app_name": named(current_app.config["APP_NAME"]),
        "today": today(),
    }
