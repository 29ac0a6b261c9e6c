"""A form may come from our own pages only; the key in the form says so too, and this holds should that key ever be known."""

from urllib.parse import urlsplit

from flask import Flask, request

from innovations.core.rules.errors import N_, DomainError

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: ``none`` is the reader's own doing: a form sent again from the history.
OWN = frozenset({"same-origin", "none"})


class ForeignForm(DomainError):
    """A browser sent something that a page of another site made it send (403)."""

    status = 403
    message = N_("Yêu cầu này do một trang bên ngoài gửi nên không được nhận. Xin mở trang của hệ thống rồi làm lại.")


def refuse_foreign() -> None:
    """Before a request: what changes something must come from this host, as far as the browser tells.

    Old browsers and programs tell neither ``Sec-Fetch-Site`` nor ``Origin``; for them the key in the form, or the token, is all.

    :raises ForeignForm: it tells of another site.
    """
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in OWN:
        raise ForeignForm
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise ForeignForm


def init_app(app: Flask) -> None:
    """Ask before every request of ``app``."""
    app.before_request(refuse_foreign)
