"""The minutes of a meeting: printed, as a Word file, and the versions that people attach."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext

from innovations.boards.forms_files import MinutesForm
from innovations.boards.minutes import minutes_file, minutes_paper
from innovations.boards.services import attached_minutes
from innovations.boards.views.blueprint import bp
from innovations.boards.views.meetings import page_of
from innovations.boards.views.scoring import pdf, word
from innovations.core.web import answer, saved, signed_in
from innovations.people.doors import actor


@bp.get("/<int:board_id>/meetings/<int:number>/minutes.pdf")
@signed_in
def minutes(board_id: int, number: int) -> Response:
    """The minutes on paper; a draft until the meeting is closed."""
    return pdf(minutes_paper(actor(), board_id, number))


@bp.get("/<int:board_id>/meetings/<int:number>/minutes.docx")
@signed_in
def minutes_docx(board_id: int, number: int) -> Response:
    """The minutes to be edited."""
    return word(minutes_file(actor(), board_id, number))


@bp.post("/<int:board_id>/meetings/<int:number>/minutes")
@signed_in
def add_minutes(board_id: int, number: int) -> Any:
    """Attach the next version."""
    attached_minutes.load_minutes(actor(), board_id, number)
    form = MinutesForm()
    return answer(
        form,
        lambda: attached_minutes.add_minutes(actor(), board_id, number, form.data_sent()),
        done=url_for("boards.meeting", board_id=board_id, number=number, _anchor="minutes"),
        page=lambda: page_of(board_id, number, attaching=form),
        message=gettext("Đã lưu bản biên bản."),
    )


@bp.get("/<int:board_id>/meetings/<int:number>/minutes/<int:version>")
@signed_in
def attached(board_id: int, number: int, version: int) -> Response:
    """Save the file of one version."""
    found = attached_minutes.download(actor(), board_id, number, version)
    return saved(found.path, found.name, found.media_type)
