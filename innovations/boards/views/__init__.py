"""Pages of the boards: board and seats, the secretary's queue, one review, the score sheet.  One blueprint, by subject."""

from innovations.boards.views import boards, queue, review, scoring
from innovations.boards.views.blueprint import bp

__all__ = ["boards", "bp", "queue", "review", "scoring"]
