"""A proposal beside a similar one."""

from flask import render_template

from innovations.core.web import signed_in
from innovations.people.doors import actor
from innovations.proposals.services import similar
from innovations.proposals.services.side_by_side import side_by_side
from innovations.proposals.views.blueprint import bp


@bp.get("/<address>/similar/<int:other_id>")
@signed_in
def compare(address: str, other_id: int) -> str:
    """Both texts, what is the same marked, and the examiner's verdict."""
    shown = side_by_side(actor(), address, other_id)
    return render_template("proposals/side_by_side.html", shown=shown, verdicts=similar.Says)
