"""The counts beside the results, held against a plain count over the improvements on the shelf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from innovations.library.facets import Labels
from innovations.proposals.rules.content import SolutionType
from innovations.regulations.models import FieldOfWork
from innovations.regulations.queries import fields_of_work
from innovations.search import FacetValue, Results
from tests.library_shelf import FACETS, Item, Shelf, codes

pytestmark = pytest.mark.xdist_group("shelf")  # one shelf per module, which takes seconds to fill

READERS = ("docgia", "tacgia")
WORDS = ("", "khuôn", "giàn", "nhanh")
#: What may be chosen; ``Z``, 1999 and perhaps a field stand nowhere.  Units at three heights of the tree.
VALUES = {
    "field": ("training", "readiness", "technical", "logistics", "other"),
    "type": ("technical", "management", "operational"), "unit": ("QCM", "SM", "SP", "T1A", "T2B", "L3C", "NMN"),
    "level": ("base", "division"), "year": ("2023", "2024", "2025", "1999"), "grade": ("A", "B", "C", "Z"), "adopted": ("yes", "no"),
}  # fmt: skip

TREE = (("QCM", "SM", "T1A"), ("QCM", "SM", "T2B"), ("QCM", "SP", "L3C"), ("QCM", "SP", "TT"), ("QCM", "SQ", "NMN"))

Choice = dict[str, tuple[str, ...]]
choices = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(v), max_size=3, unique=True) for name, v in VALUES.items()}
)


def fits(item: Item, choice: Choice, *, but: str = "") -> bool:
    """Any of the values within a facet, all facets together; ``but`` is left out."""
    return all(set(item.values(name)) & set(values) for name, values in choice.items() if values and name != but)


def has(item: Item, word: str) -> bool:
    """Whether the word stands in the title; no other text of the shelf has any of :data:`WORDS`."""
    return not word or word in item.title.lower().split()


def expected(shelf: Shelf, reader: str, word: str, choice: Choice, facet: str) -> dict[str, int]:
    """Improvements by value: what the reader may see, with the word, under the choices in the other facets."""
    counted = Counter(
        value
        for item in shelf.items
        if item.seen_by(reader) and has(item, word) and fits(item, choice, but=facet)
        for value in item.values(facet)
    )
    return {**dict.fromkeys(choice.get(facet, ()), 0), **counted}


def shown(shelf: Shelf, page: BeautifulSoup, facet: str) -> dict[str, int]:
    entries = page.select(f'[data-facet="{facet}"]')
    named = shelf.unit_codes if facet == "unit" else {}
    return {named.get(each["data-value"], each["data-value"]): int(each["data-count"]) for each in entries}


def told(shelf: Shelf, answer: dict[str, Any], facet: str) -> dict[str, int]:
    named = shelf.unit_codes if facet == "unit" else {}
    return {named.get(each["value"], each["value"]): each["count"] for each in answer["facets"].get(facet, [])}


@given(reader=st.sampled_from(READERS), word=st.sampled_from(WORDS), choice=choices)
def test_page_and_api_count_every_facet_as_the_shelf_does(shelf: Shelf, reader: str, word: str, choice: Choice) -> None:
    asked = {"q": word, "per_page": 100, **choice}
    page, answer = shelf.page(reader, **asked), shelf.api(reader, **asked)
    found = {item.code for item in shelf.items if item.seen_by(reader) and has(item, word) and fits(item, choice)}
    assert set(codes(page)) == {each["code"] for each in answer["items"]} == found
    assert int(page.select_one("[data-total]")["data-total"]) == answer["total"] == len(found)
    for facet in FACETS:
        wanted = expected(shelf, reader, word, choice, facet)
        assert shown(shelf, page, facet) == told(shelf, answer, facet) == wanted, facet


@pytest.mark.parametrize("chosen", [{}, {"year": ("2024",)}, {"type": ("technical",)}, {"adopted": ("no",)}])
def test_values_keep_the_order_of_the_lists_that_forms_show_whatever_is_chosen(shelf: Shelf, chosen: Choice) -> None:
    page = shelf.page("docgia", **chosen)
    lists = {
        "field": [each.code for each in fields_of_work()],
        "type": [each.value for each in SolutionType],
        "adopted": ["yes", "no"],
    }
    for facet, listed in lists.items():
        values = [each["data-value"] for each in page.select(f'[data-facet="{facet}"]')]
        assert values == [value for value in listed if value in values] != [], facet


def test_of_a_long_list_what_is_rare_is_folded_away() -> None:
    fields = [
        FieldOfWork(code=f"f{n}", name=name, name_en="")
        for n, name in enumerate("tủ đá da ghế bàn kệ xe cân thang ròng đèn quạt".split())
    ]
    counts = (1, 5, 5, 1, 1, 2, 2, 2, 1, 1, 1, 1)
    values = tuple(FacetValue(field.code, count, chosen=False) for field, count in zip(fields, counts, strict=True))
    (group, *_others) = Labels(fields, []).groups(Results(facets={"field": values}))
    assert [entry.label for entry in group.open] == ["da", "đá", "cân", "kệ", "xe", "bàn", "đèn", "ghế"]
    assert [entry.label for entry in group.folded] == ["quạt", "ròng", "thang", "tủ"]


def test_two_fields_mean_either_and_a_year_beside_them_means_both(shelf: Shelf) -> None:
    first, second = sorted({item.field for item in shelf.items})[:2]
    page = shelf.page("docgia", field=[first, second], year="2024", per_page=100)
    wanted = {i.code for i in shelf.items if i.field in (first, second) and i.on.year == 2024 and not i.internal}
    assert set(codes(page)) == wanted != set()


def test_each_choice_adds_itself_to_the_address_and_is_marked(shelf: Shelf) -> None:
    page = shelf.page("docgia", grade="A")
    other = page.select_one('[data-facet="grade"][data-value="B"]')
    assert "grade=A&grade=B" in other["href"]
    chosen = page.select('[data-facet="grade"][aria-current="true"]')
    assert [each["data-value"] for each in chosen] == ["A"]
    assert "grade=" not in chosen[0]["href"]


def stand(shelf: Shelf, reader: str, **asked: object) -> dict[str, tuple[str, ...]]:
    """Each unit shown, with the units it stands below and itself, as the eye reads them from order and depth."""
    above: list[str] = []
    found = {}
    for entry in shelf.api(reader, **asked)["facets"].get("unit", []):
        code = shelf.unit_codes[entry["value"]]
        assert entry["depth"] <= len(above), f"{code} is indented below nothing"
        above = [*above[: entry["depth"]], code]
        found[code] = tuple(above)
    return found


def paths(units: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Each of the units with those of them above it, by the staff's tree."""
    whole = {path[depth - 1]: path[:depth] for path in TREE for depth in range(1, 4)}
    return {code: tuple(each for each in whole[code] if each in units) for code in units}


