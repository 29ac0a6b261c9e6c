"""Hồ sơ sáng kiến: what personnel submit, and the review with its states at each level.

A draft begins with the declaration that nothing is secret; it is written in steps, submitted, checked, and goes to a board.
Only ``lifecycle`` writes a review's state; ``rules/access`` says who may do what, ``rules/visibility`` who may know of it.
"""

from flask import Flask
from sqlalchemy import select

from innovations import audit, notifications, search
from innovations.documents import intake
from innovations.people.followers import register_after_link, register_after_move
from innovations.proposals import asking, audience, documents, glass_queries, inbox, report_queries, titles
from innovations.proposals.copies import register_copies
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.events import AuditTag, CopyTag, NoticeKind
from innovations.proposals.views import bp


def init_app(app: Flask) -> None:
    """Register pages, events, notices and the proposal's part of a search document."""
    audit.register_tags(AuditTag)
    register_copies(*CopyTag)
    notifications.register_kinds(NoticeKind)
    notifications.register_subject("proposal", inbox.subjects)
    notifications.register_subject("content_report", report_queries.subjects)
    notifications.register_subject("break_glass", glass_queries.subjects)
    notifications.register_asking(asking.ASKING)
    search.registry.register_part("proposals", documents.parts)
    search.registry.register_all_ids(documents.all_ids)
    search.registry.register_titles(titles.titles)
    intake.register_named("attachment", select(Attachment.sha256, Attachment.name))
    register_after_move(audience.follow_move)
    register_after_link(audience.follow_link)
    app.register_blueprint(bp)
