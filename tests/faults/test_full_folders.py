"""One folder alone is full, the store of files or the index: what does not need it goes on, what does is refused whole or waits."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from fault_disk import SmallDisk, files_of, rows_of
from fault_processes import codes_in
from test_full_disk import SENTENCE, submitting, uploading

from innovations import search
from innovations.cli.demo.staff import find
from innovations.extensions import db
from innovations.search.files.generations import IndexProblem
from innovations.search.models import IndexJob
from tests.instances import make_app
from tests.recognised import index, recognise
from tests.world import World

#: Octets left in the folder: none, and at random points.
LEFT = (0, *random.Random(20261129).sample(range(1, 400_000), 5))


@pytest.fixture
def full_folder(tmp_path: Path, staffed_database: Path, request: pytest.FixtureRequest) -> Iterator[tuple[World, SmallDisk]]:
    """The staffed world with one folder of its instance on a small disk of its own."""
    shutil.copy(staffed_database, tmp_path / "innovations.sqlite")
    folder = tmp_path / request.param
    folder.mkdir(mode=0o700)
    disk = SmallDisk(folder)
    app = make_app(tmp_path)
    with app.app_context():
        yield World(app, find()), disk
        search.engine().close()
        db.session.remove()
        db.engine.dispose()
    disk.remove()


@pytest.mark.parametrize("full_folder", ["files"], indirect=True)
def test_a_full_store_refuses_files_and_nothing_else(full_folder: tuple[World, SmallDisk]) -> None:
    world, disk = full_folder
    database = Path(world.app.instance_path) / "innovations.sqlite"
    for turn, left in enumerate(LEFT):
        upload, submit = uploading(world, f"Lần đo thứ {turn}. "), submitting(world)
        rows, files = rows_of(database)["attachment"], files_of(disk.path)
        with disk.full(left=left):
            refused, done = upload(), submit()
        assert (refused.status_code, SENTENCE in refused.text, done.status_code) == (503, True, 303), left
        assert (rows_of(database)["attachment"], files_of(disk.path)) == (rows, files), left
        assert upload().status_code == 303, left
        assert len(rows_of(database)["attachment"]) == len(rows) + 2


@pytest.mark.parametrize("full_folder", ["index"], indirect=True)
def test_with_a_full_index_people_go_on_and_with_room_again_all_is_found(full_folder: tuple[World, SmallDisk]) -> None:
    world, disk = full_folder
    known = recognise(world, title="Giá treo dụng cụ cứu hỏa")
    index(world)
    client = world.client("docgia")
    for turn, left in enumerate(LEFT):
        with disk.full(left=left):
            code = recognise(world, title=f"Máy bơm nước giếng khoan {turn}")
            with suppress(OSError, IndexProblem):
                search.drain_once()
            db.session.rollback()
            assert known in codes_in(client.get("/library/?q=gia+treo").text), left
            assert client.get(f"/library/{code}").status_code == 200, left
        search.drain_once()
        db.session.rollback()
        assert db.session.query(IndexJob).count() == 0, left
        assert code in codes_in(client.get("/library/?q=may+bom").text), left
    assert search.verify_index()["ok"]
