"""Pages of the boards: board and seats, the queue, one review, the score sheet, meetings, votes, decisions, the public check."""

from innovations.boards.views import (
    boards,
    counting,
    decisions,
    meetings,
    minutes,
    overdue,
    paper_sheets,
    papers,
    planning,
    publishing,
    queue,
    reading,
    review,
    schedule,
    scoring,
    sights,
    votes,
)
from innovations.boards.views.blueprint import bp
from innovations.boards.views.verify import bp as verify_bp

__all__ = [
    "boards",
    "bp",
    "counting",
    "decisions",
    "meetings",
    "minutes",
    "paper_sheets",
    "overdue",
    "papers",
    "planning",
    "publishing",
    "queue",
    "reading",
    "review",
    "schedule",
    "scoring",
    "sights",
    "verify_bp",
    "votes",
]
