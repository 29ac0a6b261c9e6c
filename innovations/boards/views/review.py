"""One review as the board's people work on it: who scores, conflicts, trial, scoring opened, sheets reopened."""

from collections.abc import Callable
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm

from innovations.boards.blinding import blind_matches, nameless_file
from innovations.boards.forms import AssignForm, CoverForm, JudgeForm, OpenForm, ReasonForm, RecusalForm, TrialForm
from innovations.boards.loading import load_review
from innovations.boards.review_queries import ReviewBoard, board_of, review_board
from innovations.boards.rounds_queries import earlier_rounds, has_earlier_rounds
from innovations.boards.rules.assignments import AssignmentRole
from innovations.boards.rules.conflicts import ConflictKind
from innovations.boards.services import assigning, covering, progress, recusing, scoring
from innovations.boards.services.assigning import Duty
from innovations.boards.views.blueprint import bp
from innovations.core.web import answer, saved, signed_in
from innovations.people.doors import actor
from innovations.proposals.services import checking, similar


def _recusal_form(page: ReviewBoard, form: RecusalForm | None) -> RecusalForm:
    made = form or RecusalForm(formdata=None)
    made.seat_id.choices = [(each.seat_id, each.name) for each in page.candidates if not each.recused]
    return made


def _page(board_id: int, review_id: int, **forms: Any) -> str:
    """The page with its forms; a refused one comes back with what was typed."""
    loaded = load_review(actor(), board_id, review_id)
    page = board_of(actor(), loaded)
    assign = forms.pop("assign", None) or AssignForm(formdata=None, due_on=page.default_due, role=AssignmentRole.SCORER.value)
    assign.offer()
    return render_template(
        "boards/review.html", page=page, dossier=page.dossier, assign=assign, has_rounds=has_earlier_rounds(loaded.review),
        covers=forms.pop("covers", None) or CoverForm(formdata=None, words="\n".join(page.covered)),
        recusal=_recusal_form(page, forms.pop("recusal", None)), findings=blind_matches(actor(), loaded, similar.findings_in(loaded, actor())),
        forms={"reason": ReasonForm(formdata=None), "trial": TrialForm(formdata=None), "own": ReasonForm(formdata=None), "file": ReasonForm(formdata=None), **forms},
    )  # fmt: skip


def _act(board_id: int, review_id: int, form: FlaskForm, name: str, act: Callable[[], Any], message: str) -> Any:
    return answer(
        form,
        act,
        done=url_for("boards.review", board_id=board_id, review_id=review_id),
        page=lambda: _page(board_id, review_id, **{name: form}),
        message=message,
    )


@bp.get("/<int:board_id>/reviews/<int:review_id>")
@signed_in
def review(board_id: int, review_id: int) -> str:
    """The review for the board's people."""
    return _page(board_id, review_id)


@bp.get("/<int:board_id>/reviews/<int:review_id>/rounds")
@signed_in
def rounds(board_id: int, review_id: int) -> str:
    """What was scored before the present text, and what was changed since."""
    return render_template("boards/rounds.html", page=earlier_rounds(actor(), board_id, review_id))


@bp.post("/<int:board_id>/reviews/<int:review_id>/assignments")
@signed_in
def assign(board_id: int, review_id: int) -> Any:
    """Give the review to the chosen members."""
    form = AssignForm()
    form.offer()
    return _act(
        board_id, review_id, form, "assign",
        lambda: assigning.assign(
            actor(), board_id, review_id, form.seat_id.data or [], Duty(AssignmentRole(form.role.data), form.due_on.data)
        ),
        gettext("Đã phân công và thông báo cho các ủy viên."),
    )  # fmt: skip


@bp.post("/<int:board_id>/reviews/<int:review_id>/assignments/<int:assignment_id>/remove")
@signed_in
def unassign(board_id: int, review_id: int, assignment_id: int) -> Any:
    """Take an assignment back."""
    return _act(
        board_id, review_id, OpenForm(), "open",
        lambda: assigning.unassign(actor(), board_id, review_id, assignment_id), gettext("Đã bỏ phân công."),
    )  # fmt: skip


@bp.post("/<int:board_id>/reviews/<int:review_id>/assignments/<int:assignment_id>/excuse")
@signed_in
def excuse(board_id: int, review_id: int, assignment_id: int) -> Any:
    """Say why the board may go on without a sheet."""
    form = ReasonForm()
    return _act(
        board_id, review_id, form, "reason",
        lambda: assigning.excuse(actor(), board_id, review_id, assignment_id, reason=form.reason.data or ""),
        gettext("Đã ghi lý do miễn phiếu."),
    )  # fmt: skip


@bp.post("/<int:board_id>/reviews/<int:review_id>/recusals")
@signed_in
def recuse(board_id: int, review_id: int) -> Any:
    """The secretary records a member's conflict."""
    form = RecusalForm()
    form.seat_id.choices = [(each.seat_id, each.name) for each in review_board(actor(), board_id, review_id).candidates]
    return _act(
        board_id, review_id, form, "recusal",
        lambda: recusing.recuse_member(actor(), board_id, review_id, form.seat_id.data, reason=form.reason.data or ""),
        gettext("Đã ghi nhận xung đột lợi ích."),
    )  # fmt: skip


