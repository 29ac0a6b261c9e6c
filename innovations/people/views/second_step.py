"""Setting the second step of one's own sign-in up and off, and its recovery codes."""

from typing import Any

from flask import current_app, render_template, request, url_for
from flask_babel import gettext

from innovations.core.web import answer, signed_in
from innovations.people import factors
from innovations.people.doors import reader
from innovations.people.forms import BothForm, EmptyForm
from innovations.people.queries import number_of
from innovations.people.services import second_step as service
from innovations.people.views.blueprint import bp
from innovations.people.views.signing_in import carry


def _page(form: BothForm) -> str:
    me = reader()
    seed, number = service.seed_to_confirm(me.actor), number_of(me.actor.account_id)
    issuer = current_app.config["APP_NAME"]
    return render_template(
        "people/second_step.html",
        form=form,
        set_up=service.has(me.actor.account_id),
        may_switch_off=service.may_switch_off(me.actor.account_id),
        codes_left=service.codes_left(me.actor.account_id),
        seed=" ".join(seed[i : i + 4] for i in range(0, len(seed), 4)) if seed else None,
        picture=factors.picture(seed, account=number, issuer=gettext(issuer)) if seed else None,
    )


def _codes_page(codes: list[str]) -> str:
    return render_template("people/recovery_codes.html", codes=codes)


@bp.get("/account/second-step")
@signed_in
def second_step() -> str:
    """Whether there is a second step, and what may be done with it."""
    return _page(BothForm(formdata=None))


@bp.post("/account/second-step/begin")
@signed_in
def begin_second_step() -> Any:
    """Make a seed and show it as a picture."""
    return answer(
        EmptyForm(),
        lambda: service.begin(reader().actor),
        done=url_for("people.second_step"),
        page=lambda: _page(BothForm(formdata=None)),
    )


@bp.post("/account/second-step/confirm")
@signed_in
def confirm_second_step() -> Any:
    """Take a first code; the recovery codes are on the page that answers and nowhere else."""
    form, me = BothForm(), reader()
    made: list[str] = []

    def confirm() -> None:
        address = request.remote_addr or ""
        token, codes = service.confirm(me.actor, form.code.data, form.present.data, token=me.token, address=address)
        made.extend(codes)
        carry(token)

    answered = answer(form, confirm, done=url_for("people.second_step"), page=lambda: _page(form))
    return _codes_page(made) if made else answered


@bp.post("/account/second-step/codes")
@signed_in
def renew_recovery_codes() -> Any:
    """Make new recovery codes; the old ones are void."""
    form, me = BothForm(), reader()
    made: list[str] = []
    address = request.remote_addr or ""
    answered = answer(
        form,
        lambda: made.extend(service.renew_recovery_codes(me.actor, form.code.data, form.present.data, address=address)),
        done=url_for("people.second_step"),
        page=lambda: _page(form),
    )
    return _codes_page(made) if made else answered


@bp.post("/account/second-step/off")
@signed_in
def switch_second_step_off() -> Any:
    """Sign in with the password alone from now on."""
    form, me = BothForm(), reader()
    return answer(
        form,
        lambda: service.switch_off(me.actor, form.code.data, form.present.data, address=request.remote_addr or ""),
        done=url_for("people.account"),
        page=lambda: _page(form),
        message=gettext("Đã tắt xác thực hai bước."),
    )
