"""The page of one's own account: password, second step, and where one is signed in."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from innovations.core.web import answer, signed_in
from innovations.people.doors import reader
from innovations.people.forms import PasswordForm, PresentPasswordForm
from innovations.people.services import second_step, sign_ins
from innovations.people.services import signing_in as service
from innovations.people.views.blueprint import bp
from innovations.people.views.signing_in import carry


def _page(form: PasswordForm | None = None, ending: PresentPasswordForm | None = None) -> str:
    me = reader()
    has = second_step.has(me.actor.account_id)
    return render_template(
        "people/account.html",
        form=form or PasswordForm(formdata=None),
        ending=ending or PresentPasswordForm(formdata=None),
        minimum=service.demands(second_step.in_force() and has).minimum,
        second_step=has,
        asks_code=has and not me.must_change and second_step.in_force(),
        in_force=second_step.in_force(),
        sign_ins=sign_ins.running_of(me.actor, me.token),
    )


@bp.get("/account")
@signed_in
def account() -> str:
    """One's own account."""
    return _page()


@bp.post("/account/password")
@signed_in
def change_password() -> Any:
    """Set a new password; the other sign-ins of the account end."""
    form, me = PasswordForm(), reader()
    return answer(
        form,
        lambda: carry(
            service.change_password(
                me.actor.account_id,
                form.old.data,
                form.new.data,
                form.code.data or "",
                token=me.token,
                address=request.remote_addr or "",
            )
        ),
        done=url_for("home.index"),
        page=lambda: _page(form),
        message=gettext("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất."),
    )


@bp.post("/account/sign-ins/<int:sign_in_id>/end")
@signed_in
def end_sign_in(sign_in_id: int) -> Any:
    """End one of one's own sign-ins."""
    return _ended(
        lambda present, address: sign_ins.revoke(reader().actor, sign_in_id, present, address=address),
        gettext("Đã đăng xuất thiết bị đó."),
    )


@bp.post("/account/sign-ins/end-others")
@signed_in
def end_other_sign_ins() -> Any:
    """End all of one's own sign-ins but this one."""
    me = reader()
    return _ended(
        lambda present, address: sign_ins.revoke_others(me.actor, me.token, present, address=address),
        gettext("Đã đăng xuất mọi thiết bị khác."),
    )


def _ended(use_case: Callable[[str, str], None], message: str) -> Any:
    """End what ``use_case`` ends, given the present password and the address it comes from."""
    form = PresentPasswordForm()
    return answer(
        form,
        lambda: use_case(form.present.data, request.remote_addr or ""),
        done=url_for("people.account"),
        page=lambda: _page(ending=form),
        message=message,
    )
