"""Báo cáo: figures, charts, and the register and the library as files."""

from flask import Flask

from innovations.proposals.copies import register_copies
from innovations.reports.rules.events import AuditTag
from innovations.reports.views import bp


def init_app(app: Flask) -> None:
    """Register the pages, and exports as copies that leave the product."""
    register_copies(*AuditTag)
    app.register_blueprint(bp)
