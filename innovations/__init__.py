"""Sổ Sáng kiến: the registry of initiatives and technical improvements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application.  Nothing else is read or written, nothing is migrated, no thread is started; it never exits.

    :param overrides: configuration keys that win over the instance's; ``INSTANCE`` is another instance folder.
    :raises UnsafeConfiguration: a key holds a value the application will not run with.
    :raises UndeclaredRoute: a route does not say who may open it.
    """
    # Here and not at the top: a pure rule is imported without the application, and so is what starts the two processes (1 s).
    from innovations.application import build

    return build(overrides)
