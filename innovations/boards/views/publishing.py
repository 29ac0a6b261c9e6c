"""Pages of outcomes that wait: recorded for many reviews at once, changed, dropped, published together."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext, ngettext

from innovations.boards import pending_queries
from innovations.boards.forms_decision import HoldForm, ManyForm
from innovations.boards.rules.pending import Outcome
from innovations.boards.services import publishing
from innovations.boards.views.blueprint import bp
from innovations.boards.views.decisions import address, decisions_page, new_decision
from innovations.core.web import answer, signed_in
from innovations.people.doors import actor, needs
from innovations.people.rules.roles import Role


def _page(form: ManyForm | HoldForm) -> str:
    me = actor()
    shown = form if isinstance(form, ManyForm) else new_decision(review_ids=form.review_ids.data)
    if isinstance(form, HoldForm):
        shown.reason = form.reason
    return render_template(
        "boards/pending.html", rows=pending_queries.held(me), form=shown, errors=form, decides=me.holds_anywhere(Role.DECIDER),
        records=any(me.holds_anywhere(role) for role in publishing.RECORDERS),
    )  # fmt: skip


@bp.get("/decisions/pending")
@signed_in
def pending_outcomes() -> str:
    """What waits to be published."""
    return _page(new_decision(review_ids=[row.review_id for row in pending_queries.held(actor())]))


@bp.post("/decisions/pending")
@needs(*publishing.RECORDERS)
def hold_outcomes() -> Any:
    """Record an outcome for the chosen reviews, or drop what was recorded; ``do`` says which."""
    form, do = HoldForm(), request.form.get("do", "")
    ids, outcome = form.review_ids.data or [], do.removeprefix("change_")
    changes = do == "drop" or do.startswith("change_")

    def act() -> int:
        if do == "drop":
            return publishing.drop(actor(), ids)
        meant = Outcome(outcome) if outcome in set(Outcome) else Outcome.DECLINE
        return publishing.hold(actor(), ids, meant, reason=form.reason.data or "")

    return answer(
        form,
        act,
        done=url_for("boards.pending_outcomes"),
        page=lambda: _page(form) if changes else decisions_page(ManyForm(), held=form),
        message=gettext("Đã bỏ khỏi danh sách chờ.")
        if do == "drop"
        else gettext("Đã ghi; chưa ai khác biết cho đến khi công bố."),
    )


@bp.post("/decisions/publish")
@needs(Role.DECIDER)
def publish_outcomes() -> Any:
    """Publish the chosen outcomes under one number and date."""
    form = ManyForm()
    ids = form.review_ids.data or []
    return answer(
        form,
        lambda: publishing.publish(actor(), ids, form.data_sent()),
        done=address,
        page=lambda: _page(form),
        message=ngettext("Đã công bố kết quả %(num)d hồ sơ.", "Đã công bố kết quả %(num)d hồ sơ.", len(ids)),
    )
