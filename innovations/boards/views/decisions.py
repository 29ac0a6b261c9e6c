"""Pages of decisions: what awaits one, recording it for many reviews at once, certificates, correction, revocation, forwarding."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext

from innovations.boards import decision_queries, pending_queries
from innovations.boards.forms import OpenForm
from innovations.boards.forms_decision import CorrectionForm, DecisionForm, HoldForm, ManyForm, RevokeForm
from innovations.boards.models_decision import Decision
from innovations.boards.pending_queries import held_ids
from innovations.boards.rules.decisions import CorrectionCode, RevocationReason
from innovations.boards.services import certificates, correcting, deciding, forwarding
from innovations.boards.services.deciding import Recorded
from innovations.boards.views.blueprint import bp
from innovations.core.clock import today
from innovations.core.paging import Page, page_numbers
from innovations.core.web import answer, signed_in
from innovations.extensions import db
from innovations.people.doors import actor, needs
from innovations.people.rules.roles import Role

LISTED_MAX = 10  # numbers of decisions that are named one by one


def decisions_page(form: ManyForm, held: HoldForm | None = None) -> str:
    """The page of decisions; ``held`` is a refused form of an outcome for later."""
    me, waiting = actor(), held_ids()
    number, per_page = page_numbers(request.args.get("page"), request.args.get("per_page"))
    found, total = decision_queries.decisions(me, page=number, per_page=per_page)
    page = Page(
        found, number, per_page, total, lambda n: url_for("boards.decisions", page=n, per_page=per_page, _anchor="register")
    )
    rows = [row for row in decision_queries.pending(me, *decision_queries.READERS) if row.review_id not in waiting]
    return render_template(
        "boards/decisions.html", rows=rows, page=page, form=form, held=held,
        decides=me.holds_anywhere(Role.DECIDER), pending=len(pending_queries.held(me)),
    )  # fmt: skip


def new_decision(**more: Any) -> ManyForm:
    """An empty form of today, signed by the reader where they decide."""
    return ManyForm(formdata=None, data={"decided_on": today(), **decision_queries.as_signer(actor()), **more})


def address(recorded: Recorded) -> str:
    """The decision's page; a gap in the numbers is only told, the registry numbers other papers too."""
    if recorded.skipped:
        # The numbers follow each other; thousands of them, one by one, were more than a cookie holds, and nobody was told anything.
        gap = recorded.skipped
        listed = ", ".join(map(str, gap)) if len(gap) <= LISTED_MAX else f"{gap[0]}–{gap[-1]}"
        flash(gettext("Số quyết định bỏ cách: %(numbers)s chưa có trong sổ.", numbers=listed))
    return url_for("boards.decision", decision_id=recorded.decision_id)


@bp.get("/decisions/")
@needs(*decision_queries.READERS)
def decisions() -> str:
    """What awaits a decision, and the register of decisions."""
    return decisions_page(new_decision())


@bp.post("/decisions/")
@needs(Role.DECIDER)
def decide() -> Any:
    """Record a decision on the chosen reviews: the button pressed says which kind."""
    form = ManyForm()
    ids, declines = form.review_ids.data or [], request.form.get("do") == "decline"
    return answer(
        form,
        lambda: (
            deciding.decline(actor(), ids, form.data_sent(), reason=form.reason.data or "")
            if declines
            else deciding.recognise(actor(), ids, form.data_sent())
        ),
        done=address,
        page=lambda: decisions_page(form),
        message=gettext("Đã ghi quyết định và báo các tác giả."),
    )


def _shown(decision_id: int, **forms: Any) -> str:
    page = decision_queries.decision_shown(actor(), decision_id)
    stored = DecisionForm(formdata=None, obj=db.session.get_one(Decision, decision_id))
    revoking = RevokeForm(formdata=None, data={"decided_on": today(), **decision_queries.as_signer(actor())}).offer()
    proposing = CorrectionForm(formdata=None, obj=db.session.get_one(Decision, decision_id)).offer()
    given = {"correct": stored, "revoke": revoking, "correction": proposing}
    return render_template("boards/decision.html", page=page, forms={**given, **forms})


