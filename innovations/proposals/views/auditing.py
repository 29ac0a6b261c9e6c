"""The auditor's pages: codes, states, dates and events of what the units below received."""

from flask import render_template, request, url_for

from innovations.core.paging import Page, page_numbers
from innovations.people.doors import actor, needs
from innovations.people.rules.roles import Role
from innovations.proposals import event_queries
from innovations.proposals.views.blueprint import bp


@bp.get("/audit")
@needs(Role.AUDITOR)
def audit() -> str:
    """Everything one audits."""
    number, per_page = page_numbers(request.args.get("page"), request.args.get("per_page"))
    rows, total = event_queries.audited(actor(), page=number, per_page=per_page)
    page = Page(rows, number, per_page, total, lambda n: url_for("proposals.audit", page=n, per_page=per_page))
    return render_template("proposals/audit.html", page=page)


@bp.get("/<address>/events")
@needs(Role.AUDITOR)
def events(address: str) -> str:
    """The events of one proposal."""
    code, state, rows = event_queries.events(actor(), address)
    return render_template("proposals/events.html", code=code, state=state, rows=rows)
