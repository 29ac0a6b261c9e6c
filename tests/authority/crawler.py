"""Pages and forms as a browser finds them: links followed, fields filled in as somebody would who means well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from innovations.core.clock import today

TEXT_KINDS = {"text", "search", "number", "date", "email", "tel", "url", "hidden", "time", "password"}
#: Addresses of files, which are made anew each time and hold neither link nor form.
NO_PAGES = {".pdf", ".docx", ".zip", ".ics", ".csv", ".xlsx", ".json"}
#: Pages of one endpoint that are opened; the life of a dossier shows other forms in other states.
SAME = {"proposals.show": 25, "proposals.edit": 12, "boards.review": 20, "boards.meeting": 6, "library.show": 4}


@dataclass(frozen=True)
class Field:
    """A field of a form: its name, what stands in it, and whether something else can be typed into it."""

    name: str
    value: str
    typed: bool
    file: bool = False


@dataclass(frozen=True)
class Form:
    """A form of a page."""

    page: str
    action: str
    endpoint: str
    method: str
    fields: tuple[Field, ...]

    def filled(self, changed: Mapping[str, str]) -> dict[str, str]:
        """Its fields as they would be sent, with other values in some of them."""
        return {each.name: changed.get(each.name, each.value) for each in self.fields if not each.file}


def endpoint_of(app: Flask, path: str, method: str = "GET") -> str:
    """The route an address leads to; empty for none."""
    try:
        found = app.url_map.bind("localhost").match(urlsplit(path).path, method=method)
    except HTTPException:
        return ""
    return str(found[0])


def pages(app: Flask, client: FlaskClient, start: str = "/") -> Iterator[tuple[str, BeautifulSoup]]:
    """Pages that are reached from ``start`` by links without a query, each kind a few times."""
    waiting, known, opened = [start], {start}, dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        endpoint = endpoint_of(app, path)
        if (
            not endpoint
            or endpoint == "static"
            or PurePosixPath(path).suffix in NO_PAGES
            or opened.get(endpoint, 0) >= SAME.get(endpoint, 2)
        ):
            continue
        answer = client.get(path)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        opened[endpoint] = opened.get(endpoint, 0) + 1
        page = BeautifulSoup(answer.text, "html.parser")
        yield path, page
        for link in page.select("a[href]"):
            target = urlsplit(str(link["href"]))
            if not target.netloc and not target.query and target.path and target.path not in known:
                known.add(target.path)
                waiting.append(target.path)


def forms(app: Flask, path: str, page: BeautifulSoup) -> Iterator[Form]:
    """The forms of a page."""
    for form in page.select("form"):
        action = str(form.get("action") or path)
        method = str(form.get("method", "get")).upper()
        yield Form(path, action, endpoint_of(app, action, method), method, tuple(_fields(form)))


def _fields(form: Tag) -> Iterator[Field]:
    for each in form.select("input[name], textarea[name], select[name], button[name]"):
        name, kind = str(each["name"]), str(each.get("type", "text"))
        if name == "csrf_token":
            continue
        if each.name == "textarea":
            yield Field(name, each.get_text() or "Ghi theo thực tế.", typed=True)
        elif each.name == "select":
            chosen = each.select_one("option[selected]") or each.select_one("option[value]:not([value=''])")
            yield Field(name, str(chosen["value"]) if chosen else "", typed=True)
        elif kind == "file":
            yield Field(name, "", typed=False, file=True)
        elif kind in ("checkbox", "radio", "submit"):
            yield Field(name, str(each.get("value", "on")), typed=False)
        else:
            usual = {"number": "1", "date": today().isoformat()}.get(kind, "Ghi theo thực tế")
            yield Field(name, str(each.get("value") or usual), typed=kind in TEXT_KINDS)
