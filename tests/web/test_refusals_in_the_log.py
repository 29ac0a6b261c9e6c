"""What the server's own log tells of somebody who tried what they may not (ASVS 16.3.2)."""

from __future__ import annotations

import logging

import pytest

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
