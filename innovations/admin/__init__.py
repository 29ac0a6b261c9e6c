"""Quản trị: pages of the admin (units, people, roles) and of the standing office (register, campaigns, fields, working days).

A door only: every right and rule stands in the feature it belongs to.
"""

from flask import Flask

from innovations.admin.views import bp


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
