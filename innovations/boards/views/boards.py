"""Pages of boards and seats: the list, one board, and the registrar's forms."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from innovations.boards import board_queries, screening_queries
from innovations.boards.decision_queries import READERS
from innovations.boards.forms import BoardForm, EndSeatForm, OpenForm, SeatForm
from innovations.boards.overdue_queries import oversees
from innovations.boards.rules.seats import SeatRole
from innovations.boards.services import boards, seats
from innovations.boards.services.boards import BoardData
from innovations.boards.services.seats import SeatData
from innovations.boards.views.blueprint import bp
from innovations.core.clock import today
from innovations.core.rules.errors import Forbidden
from innovations.core.rules.numbers import whole
from innovations.core.web import answer, signed_in
from innovations.people.doors import actor, needs
from innovations.people.queries import units
from innovations.people.rules.roles import Role
from innovations.regulations.queries import field_name, fields_of_work, sets_in_force


@bp.get("/")
@signed_in
def index() -> str:
    """The boards the reader has to do with."""
    rows = board_queries.boards_of(actor())
    may_create = actor().holds_anywhere(Role.REGISTRAR)
    reads = any(actor().holds_anywhere(role) for role in READERS)
    return render_template(
        "boards/index.html",
        rows=rows,
        may_create=may_create,
        reads_decisions=reads,
        oversees=oversees(actor()),
        may_screen=screening_queries.may_screen(actor()),
    )


@bp.get("/<int:board_id>")
@signed_in
def show(board_id: int) -> str:
    """One board: seats, term, meetings, the criteria it scores by."""
    board = board_queries.board_shown(actor(), board_id)
    return render_template(
        "boards/board.html", board=board, sets=sets_in_force(board.unit_id, today()), close_form=OpenForm(formdata=None)
    )


def _offer_fields(form: BoardForm) -> BoardForm:
    form.field_ids.choices = [(each.id, field_name(each)) for each in fields_of_work()]
    return form


def _data(form: BoardForm) -> BoardData:
    return BoardData(
        name=form.name.data or "", term_from=form.term_from.data, term_to=form.term_to.data,
        decision_number=form.decision_number.data or "", decision_on=form.decision_on.data,
        decision_signer=form.decision_signer.data or "", field_ids=tuple(form.field_ids.data or ()),
    )  # fmt: skip


def _my_units() -> list[Any]:
    paths = actor().paths_of(Role.REGISTRAR)
    return [row for row in units() if row.path.startswith(paths) and row.level != "subunit"]


def _new_page(form: BoardForm) -> str:
    return render_template(
        "boards/board_form.html", form=form, board=None, units=_my_units(), unit_id=request.values.get("unit", type=whole)
    )


@bp.get("/new")
@needs(Role.REGISTRAR)
def new() -> str:
    """A board to set up."""
    return _new_page(_offer_fields(BoardForm(formdata=None, term_from=today())))


@bp.post("/new")
@needs(Role.REGISTRAR)
def create() -> Any:
    """Set up a board."""
    form, unit_id = _offer_fields(BoardForm()), request.form.get("unit", 0, type=whole)
    return answer(
        form,
        lambda: boards.create_board(actor(), unit_id, _data(form)),
        done=lambda board_id: url_for("boards.show", board_id=board_id),
        page=lambda: _new_page(form),
        message=gettext("Đã lập hội đồng; xin cử các ủy viên."),
    )


def _managed(board_id: int) -> board_queries.BoardShown:
    """The board, for its registrar only: the forms of others would lead nowhere."""
    board = board_queries.board_shown(actor(), board_id)
    if not board.may_manage:
        raise Forbidden
    return board


def _edit_page(board_id: int, form: BoardForm) -> str:
    return render_template("boards/board_form.html", form=form, board=_managed(board_id), units=(), unit_id=None)


@bp.get("/<int:board_id>/edit")
@signed_in
def edit(board_id: int) -> str:
    """Change decision, term or fields."""
    stored = vars(_managed(board_id))
    chosen = [each.id for each in fields_of_work() if field_name(each) in stored["fields"]]
    known = {name: stored[name] for name in ("name", "decision_number", "decision_on", "decision_signer", "term_from", "term_to")}
    return _edit_page(board_id, _offer_fields(BoardForm(formdata=None, field_ids=chosen, **known)))


@bp.post("/<int:board_id>/edit")
@signed_in
def change(board_id: int) -> Any:
    """Store the changes."""
    form = _offer_fields(BoardForm())
    return answer(
        form,
        lambda: boards.change_board(actor(), board_id, _data(form)),
        done=url_for("boards.show", board_id=board_id),
        page=lambda: _edit_page(board_id, form),
        message=gettext("Đã lưu hội đồng."),
    )


@bp.post("/<int:board_id>/close")
@signed_in
def close(board_id: int) -> Any:
    """End a board that has nothing left to consider."""
    return answer(
        OpenForm(),
        lambda: boards.close_board(actor(), board_id),
        done=url_for("boards.show", board_id=board_id),
        page=lambda: show(board_id),
        message=gettext("Đã kết thúc hội đồng."),
    )


def _seats_page(board_id: int, form: SeatForm, **forms: Any) -> str:
    query = request.values.get("q", "")
    people = board_queries.find_people(query)
    form.offer(people)
    return render_template(
        "boards/seats.html",
        board=_managed(board_id),
        form=form,
        q=query,
        people=people,
        **{"end_form": EndSeatForm(formdata=None), **forms},
    )


@bp.get("/<int:board_id>/seats")
@signed_in
def seats_of(board_id: int) -> str:
    """The registrar's page of seats: who sits, who may be seated."""
    return _seats_page(board_id, SeatForm(formdata=None, since=today()))


@bp.post("/<int:board_id>/seats")
@signed_in
def fill_seat(board_id: int) -> Any:
    """Seat a person."""
    form = SeatForm()
    form.offer(board_queries.find_people(request.form.get("q", "")))
    return answer(
        form,
        lambda: seats.seat_person(actor(), board_id, _seat_data(form)),
        done=url_for("boards.seats_of", board_id=board_id),
        page=lambda: _seats_page(board_id, form),
        message=gettext("Đã cử ủy viên."),
    )


def _seat_data(form: SeatForm) -> SeatData:
    return SeatData(form.person_id.data, SeatRole(form.role.data), form.since.data, form.may_score.data, form.may_vote.data)


@bp.post("/<int:board_id>/seats/<int:seat_id>/end")
@signed_in
def end_seat(board_id: int, seat_id: int) -> Response | Any:
    """Let a seat end with a day."""
    form = EndSeatForm()
    return answer(
        form,
        lambda: seats.end_seat(actor(), board_id, seat_id, last_day=form.last_day.data),
        done=url_for("boards.seats_of", board_id=board_id),
        page=lambda: _seats_page(board_id, SeatForm(formdata=None, since=today()), end_form=form, ended=seat_id),
        message=gettext("Đã ghi ngày thôi giữ ghế."),
    )
