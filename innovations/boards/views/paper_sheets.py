"""Score sheets on paper: printing them, photos of filled ones, and keying them by two clerks."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from innovations.boards.forms_files import PhotoForm
from innovations.boards.forms_scoring import KeyedForm, keyed_form
from innovations.boards.paper_sheet_queries import SheetToKey, blank_sheets, paper_list, sheet_to_key
from innovations.boards.services import paper_sheets as keying
from innovations.boards.services import sheet_photos
from innovations.boards.sheet_queries import own_sheet
from innovations.boards.views.blueprint import bp
from innovations.boards.views.scoring import pdf, score_page
from innovations.core.web import answer, shown, signed_in
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


@bp.post("/<int:board_id>/reviews/<int:review_id>/photos")
@signed_in
def add_sheet_photos(board_id: int, review_id: int) -> Any:
    """The member sends photos of the filled sheet."""
    own_sheet(actor(), board_id, review_id)
    form = PhotoForm()
    return answer(
        form,
        lambda: sheet_photos.add_photos(actor(), board_id, review_id, form.data_sent()),
        done=url_for("boards.score", board_id=board_id, review_id=review_id, _anchor="photos"),
        page=lambda: score_page(board_id, review_id, photo=form),
        message=gettext("Đã gửi ảnh phiếu. Phiếu được chốt khi hai người nhập xong giống nhau."),
    )


@bp.get("/<int:board_id>/reviews/<int:review_id>/photos/<int:photo_id>")
@signed_in
def sheet_photo(board_id: int, review_id: int, photo_id: int) -> Response:
    """A photo to look at, a scan to save."""
    found = sheet_photos.open_photo(actor(), board_id, review_id, photo_id)
    return shown(found.path, found.name, found.media_type)
