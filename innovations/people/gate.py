"""The gate before every request: public routes pass, all others need a running sign-in and a password of one's own."""

from typing import Any

from flask import current_app, request, url_for
from flask_login import current_user

from innovations.core.web import redirect_to
from innovations.core.web.doors import PUBLIC, access_of
from innovations.people import views
from innovations.people.identity import SignedIn, signed_in
from innovations.people.services import sign_ins

#: What an account with a one-time password may open before it has chosen its own.
OPEN_BEFORE_CHANGE = {"people.account", "people.change_password", "people.signout", "home.set_locale"}
#: What a sign-in may open while its role waits for a second step.
OPEN_BEFORE_SECOND_STEP = OPEN_BEFORE_CHANGE | {"people.second_step", "people.begin_second_step", "people.confirm_second_step"}


def load_reader(token: str) -> SignedIn | None:
    """Flask-Login's loader: the sign-in behind the cookie, if it is still running."""
    found = sign_ins.find_signed_in(token)
    return signed_in(found.account, token, found.seen_at, found.stage) if found else None


def require_sign_in() -> Any:
    """Before every request: public routes pass, the others need a running sign-in and a password of one's own."""
    access = access_of(current_app, request.endpoint)
    if request.endpoint is None or access == PUBLIC or request.path.startswith("/api/"):
        return None
    if not current_user.is_authenticated:
        return views.unauthorized()
    if current_user.must_change and request.endpoint not in OPEN_BEFORE_CHANGE:
        return redirect_to(url_for("people.account"))
    if current_user.must_enrol and request.endpoint not in OPEN_BEFORE_SECOND_STEP:
        return redirect_to(url_for("people.second_step"))
    sign_ins.mark_seen(current_user.token, current_user.seen_at)
    return None
