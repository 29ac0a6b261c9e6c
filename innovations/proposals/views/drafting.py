"""The author's steps: idea, description, benefit, authors, evidence, check and submit.

Each step is a form of its own and works without JavaScript; with it, the text saves itself through ``autosave``.
"""

from typing import Any

from flask import jsonify, render_template, request, url_for
from flask_babel import gettext

from innovations.core.clock import now
from innovations.core.rules.calendar import VIETNAM
from innovations.core.rules.errors import NotVisible
from innovations.core.rules.numbers import whole
from innovations.core.web import answer, redirect_to, repeatable, signed_in
from innovations.people.doors import actor
from innovations.proposals.forms import BenefitForm, StepForm, SubmitForm
from innovations.proposals.loading import load, load_for_edit
from innovations.proposals.models import Proposal
from innovations.proposals.rules.access import may_edit
from innovations.proposals.rules.states import State
from innovations.proposals.services import benefits, drafting, similar, submitting
from innovations.proposals.views.blueprint import bp
from innovations.proposals.views.stepping import (
    FORMS,
    STEPS,
    form_of,
    given_of,
    missing_at,
    page_of_step,
    says_what_is_stored,
    stored_values,
)


@bp.get("/<address>/edit/<step>")
@signed_in
def edit(address: str, step: str) -> str:
    """One step of the dossier, for the lead author while it is with the authors."""
    if step not in STEPS:
        raise NotVisible
    loaded = load_for_edit(actor(), address, None)
    return page_of_step(step, loaded, **given_of(step, loaded))


@bp.post("/<address>/edit/<step>")
@signed_in
def save(address: str, step: str) -> Any:
    """Save a step and go on to the next, or stay ("Lưu nháp")."""
    if step not in FORMS:
        raise NotVisible
    loaded = load_for_edit(actor(), address, None)
    form = form_of(step, loaded.proposal, sent=True)
    here = url_for("proposals.edit", address=address, step=step)
    onwards = url_for("proposals.edit", address=address, step=STEPS[STEPS.index(step) + 1])
    stay = "stay" in request.form
    return answer(
        form,
        lambda: _heard_before(step, loaded.proposal, form) or _store(address, form),
        done=here if stay else onwards,
        page=lambda: _refused(step, address, form),
        message=gettext("Đã lưu nháp.") if stay else None,
    )


def _heard_before(step: str, proposal: Proposal, form: StepForm) -> bool:
    """Whether what was sent with an old version is stored already: the answer to a form that was on its way when its window closed
    was heard by nobody."""
    return form.version_number != proposal.version and says_what_is_stored(form, step, proposal)


def _store(address: str, form: StepForm) -> int:
    """Store what was sent and return the version."""
    if isinstance(form, BenefitForm):
        return benefits.save_step(actor(), address, form.version_number, form.values(), form.filled_lines())
    return drafting.save_text(actor(), address, form.version_number, form.values())


def _refused(step: str, address: str, form: StepForm) -> str:
    """The step again with what was typed; after a stale save with both texts."""
    loaded = load_for_edit(actor(), address, None)
    stale = form.version_number != loaded.proposal.version
    stored = stored_values(step, loaded.proposal)
    pairs = [
        (field.label.text, field.data, stored.get(field.short_name))
        for field in form
        if stale
        and isinstance(field.data, str)
        and field.short_name in FORMS[step].stored_names()
        and field.data != stored.get(field.short_name)
    ]
    form.version.data = str(loaded.proposal.version)
    form.version.raw_data = [str(loaded.proposal.version)]
    return page_of_step(step, loaded, **{**given_of(step, loaded), "form": form, "pairs": pairs})


