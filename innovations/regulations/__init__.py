"""Quy chế: campaigns, rule sets, criteria sets, fields of work, working days.  All of it data; reviews freeze their own copy."""

from flask import Flask
from sqlalchemy import select

from innovations import audit
from innovations.documents import intake
from innovations.regulations.models_templates import WordTemplate
from innovations.regulations.rules.events import AuditTag


def init_app(app: Flask) -> None:
    """Make the feature's events known; its pages stand under ``admin/``."""
    audit.register_tags(AuditTag)
    intake.register_named("word_template", select(WordTemplate.sha256, WordTemplate.name))
