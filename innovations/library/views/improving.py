"""The page of one improvement."""

from typing import Any

from flask import render_template, url_for

from innovations.core.web import redirect_to, signed_in
from innovations.library.improvement import improvement
from innovations.library.views.blueprint import bp
from innovations.people.doors import actor
from innovations.people.rules.units import Level


@bp.get("/<code>")
@signed_in
def show(code: str) -> Any:
    """The problem, what it takes, what it brings, who made it, who uses it."""
    found = improvement(actor(), code)
    if code != found.code:
        return redirect_to(url_for("library.show", code=found.code))
    return show_page(found)


def show_page(found: Any, **forms: Any) -> str:
    """The improvement's page; a refused request comes back with what was typed."""
    return render_template("library/show.html", item=found, levels=Level, **forms)
