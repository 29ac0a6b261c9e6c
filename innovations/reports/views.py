"""Figures, and the register and the library as files."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext

from innovations.core.clock import today
from innovations.core.rules.errors import NotVisible
from innovations.core.rules.numbers import whole
from innovations.core.web import signed_in
from innovations.core.web.fields import EARLIEST_YEAR
from innovations.documents.papers import Paper
from innovations.people.doors import actor
from innovations.people.queries import UnitRow, units
from innovations.proposals.rules.states import State
from innovations.reports.annual import annual_report
from innovations.reports.columns import RegisterRow
from innovations.reports.downloads import table_file
from innovations.reports.files import FileFormat, write_register, write_table
from innovations.reports.papers import annual_paper
from innovations.reports.queries import Figures, figures
from innovations.reports.register import REGISTER_ROLES, NoRegister, library_rows, may_export_register, register_rows
from innovations.reports.replication import replication_paper
from innovations.reports.rules.events import AuditTag
from innovations.reports.services import record_export

bp = Blueprint("reports", __name__, url_prefix="/reports")


def _own_units() -> list[UnitRow]:
    """The units whose figures the reader may narrow the page to."""
    paths = {path for role in REGISTER_ROLES for path in actor().paths_of(role)}
    listed = {unit.id: unit for path in sorted(paths) for unit in units(under=path, only_active=False)}
    return list(listed.values())


@bp.get("/")
@signed_in
def index() -> str:
    """Counts by state, by year and by unit, and what can be exported."""
    own, wanted = _own_units(), request.args.get("unit", type=whole)
    chosen = next((unit for unit in own if unit.id == wanted), None)
    found = figures(actor(), chosen.path if chosen else "/")
    return render_template(
        "reports/index.html", found=found, own=own, chosen=chosen, formats=FileFormat, may_export=may_export_register(actor()), year=today().year,
        stages=_stage_rows(found), states=_state_rows(found), years=_year_rows(found),
    )  # fmt: skip


def _stage_rows(found: Figures) -> list[dict[str, Any]]:
    stages = found.stages
    named = (
        (gettext("Đã tiếp nhận"), stages.received),
        (gettext("Đã thụ lý"), stages.accepted),
        (gettext("Hội đồng đã kết luận"), stages.concluded),
        (gettext("Đã công nhận"), stages.recognised),
    )
    return [{"label": label, "value": value} for label, value in named]


def _state_rows(found: Figures) -> list[dict[str, Any]]:
    return [
        {"label": gettext(state.label), "value": count, "url": url_for("proposals.index", state=State(state).value)}
        for state, count in found.by_state.items()
    ]


def _year_rows(found: Figures) -> list[dict[str, Any]]:
    return [{"label": str(year), "value": count} for year, count in found.by_year]


@bp.get("/register.<file_format>")
@signed_in
def register(file_format: str) -> Response:
    """The register of the reader's units."""
    return _file(register_rows(actor()), "so-sang-kien", file_format, AuditTag.REGISTER_EXPORTED)


@bp.get("/library.<file_format>")
@signed_in
def library(file_format: str) -> Response:
    """What the library shows the reader under the same filters."""
    return _file(library_rows(actor(), request.args), "thu-vien-sang-kien", file_format, AuditTag.LIBRARY_EXPORTED)


def _kept_unit() -> UnitRow:
    """The unit asked for, else the reader's first; only one whose register the reader keeps."""
    if not may_export_register(actor()):
        raise NoRegister
    wanted = request.args.get("unit", type=whole)
    unit = next((each for each in _own_units() if each.id == wanted or wanted is None), None)
    if unit is None:
        raise NotVisible
    return unit


def _printed(paper: Paper) -> Response:
    response = Response(paper.content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=paper.name)
    return response


@bp.get("/replication.pdf")
@signed_in
def replication() -> Response:
    """What a unit of the reader's recommends for replication, of all years unless one is asked for."""
    unit, year = _kept_unit(), request.args.get("year", type=whole)
    made = _printed(replication_paper(actor(), unit.id, year))
    record_export(AuditTag.LIBRARY_EXPORTED, actor().account_id)
    return made


@bp.get("/annual.<file_format>")
@signed_in
def annual(file_format: str) -> Response:
    """The annual report of a unit of the reader's, of this year unless another is asked for; as a PDF the paper that is signed."""
    unit, year = _kept_unit(), request.args.get("year", today().year, type=whole)
    if not EARLIEST_YEAR <= year <= today().year:
        raise NotVisible
    if file_format == "pdf":
        return _printed(annual_paper(unit.id, year))
    found = annual_report(unit.path, year)
    name = f"bao-cao-nam-{year}-{unit.code}-{today().isoformat()}"
    return table_file(lambda held, chosen: write_table(held, found.headers, found.rows, chosen, (40,)), name, file_format)


def _file(rows: Iterator[RegisterRow], name: str, file_format: str, tag: AuditTag) -> Response:
    made = table_file(lambda held, chosen: write_register(held, rows, chosen), f"{name}-{today().isoformat()}", file_format)
    record_export(tag, actor().account_id)
    return made
