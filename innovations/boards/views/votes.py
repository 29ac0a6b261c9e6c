"""Voting on an item: opened and closed by the secretary or who presides; the ballot page of one member."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from innovations.boards.forms import OpenForm
from innovations.boards.forms_meeting import BallotForm, roll_sent
from innovations.boards.meeting_queries import meeting_item
from innovations.boards.rules.refusals import NotVoter
from innovations.boards.rules.votes import Opinion
from innovations.boards.services import counting, votes
from innovations.boards.views.blueprint import bp
from innovations.boards.views.meetings import act
from innovations.core.web import answer, repeatable, signed_in
from innovations.people.doors import actor


def _ballot_page(board_id: int, number: int, review_id: int, form: BallotForm) -> str:
    page, item = meeting_item(actor(), board_id, number, review_id)
    if not page.has_vote:
        raise NotVoter
    return render_template("boards/ballot.html", page=page, item=item, form=form)


@bp.get("/<int:board_id>/meetings/<int:number>/vote/<int:review_id>")
@signed_in
def ballot(board_id: int, number: int, review_id: int) -> str:
    """The ballot of one item, for who holds a vote at the meeting."""
    return _ballot_page(board_id, number, review_id, BallotForm(formdata=None).offer())


@bp.post("/<int:board_id>/meetings/<int:number>/vote/<int:review_id>")
@repeatable  # a key would keep when somebody voted; the seat votes once anyway
@signed_in
def cast(board_id: int, number: int, review_id: int) -> Any:
    """Give one's opinion.  The form carries no key of its own: a second click finds that the seat has voted."""
    form = BallotForm().offer()
    return answer(
        form,
        lambda: votes.cast(actor(), board_id, number, review_id, opinion=Opinion(form.opinion.data)),
        done=url_for("boards.meeting", board_id=board_id, number=number),
        page=lambda: _ballot_page(board_id, number, review_id, form),
        message=gettext("Đã nhận phiếu của đồng chí."),
    )


@bp.post("/<int:board_id>/meetings/<int:number>/items/<int:review_id>/vote/open")
@signed_in
def open_vote(board_id: int, number: int, review_id: int) -> Any:
    """Open the vote: by phone, or on printed ballots where the button says so."""
    on_paper = request.form.get("way") == "paper"
    return act(
        board_id, number, OpenForm(), lambda: votes.open_vote(actor(), board_id, number, review_id, on_paper=on_paper),
        gettext("Đã mở biểu quyết."),
    )  # fmt: skip


@bp.post("/<int:board_id>/meetings/<int:number>/items/<int:review_id>/vote/roll")
@signed_in
def record_roll(board_id: int, number: int, review_id: int) -> Any:
    """Write down an open vote taken by roll."""
    return act(
        board_id, number, OpenForm(), lambda: votes.record_roll(actor(), board_id, number, review_id, roll_sent()),
        gettext("Đã ghi ý kiến biểu quyết."),
    )  # fmt: skip


@bp.post("/<int:board_id>/meetings/<int:number>/items/<int:review_id>/vote/close")
@signed_in
def close_vote(board_id: int, number: int, review_id: int) -> Any:
    """Close the vote and count it."""
    return act(
        board_id, number, OpenForm(), lambda: counting.close_vote(actor(), board_id, number, review_id),
        gettext("Đã đóng biểu quyết và kiểm phiếu."),
    )  # fmt: skip