@bp.get("/decisions/<int:decision_id>")
@signed_in
def decision(decision_id: int) -> str:
    """One decision with its reviews and certificates."""
    return _shown(decision_id)


@bp.post("/decisions/<int:decision_id>/correct")
@signed_in
def correct_decision(decision_id: int) -> Any:
    """Correct what was typed."""
    decision_queries.known_decision(actor(), decision_id)
    form = DecisionForm()
    return answer(
        form,
        lambda: correcting.correct(actor(), decision_id, form.data_sent()),
        done=address,
        page=lambda: _shown(decision_id, correct=form),
        message=gettext("Đã đính chính quyết định; giá trị cũ được giữ lại."),
    )


@bp.post("/decisions/<int:decision_id>/corrections")
@signed_in
def propose_correction(decision_id: int) -> Any:
    """Propose what another person is to confirm."""
    decision_queries.known_decision(actor(), decision_id)
    form = CorrectionForm().offer()
    return answer(
        form,
        lambda: correcting.propose(actor(), decision_id, form.data_sent(), CorrectionCode(form.code.data)),
        done=url_for("boards.decision", decision_id=decision_id),
        page=lambda: _shown(decision_id, correction=form),
        message=gettext("Đã đề nghị đính chính; thủ trưởng quyết định xác nhận thì mới có hiệu lực."),
    )


@bp.post("/decisions/<int:decision_id>/corrections/confirm")
@signed_in
def confirm_correction(decision_id: int) -> Any:
    """Put the proposed correction into force."""
    decision_queries.known_decision(actor(), decision_id)
    return answer(
        OpenForm(),
        lambda: correcting.confirm(actor(), decision_id),
        done=address,
        page=lambda: _shown(decision_id),
        message=gettext("Đã đính chính quyết định; giá trị cũ được giữ lại."),
    )


@bp.post("/decisions/<int:decision_id>/corrections/drop")
@signed_in
def drop_correction(decision_id: int) -> Any:
    """Take it back, or decline it."""
    decision_queries.known_decision(actor(), decision_id)
    return answer(
        OpenForm(),
        lambda: correcting.drop(actor(), decision_id),
        done=url_for("boards.decision", decision_id=decision_id),
        page=lambda: _shown(decision_id),
        message=gettext("Đã bỏ đề nghị đính chính."),
    )


@bp.post("/decisions/<int:decision_id>/certificates")
@signed_in
def issue_certificates(decision_id: int) -> Any:
    """Issue what is missing."""
    decision_queries.known_decision(actor(), decision_id)
    return answer(
        OpenForm(),
        lambda: certificates.issue_certificates(actor(), decision_id),
        done=url_for("boards.decision", decision_id=decision_id),
        page=lambda: _shown(decision_id),
        message=gettext("Đã cấp giấy chứng nhận và báo người được cấp."),
    )


@bp.post("/decisions/<int:decision_id>/reviews/<int:review_id>/revoke")
@signed_in
def revoke(decision_id: int, review_id: int) -> Any:
    """Take a recognition back."""
    decision_queries.known_decision(actor(), decision_id, review_id=review_id)
    form = RevokeForm().offer()
    return answer(
        form,
        lambda: deciding.revoke(
            actor(), review_id, form.data_sent(), code=RevocationReason(form.code.data), reason=form.reason.data or ""
        ),
        done=address,
        page=lambda: _shown(decision_id, revoke=form, revoked=review_id),
        message=gettext("Đã ghi quyết định hủy bỏ; giấy chứng nhận không còn hiệu lực."),
    )


@bp.post("/decisions/<int:decision_id>/reviews/<int:review_id>/forward")
@signed_in
def forward(decision_id: int, review_id: int) -> Any:
    """Propose it to the unit above."""
    decision_queries.known_decision(actor(), decision_id, review_id=review_id)
    return answer(
        OpenForm(),
        lambda: forwarding.forward(actor(), review_id),
        done=url_for("boards.decision", decision_id=decision_id),
        page=lambda: _shown(decision_id),
        message=gettext("Đã đề nghị cấp trên xét; hồ sơ có biên nhận và thời hạn mới."),
    )
