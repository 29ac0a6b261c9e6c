"""Báo cáo: figures, charts, and the register and the library as files."""

from flask import Flask

from innovations.reports.views import bp


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
