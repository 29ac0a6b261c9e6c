"""Quy chế: campaigns, rule sets, criteria sets, fields of work, working days.  All of it data; reviews freeze their own copy."""

from flask import Flask

from innovations import audit
from innovations.regulations.rules.events import AuditTag


def init_app(app: Flask) -> None:
    """Make the feature's events known; its pages stand under ``admin/``."""
    audit.register_tags(AuditTag)
