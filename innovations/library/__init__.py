"""Thư viện sáng kiến: what was recognised, found again and taken over by other units (nhân rộng, áp dụng lại).

A unit searches, opens an improvement, asks to adopt it; the owning unit agrees or declines; the adopting unit reports what it
brought after 6 and 12 months.
"""

from flask import Flask

from innovations import audit, notifications, search
from innovations.library import adoption_queries, erasing, index_part
from innovations.library.rules.events import AuditTag, NoticeKind
from innovations.library.views import bp
from innovations.proposals.erasing import register_eraser


def init_app(app: Flask) -> None:
    """Register pages, events, notices and the library's part of a search document."""
    audit.register_tags(AuditTag)
    notifications.register_kinds(NoticeKind)
    notifications.register_subject("adoption", adoption_queries.subjects)
    notifications.register_asking(
        {NoticeKind.REQUESTED: adoption_queries.unanswered, NoticeKind.FOLLOW_UP: adoption_queries.unreported}
    )
    search.registry.register_part("library", index_part.parts)
    register_eraser(erasing.erase)
    app.register_blueprint(bp)
