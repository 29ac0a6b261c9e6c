"""Sổ cũ: an existing register comes in as a file, whole or not at all.

The columns are those of the register export (``reports``); the rules of every column stand in ``rules/``, reading files in
``reading``, checking and writing in ``services/``.
"""

from flask import Flask

from innovations import audit, notifications
from innovations.exchange import erasing, people_queries, queries
from innovations.exchange.rules.events import AuditTag, NoticeKind
from innovations.proposals.erasing import register_eraser


def init_app(app: Flask) -> None:
    """Make the feature's events known; its page stands under ``admin/``, its command under ``cli/``."""
    audit.register_tags(AuditTag)
    notifications.register_kinds(NoticeKind)
    notifications.register_subject("register_job", queries.job_subjects)
    notifications.register_subject("people_job", people_queries.job_subjects)
    register_eraser(erasing.erase)
