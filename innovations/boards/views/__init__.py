"""Pages of the boards: board and seats, the queue, one review, the score sheet, meetings and votes.  One blueprint, by subject."""

from innovations.boards.views import boards, meetings, queue, review, scoring, votes
from innovations.boards.views.blueprint import bp

__all__ = ["boards", "bp", "meetings", "queue", "review", "scoring", "votes"]
