"""Who asks, where a proxy stands between: told by what the proxy adds to a request, never by what the browser wrote."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def init_app(app: Flask) -> None:
    """Believe as many proxies as ``TRUSTED_PROXIES`` says: each adds the address that it was asked from, and they are counted from the end.

    Whatever stands before those is the browser's own word and is left alone.  Host and path are what the last proxy sends on.
    """
    hops = app.config["TRUSTED_PROXIES"]
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0, x_port=0, x_prefix=0)  # type: ignore[method-assign]
