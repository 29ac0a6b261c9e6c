"""The dated phases of a board: read by whoever opens the board, planned by its registrar and its secretary."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from innovations.boards.board_queries import board_shown
from innovations.boards.forms_schedule import ScheduleForm, schedule_form
from innovations.boards.schedule_facts import check_planner
from innovations.boards.schedule_queries import schedule_page
from innovations.boards.services import schedules
from innovations.boards.views.blueprint import bp
from innovations.core.rules.errors import NotVisible
from innovations.core.rules.numbers import whole_or
from innovations.core.web import answer, signed_in
from innovations.people.doors import actor


def _campaign() -> int | None:
    """The campaign in the address; whatever names none leads nowhere."""
    named = request.args.get("campaign", "")
    if named and not whole_or(named, 0):
        raise NotVisible
    return whole_or(named, 0) or None


def _page(board_id: int, sent: ScheduleForm | None = None) -> str:
    board, page = board_shown(actor(), board_id), schedule_page(actor(), board_id, _campaign())
    form = sent or schedule_form(page.ahead, page.seen, first=not page.phases)
    return render_template("boards/schedule.html", board=board, page=page, form=form)


@bp.get("/<int:board_id>/schedule")
@signed_in
def schedule(board_id: int) -> str:
    """The phases for all reviews, or with ``?campaign=`` for those of one campaign."""
    return _page(board_id)


@bp.post("/<int:board_id>/schedule")
@signed_in
def change_schedule(board_id: int) -> Any:
    """Plan the phases that have not begun."""
    form, campaign_id = ScheduleForm(), _campaign()
    check_planner(actor(), board_id, campaign_id)
    return answer(
        form,
        lambda: schedules.change_schedule(actor(), board_id, campaign_id, form.rows(), seen=form.seen.data or ""),
        done=url_for("boards.schedule", board_id=board_id, campaign=campaign_id),
        page=lambda: _page(board_id, form),
        message=gettext("Đã lưu lịch giai đoạn; ai được thấy gì theo lịch từ lúc này."),
    )
