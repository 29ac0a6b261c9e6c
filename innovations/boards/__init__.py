"""Hội đồng sáng kiến: boards and their seats, who scores what, conflicts of interest, score sheets, meetings and votes.

The board advises, the head of the unit decides.  Secretary, chair and member come from a seat, never from a grant; whoever has a
conflict neither reads, scores nor votes.  Sheets stay hidden from everybody else until the points are revealed.
"""

from functools import partial

from flask import Flask
from sqlalchemy import select

from innovations import audit, notifications
from innovations.boards import asking, erasing, inbox
from innovations.boards.dossier_papers import papers_for
from innovations.boards.models_files import AttachedMinutes, SheetPhoto
from innovations.boards.outcomes import outcomes_for
from innovations.boards.relations import find_board, relations
from innovations.boards.rules.access import check_may_open_review, permitted
from innovations.boards.rules.events import AuditTag, NoticeKind
from innovations.boards.services.seats import follow_link, follow_posting, must_have_second_step
from innovations.boards.views import bp, verify_bp
from innovations.documents import intake
from innovations.people.followers import register_after_link, register_after_posting
from innovations.people.services.second_step import register_demand
from innovations.proposals.erasing import register_eraser
from innovations.proposals.outcomes import register_outcomes
from innovations.proposals.relations import register_board_finder, register_board_page_rule, register_relations


def init_app(app: Flask) -> None:
    """Register pages, events, notices, and what boards tell proposals."""
    audit.register_tags(AuditTag)
    notifications.register_kinds(NoticeKind)
    notifications.register_subject("board", inbox.board_subjects)
    notifications.register_subject("review", inbox.review_subjects)
    notifications.register_subject("assignment", inbox.assignment_subjects)
    notifications.register_subject("meeting", inbox.meeting_subjects)
    notifications.register_subject("vote", inbox.vote_subjects)
    notifications.register_subject("decision_case", inbox.decision_subjects)
    notifications.register_subject("outcomes", inbox.outcome_subjects)
    notifications.register_subject("certificate", inbox.certificate_subjects)
    notifications.register_asking(asking.ASKING)
    register_relations(relations)
    register_board_finder(find_board)
    register_board_page_rule(partial(permitted, check_may_open_review))
    register_outcomes(outcomes_for, papers_for)
    intake.register_named(
        "attached_minutes", select(AttachedMinutes.sha256, AttachedMinutes.name).where(AttachedMinutes.sha256 != "")
    )
    intake.register_named("sheet_photo", select(SheetPhoto.sha256, SheetPhoto.name))
    register_eraser(erasing.erase)
    register_after_link(follow_link)
    register_after_posting(follow_posting)
    register_demand(must_have_second_step)
    app.register_blueprint(bp)
    app.register_blueprint(verify_bp)
