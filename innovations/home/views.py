"""The first page, notices, language, health."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request, session, url_for
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import text

from innovations import notifications, search
from innovations.core.clock import today
from innovations.core.paging import Page, page_numbers
from innovations.core.web import public, redirect_to, signed_in
from innovations.core.web.answers import safe_next
from innovations.extensions import db
from innovations.home.inbox import waiting_for
from innovations.people.doors import actor, reader
from innovations.people.services import signing_in

bp = Blueprint("home", __name__)
SOON = timedelta(days=7)


@bp.get("/")
@signed_in
def index() -> str:
    """What waits for me, and the latest notices."""
    me = reader()
    told, _total = notifications.notices_of(me.actor, per_page=6)
    return render_template("home/index.html", groups=waiting_for(me.actor), notices=told, today=today())


@bp.get("/notices")
@signed_in
def notices() -> str:
    """All notices of the reader; opening the list marks them read."""
    page, per_page = page_numbers(request.args.get("page"), request.args.get("per_page"))
    told, total = notifications.notices_of(actor(), page=page, per_page=per_page)
    if any(one.unread for one in told):
        notifications.mark_all_read(actor())
    listed = Page(told, page, per_page, total, lambda n: url_for("home.notices", page=n))
    return render_template("home/notices.html", page=listed)


@bp.get("/digest")
@signed_in
def digest() -> str:
    """The day's summary: what is late, what is due within a week, what is new and not read yet."""
    me, on = reader().actor, today()
    items = [item for group in waiting_for(me).values() for item in group]
    late = [item for item in items if item.due_on is not None and item.due_on < on]
    soon = [item for item in items if item.due_on is not None and on <= item.due_on <= on + SOON]
    told, _total = notifications.notices_of(me, per_page=50)
    unread = [one for one in told if one.unread and one.url != url_for("home.digest")]  # a summary is no news itself
    return render_template("home/digest.html", on=on, late=late, soon=soon, notices=unread)


@bp.post("/locale")
@public
def set_locale() -> Response:
    """Switch between Vietnamese and English; a signed-in reader's choice is remembered."""
    chosen = "en" if request.form.get("locale") == "en" else "vi"
    session["locale"] = chosen
    if current_user.is_authenticated:
        signing_in.set_locale(current_user.actor.account_id, chosen)
    return redirect_to(safe_next(request.form.get("next"), url_for("home.index")))


@bp.get("/healthz")
@public
def healthz() -> Any:
    """The process lives."""
    return {"status": "ok"}


@bp.get("/readyz")
@public
def readyz() -> Any:
    """The process can serve: the database answers; the state of the index is said, but a missing index stops nobody.

    The index is ``verified`` once all its files were held against their checksums and all its documents against the database.
    """
    db.session.execute(text("SELECT 1"))
    ready = search.available()
    return {
        "status": "ok",
        "search": gettext("sẵn sàng") if ready else gettext("đang lập lại chỉ mục"),
        "index": "verified" if ready and search.verified() else "unverified",
    }
