"""A form has one effect and one answer, however often it is sent: a double click, a retry after a broken connection.

Each form carries a key (:func:`once_field`), spent in the transaction of its effect.  A form whose key was spent is led to where the
first one led, whatever became of that page's subject since.  An answer that was a page of its own (passwords that are shown once) is
not given twice.  Other content under the same key is another attempt: a page that the browser kept is edited and sent again.
"""

import hashlib
import secrets
import time

from flask import Flask, Response, redirect, request
from flask.globals import request_ctx
from markupsafe import Markup

from innovations.core.transactions import AlreadyDone, Once, attempt, present_attempt, remember_location, where_it_led
from innovations.core.web.doors import is_repeatable
from innovations.extensions import db

ONCE_FIELD = "_once"
KEY_LENGTH = 60  # characters
LOOKS = 10  # within a second, for where the first of two clicks led


def once_field() -> Markup:
    """A hidden field with a fresh key: the form it stands in has one effect, however often it is sent."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(ONCE_FIELD, secrets.token_urlsafe(18))


def key_sent() -> str:
    """The key of the form that was sent; empty when it has none."""
    return request.form.get(ONCE_FIELD, "")[:KEY_LENGTH]


def _attempted() -> str:
    """Key and digest of what was sent with it; empty without a key."""
    key, digest = key_sent(), hashlib.sha256()
    for name, value in sorted(request.form.items(multi=True)) if key else ():
        if name != "csrf_token":
            digest.update(f"{name}={value}\0".encode(errors="replace"))
    for name, file in sorted(request.files.items(multi=True), key=lambda each: each[0]) if key else ():
        digest.update(f"{name}:{file.filename}\0".encode(errors="replace"))
        file.stream.seek(0)  # asked once more after the use case read it
        digest.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]  # a file that can be read
        file.stream.seek(0)
    return f"{key}:{digest.hexdigest()[:32]}" if key else ""


def _begin() -> Response | None:
    """Before each request, its gate included: a signed-out browser that signs out again is led like the first time."""
    attempt(None)
    if request.method != "POST" or request.path.startswith("/api/") or is_repeatable(request.endpoint):
        return None
    key = _attempted()
    led = where_it_led(key) if key else None
    attempt(Once(key) if key else None)
    return redirect(led, code=303) if led else None  # type: ignore[return-value]


def _end(response: Response) -> Response:
    """Keep where the form led, when nobody knew beforehand."""
    once = present_attempt()
    attempt(None)
    if once is not None and once.spent and response.status_code == 303 and response.location not in (None, once.location):
        remember_location(once.key, response.location)
    return response


def _nearest_page(path: str) -> str:
    """``path`` when a page is there, else the one above: ``/proposals/SK-…/submit``, which only takes forms, → ``/proposals/SK-…``."""
    adapter = request_ctx.url_adapter
    while adapter is not None and "/" in path.strip("/") and not adapter.test(path, method="GET"):
        path = path.rstrip("/").rpartition("/")[0]
    return path


def _done_before(earlier: AlreadyDone) -> Response:
    """Two at the same moment: the one that came second finds the key spent, perhaps just before the first knows where it leads."""
    led, key = earlier.location, _attempted()
    for _look in range(LOOKS):
        if led:
            break
        time.sleep(1 / LOOKS)
        db.session.rollback()
        led = where_it_led(key)
    return redirect(led or _nearest_page(request.path), code=303)  # type: ignore[return-value]


def init_app(app: Flask) -> None:
    """Let every form be answered once."""
    app.jinja_env.globals["once_field"] = once_field
    app.before_request(_begin)
    app.after_request(_end)
    app.register_error_handler(AlreadyDone, _done_before)
