"""A secret vote on paper: ballots to print, the count keyed by two tellers, its settlement, the count record."""

from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext

from innovations.boards.ballot_papers import ballots_paper, count_record
from innovations.boards.counting_queries import count_page
from innovations.boards.forms import ReasonForm
from innovations.boards.forms_counting import CountForm, SettleForm
from innovations.boards.services import tellers
from innovations.boards.views.blueprint import bp
from innovations.boards.views.meetings import act
from innovations.boards.views.scoring import pdf
from innovations.core.web import answer, signed_in
from innovations.people.doors import actor


def _page(board_id: int, number: int, review_id: int, form: CountForm, settling: SettleForm) -> str:
    page = count_page(actor(), board_id, number, review_id)
    return render_template("boards/count.html", page=page, form=form, settling=settling)


@bp.get("/<int:board_id>/meetings/<int:number>/vote/<int:review_id>/count")
@signed_in
def count(board_id: int, number: int, review_id: int) -> str:
    """The count of one item's vote on paper."""
    return _page(board_id, number, review_id, CountForm(formdata=None), SettleForm(formdata=None))


@bp.post("/<int:board_id>/meetings/<int:number>/vote/<int:review_id>/count")
@signed_in
def key_count(board_id: int, number: int, review_id: int) -> Any:
    """Key what one counted."""
    form = CountForm()
    return answer(
        form,
        lambda: tellers.key_count(actor(), board_id, number, review_id, form.figures()),
        done=url_for("boards.count", board_id=board_id, number=number, review_id=review_id),
        page=lambda: _page(board_id, number, review_id, form, SettleForm(formdata=None)),
        message=gettext("Đã nhận kết quả kiểm phiếu."),
    )


@bp.post("/<int:board_id>/meetings/<int:number>/vote/<int:review_id>/count/settle")
@signed_in
def settle_count(board_id: int, number: int, review_id: int) -> Any:
    """Who presides chooses between two counts."""
    form = SettleForm()
    return answer(
        form,
        lambda: tellers.settle_count(
            actor(), board_id, number, review_id, place=int(form.place.data), reason=form.reason.data or ""
        ),
        done=url_for("boards.meeting", board_id=board_id, number=number),
        page=lambda: _page(board_id, number, review_id, CountForm(formdata=None), form),
        message=gettext("Đã chốt kết quả kiểm phiếu."),
    )  # fmt: skip


@bp.post("/<int:board_id>/meetings/<int:number>/items/<int:review_id>/vote/void")
@signed_in
def void_paper_vote(board_id: int, number: int, review_id: int) -> Any:
    """Declare a vote on paper void."""
    form = ReasonForm()
    return act(
        board_id, number, form,
        lambda: tellers.void_paper_vote(actor(), board_id, number, review_id, reason=form.reason.data or ""),
        gettext("Đã hủy lượt bỏ phiếu; có thể bỏ phiếu lại."),
    )  # fmt: skip


@bp.get("/<int:board_id>/meetings/<int:number>/vote/<int:review_id>/ballots.pdf")
@signed_in
def ballots(board_id: int, number: int, review_id: int) -> Response:
    """The ballots, as many as there are voters."""
    return pdf(ballots_paper(actor(), board_id, number, review_id))


@bp.get("/<int:board_id>/meetings/<int:number>/vote/<int:review_id>/count.pdf")
@signed_in
def count_paper(board_id: int, number: int, review_id: int) -> Response:
    """The count record: blank to fill by hand until the vote is closed."""
    return pdf(count_record(actor(), board_id, number, review_id))
