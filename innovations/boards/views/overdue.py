"""The page of what is late."""

from flask import render_template, request, url_for

from innovations.boards import overdue_queries
from innovations.boards.views.blueprint import bp
from innovations.core.paging import Page, page_numbers
from innovations.core.web import signed_in
from innovations.people.doors import actor


@bp.get("/overdue")
@signed_in
def overdue() -> str:
    """What is late, who holds it, how far it has climbed; one level or all."""
    level = request.args.get("level", "")
    found = overdue_queries.overdue(actor(), level)
    page, per_page = page_numbers(request.args.get("page"), request.args.get("per_page"), default=50)
    part = found.rows[(page - 1) * per_page : page * per_page]
    listed = Page(part, page, per_page, len(found.rows), lambda n: url_for("boards.overdue", level=level or None, page=n))
    return render_template("boards/overdue.html", found=found, page=listed, level=level)
