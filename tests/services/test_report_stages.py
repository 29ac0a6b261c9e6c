"""How far proposals came, as the reports page says: each counted once, at whatever level, imported ones nowhere."""

from __future__ import annotations

from innovations.proposals.services import submitting
from innovations.reports.queries import Stages, figures
from tests import meeting_world as sitting
from tests.board_world import BoardWorld
from tests.exchange.old_registers import HEAD, PUMP, RACK, bring
from tests.recognised import recognise
from tests.world import World


def stages(world: World) -> Stages:
    return figures(world.actor("vanphong")).stages


def test_each_step_counts_what_came_so_far_or_farther(world: World) -> None:
    assert stages(world) == Stages(0, 0, 0, 0)
    bring(world, HEAD + RACK + PUMP)
    world.draft()
    assert stages(world) == Stages(0, 0, 0, 0)
    code = world.submitted()
    assert stages(world) == Stages(1, 0, 0, 0)
    world.accepted()
    assert stages(world) == Stages(2, 1, 0, 0)
    recognise(world, title="Giá đỡ tháo lắp")
    assert stages(world) == Stages(3, 2, 1, 1)
    submitting.withdraw(world.actor("tacgia"), code)
    assert stages(world) == Stages(3, 2, 1, 1)


def test_what_a_board_concluded_counts_before_anybody_decides(board: BoardWorld) -> None:
    sitting.concluded(board)
    sitting.concluded(board, agree=4)
    found = stages(board.world)
    assert (found.concluded, found.recognised) == (2, 0)
    assert found.received == found.accepted >= 2
