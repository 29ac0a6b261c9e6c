"""Who scores what, for all reviews that wait: a balanced dry run to edit and apply, a file, members who are kept apart."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from innovations.boards import board_queries
from innovations.boards.apart_queries import pairs_of
from innovations.boards.assignment_file import read_picks
from innovations.boards.forms_planning import ApartForm, PairForm, PlanFileForm, PlanForm
from innovations.boards.planning_queries import check_planner, plan_shown
from innovations.boards.services import planning
from innovations.boards.services.planning import Pick
from innovations.boards.views.blueprint import bp
from innovations.core.rules.numbers import whole
from innovations.core.web import answer, signed_in
from innovations.people.doors import actor

SCORERS_MAX = 30  # seats of the largest board


def _number(name: str) -> int | None:
    """A number asked for in the address, when it makes sense."""
    value = request.values.get(name, type=whole)
    return value if value is not None and 1 <= value <= (SCORERS_MAX if name == "per" else 10_000) else None


def _page(board_id: int, **forms: Any) -> str:
    board = board_queries.board_shown(actor(), board_id)
    page = plan_shown(actor(), board_id, per=_number("per"), most=_number("most"))
    made = {"plan": PlanForm(formdata=None), "file": PlanFileForm(formdata=None), "apart": ApartForm(formdata=None), **forms}
    made["apart"].offer(board_id)
    ticked = set(forms["plan"].pairs()) if "plan" in forms else None
    return render_template("boards/plan.html", board=board, page=page, forms=made, pairs=pairs_of(board_id), ticked=ticked)


@bp.get("/<int:board_id>/plan")
@signed_in
def plan(board_id: int) -> str:
    """The dry run; ``?per=`` scorers of each review, ``?most=`` reviews of a member."""
    return _page(board_id)


@bp.post("/<int:board_id>/plan")
@signed_in
def apply_plan(board_id: int) -> Any:
    """Apply the dry run as it was edited."""
    form = PlanForm()
    check_planner(actor(), board_id)
    return answer(
        form,
        lambda: planning.apply_plan(actor(), board_id, [Pick(review, seat, form.due_on.data) for review, seat in form.pairs()]),
        done=url_for("boards.queue", board_id=board_id),
        page=lambda: _page(board_id, plan=form),
        message=gettext("Đã phân công theo bảng và thông báo cho các ủy viên."),
    )


@bp.post("/<int:board_id>/plan/file")
@signed_in
def plan_file(board_id: int) -> Any:
    """Apply a plan brought as a file."""
    form = PlanFileForm()
    check_planner(actor(), board_id)

    def bring() -> int:
        picks = read_picks(actor(), board_id, form.file.data.filename or "", form.file.data.read())
        return planning.apply_plan(actor(), board_id, picks, field="file")

    return answer(
        form,
        bring,
        done=url_for("boards.queue", board_id=board_id),
        page=lambda: _page(board_id, file=form),
        message=gettext("Đã phân công theo tệp và thông báo cho các ủy viên."),
    )


@bp.post("/<int:board_id>/apart")
@signed_in
def keep_apart(board_id: int) -> Any:
    """Two members never score the same review."""
    form = ApartForm()
    check_planner(actor(), board_id)
    form.offer(board_id)
    return answer(
        form,
        lambda: planning.keep_apart(actor(), board_id, form.one.data, form.other.data, reason=form.reason.data or ""),
        done=url_for("boards.plan", board_id=board_id),
        page=lambda: _page(board_id, apart=form),
        message=gettext("Đã ghi hai ủy viên không chấm chung."),
    )


@bp.post("/<int:board_id>/apart/remove")
@signed_in
def let_together(board_id: int) -> Any:
    """They may again."""
    form = PairForm()
    check_planner(actor(), board_id)
    return answer(
        form,
        lambda: planning.let_together(actor(), board_id, form.pair_id.data),
        done=url_for("boards.plan", board_id=board_id),
        page=lambda: _page(board_id, pair=form),
        message=gettext("Đã bỏ ghi không chấm chung."),
    )
