"""The page of who sees what, when."""

from typing import TypeVar

from flask import render_template, request

from innovations.boards.rules.phases import Knows, Phase, matrix
from innovations.boards.rules.schedule import AuthorsShown, BoardPhase, NamesShown, SheetsShown
from innovations.boards.views.blueprint import bp
from innovations.core.rules.labels import Labelled
from innovations.core.web import signed_in
from innovations.proposals.rules.content import Handling

Option = TypeVar("Option", bound=Labelled)


def _chosen(name: str, options: type[Option]) -> Option:
    """The option in the address; the first, which makes nothing stricter, for anything else."""
    wanted = request.args.get(name)
    return next((each for each in options if each.value == wanted), next(iter(options)))


def _dated() -> BoardPhase:
    """The phase of a board's schedule that the address describes."""
    return BoardPhase(
        "–", scoring=request.args.get("scoring") != "0", authors=_chosen("authors", AuthorsShown),
        sheets=_chosen("sheets", SheetsShown), names=_chosen("names", NamesShown),
    )  # fmt: skip


@bp.get("/sights")
@signed_in
def sights() -> str:
    """Every part in every phase, as the policy has it; for everybody to know.

    ``?blind=1`` and ``?handling=internal`` choose the rules; ``?scoring=0``, ``?authors=``, ``?sheets=`` and ``?names=`` what a dated
    phase of the board makes stricter.
    """
    blind, handling, dated = request.args.get("blind") == "1", _chosen("handling", Handling), _dated()
    chosen = {
        "blind": "1" if blind else None, "handling": handling.value, "scoring": None if dated.scoring else "0",
        "authors": dated.authors.value, "sheets": dated.sheets.value, "names": dated.names.value,
    }  # fmt: skip
    return render_template(
        "boards/sights.html", matrix=matrix(blind=blind, handling=handling, dated=dated), phases=list(Phase), chosen=chosen,
        Handling=Handling, Knows=Knows, AuthorsShown=AuthorsShown, SheetsShown=SheetsShown, NamesShown=NamesShown,
    )  # fmt: skip
