"""Proposals through the pages: the whole way by sent forms, the list, who may not see one, quarantine, the table of states."""

from __future__ import annotations

from io import BytesIO

import pytest

from innovations.proposals.rules.states import State
from tests.proposal_pages import BENEFIT, DESCRIPTION, TITLE, begin, idea, send_check, stored, version
from tests.world import World


def test_an_author_writes_submits_and_is_accepted_through_the_pages(world: World) -> None:
    client = world.client("tacgia")
    address = begin(client)
    edit = f"/proposals/{address}/edit"
    for step, data in (("idea", idea()), ("description", DESCRIPTION), ("benefit", BENEFIT)):
        assert client.get(f"{edit}/{step}").status_code == 200
        sent = client.post(f"{edit}/{step}", data={**data, "version": version(world, address)})
        assert sent.status_code == 303, sent.text
    assert sent.location.endswith("/edit/authors")
    for step in ("authors", "evidence", "submit"):
        assert client.get(f"{edit}/{step}").status_code == 200
    upload = {"file": [(BytesIO("Biên bản dùng thử.".encode()), "bien-ban.txt")], "kind": "evidence", "nothing_secret": "y"}
    assert client.post(f"/proposals/{address}/files", data=upload).status_code == 303
    assert "Hồ sơ đã đủ các phần cần thiết." in client.get(f"{edit}/submit").text
    sent = client.post(f"/proposals/{address}/submit", data={"nothing_secret": "y"})
    assert sent.status_code == 303, sent.text
    receipt = client.get(sent.location, follow_redirects=True)
    code = receipt.request.path.split("/")[2]
    assert code.startswith("SK-")
    assert code in receipt.text
    assert "Giấy biên nhận hồ sơ" in receipt.text
    line = stored(code).benefits[0]
    assert (line.label, str(line.before), str(line.after)) == ("Thời gian lấy dụng cụ", "12.50", "4.00")
    receiver = world.client("tiepnhan")
    assert TITLE in receiver.get(f"/proposals/{code}/check").text
    assert send_check(receiver, code, "accept").status_code == 303
    assert stored(code).reviews[-1].state is State.ACCEPTED
    shown = client.get(f"/proposals/{code}").text
    assert "Ủy viên thư ký" in shown
    assert "−68 %" in shown


@pytest.mark.parametrize("path", ["", "/edit/idea", "/check", "/receipt", "/papers/application.pdf", "/files/1"])
def test_a_stranger_does_not_learn_that_a_draft_exists(world: World, path: str) -> None:
    address = world.draft()
    answered = world.client("docgia").get(f"/proposals/{address}{path}")
    assert answered.status_code == 404
    assert "Bảng kiểm tra dụng cụ" not in answered.text


def test_the_list_is_filtered_by_its_address(world: World) -> None:
    code, draft = world.submitted(), world.draft(title="Bản nháp còn viết dở của tôi")
    client = world.client("tacgia")
    both, only = client.get("/proposals/").text, client.get("/proposals/?state=submitted&mine=1").text
    assert f'data-code="{code}"' in both
    assert f'data-code="{draft}"' in both
    assert f'data-code="{code}"' in only
    assert f'data-code="{draft}"' not in only
    assert 'data-total="1"' in only


@pytest.mark.parametrize("query", ["endpoint=x", "_scheme=javascript", "state=nothing&page=x", "sort=none&unit=0"])
def test_a_strange_address_of_the_list_is_no_error(world: World, query: str) -> None:
    assert world.client("tacgia").get(f"/proposals/?{query}").status_code == 200


def test_quarantine_hides_and_releases(world: World) -> None:
    code = world.submitted()
    officer = world.client("baomat")
    assert officer.post("/proposals/quarantine", data={"code": code, "reason": "Cần xem lại."}).status_code == 303
    assert code in officer.get("/proposals/quarantine").text
    assert world.client("tacgia").get(f"/proposals/{code}").status_code == 404
    assert officer.post(f"/proposals/{code}/release").status_code == 303
    assert world.client("tacgia").get(f"/proposals/{code}").status_code == 200


def test_the_help_page_prints_the_table_of_states(world: World) -> None:
    shown = world.client("docgia").get("/proposals/states")
    assert shown.status_code == 200
    assert "Yêu cầu bổ sung" in shown.text
    assert "đủ 8 mục kiểm tra" in shown.text


def test_without_an_index_the_list_is_searched_by_title_and_code_with_the_same_rights(world: World) -> None:
    code = world.submitted(title="Hệ thống tưới nhỏ giọt cho vườn rau")
    other = world.submitted(title="Khay úp bát cho bếp ăn")
    for number, query, found in (("tiepnhan", "nho giot", [code]), ("tiepnhan", other, [other]), ("docgia", "nhỏ giọt", [])):
        answer = world.client(number).get("/proposals/", query_string={"q": query})
        assert answer.status_code == 200
        assert "Tạm thời chỉ tìm theo tên và mã trong sổ" in answer.text
        assert [each for each in (code, other) if f'data-code="{each}"' in answer.text] == found