@bp.post("/<address>/autosave/<step>")
@repeatable
@signed_in
def autosave(address: str, step: str) -> Any:
    """Save the draft while it is being typed; answers with the new version, the time, and what the step still lacks."""
    if step not in FORMS:
        raise NotVisible
    loaded = load_for_edit(actor(), address, None)
    form = form_of(step, loaded.proposal, sent=True)
    if not form.validate():
        return jsonify(errors={name: [str(each) for each in errors] for name, errors in form.errors.items()}), 422
    if _heard_before(step, loaded.proposal, form):
        version = loaded.proposal.version
    elif form.version_number != loaded.proposal.version:
        stored = {name: str(value or "") for name, value in stored_values(step, loaded.proposal).items()}
        return jsonify(version=loaded.proposal.version, current=stored), 409
    else:
        version = _store(address, form)
    missing = missing_at(step, load_for_edit(actor(), address, None))
    return jsonify(version=version, saved_at=now().astimezone(VIETNAM).strftime("%H:%M"), missing=missing)


@bp.get("/<address>/similar")
@signed_in
def similar_while_typing(address: str) -> str:
    """The panel of similar improvements that fills while the title is typed."""
    loaded = load_for_edit(actor(), address, None)
    matches = similar.while_typing(
        actor(), request.args.get("title", ""), exclude=loaded.proposal.id, base_unit_id=loaded.proposal.base_unit_id
    )
    return render_template("proposals/_similar_typing.html", matches=matches)


@bp.post("/<address>/similar")
@signed_in
def find_similar(address: str) -> Any:
    """Look for similar proposals now and ask how this one differs."""
    similar.keep_findings(actor(), load_for_edit(actor(), address, None).proposal)
    return redirect_to(url_for("proposals.edit", address=address, step=request.form.get("step", "idea")) + "#similar")


@bp.post("/<address>/similar/<int:other_id>")
@signed_in
def say_how_it_differs(address: str, other_id: int) -> Any:
    """The author's answer about one similar proposal."""
    similar.say_how_it_differs(actor(), address, other_id, request.form.get("says", ""), request.form.get("note", ""))
    return redirect_to(url_for("proposals.edit", address=address, step=request.form.get("step", "idea")) + "#similar")


@bp.post("/<address>/base")
@signed_in
def choose_base(address: str) -> Any:
    """File at another base above the author's unit."""
    drafting.choose_base(actor(), address, request.form.get("base_unit_id", 0, type=whole))
    return redirect_to(url_for("proposals.edit", address=address, step="idea"), gettext("Đã đổi cơ sở nhận đơn."))


@bp.post("/<address>/submit")
@signed_in
def submit(address: str) -> Any:
    """Submit for the first time, again after defects, or after the board's conclusion: the state says which."""
    form, loaded = SubmitForm(), load(actor(), address)
    if may_edit(actor(), loaded.facts, loaded.at):  # after a first click it is not: the form's key answers the second
        similar.keep_findings(actor(), loaded.proposal)
    return answer(
        form,
        lambda: _submit(address, loaded.at.state, declared=form.nothing_secret.data),
        done=url_for("proposals.receipt", address=address),  # leads on to the code, which is given only now
        page=lambda: _submit_page(address, form),
        listed=True,
    )


def _submit_page(address: str, form: SubmitForm) -> str:
    loaded = load_for_edit(actor(), address, None)
    return page_of_step("submit", loaded, **{**given_of("submit", loaded), "form": form})


def _submit(address: str, state: State, *, declared: bool) -> None:
    if state is State.NEEDS_FIX:
        submitting.resubmit(actor(), address, nothing_secret=declared)
    elif state is State.REVISE:
        submitting.hand_in(actor(), address, nothing_secret=declared)
    else:
        submitting.submit(actor(), address, nothing_secret=declared)


@bp.post("/<address>/discard")
@signed_in
def discard(address: str) -> Any:
    """Drop a draft that was never submitted."""
    drafting.discard(actor(), address)
    return redirect_to(url_for("proposals.index"), gettext("Đã bỏ bản nháp."))


@bp.post("/<address>/secret")
@signed_in
def purge_as_secret(address: str) -> Any:
    """ "Có nội dung mật" ticked later: the draft is gone from everywhere."""
    drafting.purge_as_secret(actor(), address)
    return render_template("proposals/secret.html", purged=True)
