"""Screening an import or a campaign for repetitions: what can be screened, how far it is, what was found."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from innovations.admin.views.blueprint import bp
from innovations.boards import screening_queries as queries
from innovations.boards.services import screening
from innovations.core.paging import Page, page_numbers
from innovations.core.rules.errors import Forbidden
from innovations.core.rules.numbers import whole
from innovations.core.web import redirect_to, signed_in
from innovations.people.doors import actor
from innovations.proposals.services.similar import Says
from innovations.reports.columns import PAIR_HEADERS
from innovations.reports.downloads import table_file
from innovations.reports.files import FileFormat, write_table

WIDTHS = (20, 60, 20, 8, 20, 60, 20, 8)


@bp.get("/screenings")
@signed_in
def screenings() -> str:
    """Imports and campaigns of the registrar's units, campaigns of the secretary's board."""
    if not queries.may_screen(actor()):
        raise Forbidden
    return render_template("admin/screenings.html", rows=queries.subjects(actor()))


@bp.post("/screenings")
@signed_in
def ask_screening() -> Any:
    """Have one screened; the worker does it."""
    if not queries.may_screen(actor()):
        raise Forbidden
    batch_id, campaign_id = (request.form.get(name, type=whole) for name in ("batch_id", "campaign_id"))
    screening_id = screening.ask_screening(actor(), batch_id=batch_id, campaign_id=None if batch_id else campaign_id)
    return redirect_to(url_for("admin.screening", screening_id=screening_id), gettext("Đã yêu cầu rà soát."))


@bp.get("/screenings/<int:screening_id>", endpoint="screening")
@signed_in
def shown_screening(screening_id: int) -> str:
    """What was found by now, not judged first."""
    page, per_page = page_numbers(request.args.get("page"), None)
    shown = queries.progress(actor(), screening_id)
    found, total = queries.pairs(actor(), screening_id, page=page, per_page=per_page)
    listed = Page(found, page, per_page, total, lambda n: url_for("admin.screening", screening_id=screening_id, page=n))
    return render_template("admin/screening.html", shown=shown, page=listed, verdicts=Says, formats=FileFormat)


@bp.post("/screenings/<int:screening_id>/<int:finding_id>")
@signed_in
def judge_pair(screening_id: int, finding_id: int) -> Any:
    """The registrar's verdict on an imported record."""
    screening.judge(actor(), screening_id, finding_id, request.form.get("verdict", ""))
    return redirect_to(url_for("admin.screening", screening_id=screening_id), gettext("Đã ghi nhận."))


@bp.get("/screenings/<int:screening_id>/list.<file_format>")
@signed_in
def screening_file(screening_id: int, file_format: str) -> Response:
    """Every pair as a spreadsheet."""
    rows = queries.rows_of(actor(), screening_id)
    queries.progress(actor(), screening_id)
    return table_file(
        lambda held, chosen: write_table(held, PAIR_HEADERS, rows, chosen, WIDTHS),
        f"ra-soat-trung-lap-{screening_id}",
        file_format,
    )
