"""Pages of adoptions: the request on the improvement's page, the lists, one adoption with its steps."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm

from innovations.core.formats import moment
from innovations.core.paging import Page, page_numbers
from innovations.core.web import answer, signed_in
from innovations.library import adoption_queries, papers
from innovations.library.adoption_queries import AdoptionShown
from innovations.library.forms import AgreeForm, ButtonForm, DeclineForm, ReportForm, RequestForm, StartForm, StopForm
from innovations.library.improvement import improvement
from innovations.library.rules.adoptions import AdoptionAction, AdoptionKind, AdoptionState
from innovations.library.rules.refusals import NotAdoptersCommander
from innovations.library.services import adopting, following_up
from innovations.library.services.adopting import Beginning, Request
from innovations.library.views.blueprint import bp
from innovations.library.views.improving import commanded_units, show_page
from innovations.people.doors import actor


@bp.post("/<code>/adopt")
@signed_in
def adopt(code: str) -> Any:
    """Ask to take the improvement over."""
    found, commanded = improvement(actor(), code), commanded_units()
    if not commanded:
        raise NotAdoptersCommander
    form = RequestForm()
    form.offer(commanded, owning_unit_id=found.owning_unit_id)

    def ask() -> int:
        wanted = Request(form.unit_id.data, AdoptionKind(form.kind.data), form.purpose.data or "")
        return adopting.request_adoption(actor(), code, wanted)

    return answer(
        form, ask, done=lambda adoption_id: url_for("library.adoption", adoption_id=adoption_id),
        page=lambda: show_page(found, request_form=form), message=gettext("Đã gửi đề nghị áp dụng."),
    )  # fmt: skip


@bp.get("/adoptions")
@signed_in
def adoptions() -> str:
    """What my units asked for and were asked, by side and state."""
    page, per_page = page_numbers(request.args.get("page"), request.args.get("per_page"))
    side, wanted = request.args.get("side", ""), request.args.get("state", "")
    state = AdoptionState(wanted) if wanted in set(AdoptionState) else None
    rows, total = adoption_queries.listing(actor(), side=side, state=state, page=page, per_page=per_page)
    args: dict[str, Any] = {"side": side or None, "state": state.value if state else None}
    listed = Page(rows, page, per_page, total, lambda n: url_for("library.adoptions", **args, page=n))
    return render_template("library/adoptions.html", page=listed, side=side, state=state, states=AdoptionState, args=args)


@bp.get("/adoptions/<int:adoption_id>")
@signed_in
def adoption(adoption_id: int) -> str:
    """One adoption: what was asked and answered, its timeline, and what the reader may do now."""
    return _page(adoption_queries.adoption_shown(actor(), adoption_id))


def _printed(paper: papers.Paper) -> Response:
    response = Response(paper.content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=paper.name)
    return response


@bp.get("/adoptions/<int:adoption_id>/request.pdf")
@signed_in
def request_paper(adoption_id: int) -> Response:
    """The request, as a letter to the owning unit."""
    return _printed(papers.request_paper(actor(), adoption_id))


@bp.get("/adoptions/<int:adoption_id>/handover.pdf")
@signed_in
def handover_paper(adoption_id: int) -> Response:
    """The handover record, once the owning unit agreed."""
    return _printed(papers.handover_paper(actor(), adoption_id))


@bp.get("/adoptions/<int:adoption_id>/confirmation.pdf")
@signed_in
def confirmation_paper(adoption_id: int) -> Response:
    """The confirmation of use, once the use began."""
    return _printed(papers.confirmation_paper(actor(), adoption_id))


def _page(found: AdoptionShown, **sent: FlaskForm) -> str:
    lines = [*found.lines, {}]
    forms = {
        "agree": AgreeForm(formdata=None),
        "decline": DeclineForm(formdata=None),
        "start": StartForm(formdata=None),
        "report": ReportForm(formdata=None, data={"result": found.result, "lines": lines}),
        "stop": StopForm(formdata=None),
        **sent,
    }
    timeline = [{"label": step.label, "when": moment(step.at), "who": step.who, "note": step.note} for step in found.steps]
    return render_template("library/adoption.html", item=found, forms=forms, Action=AdoptionAction, timeline=timeline)


def _step(adoption_id: int, name: str, form: FlaskForm, act: Callable[[], None], message: str) -> Any:
    """Take a step; a refusal shows the page with what was typed."""
    return answer(
        form, act, done=url_for("library.adoption", adoption_id=adoption_id), message=message,
        page=lambda: _page(adoption_queries.adoption_shown(actor(), adoption_id), **{name: form}),
    )  # fmt: skip


@bp.post("/adoptions/<int:adoption_id>/agree")
@signed_in
def agree(adoption_id: int) -> Any:
    """The owning unit agrees."""
    form = AgreeForm()
    act = partial(adopting.agree, actor(), adoption_id, conditions=form.conditions.data or "")
    return _step(adoption_id, "agree", form, act, gettext("Đã đồng ý; đơn vị đề nghị được thông báo."))


@bp.post("/adoptions/<int:adoption_id>/decline")
@signed_in
def decline(adoption_id: int) -> Any:
    """The owning unit declines, with reasons."""
    form = DeclineForm()
    act = partial(adopting.decline, actor(), adoption_id, reason=form.reason.data or "")
    return _step(adoption_id, "decline", form, act, gettext("Đã trả lời không đồng ý kèm lý do."))


@bp.post("/adoptions/<int:adoption_id>/cancel")
@signed_in
def cancel(adoption_id: int) -> Any:
    """The requesting side takes it back."""
    return _step(adoption_id, "cancel", ButtonForm(), partial(adopting.cancel, actor(), adoption_id), gettext("Đã rút đề nghị."))


@bp.post("/adoptions/<int:adoption_id>/start")
@signed_in
def start(adoption_id: int) -> Any:
    """The unit begins to use it."""
    form = StartForm()

    def begin() -> None:
        beginning = Beginning(form.place.data or "", form.responsible.data or "", form.from_on.data)
        adopting.start_use(actor(), adoption_id, beginning)

    return _step(adoption_id, "start", form, begin, gettext("Đã ghi nhận bắt đầu áp dụng."))


@bp.post("/adoptions/<int:adoption_id>/report")
@signed_in
def report(adoption_id: int) -> Any:
    """What it brought."""
    form = ReportForm()

    def send() -> None:
        following_up.report_results(actor(), adoption_id, result=form.result.data or "", lines=form.filled_lines())

    return _step(adoption_id, "report", form, send, gettext("Đã lưu kết quả áp dụng."))


@bp.post("/adoptions/<int:adoption_id>/confirm")
@signed_in
def confirm(adoption_id: int) -> Any:
    """The adopting commander confirms what was measured."""
    act = partial(following_up.confirm_benefits, actor(), adoption_id)
    return _step(adoption_id, "confirm", ButtonForm(), act, gettext("Đã xác nhận hiệu quả."))


@bp.post("/adoptions/<int:adoption_id>/stop")
@signed_in
def stop(adoption_id: int) -> Any:
    """The unit no longer uses it."""
    form = StopForm()

    def end() -> None:
        adopting.stop_use(actor(), adoption_id, to_on=form.to_on.data, reason=form.stop_reason.data or "")

    return _step(adoption_id, "stop", form, end, gettext("Đã ghi nhận ngừng áp dụng."))
