"""Score sheets on paper: printing them, and keying them by two clerks."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from innovations.boards.forms_scoring import KeyedForm, keyed_form
from innovations.boards.paper_sheet_queries import SheetToKey, blank_sheets, paper_list, sheet_to_key
from innovations.boards.services import paper_sheets as keying
from innovations.boards.views.blueprint import bp
from innovations.boards.views.scoring import pdf
from innovations.core.web import answer, signed_in
from innovations.people.doors import actor


@bp.get("/<int:board_id>/reviews/<int:review_id>/paper")
@signed_in
def paper_sheets(board_id: int, review_id: int) -> str:
    """Whose sheets are out and which are keyed."""
    return render_template("boards/paper_sheets.html", page=paper_list(actor(), board_id, review_id))


@bp.get("/<int:board_id>/reviews/<int:review_id>/paper.pdf")
@signed_in
def blank_sheets_paper(board_id: int, review_id: int) -> Response:
    """A sheet to fill by hand for each member who has not submitted."""
    return pdf(blank_sheets(actor(), board_id, review_id))


def _page(sheet: SheetToKey, form: KeyedForm) -> str:
    return render_template("boards/key_sheet.html", sheet=sheet, page=sheet.page, form=form)


@bp.get("/<int:board_id>/reviews/<int:review_id>/paper/<int:assignment_id>")
@signed_in
def key_sheet(board_id: int, review_id: int, assignment_id: int) -> str:
    """One member's paper sheet to key; the printed QR code opens it with its code."""
    sheet = sheet_to_key(actor(), board_id, review_id, assignment_id, request.args.get("code", "")[:40])
    return _page(sheet, keyed_form(sheet, sent=False))


@bp.post("/<int:board_id>/reviews/<int:review_id>/paper/<int:assignment_id>")
@signed_in
def key_sheet_send(board_id: int, review_id: int, assignment_id: int) -> Any:
    """Key it."""
    sheet = sheet_to_key(actor(), board_id, review_id, assignment_id)
    form = keyed_form(sheet, sent=True)
    whole = url_for("boards.paper_sheets", board_id=board_id, review_id=review_id)
    # The code comes along: who has to correct a mismatch holds the same sheet still.
    code = form.printed_code.data or None
    waiting = url_for("boards.key_sheet", board_id=board_id, review_id=review_id, assignment_id=assignment_id, code=code)
    return answer(
        form,
        lambda: keying.key_sheet(
            actor(), board_id, review_id, assignment_id, code=form.printed_code.data or "", data=form.data_sent()
        ),
        done=lambda submitted: whole if submitted else waiting,
        page=lambda: _page(sheet, form),
        message=gettext("Đã nhập phiếu giấy."),
    )
