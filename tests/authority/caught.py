"""A click caught on its way: the request that a browser or a program would have sent, to be sent changed.

What the product asks of a request, which fields and which parts of the query, is learned by sending it once with and once without them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any
from urllib.parse import quote, quote_from_bytes

from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.formparser import parse_form_data
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

BOUNDARY = "sang-kien-2026"
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", f"multipart/form-data; boundary={BOUNDARY}"


@dataclass(frozen=True)
class Part:
    """A field as it is sent; a file when it has a name of its own."""

    name: str
    content: bytes
    file: str | None = None


@dataclass(frozen=True, repr=False)
class Request:
    """A request as it is sent."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...] = ()
    json: Mapping[str, Any] | None = None
    query: str = ""
    kind: str = URLENCODED
    body: bytes = b""
    raw: bool = False

    def __repr__(self) -> str:
        """What a failing test shows: enough of it, a long body is long."""
        kind, body = self.encoded()
        said = f"{self.method} {self.path[:300]!r} ?{self.query[:300]} {kind}"
        return f"{said} {self.parts!s:.900}" if self.parts and not self.raw else f"{said} {body[:600]!r}"

    def encoded(self) -> tuple[str, bytes]:
        """Content type and body."""
        if self.raw:
            return self.kind, self.body
        if self.json is not None:
            return "application/json", json.dumps(self.json).encode()
        multipart = self.kind == MULTIPART or any(part.file is not None for part in self.parts)
        return (MULTIPART, _multipart(self.parts)) if multipart else (URLENCODED, urlencoded(self.parts))


@dataclass
class Reading:
    """Names of fields and of parts of the query that the product asked for."""

    form: set[str] = field(default_factory=set)
    query: set[str] = field(default_factory=set)


def bytes_of(text: str) -> bytes:
    """The text as a careless program sends it: halves of surrogate pairs too."""
    return text.encode("utf-8", "surrogatepass")


def urlencoded(parts: Iterable[Part]) -> bytes:
    return "&".join(f"{quote_from_bytes(bytes_of(part.name))}={quote_from_bytes(part.content)}" for part in parts).encode()


def _multipart(parts: Iterable[Part]) -> bytes:
    sent = b""
    for part in parts:
        named = bytes_of(part.name).replace(b'"', b"%22").replace(b"\n", b"%0A").replace(b"\r", b"%0D")
        called = b"" if part.file is None else b'; filename="' + bytes_of(re.sub(r'["\r\n]', "_", part.file)) + b'"'
        sent += b"--" + BOUNDARY.encode() + b'\r\nContent-Disposition: form-data; name="' + named + b'"' + called + b"\r\n\r\n"
        sent += part.content + b"\r\n"
    return sent + b"--" + BOUNDARY.encode() + b"--\r\n"


def _of(environ: dict[str, Any]) -> Request:
    """The request as it stands before the product."""
    data = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    kept = {"Cookie": environ.get("HTTP_COOKIE"), "Authorization": environ.get("HTTP_AUTHORIZATION")}
    headers = tuple((name, value) for name, value in kept.items() if value)
    made = Request(environ["REQUEST_METHOD"], environ["PATH_INFO"].encode("latin-1").decode(), headers)
    if environ.get("CONTENT_TYPE", "").startswith("application/json"):
        return replace(made, json=json.loads(data))
    _stream, form, files = parse_form_data({**environ, "wsgi.input": BytesIO(data)})
    parts = [Part(name, value.encode()) for name, value in form.items(multi=True)]
    parts += [Part(name, each.stream.read(), each.filename or "") for name, each in files.items(multi=True)]
    return replace(made, parts=tuple(parts))


def caught(app: Flask, click: Callable[[], object]) -> Request:
    """What the click would have sent; nothing of it reaches the product."""
    found: list[Request] = []

    def catch(environ: dict[str, Any], start: Any) -> Any:
        found.append(_of(environ))
        return Response(status=204)(environ, start)

    app.wsgi_app, usual = catch, app.wsgi_app  # type: ignore[method-assign]
    try:
        click()
    finally:
        app.wsgi_app = usual  # type: ignore[method-assign]
    return found[-1]


def sent(app: Flask, request: Request) -> TestResponse:
    """Send it, by no browser that keeps anything."""
    kind, body = request.encoded()
    options: dict[str, Any] = {} if request.method == "GET" else {"data": body, "content_type": kind}
    path, headers = quote(bytes_of(request.path), safe="/"), list(request.headers)
    return app.test_client(use_cookies=False).open(
        path, method=request.method, headers=headers, query_string=request.query, **options
    )


def _noting(kept: set[str]) -> type[ImmutableMultiDict[str, Any]]:
    """Fields that write down which of them are asked for."""

    class Noting(ImmutableMultiDict[str, Any]):
        def __getitem__(self, key: str) -> Any:
            kept.add(key)
            return super().__getitem__(key)

        def getlist(self, key: str, type: Any = None) -> list[Any]:  # noqa: A002  (werkzeug's name)
            kept.add(key)
            return super().getlist(key) if type is None else super().getlist(key, type)

        def __contains__(self, key: object) -> bool:
            kept.add(str(key))
            return super().__contains__(key)

    return Noting


def reading(app: Flask, requests: Iterable[Request]) -> Reading:
    """Send the requests and note which fields and parts of the query the product asks for."""
    found = Reading()
    form, query = _noting(found.form), _noting(found.query)

    class Noted(app.request_class):  # type: ignore[name-defined, misc]
        @property
        def args(self) -> Any:
            return query(super().args)

        @property
        def form(self) -> Any:
            return form(super().form)

    app.request_class, usual = Noted, app.request_class
    try:
        for request in requests:
            sent(app, request)
    finally:
        app.request_class = usual
    return found
