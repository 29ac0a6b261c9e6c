"""The n-th write, sync, cut or rename of a click fails: the click is refused clearly and nothing of it is there, or it is done.

Clicked again, when the disk works, it is done.  The errors by turns: no room, and the disk does not answer.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from fault_shim import build, click_all
from fault_sizes import FAILING_PLACES
from sqlalchemy import text

from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.services import signing_in
from tests import meeting_world as sitting
from tests.board_world import SEATED, BoardWorld
from tests.world import PASSWORD

Story = dict[str, Any]
CLEAR = (503, 507)
SHEET = {
    "version": "0", "proposes": "recognise", "novelty-points": "24", "effect-points": "24", "replicability-points": "20",
    "economy-na": "1", "dossier-level": "4", "do": "submit",
}  # fmt: skip


def submitting(board: BoardWorld) -> Story:
    address = board.world.draft()
    board.world.attach(address)
    return {"by": "tacgia", "path": f"/proposals/{address}/submit", "data": {"nothing_secret": "y"}}


def uploading(board: BoardWorld) -> Story:
    sent = {"kind": "evidence", "nothing_secret": "y"}
    return {
        "by": "tacgia",
        "path": f"/proposals/{board.world.draft()}/files",
        "data": sent,
        "file": "Đã đo. " * 20_000,
    }


def scoring(board: BoardWorld) -> Story:
    path = f"/boards/{board.board_id}/reviews/{board.scoring()}/score"
    return {"by": "uyvien3", "path": path, "data": dict(SHEET)}


def closing(board: BoardWorld) -> Story:
    """The close of a secret vote goes in steps; one that broke off stands in ``closing``, sealed or counted, until it is clicked again."""
    review_id = sitting.scored(board)
    number = sitting.before_board(board, review_id)
    sitting.open_vote(board, number, review_id)
    for who in SEATED:
        sitting.cast(board, number, review_id, who)
    path = f"/boards/{board.board_id}/meetings/{number}/items/{review_id}/vote/close"
    return {"by": "thuky", "path": path, "data": {}, "may_change": ["vote", "ballot", "sealed_ballot"]}


def deciding(board: BoardWorld) -> Story:
    review_id = sitting.concluded(board)
    signed = {"number": "45/QĐ-1A", "signer_name": "Dương Văn Nam", "signer_position": "Trung đoàn trưởng"}
    sent = {**signed, "decided_on": today().isoformat(), "review_ids": str(review_id), "do": "recognise"}
    return {"by": "chihuy", "path": "/boards/decisions/", "data": sent}


def ready(board: BoardWorld, prepare: Callable[[BoardWorld], Story]) -> Story:
    """The story with the sign-in of who clicks."""
    story = {"name": prepare.__name__, "may_change": [], "at_most": FAILING_PLACES, **prepare(board)}
    story["token"] = signing_in.sign_in(story["by"], PASSWORD, address="127.0.0.1")
    story["data"]["_once"] = f"a-key-{story['name']}"
    db.session.rollback()
    return story


def test_whatever_write_fails_the_click_is_done_or_refused_whole(
    board: BoardWorld, tmp_path_factory: pytest.TempPathFactory, told: Callable[..., None]
) -> None:
    stories = [ready(board, prepare) for prepare in (submitting, uploading, scoring, closing, deciding)]
    db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    folder = tmp_path_factory.mktemp("clicks")
    shutil.copytree(board.world.app.instance_path, folder / "prepared", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    clicks = click_all(folder, build(folder), stories)
    assert [each for each in clicks if each.place == 0 and (each.status, each.again, each.broken) != (303, 303, [])] == []
    failed = [each for each in clicks if each.place]
    refused = [each for each in failed if each.status != 303]
    half = [each for each in refused if each.changed]
    told(
        done=f"{len(failed)} operations failed once each, {len(refused)} clicks refused: {Counter(each.story for each in failed)}",
        acknowledged=len(failed) - len(refused), lost=len([each for each in failed if each.again != 303]), doubled=len(half),
    )  # fmt: skip
    assert half == []
    assert [each for each in refused if each.status not in CLEAR] == []
    assert [each for each in failed if each.again != 303 or each.broken] == []
    assert {each.story for each in refused} == {story["name"] for story in stories}
