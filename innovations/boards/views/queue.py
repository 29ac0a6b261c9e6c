"""The secretary's queue."""

from typing import Any

from flask import render_template, request, url_for

from innovations.boards import board_queries, queue_queries
from innovations.boards.views.blueprint import bp
from innovations.core.paging import Page, page_numbers
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
    page, per_page = page_numbers(request.args.get("page"), request.args.get("per_page"), default=50)
    start = (page - 1) * per_page
    rows = queue_queries.queue(actor(), board_id, state=state, overdue=overdue, limit=per_page, offset=start)
    late, counts = queue_queries.queue_length(actor(), board_id, overdue=True), queue_queries.queue_counts(actor(), board_id)
    unended = sum(count for each, count in counts.items() if each in queue_queries.OPEN_STATES)
    total = queue_queries.queue_length(actor(), board_id, state=state, overdue=overdue)
    given: dict[str, Any] = {"state": wanted or None, "overdue": 1 if overdue else None}
    listed = Page(rows, page, per_page, total, lambda n: url_for("boards.queue", board_id=board_id, **given, page=n))
    return render_template(
        "boards/queue.html", board=board, page=listed, state=state, overdue=overdue, late=late, open_count=unended, counts=counts
    )
