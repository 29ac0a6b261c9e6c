"""What others do to a proposal: the receiver's check, the commander's look, trial, confirming, withdrawing."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm

from innovations.core.web import answer, redirect_to, signed_in
from innovations.people.doors import actor
from innovations.proposals import dossier_queries
from innovations.proposals.forms_review import EndorseForm, FormalForm, ReasonForm, TrialForm
from innovations.proposals.loading import load_for
from innovations.proposals.rules.formal import FormalItem
from innovations.proposals.rules.states import Action, State
from innovations.proposals.services import authors, checking, similar, submitting
from innovations.proposals.views.blueprint import bp
from innovations.proposals.views.reading import show_page


def _check_page(address: str, form: FormalForm) -> str:
    return render_template(
        "proposals/check.html", dossier=dossier_queries.dossier(actor(), address), form=form, items=FormalItem,
        findings=similar.findings(actor(), address), says=similar.Says, State=State,
    )  # fmt: skip


@bp.get("/<address>/check")
@signed_in
def check(address: str) -> str:
    """The receiver's page: the dossier beside the eight items."""
    load_for(Action.REJECT, actor(), address)
    return _check_page(address, FormalForm(formdata=None))


@bp.post("/<address>/check")
@signed_in
def check_send(address: str) -> Any:
    """Accept, ask for fixes or reject: the button pressed says which."""
    form = FormalForm()
    acts: dict[str, tuple[Callable[[], None], str]] = {
        "accept": (lambda: checking.accept(actor(), address, form.answers()), gettext("Đã thụ lý hồ sơ.")),
        "ask_fix": (
            lambda: checking.ask_fix(actor(), address, form.answers(), due_on=form.due_on.data),
            gettext("Đã gửi yêu cầu bổ sung cho tác giả."),
        ),
        "reject": (
            lambda: checking.reject(actor(), address, reason=form.reason.data or "", answers=form.answers()),
            gettext("Đã từ chối đơn và gửi lý do cho tác giả."),
        ),
    }
    act, message = acts.get(request.form.get("do", ""), acts["accept"])
    return answer(
        form, act, done=url_for("proposals.index", state="submitted"), page=lambda: _check_page(address, form), message=message
    )


def _act(address: str, form: FlaskForm, name: str, act: Callable[[], Any], message: str) -> Any:
    """Answer an action of the dossier's page; a refused one comes back on that page with what was typed."""
    return answer(
        form,
        act,
        done=url_for("proposals.show", address=address),
        page=lambda: show_page(dossier_queries.dossier(actor(), address), **{name: form}),
        message=message,
    )


@bp.post("/<address>/endorse")
@signed_in
def endorse(address: str) -> Any:
    """The commander agrees, or sends it back with a comment."""
    form = EndorseForm()
    if request.form.get("do") == "send_back":
        back = lambda: submitting.send_back(actor(), address, comment=form.comment.data or "")  # noqa: E731
        return answer(
            form, back, done=url_for("home.index"), page=lambda: show_page(dossier_queries.dossier(actor(), address), endorse=form),
            message=gettext("Đã trả lại hồ sơ cho tác giả."),
        )  # fmt: skip
    return _act(
        address, form, "endorse",
        lambda: submitting.endorse(actor(), address, nothing_secret=form.nothing_secret.data, comment=form.comment.data or ""),
        gettext("Đã chuyển hồ sơ lên cơ sở."),
    )  # fmt: skip


@bp.post("/<address>/withdraw")
@signed_in
def withdraw(address: str) -> Any:
    """The lead author takes it back."""
    form = ReasonForm()
    return _act(
        address, form, "reason", lambda: submitting.withdraw(actor(), address, reason=form.reason.data or ""),
        gettext("Đã rút hồ sơ."),
    )  # fmt: skip


@bp.post("/<address>/confirm")
@signed_in
def confirm(address: str) -> Any:
    """A co-author confirms their share."""
    authors.confirm(actor(), address)
    return redirect_to(url_for("proposals.show", address=address), gettext("Đã xác nhận phần đóng góp."))


@bp.post("/<address>/trial")
@signed_in
def trial(address: str) -> Any:
    """The receiver closes a trial on the author's report: finished, or failed with reasons."""
    form = TrialForm()
    if request.form.get("do") == "fail":
        return _act(
            address, form, "trial", lambda: checking.fail_trial(actor(), address, reason=form.reason.data or ""),
            gettext("Đã kết thúc: áp dụng thử không đạt."),
        )  # fmt: skip
    return _act(
        address, form, "trial",
        lambda: checking.finish_trial(actor(), address, report=form.report.data or "", ended_on=form.ended_on.data),
        gettext("Đã ghi nhận kết thúc áp dụng thử."),
    )  # fmt: skip


@bp.post("/<address>/similar/<int:other_id>/verdict")
@signed_in
def verdict(address: str, other_id: int) -> Any:
    """The examiner's verdict on a similar proposal."""
    similar.look_at(actor(), address, other_id, request.form.get("verdict", ""))
    return redirect_to(url_for("proposals.compare", address=address, other_id=other_id), gettext("Đã ghi nhận."))
