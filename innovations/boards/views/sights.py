"""The page of who sees what, when."""

from flask import render_template, request

from innovations.boards.rules.phases import Knows, Phase, matrix
from innovations.boards.views.blueprint import bp
from innovations.core.web import signed_in
from innovations.proposals.rules.content import Handling


@bp.get("/sights")
@signed_in
def sights() -> str:
    """Every part in every phase, as the policy has it; ``?blind=1`` and ``?handling=internal`` choose the rules.  For everybody to know."""
    blind = request.args.get("blind") == "1"
    handling = Handling.INTERNAL if request.args.get("handling") == Handling.INTERNAL.value else Handling.OPEN
    found = matrix(blind=blind, handling=handling)
    return render_template(
        "boards/sights.html", matrix=found, phases=list(Phase), blind=blind, handling=handling, Handling=Handling, Knows=Knows
    )
