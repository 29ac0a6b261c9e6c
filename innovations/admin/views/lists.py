"""Many units or many people at once, from a spreadsheet that the unit keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext

from innovations.admin.forms import ListForm
from innovations.admin.views.blueprint import bp
from innovations.core.web import answer
from innovations.core.web.answers import redirect_to
from innovations.exchange.lists import read_people, read_units
from innovations.people.doors import actor, needs
from innovations.people.rules.lists import PEOPLE_HEADERS, UNIT_HEADERS
from innovations.people.rules.roles import Role
from innovations.people.services import importing
from innovations.people.services.importing import Imported
from innovations.reports.downloads import table_file
from innovations.reports.files import FileFormat, write_table

HEADERS = {"units": UNIT_HEADERS, "people": PEOPLE_HEADERS}


def _page(kind: str, form: ListForm) -> str:
    return render_template("admin/list.html", kind=kind, form=form, headers=HEADERS[kind], formats=FileFormat)


def _brought(kind: str, form: ListForm, bring: Callable[[], Imported]) -> Any:
    """Bring the list in; new passwords stand on the page that answers and nowhere else."""
    done: list[Imported] = []
    answered = answer(
        form, lambda: done.append(bring()), done=url_for("admin.import_list", kind=kind), page=lambda: _page(kind, form)
    )
    if not done:
        return answered
    if done[0].issued:
        return render_template("admin/issued.html", done=done[0])
    counts = {"created": done[0].created, "unchanged": done[0].unchanged}
    return redirect_to(
        url_for("admin.import_list", kind=kind), gettext("%(created)s thêm mới, %(unchanged)s đã có sẵn.", **counts)
    )


@bp.get("/import/<any(units, people):kind>")
@needs(Role.ADMIN)
def import_list(kind: str) -> str:
    """The form, the columns, the empty list to fill."""
    return _page(kind, ListForm(formdata=None))


@bp.post("/import/units")
@needs(Role.ADMIN)
def import_units() -> Any:
    """Add the units of a list, parents before children."""
    form = ListForm()
    return _brought("units", form, lambda: importing.import_units(read_units(form.file.data.stream), actor()))


@bp.post("/import/people")
@needs(Role.ADMIN)
def import_people() -> Any:
    """Add the people of a list, each with a one-time password."""
    form = ListForm()
    return _brought("people", form, lambda: importing.import_people(read_people(form.file.data.stream), actor()))


@bp.get("/import/<any(units, people):kind>/template.<file_format>")
@needs(Role.ADMIN)
def list_template(kind: str, file_format: str) -> Response:
    """An empty list with every column."""
    headers = tuple(HEADERS[kind].values())
    return table_file(lambda held, chosen: write_table(held, headers, (), chosen), f"mau-{kind}", file_format)
