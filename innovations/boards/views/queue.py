"""The secretary's queue."""

from flask import render_template, request

from innovations.boards import board_queries, queue_queries
from innovations.boards.views.blueprint import bp
from innovations.core.clock import today
from innovations.core.web import signed_in
from innovations.people.doors import actor
from innovations.proposals.rules.states import State


@bp.get("/<int:board_id>/queue")
@signed_in
def queue(board_id: int) -> str:
    """The board's reviews by state; ``?state=`` and ``?overdue=1`` narrow it, unknown values narrow nothing."""
    wanted, overdue = request.args.get("state", ""), request.args.get("overdue") == "1"
    state = State(wanted) if wanted in set(State) else None
    board = board_queries.board_shown(actor(), board_id)
    rows = queue_queries.queue(actor(), board_id, state=state, overdue=overdue)
    everything = queue_queries.queue(actor(), board_id)
    late = sum(1 for row in everything if row.due_on is not None and row.due_on < today())
    return render_template(
        "boards/queue.html", board=board, rows=rows, state=state, overdue=overdue, late=late, open_count=len(everything),
        counts=queue_queries.queue_counts(actor(), board_id),
    )  # fmt: skip
