"""How the scores of a campaign were given, for who runs the board and who decides."""

from flask import render_template, request

from innovations.boards import board_queries, reading_queries, trial_queries
from innovations.boards.views.blueprint import bp
from innovations.core.rules.numbers import whole
from innovations.core.web import signed_in
from innovations.people.doors import actor


@bp.get("/<int:board_id>/scores")
@signed_in
def campaign_scores(board_id: int) -> str:
    """Leniency, calibrated order and agreement; ``?campaign=`` chooses, without it the youngest with revealed scores.

    ``?set=`` tries a criteria set on the campaign.
    """
    campaigns = reading_queries.campaigns_to_read(actor(), board_id)
    wanted = request.args.get("campaign", campaigns[0][0] if campaigns else None, type=whole)
    reading = reading_queries.campaign_reading(actor(), board_id, wanted) if wanted is not None else None
    sets, tried = trial_queries.sets_to_try(board_id) if reading else [], request.args.get("set", type=whole)
    return render_template(
        "boards/scores.html", board=board_queries.board_shown(actor(), board_id), campaigns=campaigns, reading=reading,
        sets=sets,
        trial=trial_queries.trial(reading.cases, sets, tried) if reading and tried is not None else None,
    )  # fmt: skip
