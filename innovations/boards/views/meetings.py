"""A meeting's pages: calling it, who is there, each item from the reveal to the confirmed conclusion."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm

from innovations.boards import board_queries, invitations, meeting_queries
from innovations.boards.forms import OpenForm, ReasonForm
from innovations.boards.forms_files import MinutesForm
from innovations.boards.forms_meeting import AttendanceForm, ConclusionForm, DiscussionForm, MeetingForm
from innovations.boards.loading import load_board
from innovations.boards.meeting_queries import AGENDA_PAGE, MeetingShown, meeting_head, meeting_page, meeting_shown
from innovations.boards.rules.access import check_may_run_meetings
from innovations.boards.rules.refusals import NotOnBoard
from innovations.boards.services import concluding, items, meetings
from innovations.boards.services.attached_minutes import kept_minutes
from innovations.boards.submissions import awaits_decision
from innovations.boards.views.blueprint import bp
from innovations.boards.views.scoring import pdf
from innovations.core.clock import today
from innovations.core.paging import Page, page_numbers
from innovations.core.web import answer, signed_in
from innovations.people.doors import actor


def _new_page(board_id: int, form: MeetingForm) -> str:
    _board, facts = load_board(actor(), board_id)
    check_may_run_meetings(actor(), facts, today())
    rows = meeting_queries.ready_rows(actor(), board_id)
    board = board_queries.board_shown(actor(), board_id)
    return render_template("boards/meeting_form.html", board=board, meeting=None, form=form, rows=rows)


@bp.get("/<int:board_id>/meetings/new")
@signed_in
def new_meeting(board_id: int) -> str:
    """The form for calling a meeting."""
    rows = meeting_queries.ready_rows(actor(), board_id)
    return _new_page(board_id, MeetingForm(formdata=None, on=today(), review_ids=[row.review_id for row in rows]))


@bp.post("/<int:board_id>/meetings/new")
@signed_in
def call_meeting(board_id: int) -> Any:
    """Call it."""
    form = MeetingForm()
    return answer(
        form,
        lambda: meetings.call_meeting(actor(), board_id, form.data_sent()),
        done=lambda number: url_for("boards.meeting", board_id=board_id, number=number),
        page=lambda: _new_page(board_id, form),
        message=gettext("Đã triệu tập phiên họp và mời các ủy viên."),
    )


def page_of(board_id: int, number: int, **forms: Any) -> str:
    """The meeting's page; a refused form comes back with what was typed."""
    asked = request.args.get("page", "")
    found = meeting_page(actor(), board_id, number, page_numbers(asked, None)[0] if asked else None)
    url_for_page = partial(url_for, "boards.meeting", board_id=board_id, number=number)
    agenda = Page(found.meeting.items, found.page, AGENDA_PAGE, found.total, lambda page: url_for_page(page=page))
    submits = found.meeting.leads and awaits_decision(found.meeting.meeting_id)
    kept = kept_minutes(actor(), board_id, number)
    return render_template(
        "boards/meeting.html", page=found.meeting, agenda=agenda, forms=forms, submits=submits,
        kept=kept, attaching=forms.get("attaching") or MinutesForm(formdata=None).offer(closed=bool(kept and kept.closed)),
    )  # fmt: skip


@bp.get("/<int:board_id>/meetings/<int:number>")
@signed_in
def meeting(board_id: int, number: int) -> str:
    """One meeting."""
    return page_of(board_id, number)


def act(board_id: int, number: int, form: FlaskForm, use_case: Callable[[], Any], message: str) -> Any:
    """Run a use case of the meeting and come back to its page."""
    return answer(
        form,
        use_case,
        done=url_for("boards.meeting", board_id=board_id, number=number),
        page=lambda: page_of(board_id, number, refused=form),
        message=message,
    )


def _led(board_id: int, number: int) -> MeetingShown:
    """The meeting, for who leads it: the form of others would lead nowhere."""
    page = meeting_shown(actor(), board_id, number)
    if not page.leads:
        raise NotOnBoard
    return page


def _change_page(page: MeetingShown, form: MeetingForm) -> str:
    board = board_queries.board_shown(actor(), page.board_id)
    found = _offered(page)
    return render_template("boards/meeting_form.html", board=board, meeting=page, form=form, rows=found)


def _offered(page: MeetingShown) -> list[meeting_queries.ReadyRow]:
    """What may stand on the agenda: what is on it now, and what else is ready."""
    own = [
        meeting_queries.ReadyRow(each.review_id, each.code, each.title, each.state)
        for each in page.items
        if each.known and each.state
    ]
    known = {row.review_id for row in own}
    others = meeting_queries.ready_rows(actor(), page.board_id)
    return [*own, *(row for row in others if row.review_id not in known)]


@bp.get("/<int:board_id>/meetings/<int:number>/invitation.ics")
@signed_in
def invitation_file(board_id: int, number: int) -> Response:
    """The meeting for one's own calendar."""
    response = Response(invitations.invitation_file(actor(), board_id, number), mimetype="text/calendar")
    response.headers.set("Content-Disposition", "attachment", filename=f"hop-{board_id}-{number}.ics")
    return response


@bp.get("/<int:board_id>/meetings/<int:number>/invitations.pdf")
@signed_in
def invitations_paper(board_id: int, number: int) -> Response:
    """The invitations on paper, a page for each member."""
    return pdf(invitations.invitations_paper(actor(), board_id, number))


