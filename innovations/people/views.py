"""Pages of signing in and out and of one's own account.

A form sent after the sign-in ended is not lost: the sign-in page carries what was typed as hidden fields, and after signing in
a page gives it back with one button.  Nothing of it is stored on the way.
"""

from typing import Any

from flask import Blueprint, Response, flash, jsonify, render_template, request, session, url_for
from flask_babel import gettext
from flask_login import current_user, login_user
from werkzeug.datastructures import MultiDict

from innovations.core.web import answer, public, redirect_to, signed_in
from innovations.core.web.answers import ONCE_FIELD, safe_next
from innovations.core.web.retyped import retyped
from innovations.people.doors import reader
from innovations.people.forms import PasswordForm, SignInForm
from innovations.people.identity import signed_in as as_reader
from innovations.people.services import signing_in as service

bp = Blueprint("people", __name__)

REPLAY_PREFIX = "replay-"
NOT_REPLAYED = {"csrf_token", "password", "old", "new", "again", ONCE_FIELD}


def _replayed() -> list[tuple[str, str]]:
    """The fields of the interrupted form, as the sign-in page carries them."""
    return [(key[len(REPLAY_PREFIX) :], value) for key, value in request.form.items(multi=True) if key.startswith(REPLAY_PREFIX)]


def _sign_in_page(form: SignInForm, replay: list[tuple[str, str]]) -> str:
    return render_template("people/signin.html", form=form, replay=replay, prefix=REPLAY_PREFIX)


@bp.get("/signin")
@public
def signin() -> Any:
    """The sign-in page."""
    if current_user.is_authenticated:
        return redirect_to(url_for("home.index"))
    return _sign_in_page(SignInForm(next=request.args.get("next", "")), [])


@bp.post("/signin")
@public
def signin_send() -> Any:
    """Check the password; then go where the reader wanted, with the interrupted form if there was one."""
    form, replay = SignInForm(), _replayed()

    def enter() -> str:
        token = service.sign_in(form.service_number.data, form.password.data, address=request.remote_addr or "")
        chosen = session.get("locale")
        session.clear()
        if chosen:
            session["locale"] = chosen  # the language picked on the sign-in page
        found = service.find_signed_in(token)
        if found is not None:
            login_user(as_reader(found[0], token, found[1]))
        return token

    target = safe_next(form.next.data, url_for("home.index"))
    reply = answer(form, enter, done=target, page=lambda: _sign_in_page(form, replay))
    if replay and isinstance(reply, Response) and reply.status_code == 303:
        return render_template("people/replay.html", target=target, fields=replay, typed=retyped(replay))
    return reply


@bp.post("/signout")
@signed_in
def signout() -> Response:
    """End this sign-in on the server; the cookie's copies are worthless afterwards."""
    service.sign_out(reader().token)
    session.clear()
    return redirect_to(url_for("people.signin"), gettext("Đã đăng xuất."))


@bp.get("/account")
@signed_in
def account() -> str:
    """One's own account: password and language."""
    return render_template("people/account.html", form=PasswordForm())


@bp.post("/account/password")
@signed_in
def change_password() -> Any:
    """Set a new password; the other sign-ins of the account end."""
    form, me = PasswordForm(), reader()
    return answer(
        form,
        lambda: service.change_password(me.actor.account_id, form.old.data, form.new.data, token=me.token),
        done=url_for("home.index"),
        page=lambda: render_template("people/account.html", form=form),
        message=gettext("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất."),
    )


def unauthorized() -> Any:
    """What a visitor without a sign-in gets: the sign-in page, and the form they had sent still in hand."""
    if request.path.startswith("/api/") or request.headers.get("X-Requested-With") == "fetch":
        return jsonify(title=gettext("Phiên đăng nhập đã hết"), status=401), 401
    if request.method == "POST":
        flash(gettext("Phiên đăng nhập đã hết. Đăng nhập lại, nội dung vừa gõ vẫn còn."))
        kept = [(key, value) for key, value in MultiDict(request.form).items(multi=True) if key not in NOT_REPLAYED]
        return _sign_in_page(SignInForm(formdata=None, next=request.full_path.rstrip("?")), kept), 401
    return redirect_to(url_for("people.signin", next=request.full_path.rstrip("?")))
