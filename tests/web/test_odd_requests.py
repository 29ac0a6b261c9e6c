"""What no page sends and a program may: files for texts, numbers that no database holds, names that WTForms breaks on."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from innovations.extensions import db
from innovations.people.models import Unit
from innovations.people.services.tokens import create_token
from innovations.regulations.models import SpecialDay
from tests.board_world import BoardWorld
from tests.world import World

ODD = {
    "19 digits": "9" * 19,
    "5,000 digits": "9" * 5000,
    "over 64 bits": "9223372036854775808",
    "raised": "²",
    "Arabic": "٣",
    "negative": "-1",
}
odd = pytest.mark.parametrize("number", ODD.values(), ids=ODD)


@pytest.fixture
def admin(world: World) -> FlaskClient:
    return world.client("quantri")


def _unit(world: World, **changed: Any) -> dict[str, Any]:
    parent = str(world.staff.units["T1A"])
    return {"code": "D9", "name": "Tiểu đoàn 9", "short_name": "dBB9", "level": "subunit", "parent": parent, **changed}


def test_a_file_sent_for_a_text_is_no_text(world: World, admin: FlaskClient) -> None:
    answer = admin.post("/admin/units/new", data=_unit(world, name=(BytesIO(b"x"), "name.txt")))
    assert (answer.status_code, "Nhập tên đơn vị." in answer.text) == (422, True)
    assert db.session.query(Unit).filter_by(code="D9").first() is None


def test_a_file_sent_for_a_day_is_no_day(world: World) -> None:
    sent = {"on": (BytesIO(b"2026-09-02"), "day.txt"), "name": "Quốc khánh"}
    answer = world.client("vanphong").post("/admin/days", data=sent)
    assert (answer.status_code, "Quốc khánh" in answer.text) == (422, True)
    assert db.session.query(SpecialDay).count() == 0


@pytest.mark.parametrize("blank", [" ", "\t", "\u200b", "\u3000"])
def test_blanks_are_nothing_where_something_is_needed(board: BoardWorld, blank: str) -> None:
    world = board.world
    seat = {"person_id": str(world.staff.people["demo25"]), "q": "demo25", "role": "member", "since": blank}
    answer = world.client("vanphong").post(f"/boards/{board.board_id}/seats", data=seat)
    assert (answer.status_code, "Nhập ngày bắt đầu." in answer.text or "không phải ngày hợp lệ" in answer.text) == (422, True)
    answer = world.client("quantri").post("/admin/units/new", data=_unit(world, name=blank))
    assert (answer.status_code, "Nhập tên đơn vị." in answer.text) == (422, True)


@pytest.mark.parametrize("disposition", ["form-data", 'form-data; filename="a.txt"'])
def test_a_part_without_a_name_is_no_field(world: World, admin: FlaskClient, disposition: str) -> None:
    named = {**_unit(world), "_once": "a-key", "kind": ""}
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in named.items()]
    body = "".join(f"--x\r\n{part}\r\n" for part in [*parts, f"Content-Disposition: {disposition}\r\n\r\nz"]) + "--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    assert admin.post("/admin/units/new", data=body.encode(), content_type=kind).status_code == 303
    again = body.replace("a-key", "b-key").encode()
    assert world.app.test_client().post("/admin/units/new", data=again, content_type=kind).status_code == 401


def test_a_form_sent_as_json_is_an_empty_form(admin: FlaskClient) -> None:
    for body in ([1], {"name": 7, "code": {"a": 1}}, {"name": None}):
        assert admin.post("/admin/units/new", json=body).status_code == 422


@odd
def test_a_row_with_an_odd_number_is_no_row(world: World, number: str) -> None:
    address, client = world.draft(), world.client("tacgia")
    sent = {"version": str(world.version(address)), f"lines-{number}-kind": "time", f"lines-{number}-label": "Kiểm tra"}
    assert client.post(f"/proposals/{address}/edit/benefit", data=sent).status_code in (303, 422)
    assert client.post(f"/proposals/{address}/shares", data={f"share-{number}": "100"}).status_code == 404


@odd
def test_a_number_that_no_database_holds_is_nobodys(admin: FlaskClient, number: str) -> None:
    for path in ("/admin/units/", "/admin/people/", "/library/adoptions/", "/boards/"):
        assert admin.get(f"{path}{number}").status_code == 404, path


@odd
def test_a_list_asked_for_with_such_a_number_is_shown_as_without_it(world: World, number: str) -> None:
    client = world.client("vanphong")
    for path in ("/proposals/", "/library/", "/reports/", "/notices", "/library/adoptions"):
        for name in ("page", "per_page", "unit", "year"):
            assert client.get(path, query_string={name: number}).status_code == 200, (path, name)


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"title":' * 50_000], ids=["lists", "objects"])
def test_the_api_reads_nothing_that_is_nested_too_deeply(world: World, body: bytes) -> None:
    token = create_token(world.staff.accounts["tacgia"], ("library:read",), timedelta(days=1))
    sent = {"data": body, "content_type": "application/json", "headers": {"Authorization": f"Bearer {token}"}}
    answer = world.app.test_client().post("/api/v1/similar", **sent)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, None)  # type: ignore[index]


def test_the_api_takes_no_such_version_and_no_truth_for_one(world: World) -> None:
    address = world.draft()
    token = create_token(world.staff.accounts["tacgia"], ("proposals:write",), timedelta(days=1))
    headers = {"Authorization": f"Bearer {token}"}
    for version in (2**63, -(2**63) - 1, 10**4000, True, 1.5):
        answer = world.app.test_client().patch(f"/api/v1/proposals/{address}", json={"version": version}, headers=headers)
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "version")  # type: ignore[index]
