"""What the server's own log tells of somebody who tried what they may not, and of input that was not taken (ASVS 16.3.2, 16.3.3)."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from innovations.people.services.tokens import create_token
from tests.world import World


def test_a_refused_act_is_told_with_account_and_route_and_nothing_that_was_sent(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    client = world.client("docgia")
    with caplog.at_level(logging.WARNING):
        assert client.get("/admin/units").status_code == 403
        assert client.get("/library/?q=kho+tang").status_code == 200
    told = [record.getMessage() for record in caplog.records if record.getMessage().startswith("refused:")]
    assert told == [f"refused: account {world.actor('docgia').account_id} at GET admin.unit_tree"]


def _told(caplog: pytest.LogCaptureFixture) -> list[str]:
    said = [record.getMessage() for record in caplog.records if record.getMessage().startswith("input refused:")]
    caplog.clear()
    return said


def test_refused_input_is_told_with_route_and_fields_and_no_value(world: World, caplog: pytest.LogCaptureFixture) -> None:
    client = world.client("quantri")
    unit = {
        "code": "Bí mật",
        "name": "",
        "short_name": "x" * 900,
        "level": "nobody",
        "kind": "",
        "parent": str(world.staff.units["T1A"]),
    }
    with caplog.at_level(logging.WARNING):
        assert client.post("/admin/units/new", data=unit).status_code == 422
        assert _told(caplog) == ["input refused: POST admin.create_unit 422 level,name,short_name"]
        assert (
            client.post("/admin/units/new", data={**unit, "name": "Đại đội", "short_name": "c", "level": "subunit"}).status_code
            == 422
        )
        assert _told(caplog) == ["input refused: POST admin.create_unit 422 code"]
        assert client.get("/admin/units").status_code == 200
        assert _told(caplog) == []


def test_input_that_is_no_form_is_told_without_what_was_sent(world: World, caplog: pytest.LogCaptureFixture) -> None:
    token = create_token(world.staff.accounts["tacgia"], ("library:read",), timedelta(days=1))
    with caplog.at_level(logging.WARNING):
        sent = {"tên riêng": "nội dung"}
        answer = world.app.test_client().post("/api/v1/similar", json=sent, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, _told(caplog)) == (422, ["input refused: POST api.similar 422 -"])
