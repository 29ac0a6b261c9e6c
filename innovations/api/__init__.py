"""API ``/api/v1``: bearer tokens, library search, proposals.  A further door to the same use cases and policies."""

from flask import Flask

from innovations.api import views
from innovations.extensions import csrf


def init_app(app: Flask) -> None:
    """Register the operations; a bearer token stands in for the form's key, as no browser sends it by itself."""
    app.register_blueprint(views.bp)
    csrf.exempt(views.bp)
