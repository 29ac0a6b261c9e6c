"""The page of one improvement."""

from typing import Any

from flask import render_template, url_for

from innovations.core.web import redirect_to, signed_in
from innovations.library.adoption_queries import running_on
from innovations.library.forms import RequestForm
from innovations.library.improvement import Improvement, improvement
from innovations.library.views.blueprint import bp
from innovations.people.doors import actor
from innovations.people.queries import UnitRow, units
from innovations.people.rules.roles import Role
from innovations.people.rules.units import Level


@bp.get("/<code>")
@signed_in
def show(code: str) -> Any:
    """The problem, what it takes, what it brings, who made it, who uses it."""
    found = improvement(actor(), code)
    if code != found.code:
        return redirect_to(url_for("library.show", code=found.code))
    return show_page(found)


def commanded_units() -> list[UnitRow]:
    """The units for which the reader may ask: under the reader's command, the own unit first."""
    listed = {unit.id: unit for path in actor().paths_of(Role.COMMANDER) for unit in units(under=path)}
    return sorted(listed.values(), key=lambda unit: unit.id != actor().unit_id)


def show_page(found: Improvement, request_form: RequestForm | None = None) -> str:
    """The improvement's page; a refused request comes back with what was typed."""
    commanded = commanded_units()
    running = running_on(actor(), found.id) if commanded else []
    form = request_form or RequestForm(formdata=None)
    if request_form is None:
        using = {each.unit_id for each in running}
        form.offer([unit for unit in commanded if unit.id not in using], owning_unit_id=found.owning_unit_id)
    return render_template(
        "library/show.html", item=found, levels=Level, form=form, may_ask=len(commanded) > len(running), running=running
    )
