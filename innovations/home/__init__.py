"""Tổng quan: what waits for me, my notices, the language switch, the health of the process.

Features register inbox providers: functions of the reader that say what waits and for how long.
"""

from flask import Flask

from innovations.home import providers, views
from innovations.home.inbox import Waiting, register_inbox
from innovations.home.navigation import NavItem, register_nav, template_context

__all__ = ["NavItem", "Waiting", "init_app", "register_inbox", "register_nav"]


def init_app(app: Flask) -> None:
    """Register the pages and what every template knows."""
    app.register_blueprint(views.bp)
    providers.register()
    app.context_processor(template_context)
