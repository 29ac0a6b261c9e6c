"""Quân nhân, tài khoản, đơn vị, quyền: persons, accounts, the tree of units, role grants, signing in.

An account signs in with its service number; a grant gives a role at a unit, for it and below, from–to; the deputy holds it while
the holder is away.  Seats on boards are not here: they belong to the boards.
"""

from flask import Flask

from innovations import audit
from innovations.extensions import login_manager
from innovations.people import gate, views
from innovations.people.rules.events import AuditTag


def init_app(app: Flask) -> None:
    """Register pages, events, the loader of sign-ins and the gate."""
    audit.register_tags(AuditTag)
    app.register_blueprint(views.bp)
    login_manager.session_protection = None  # "strong" signs out on any change of the browser's User-Agent
    login_manager.user_loader(gate.load_reader)
    app.before_request(gate.require_sign_in)
