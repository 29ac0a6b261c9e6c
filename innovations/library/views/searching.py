"""The search page and its help."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from innovations import search
from innovations.core.paging import Page
from innovations.core.rules.errors import N_
from innovations.core.web import signed_in
from innovations.library.asking import Asked
from innovations.library.facets import HEADINGS
from innovations.library.searching import Found, find
from innovations.library.suggesting import offers
from innovations.library.views.blueprint import bp
from innovations.people.doors import actor
from innovations.people.rules.units import Level
from innovations.search import Facet, Sort

#: A request with this header gets what changes from one search to the next, without the frame of the page.
PARTS_ONLY = "X-Parts-Only"
SORT_LABELS = {
    Sort.RELEVANCE: N_("Phù hợp nhất"),
    Sort.DATE: N_("Mới công nhận"),
    Sort.GRADE: N_("Xếp loại"),
    Sort.ADOPTIONS: N_("Nhiều đơn vị áp dụng"),
    Sort.TITLE: N_("Tên theo vần"),
}


def _orders(asked: Asked) -> tuple[Sort, dict[Sort, str]]:
    """The order shown and those on offer: without words nothing fits better than the rest, and the newest stand first."""
    if asked.q:
        return asked.sort, SORT_LABELS
    offered: dict[Sort, str] = {sort: label for sort, label in SORT_LABELS.items() if sort != Sort.RELEVANCE}
    return (asked.sort if asked.sort in offered else Sort.DATE), offered


def _chips(found: Found) -> list[dict[str, str]]:
    """The chosen values, each with the address that takes it away."""
    asked, words = found.asked, found.labels.of
    return [
        {
            "label": f"{gettext(HEADINGS[facet])}: {words(facet, value)}",
            "url": url_for("library.index", **asked.toggled(facet, value).args()),
        }
        for facet in Facet
        for value in asked.chosen(facet)
    ]


@bp.get("/")
@signed_in
def index() -> Any:
    """What was recognised, found by words and narrowed by facets."""
    found = find(actor(), request.args)
    asked = found.asked
    page = Page(found.cards, asked.page, asked.per_page, found.total, lambda n: url_for("library.index", **asked.args(page=n)))
    order, sorts = _orders(asked)
    template = "library/_parts.html" if request.headers.get(PARTS_ONLY) else "library/index.html"
    return render_template(
        template, found=found, page=page, asked=asked, chips=_chips(found), order=order, sorts=sorts, levels=Level
    )


@bp.get("/suggest")
@signed_in
def suggest() -> str:
    """The list under the search box."""
    return render_template("library/_suggestions.html", offers=offers(actor(), request.args), headings=HEADINGS)


@bp.get("/help")
@signed_in
def search_help() -> str:
    """The query language, printed from the tables the parser reads by."""
    read = [(text, search.parse(text).notes) for text in search.MISTAKES]
    return render_template(
        "library/help.html", filters=search.FILTERS, operators=search.OPERATORS, readings=search.READINGS, limits=search.LIMITS,
        mistakes=[(search.pointed(text, notes), notes[0]) for text, notes in read],
    )  # fmt: skip