@bp.get("/<int:board_id>/meetings/<int:number>/edit")
@signed_in
def edit_meeting(board_id: int, number: int) -> str:
    """The form for another day, place or agenda."""
    page = _led(board_id, number)
    chosen = [each.review_id for each in page.items]
    return _change_page(page, MeetingForm(formdata=None, on=page.on, starts=page.starts, place=page.place, review_ids=chosen))


@bp.post("/<int:board_id>/meetings/<int:number>/edit")
@signed_in
def change_meeting(board_id: int, number: int) -> Any:
    """Change it; the members are told."""
    form = MeetingForm()
    return answer(
        form,
        lambda: meetings.change_meeting(actor(), board_id, number, form.data_sent()),
        done=url_for("boards.meeting", board_id=board_id, number=number),
        page=lambda: _change_page(_led(board_id, number), form),
        message=gettext("Đã lưu phiên họp và báo các ủy viên."),
    )


@bp.post("/<int:board_id>/meetings/<int:number>/start")
@signed_in
def start_meeting(board_id: int, number: int) -> Any:
    """Start it."""
    start = meetings.start_meeting
    return act(board_id, number, OpenForm(), lambda: start(actor(), board_id, number), gettext("Đã khai mạc phiên họp."))


@bp.post("/<int:board_id>/meetings/<int:number>/attendance")
@signed_in
def take_attendance(board_id: int, number: int) -> Any:
    """Register who is there."""
    form = AttendanceForm()
    seats = [seat.seat_id for seat in meeting_head(actor(), board_id, number).seats]
    return act(
        board_id, number, form, lambda: meetings.take_attendance(actor(), board_id, number, form.marks(seats)),
        gettext("Đã điểm danh."),
    )  # fmt: skip


@bp.post("/<int:board_id>/meetings/<int:number>/close")
@signed_in
def close_meeting(board_id: int, number: int) -> Any:
    """End it."""
    close = meetings.close_meeting
    return act(board_id, number, OpenForm(), lambda: close(actor(), board_id, number), gettext("Đã bế mạc phiên họp."))


@bp.post("/<int:board_id>/meetings/<int:number>/items/<int:review_id>/take-up")
@signed_in
def take_up(board_id: int, number: int, review_id: int) -> Any:
    """The item's turn has come."""
    return act(
        board_id, number, OpenForm(), lambda: items.take_up(actor(), board_id, number, review_id), gettext("Bắt đầu xét mục này.")
    )


@bp.post("/<int:board_id>/meetings/<int:number>/items/<int:review_id>/reveal")
@signed_in
def reveal(board_id: int, number: int, review_id: int) -> Any:
    """Show the points of an item to the board."""
    return act(
        board_id, number, OpenForm(), lambda: items.reveal(actor(), board_id, number, review_id), gettext("Đã công bố điểm.")
    )


@bp.post("/<int:board_id>/meetings/<int:number>/items/<int:review_id>/discussion")
@signed_in
def note_discussion(board_id: int, number: int, review_id: int) -> Any:
    """Keep what was said."""
    form = DiscussionForm()
    return act(
        board_id, number, form,
        lambda: items.note_discussion(actor(), board_id, number, review_id, text=form.discussion.data or ""),
        gettext("Đã lưu ý kiến thảo luận."),
    )  # fmt: skip


@bp.post("/<int:board_id>/meetings/<int:number>/items/<int:review_id>/postpone")
@signed_in
def postpone(board_id: int, number: int, review_id: int) -> Any:
    """Leave an item to a later meeting."""
    form = ReasonForm()
    return act(
        board_id, number, form, lambda: items.postpone(actor(), board_id, number, review_id, reason=form.reason.data or ""),
        gettext("Đã hoãn xét hồ sơ."),
    )  # fmt: skip


@bp.post("/<int:board_id>/meetings/<int:number>/items/<int:review_id>/conclusion")
@signed_in
def record_conclusion(board_id: int, number: int, review_id: int) -> Any:
    """Record what was computed."""
    form = ConclusionForm().offer()
    return act(
        board_id, number, form,
        lambda: concluding.record_conclusion(actor(), board_id, number, review_id, text=form.text.data or ""),
        gettext("Đã ghi kết luận; chờ chủ tọa xác nhận."),
    )  # fmt: skip


@bp.post("/<int:board_id>/meetings/<int:number>/items/<int:review_id>/revise")
@signed_in
def record_revise(board_id: int, number: int, review_id: int) -> Any:
    """Record that the text is to be completed first."""
    form = ConclusionForm().offer()
    text, back_to = form.text.data or "", form.back_to.data or ""
    return act(
        board_id, number, form,
        lambda: concluding.record_revise(actor(), board_id, number, review_id, text=text, back_to=back_to),
        gettext("Đã ghi kết luận hoàn thiện; chờ chủ tọa xác nhận."),
    )  # fmt: skip


@bp.post("/<int:board_id>/meetings/<int:number>/items/<int:review_id>/confirm")
@signed_in
def confirm_conclusion(board_id: int, number: int, review_id: int) -> Any:
    """Who presides confirms."""
    return act(
        board_id, number, OpenForm(), lambda: concluding.confirm_conclusion(actor(), board_id, number, review_id),
        gettext("Đã xác nhận kết luận."),
    )  # fmt: skip
