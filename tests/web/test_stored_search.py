"""A search of the library can be stored and read back, and means the same on the page, in the API and in the export."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from innovations.library.asking import Asked, asked_for, read_back
from innovations.search import LIBRARY_STATES, Filters, Sort
from tests.recognised import index, recognise
from tests.world import World

SEARCHES = [
    Asked(),
    Asked(q='"giá đỡ" -xe nam:2023..2025'),
    Asked(q="caair tieens", literal=True, sort=Sort.DATE),
    Asked(q="trắc nghi", typing=True, per_page=50, page=3),
    Asked(
        q="gia", filters=Filters(field=("HC", "KT"), unit=("7",), year=("2024", "2025"), adopted=("yes",), state=LIBRARY_STATES)
    ),
]


@pytest.mark.parametrize("asked", SEARCHES)
def test_a_search_comes_back_from_json_as_it_was(asked: Asked) -> None:
    assert read_back(json.loads(json.dumps(asked.stored()))) == asked


@pytest.mark.parametrize("asked", SEARCHES)
def test_the_address_of_a_search_asks_for_it(asked: Asked) -> None:
    pairs = [
        (name, str(each)) for name, value in asked.args().items() for each in (value if isinstance(value, list) else [value])
    ]
    assert asked_for(MultiDict(pairs), {}) == asked


@pytest.mark.parametrize(
    "held", [{}, {"q": None}, {"sort": "cheapest", "page": "x"}, {"year": 2024, "foreign": {"a": 1}}, {"page": [2, 3]}]
)
def test_what_is_not_understood_in_a_stored_search_is_left_out(held: dict) -> None:
    asked = read_back(held)
    assert (asked.q, asked.sort) == ("", Sort.RELEVANCE)
    assert asked.filters.state == LIBRARY_STATES


def test_page_and_export_answer_the_same_search_alike(world: World) -> None:
    for number in range(4):
        recognise(world, title=f"Bộ câu hỏi trắc nghiệm chính trị phần {number}", grade="AB"[number % 2])
    index(world)
    client = world.client("docgia")
    for asked in (
        Asked(q="trac nghi", typing=True),
        Asked(q="trac nghiem", sort=Sort.TITLE),
        Asked(filters=Filters(grade=("A",))),
    ):
        address = urlencode(asked.args(), doseq=True)
        shown = [
            hit["data-code"]
            for hit in BeautifulSoup(client.get(f"/library/?{address}").text, "html.parser").select("[data-code]")
        ]
        rows = list(csv.reader(io.StringIO(client.get(f"/reports/library.csv?{address}").get_data().decode("utf-8-sig"))))
        exported = [cell for row in rows for cell in row if cell.startswith("SK-")]
        assert exported == shown != []
