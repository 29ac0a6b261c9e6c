"""Pages of signing in and out.

A form sent after the sign-in ended is not lost: the sign-in page carries what was typed as hidden fields, also through the page of
the code, and after signing in a page gives it back with one button.  Nothing of it is stored on the way.
"""

from typing import Any

from flask import Response, flash, g, jsonify, render_template, request, session, url_for
from flask_babel import gettext
from flask_login import current_user, login_user
from werkzeug.datastructures import MultiDict

from innovations.core.web import answer, public, redirect_to, signed_in
from innovations.core.web.answers import safe_next
from innovations.core.web.once import ONCE_FIELD
from innovations.core.web.retyped import retyped
from innovations.people.doors import reader
from innovations.people.forms import CodeForm, SignInForm
from innovations.people.identity import signed_in as as_reader
from innovations.people.services import sign_ins
from innovations.people.services import signing_in as service
from innovations.people.views.blueprint import bp

REPLAY_PREFIX = "replay-"
NOT_REPLAYED = {"csrf_token", "password", "old", "new", "again", "code", ONCE_FIELD}
#: Where the cookie keeps the token of a sign-in that waits for its second step.
WAITING = "waiting"

Replay = list[tuple[str, str]]


def _replayed() -> Replay:
    """The fields of the interrupted form, as the sign-in page carries them."""
    return [(key[len(REPLAY_PREFIX) :], value) for key, value in request.form.items(multi=True) if key.startswith(REPLAY_PREFIX)]


def _sign_in_page(form: SignInForm, replay: Replay) -> str:
    return render_template("people/signin.html", form=form, replay=replay, prefix=REPLAY_PREFIX)


def _code_page(form: CodeForm, replay: Replay) -> str:
    return render_template("people/signin_code.html", form=form, replay=replay, prefix=REPLAY_PREFIX)


def carry(token: str, **kept: str) -> None:
    """Let the cookie carry ``token`` from now on, and nothing from before but the chosen language and ``kept``."""
    chosen = session.get("locale")
    session.clear()
    session.update({"locale": chosen, **kept} if chosen else kept)
    g.pop("csrf_token", None)  # made for the session that was cleared: the form of the page that answers would be refused
    found = sign_ins.find_signed_in(token)
    if found is not None:
        login_user(as_reader(found.account, token, found.seen_at, found.stage))


def _went_on(reply: Any, target: str, replay: Replay) -> Any:
    """The answer to a complete sign-in: on to ``target``, or to the interrupted form."""
    if replay and isinstance(reply, Response) and reply.status_code == 303:
        return render_template("people/replay.html", target=target, fields=replay, typed=retyped(replay))
    return reply


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
    """Check the password; then ask for the code, or go where the reader wanted, with the interrupted form if there was one."""
    form, replay = SignInForm(), _replayed()
    waits: list[str] = []

    def enter() -> None:
        device = request.user_agent.string
        token = service.sign_in(form.service_number.data, form.password.data, address=request.remote_addr or "", device=device)
        if sign_ins.find_waiting(token) is not None:
            waits.append(token)
            carry("", **{WAITING: token})
        else:
            carry(token)

    target = safe_next(form.next.data, url_for("home.index"))
    reply = answer(form, enter, done=target, page=lambda: _sign_in_page(form, replay))
    return _code_page(CodeForm(formdata=None, next=target), replay) if waits else _went_on(reply, target, replay)


@bp.post("/signin/code")
@public
def signin_code() -> Any:
    """Check the code of the second step; whoever waited too long begins again, with the interrupted form in hand."""
    form, replay = CodeForm(), _replayed()
    target = safe_next(form.next.data, url_for("home.index"))
    token = session.get(WAITING, "")
    if sign_ins.find_waiting(token) is None:
        flash(gettext("Đã quá 5 phút từ lúc nhập mật khẩu. Xin đăng nhập lại."))
        return _sign_in_page(SignInForm(formdata=None, next=target), replay), 401

    def enter() -> None:
        carry(service.enter_code(token, form.code.data, address=request.remote_addr or ""))

    return _went_on(answer(form, enter, done=target, page=lambda: _code_page(form, replay)), target, replay)


@bp.post("/signout")
@signed_in
def signout() -> Response:
    """End this sign-in on the server; the cookie's copies are worthless afterwards."""
    sign_ins.sign_out(reader().token)
    session.clear()
    left = redirect_to(url_for("people.signin"), gettext("Đã đăng xuất."))
    left.headers["Clear-Site-Data"] = '"cache", "storage"'  # browsers heed it under TLS only
    return left


def unauthorized() -> Any:
    """What a visitor without a sign-in gets: the sign-in page, and the form they had sent still in hand."""
    if request.path.startswith("/api/") or request.headers.get("X-Requested-With") == "fetch":
        return jsonify(title=gettext("Phiên đăng nhập đã hết"), status=401), 401
    if request.method == "POST":
        flash(gettext("Phiên đăng nhập đã hết. Đăng nhập lại, nội dung vừa gõ vẫn còn."))
        kept = [(key, value) for key, value in MultiDict(request.form).items(multi=True) if key not in NOT_REPLAYED]
        return _sign_in_page(SignInForm(formdata=None, next=request.full_path.rstrip("?")), kept), 401
    return redirect_to(url_for("people.signin", next=request.full_path.rstrip("?")))
