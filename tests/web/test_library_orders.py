"""The orders of the library on the page, in the API and in the exported file, held against the shelf."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.library_shelf import TITLES, Item, Shelf, codes

pytestmark = pytest.mark.xdist_group("shelf")  # one shelf per module, which takes seconds to fill

#: What an order goes by; the grade A first, none last; titles as they stand in TITLES, which is typed in Vietnamese order (case 17).
ORDERS: dict[str, Callable[[Item], object]] = {
    "title": lambda item: TITLES.index(item.title),
    "date": lambda item: -item.on.toordinal(),
    "grade": lambda item: item.grade or "Z",
    "adoptions": lambda item: -len(item.adopters),
}


@pytest.mark.parametrize("narrowed", [{}, {"type": "technical"}, {"year": ["2024", "2025"], "adopted": "yes"}])
@pytest.mark.parametrize("sort", ORDERS)
def test_page_api_and_file_stand_in_the_order_asked_for(shelf: Shelf, sort: str, narrowed: dict[str, object]) -> None:
    of = {item.code: item for item in shelf.items}
    asked = {"sort": sort, "per_page": 100, **narrowed}
    shown = codes(shelf.page("tacgia", **asked))
    places = [ORDERS[sort](of[code]) for code in shown]
    assert len(shown) > 3
    assert places == sorted(places)
    assert [each["code"] for each in shelf.api("tacgia", **asked)["items"]] == shown
    assert shelf.export("tacgia", sort=sort, **narrowed) == shown


@pytest.mark.parametrize("sort", ["grade", "adoptions"])
def test_equal_places_go_to_the_newer_decision(shelf: Shelf, sort: str) -> None:
    of = {item.code: item for item in shelf.items}
    shown = [of[code] for code in codes(shelf.page("tacgia", sort=sort, per_page=100))]
    for first, second in zip(shown, shown[1:], strict=False):
        assert ORDERS[sort](first) != ORDERS[sort](second) or first.on >= second.on


def test_vietnamese_titles_do_not_stand_in_the_order_of_their_code_points(shelf: Shelf) -> None:
    assert list(TITLES) != sorted(TITLES)
    by_code = {item.code: item.title for item in shelf.items}
    seen = {item.title for item in shelf.items if item.seen_by("tacgia")}
    assert [by_code[code] for code in codes(shelf.page("tacgia", sort="title", per_page=100))] == [t for t in TITLES if t in seen]
