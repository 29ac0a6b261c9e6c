"""The page that says who sees what, when."""

import re

import pytest

from innovations.boards.rules.phases import Phase, Watcher
from tests.world import World


def cell(page: str, watcher: Watcher, phase: Phase) -> str:
    row = page.split(f'data-watcher="{watcher.value}"', 1)[1].split("</tr>", 1)[0]
    return re.sub(r"<[^>]+>|\s+", " ", row.split(f'data-phase="{phase.value}"', 1)[1].split("</td>", 1)[0])


@pytest.mark.parametrize("account", ["docgia", "thuky", "quantri"])
def test_anybody_reads_the_matrix_with_the_rules_chosen(world: World, account: str) -> None:
    client = world.client(account)
    usual, blind = client.get("/boards/sights").text, client.get("/boards/sights?blind=1").text
    assert "Đọc hồ sơ" in cell(usual, Watcher.SCORER, Phase.SCORING)
    assert "Đọc, không biết tác giả" in cell(blind, Watcher.SCORER, Phase.SCORING)
    assert "Đọc hồ sơ" in cell(blind, Watcher.SCORER, Phase.SCORED)
    inside = client.get("/boards/sights?handling=internal").text
    assert "Đọc hồ sơ" in cell(usual, Watcher.STRANGER, Phase.RECOGNISED)
    assert "Không biết có hồ sơ" in cell(inside, Watcher.STRANGER, Phase.RECOGNISED)


def test_unknown_choices_change_nothing(world: World) -> None:
    client = world.client("docgia")
    usual = [client.get(f"/boards/sights{query}") for query in ("", "?blind=x&handling=secret")]
    assert [answer.status_code for answer in usual] == [200, 200]
    assert cell(usual[0].text, Watcher.SCORER, Phase.SCORING) == cell(usual[1].text, Watcher.SCORER, Phase.SCORING)
