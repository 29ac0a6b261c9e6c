"""Many units or many people at once, from a spreadsheet that the unit keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext

from innovations.admin.forms import ListForm
from innovations.admin.views.blueprint import bp
from innovations.core.web import answer, redirect_to, repeatable
from innovations.core.web.once import key_sent
from innovations.exchange.lists import read_people, read_units
from innovations.exchange.people_queries import job_shown
from innovations.exchange.services import people_jobs
from innovations.people.doors import actor, needs, reader
from innovations.people.rules.lists import PEOPLE_HEADERS, UNIT_HEADERS
from innovations.people.rules.roles import Role
from innovations.people.services import importing
from innovations.people.services.importing import Imported
from innovations.reports.downloads import table_file
from innovations.reports.files import FileFormat, write_table

HEADERS = {"units": UNIT_HEADERS, "people": PEOPLE_HEADERS}


def _page(kind: str, form: ListForm) -> str:
    small_list = people_jobs.SMALL_LIST
    return render_template(
        "admin/list.html", kind=kind, form=form, headers=HEADERS[kind], formats=FileFormat, small_list=small_list
    )


def _brought(kind: str, form: ListForm, bring: Callable[[], Imported | int]) -> Any:
    """Bring the list in; new passwords stand on the page that answers and nowhere else."""
    brought: list[Imported] = []

    def bring_in() -> str:
        done = bring()
        if isinstance(done, int):
            return url_for("admin.people_job", job_id=done)
        brought.append(done)
        return url_for("admin.import_list", kind=kind)

    answered = answer(form, bring_in, done=lambda location: location, page=lambda: _page(kind, form))
    if not brought:
        return answered
    (done,) = brought
    if done.issued:
        return render_template("admin/issued.html", done=done)
    counts = {"created": done.created, "unchanged": done.unchanged}
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
    """Add the people of a list, each with a one-time password; those of a long one the worker prepares."""
    form = ListForm()
    return _brought("people", form, lambda: _import_or_ask(form))


def _import_or_ask(form: ListForm) -> Imported | int:
    """What was imported, or the id of the job that prepares it."""
    rows = read_people(form.file.data.stream)
    if len(importing.check_people(rows, actor())) > people_jobs.SMALL_LIST:
        return people_jobs.ask_people(actor(), rows, reader().token)
    return importing.import_people(rows, actor())


@bp.get("/import/people/jobs/<int:job_id>")
@needs(Role.ADMIN)
def people_job(job_id: int) -> str:
    """How far the passwords of a long list are; once they are ready, the button that takes them."""
    return render_template("admin/people_job.html", job=job_shown(actor(), job_id, reader().token))


@bp.post("/import/people/jobs/<int:job_id>")
@repeatable
@needs(Role.ADMIN)
def take_people(job_id: int) -> str:
    """Add the people; their passwords stand on the page that answers and nowhere else.

    The key of the form is kept with the list itself: the same click is answered again, not led away from its only answer.
    """
    done = people_jobs.take(actor(), job_id, reader().token, key_sent())
    return render_template("admin/issued.html", done=done)


@bp.get("/import/<any(units, people):kind>/template.<file_format>")
@needs(Role.ADMIN)
def list_template(kind: str, file_format: str) -> Response:
    """An empty list with every column."""
    headers = tuple(HEADERS[kind].values())
    return table_file(lambda held, chosen: write_table(held, headers, (), chosen), f"mau-{kind}", file_format)
