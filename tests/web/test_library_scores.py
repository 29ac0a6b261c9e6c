"""What a score is made of, told to the administrator alone."""

from __future__ import annotations

import pytest

from innovations import search
from innovations.proposals.loading import proposal_at
from innovations.proposals.rules.content import Handling
from innovations.proposals.rules.visibility import reader_tokens
from innovations.search import Filters
from tests.library_pages import QUIZ, RACK, page
from tests.recognised import index, recognise
from tests.world import World


def test_the_administrator_reads_what_a_score_is_made_of_and_nobody_else_does(world: World) -> None:
    recognise(world, title=RACK)
    index(world)
    (why,) = page(world.client("quantri"), "?q=gia+do").select("details.why")
    points = {row.th.text: row.td.text for row in why.select("tr")}
    assert {"gia", "do", "gia do"} <= set(points)
    assert all(mark in points for mark in ("Cấp công nhận", "Nhân rộng", "Mới công nhận", "Có minh chứng", "Điểm"))
    for number in ("docgia", "tacgia", "vanphong", "thuky", "chihuy"):
        assert page(world.client(number), "?q=gia+do").select(".why") == [], number


def test_the_words_of_a_score_stand_as_they_were_typed(world: World) -> None:
    recognise(world, title="Giá treo dụng cụ vệ sinh")
    index(world)
    (why,) = page(world.client("quantri"), "?q=Dụng+cụ").select("details.why")
    points = {row.th.text: row.td.text for row in why.select("tr")}
    assert {"dụng", "cụ", "dụng cụ"} <= set(points)
    assert "dung cu" not in points
    assert "." not in "".join(points.values())  # Vietnamese decimals


def test_the_parts_of_a_score_make_the_score(world: World) -> None:
    for title in (RACK, QUIZ, "Giá để dụng cụ huấn luyện thể lực"):
        recognise(world, title=title)
    index(world)
    tokens = reader_tokens(world.actor("docgia"))
    for text in ("gia do may", "giá đỡ", "cai tien OR gia", "huấn luy*", "gias ddowx"):
        query = search.parse(text)
        hits = search.engine().search(query, tokens).hits
        whys = search.engine().explain(query, tokens, Filters(), [hit.id for hit in hits])
        assert {hit.id: pytest.approx(hit.score, abs=1e-3) for hit in hits} == {key: why.score for key, why in whys.items()}


def test_no_score_is_explained_to_who_may_not_see_the_document(world: World) -> None:
    code = recognise(world, title=RACK, handling=Handling.INTERNAL)
    index(world)
    ids, query = [proposal_at(code).id], search.parse("gia do")
    assert search.engine().explain(query, reader_tokens(world.actor("docgia")), Filters(), ids) == {}
    assert set(search.engine().explain(query, reader_tokens(world.actor("tacgia")), Filters(), ids)) == set(ids)
