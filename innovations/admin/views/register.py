"""The import of an existing register: template, check, import, and what became of it."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext

from innovations.admin.forms import RegisterForm, unit_choices
from innovations.admin.views.blueprint import bp
from innovations.core.web import answer, redirect_to
from innovations.exchange.queries import batch_shown, batches_of, job_shown, running_jobs
from innovations.exchange.report import Report
from innovations.exchange.rules.jobs import SMALL_ROWS
from innovations.exchange.services import comparing, importing, jobs
from innovations.people.doors import actor, needs
from innovations.people.queries import UnitRow, units
from innovations.people.rules.roles import Role
from innovations.reports.downloads import table_file
from innovations.reports.files import FileFormat, write_register

#: The second of two clicks waits for the first, a small register takes about a second.
WAIT_SECONDS = 5


def _own_units() -> list[UnitRow]:
    paths = actor().paths_of(Role.REGISTRAR)
    return [unit for unit in units() if unit.path.startswith(paths)]


def _offered(form: RegisterForm) -> RegisterForm:
    form.unit_id.choices = unit_choices(_own_units())
    return form


def _page(form: RegisterForm, report: Report | None = None) -> str:
    return render_template(
        "admin/register.html",
        form=form,
        report=report,
        batches=batches_of(actor()),
        running=running_jobs(actor()),
        formats=FileFormat,
        small_rows=SMALL_ROWS,
    )


@bp.get("/register")
@needs(Role.REGISTRAR)
def register() -> str:
    """The form, the template file, the imports so far."""
    return _page(_offered(RegisterForm(formdata=None)))


@bp.post("/register/check")
@needs(Role.REGISTRAR)
def check_register() -> Any:
    """Say what importing the file would do; nothing is stored."""
    form = _offered(RegisterForm())
    if not form.validate_on_submit():
        return _page(form), 422
    report = importing.check_register(
        actor(), form.unit_id.data, form.file.data.stream, create_units=form.create_units.data, compare=comparing.while_waiting
    )  # fmt: skip
    return _page(form, report)


@bp.post("/register")
@needs(Role.REGISTRAR)
def import_register() -> Any:
    """Import the file, a large one by the worker; a second click finds every row unchanged, or the same order."""
    form = _offered(RegisterForm())
    if not form.validate_on_submit():
        return _page(form), 422
    if not jobs.is_small(form.file.data.stream):
        return _handed_over(form)
    outcome = importing.import_register(
        actor(), form.unit_id.data, form.file.data.stream,
        create_units=form.create_units.data, skip_bad_rows=form.skip_bad_rows.data, wait_seconds=WAIT_SECONDS,
    )  # fmt: skip
    if outcome.batch_id is not None:
        return redirect_to(url_for("admin.batch", batch_id=outcome.batch_id), gettext("Đã nhập sổ."))
    return _page(form, outcome.report), (422 if outcome.report.errors else 200)


def _handed_over(form: RegisterForm) -> Any:
    return answer(
        form,
        lambda: jobs.ask_import(
            actor(), form.unit_id.data, form.file.data.stream,
            create_units=form.create_units.data, skip_bad_rows=form.skip_bad_rows.data,
        ),
        done=lambda job_id: url_for("admin.register_job", job_id=job_id),
        page=lambda: _page(form),
    )  # fmt: skip


@bp.get("/register/jobs/<int:job_id>")
@needs(Role.REGISTRAR)
def register_job(job_id: int) -> Any:
    """How far a large import is; once it is done, what became of it."""
    job = job_shown(actor(), job_id)
    if job.batch_id is not None:
        return redirect_to(url_for("admin.batch", batch_id=job.batch_id))
    return render_template("admin/register_job.html", job=job)


@bp.get("/register/<int:batch_id>")
@needs(Role.REGISTRAR)
def batch(batch_id: int) -> str:
    """What became of one import, and how far indexing is."""
    return render_template("admin/batch.html", batch=batch_shown(actor(), batch_id))


@bp.get("/register/template.<file_format>")
@needs(Role.REGISTRAR)
def register_template(file_format: str) -> Response:
    """An empty register with every column."""
    return table_file(lambda held, chosen: write_register(held, (), chosen), "mau-so-sang-kien", file_format)