def test_the_level_of_a_unit_is_told_and_not_only_shown(shelf: Shelf) -> None:
    page = shelf.page("docgia")
    entries = page.select('[data-facet="unit"]')
    told_depths = {shelf.unit_codes[each["data-value"]]: int(each.find_parent("li")["aria-level"]) for each in entries}
    assert told_depths == {code: len(path) for code, path in paths(told_depths.keys()).items()}
    assert not page.select('li[aria-level] > [data-facet="grade"]')


def test_a_facet_without_values_keeps_its_place(shelf: Shelf) -> None:
    whole = [each["data-fold"] for each in shelf.page("docgia").select("details.facet")]
    few = shelf.page("docgia", grade="Z")
    assert [each["data-fold"] for each in few.select("details.facet")] == whole
    assert "Không có trong kết quả này" in few.select_one('[data-fold="type"]').get_text()


def test_without_any_value_there_is_nothing_to_narrow_by(shelf: Shelf) -> None:
    assert not shelf.page("docgia", q="khôngđâucó").select("details.facet")


@pytest.mark.parametrize("reader", READERS)
def test_units_stand_as_a_tree_each_below_its_own_parent(shelf: Shelf, reader: str) -> None:
    shown = stand(shelf, reader)
    assert shown == paths(shown.keys())
    assert {"QCM", "SM", "T1A", "SP", "L3C"} <= shown.keys()


@pytest.mark.parametrize(
    ("word", "chosen", "nothing"),
    [
        ("giàn", ("L3C", "SQ"), "L3C"),
        ("giàn", ("T1A", "L3C", "TT"), "TT"),
        ("khuôn", ("L3C", "NMN"), "L3C"),
        ("xyzzy", ("L3C",), "L3C"),
    ],
)
def test_a_chosen_unit_without_hits_does_not_stand_below_a_strange_one(
    shelf: Shelf, word: str, chosen: tuple[str, ...], nothing: str
) -> None:
    """The parent of such a unit may have no hits either and be left out; what stands before it in the list is not its parent."""
    shown = stand(shelf, "docgia", q=word, unit=chosen)
    assert nothing in shown
    assert shown == paths(shown.keys())
