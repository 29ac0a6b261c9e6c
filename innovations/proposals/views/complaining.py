"""Complaints from the dossier's page: sent by the lead author, answered by a deciding head."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from innovations.core.web import answer, signed_in
from innovations.people.doors import actor
from innovations.proposals import dossier_queries
from innovations.proposals.forms_review import AnswerForm, ReasonForm
from innovations.proposals.rules.complaints import Finding
from innovations.proposals.services import complaining
from innovations.proposals.views.blueprint import bp
from innovations.proposals.views.reading import show_page


@bp.post("/<address>/reviews/<int:review_id>/complaints")
@signed_in
def complain(address: str, review_id: int) -> Any:
    """Complain about the outcome."""
    form = ReasonForm()
    return answer(
        form,
        lambda: complaining.complain(actor(), address, review_id, reason=form.reason.data or ""),
        done=url_for("proposals.show", address=address),
        page=lambda: show_page(dossier_queries.dossier(actor(), address), complaint=form, complained=review_id),
        message=gettext("Đã gửi khiếu nại."),
    )


@bp.post("/<address>/reviews/<int:review_id>/complaints/answer")
@signed_in
def answer_complaint(address: str, review_id: int) -> Any:
    """Answer the complaint that waits."""
    form = AnswerForm().offer()
    return answer(
        form,
        lambda: complaining.answer(
            actor(), address, review_id, finding=Finding(form.finding.data or Finding.UNFOUNDED), reason=form.reason.data or ""
        ),
        done=url_for("proposals.show", address=address),
        page=lambda: show_page(dossier_queries.dossier(actor(), address), answer=form, complained=review_id),
        message=gettext("Đã trả lời khiếu nại và báo tác giả."),
    )
