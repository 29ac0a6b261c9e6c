"""The query language is one: page, API, export and a stored search find the same, in the same order, and say the same of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from innovations.extensions import db
from innovations.library.asking import asked_for, read_back
from innovations.library.searching import every_id
from innovations.proposals.models import Proposal
from tests.library_shelf import Shelf, codes

pytestmark = pytest.mark.xdist_group("shelf")  # one shelf per module, which takes seconds to fill

PLAIN = (
    "", "khuôn", "khuon", "KHUÔN", "khuôn tháo", "giàn phơi gấp", "nước", "bếp Hoàng Cầm", "dụng cụ chia ngăn của tổ trực",
    "cách làm nhanh gọn khi mưa ở trạm gác", "không có từ này", "xyzzy", "ắc-quy", "ăng ten",
)  # fmt: skip
SIGNS = (
    '"giàn phơi"', '"nước rửa xe"', "“dụng cụ”", '"phơi giàn"', "giàn -rau", "-khuôn", 'khuôn -"tháo nhanh"', "khuôn OR giàn",
    "khuôn | giàn | lán", "giàn AND bếp", '"khuôn đúc" OR "giàn rau"', "khuô*", "dụng cụ ch*", "nhanh -lắp dầm",
)  # fmt: skip
FILTERS = (
    "nam:2024", "năm:2023..2024", "nam:..2024 khuôn", "nam:>=2025", "nam:<2024", "-nam:2024", "nam:2023,2025", "donvi:T1A",
    'donvi:"Sư đoàn M"', "donvi:SM,SP giàn", "xeploai:A", "-xeploai:C khuôn", "loai:\"kỹ thuật\"", "cap:\"sư đoàn\"", "apdung:>=2",
    "apdung:có", "apdung:không dụng", "ma:SK-T1A", 'tacgia:"Nguyễn"', "year:2024 grade:B", "khuôn nam:2024 OR giàn",
)  # fmt: skip
MISTAKES = (
    "màu:đỏ khuôn", "khuôn nam:", "nam:hai", "loai:a..b", 'khuôn "giàn phơi', "khuôn OR", "OR khuôn", "khuôn* giàn", "khuôn k*",
    "khuôn màu:đỏ nam:hai -", " ".join(["gá"] * 45), " ".join(f"-t{n}" for n in range(15)) + " khuôn", "khuôn " * 40,
    "https://khuôn.vn", "khuôn <b>", "khuôm",
)  # fmt: skip
KEYS = ("khuoon", "giafn phowi", "khuo6n duc1", "dungj cuj chia nguwan", "nuwowcs rwar xe", "gian2 pho7i")
OTHERWISE: tuple[dict[str, Any], ...] = (
    {"q": "giàn phơ", "typing": 1}, {"q": "giafn phowi", "literal": 1}, {"sort": "title"}, {"sort": "date"}, {"sort": "grade"},
    {"sort": "adoptions"}, {"sort": "cheapest"}, {"q": "dụng cụ", "sort": "title"}, {"q": "khuôn OR giàn", "sort": "grade"},
    {"per_page": 7}, {"per_page": 7, "page": 3}, {"per_page": 7, "page": 9}, {"q": "nhanh OR khuôn", "per_page": 2, "page": 2},
    {"grade": ["A", "B"], "year": "2024", "sort": "title"}, {"unit": "SM", "q": "khuôn OR giàn"}, {"adopted": "yes", "sort": "adoptions"},
    {"level": "division", "type": ["technical", "management"], "per_page": 5, "page": 2}, {"year": "x", "page": "x"},
)  # fmt: skip
SEARCHES = [{"q": text} for text in (*PLAIN, *SIGNS, *FILTERS, *MISTAKES, *KEYS)] + list(OTHERWISE)


def stored(shelf: Shelf, reader: str, asked: dict[str, Any]) -> list[str]:
    """Codes of a search kept as JSON and read back: all pages, cut to the one asked for."""
    pairs = [(key, str(each)) for key, value in asked.items() for each in (value if isinstance(value, list) else [value])]
    kept = asked_for(MultiDict(pairs), shelf.world.staff.units)
    back = read_back(json.loads(json.dumps(kept.stored())))
    ids = [number for batch in every_id(shelf.world.actor(reader), back) for number in batch]
    of = {row.id: row.code for row in db.session.execute(select(Proposal.id, Proposal.code).where(Proposal.id.in_(ids)))}
    first = (back.page - 1) * back.per_page
    return [of[each] for each in ids[first : first + back.per_page]]


@pytest.mark.parametrize("asked", SEARCHES, ids=lambda asked: " ".join(map(str, asked.values()))[:40])
@pytest.mark.parametrize("reader", ["docgia", "tacgia"])
def test_every_door_finds_the_same_in_the_same_order(shelf: Shelf, reader: str, asked: dict[str, Any]) -> None:
    page, answer = shelf.page(reader, **asked), shelf.api(reader, **asked)
    found = [each["code"] for each in answer["items"]]
    assert codes(page) == found == stored(shelf, reader, asked)
    assert int(page.select_one("[data-total]")["data-total"]) == answer["total"]
    if "page" not in asked and "per_page" not in asked:
        assert shelf.export(reader, **asked)[: len(found)] == found
    for name in ("understood", "suggestion"):
        said = page.select_one(f"[data-{name}]")
        assert (said[f"data-{name}"] if said else None) == answer[name]
    assert bool(page.select_one("[data-instead]")) == answer["instead"]
    assert all(note["message"] in page.select_one("#read").text for note in answer["notes"])


def test_the_searches_are_of_every_kind(shelf: Shelf) -> None:
    answers = [shelf.api("docgia", **asked) for asked in SEARCHES]
    assert len(SEARCHES) >= 60
    assert sum(bool(each["total"]) for each in answers) > len(SEARCHES) / 2
    assert sum(bool(each["understood"]) for each in answers) >= 3
    assert any(each["suggestion"] for each in answers)


@pytest.mark.parametrize(
    ("typed", "code", "text", "dropped"),
    [
        ("khuôn màu:đỏ", "unknown_filter", "màu:đỏ", 0),
        ("  nam:hai khuôn", "bad_number", "nam:hai", 0),
        ('khuôn "giàn phơi', "unclosed_quote", '"giàn phơi', 0),
        ("OR khuôn", "lone_operator", "OR", 0),
        ("khuôn OR", "last_operator", "OR", 1),
        ("khuo\u0302n nam:", "empty_filter", "nam:", 0),
        (" ".join(["gá"] * 42), "too_many_words", "gá gá", 2),
        ("a" * 195 + " khuôn giàn", "too_long", " khuôn giàn", 11),
    ],
)
def test_the_api_says_what_was_wrong_where_and_how_much_fell(
    shelf: Shelf, typed: str, code: str, text: str, dropped: int
) -> None:
    answer = shelf.api("docgia", q=typed)
    (note,) = [each for each in answer["notes"] if each["code"] == code]
    assert (note["text"], note["dropped"]) == (text, dropped)
    assert answer["query"][note["start"] : note["end"]] == text


def test_a_suggestion_does_not_repeat_a_filter_that_is_none(shelf: Shelf) -> None:
    for typed, meant in (("màu:đỏ khuôm đúc gạch", "màu đỏ khuôn đúc gạch"), ("nam:hai khuôm đúc gạch", "hai khuôn đúc gạch")):
        answer = shelf.api("docgia", q=typed)
        assert answer["suggestion"] == meant
        assert shelf.api("docgia", q=answer["suggestion"])["notes"] == []
    assert shelf.api("docgia", q="nam:2000.. khuôm đúc gạch")["suggestion"] == "nam:2000.. khuôn đúc gạch"


def misfit(value: Any, schema: dict[str, Any], known: dict[str, Any], place: str = "") -> list[str]:
    """Where ``value`` is not as the schema says: the few words of JSON Schema that the document uses."""
    if "$ref" in schema:
        return misfit(value, known[schema["$ref"].rsplit("/", 1)[1]], known, place)
    if "anyOf" in schema:
        tried = [misfit(value, each, known, place) for each in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    types = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "array": list,
        "object": dict,
        "null": type(None),
    }
    wanted = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not any(isinstance(value, types[each]) and (each == "boolean" or value is not True) for each in wanted):
        return [f"{place}: {value!r} is not {wanted}"]
    wrong = []
    if isinstance(value, list):
        wrong += [each for number, one in enumerate(value) for each in misfit(one, schema["items"], known, f"{place}/{number}")]
    if isinstance(value, dict):
        properties, other = schema.get("properties", {}), schema.get("additionalProperties")
        wrong += [f"{place}: no {name}" for name in schema.get("required", ()) if name not in value]
        wrong += [f"{place}: {name} is not promised" for name in value if name not in properties and other is False]
        for name, one in value.items():
            wrong += misfit(one, properties.get(name, other), known, f"{place}/{name}")
    return wrong


def test_answers_are_as_the_openapi_document_promises(shelf: Shelf) -> None:
    document = shelf.client("docgia").get("/api/v1/openapi.json").get_json()
    known = document["components"]["schemas"]
    promised = document["paths"]["/api/v1/library"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    wrong = {str(asked): found for asked in SEARCHES if (found := misfit(shelf.api("docgia", **asked), promised, known))}
    assert wrong == {}
    assert misfit({"total": "one"}, promised, known)