@bp.post("/<int:board_id>/reviews/<int:review_id>/conflicts")
@signed_in
def judge_conflict(board_id: int, review_id: int) -> Any:
    """The secretary pins or dismisses a computed conflict: the button pressed says which."""
    form = JudgeForm()
    return _act(
        board_id, review_id, form, "reason",
        lambda: recusing.judge_conflict(
            actor(), board_id, review_id, form.seat_id.data or 0, ConflictKind(form.kind.data),
            holds=request.form.get("do") == "pin", reason=form.reason.data or "",
        ),
        gettext("Đã ghi kết quả xem xét xung đột lợi ích."),
    )  # fmt: skip


@bp.post("/<int:board_id>/reviews/<int:review_id>/covers")
@signed_in
def cover_words(board_id: int, review_id: int) -> Any:
    """The secretary covers words for whoever scores without knowing the authors."""
    form = CoverForm()
    return _act(
        board_id, review_id, form, "covers",
        lambda: covering.cover_words(actor(), board_id, review_id, form.words.data or ""),
        gettext("Đã lưu các từ ngữ cần che."),
    )  # fmt: skip


@bp.post("/<int:board_id>/reviews/<int:review_id>/files/<int:attachment_id>/ruling")
@signed_in
def rule_file(board_id: int, review_id: int, attachment_id: int) -> Any:
    """The secretary keeps a file from whoever scores without knowing the authors, or gives it: the button pressed says which."""
    form = ReasonForm()
    return _act(
        board_id, review_id, form, "file",
        lambda: covering.rule_file(
            actor(), board_id, review_id, attachment_id, withheld=request.form.get("do") != "release", reason=form.reason.data or ""
        ),
        gettext("Đã ghi việc cho xem tệp."),
    )  # fmt: skip


@bp.get("/<int:board_id>/reviews/<int:review_id>/files/<int:attachment_id>")
@signed_in
def blind_file(board_id: int, review_id: int, attachment_id: int) -> Response:
    """Save a file of the dossier without its own name and without what programs wrote into it about its author."""
    file = nameless_file(actor(), board_id, review_id, attachment_id)
    return saved(file.content, file.name, file.media_type)


@bp.post("/<int:board_id>/reviews/<int:review_id>/withdraw-from")
@signed_in
def withdraw_from(board_id: int, review_id: int) -> Any:
    """ "Có liên quan, xin rút": the member's own conflict; afterwards the review is out of sight, so the board's page follows."""
    form = ReasonForm()
    return answer(
        form,
        lambda: recusing.recuse_myself(actor(), board_id, review_id, reason=form.reason.data or ""),
        done=url_for("boards.show", board_id=board_id),
        page=lambda: _page(board_id, review_id, own=form),
        message=gettext("Đã ghi nhận: đồng chí không tham gia xét hồ sơ này."),
    )


@bp.post("/<int:board_id>/reviews/<int:review_id>/decline")
@signed_in
def decline(board_id: int, review_id: int) -> Any:
    """A member does not take the assignment."""
    form = ReasonForm()
    return answer(
        form,
        lambda: assigning.decline(actor(), board_id, review_id, reason=form.reason.data or ""),
        done=url_for("boards.show", board_id=board_id),
        page=lambda: _page(board_id, review_id, own=form),
        message=gettext("Đã báo thư ký: đồng chí không nhận chấm hồ sơ này."),
    )


@bp.post("/<int:board_id>/reviews/<int:review_id>/trial")
@signed_in
def start_trial(board_id: int, review_id: int) -> Any:
    """Let the solution be tried before it is scored."""
    form, address = TrialForm(), load_review(actor(), board_id, review_id).facts.code
    return _act(
        board_id, review_id, form, "trial",
        lambda: checking.start_trial(actor(), address, planned_end=form.planned_end.data), gettext("Đã cho áp dụng thử."),
    )  # fmt: skip


@bp.post("/<int:board_id>/reviews/<int:review_id>/open")
@signed_in
def open_scoring(board_id: int, review_id: int) -> Any:
    """Let the assigned members score."""
    return _act(
        board_id, review_id, OpenForm(), "open", lambda: progress.open_scoring(actor(), board_id, review_id),
        gettext("Đã mở chấm điểm."),
    )  # fmt: skip


@bp.post("/<int:board_id>/reviews/<int:review_id>/close-overdue")
@signed_in
def close_overdue(board_id: int, review_id: int) -> Any:
    """End a review whose completed text did not come in time."""
    form = ReasonForm()
    return _act(
        board_id, review_id, form, "reason",
        lambda: progress.close_overdue(actor(), board_id, review_id, reason=form.reason.data or ""),
        gettext("Đã kết thúc hồ sơ."),
    )  # fmt: skip


@bp.post("/<int:board_id>/reviews/<int:review_id>/sheets/<int:sheet_id>/reopen")
@signed_in
def reopen(board_id: int, review_id: int, sheet_id: int) -> Any:
    """Give a submitted sheet back to its scorer, once, before the reveal."""
    form = ReasonForm()
    return _act(
        board_id, review_id, form, "reason",
        lambda: scoring.reopen_score_sheet(actor(), board_id, review_id, sheet_id, reason=form.reason.data or ""),
        gettext("Đã mở lại phiếu chấm."),
    )  # fmt: skip
