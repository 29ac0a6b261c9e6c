"""A full disk refuses the click with a clear sentence and changes nothing; with room again the same click works."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from fault_disk import SmallDisk, files_of, rows_of
from werkzeug.test import TestResponse

from innovations.cli.checking import CHECKS
from innovations.cli.demo.staff import find
from innovations.core.clock import at, now
from innovations.extensions import db
from innovations.proposals.loading import proposal_at
from innovations.proposals.models import Proposal
from innovations.proposals.rules.formal import FormalItem
from tests.instances import make_app
from tests.world import TEXT, World

SENTENCE = "Hệ thống tạm thời chưa thực hiện được. Chưa có gì bị thay đổi; xin thử lại sau ít phút."
LONG = {"situation": TEXT * 20, "content": TEXT * 20, "steps": TEXT, "novelty": TEXT, "not_mandatory": "yes", "handling": "open"}
Click = Callable[[], TestResponse]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "small"
    folder.mkdir(mode=0o700)
    made = SmallDisk(folder)
    yield made
    made.remove()


@pytest.fixture
def small(disk: SmallDisk, staffed_database: Path) -> Iterator[World]:
    """The staffed world with its whole instance on the small disk."""
    shutil.copy(staffed_database, disk.path / "innovations.sqlite")
    app = make_app(disk.path)
    with app.app_context():
        yield World(app, find())
        db.session.remove()
        db.engine.dispose()


def saving_a_step(world: World) -> Click:
    client, address = world.client("tacgia"), world.draft()
    sent = {"version": world.version(address), **LONG, "_once": "k1"}
    return lambda: client.post(f"/proposals/{address}/edit/description", data=sent)


def saving_by_itself(world: World) -> Click:
    client, address = world.client("tacgia"), world.draft()
    sent = {"version": world.version(address), **LONG}
    return lambda: client.post(f"/proposals/{address}/autosave/description", data=sent)


def submitting(world: World) -> Click:
    client, address = world.client("tacgia"), world.draft()
    world.attach(address)
    return lambda: client.post(f"/proposals/{address}/submit", data={"nothing_secret": "y", "_once": "k2"})


def accepting(world: World) -> Click:
    client, code = world.client("tiepnhan"), world.submitted()
    answers = {item.value: "ok" for item in FormalItem}
    return lambda: client.post(f"/proposals/{code}/check", data={**answers, "do": "accept", "_once": "k3"})


def uploading(world: World, said: str = "Đã đo. ") -> Click:
    client, address = world.client("tacgia"), world.draft()

    def click() -> TestResponse:
        files = [(BytesIO((said * size).encode()), f"bien-ban-{size}.txt") for size in (1_000, 60_000)]
        sent = {"file": files, "kind": "evidence", "nothing_secret": "y", "_once": "k4"}
        return client.post(f"/proposals/{address}/files", data=sent)

    return click


def importing(world: World) -> Click:
    client, unit = world.client("vanphong"), world.staff.units["T1A"]
    lines = "\n".join(f'Cải tiến giá để dụng cụ mẫu {n},"{TEXT * 3}",2021,b{n}' for n in range(500))
    text = f"title,description,year,external_id\n{lines}\n"

    def click() -> TestResponse:
        return client.post("/admin/register", data={"unit_id": unit, "file": (BytesIO(text.encode()), "so.csv")})

    return click


CLICKS = (saving_a_step, saving_by_itself, submitting, accepting, uploading, importing)


def broken_invariants() -> list[str]:
    found = [problem for one in CHECKS for problem in one()]
    db.session.rollback()
    return found


def cleaned(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Without what nobody sees: an import that was begun and not published."""
    rows["import_batch"] = [row for row in rows["import_batch"] if row[4] is not None]
    return rows


@pytest.mark.parametrize("prepare", CLICKS)
@pytest.mark.parametrize("left", [0, 20_000])
def test_a_full_disk_refuses_the_click_changes_nothing_and_with_room_again_it_works(
    small: World, disk: SmallDisk, prepare: Callable[[World], Click], left: int
) -> None:
    click = prepare(small)
    database, files = disk.path / "innovations.sqlite", files_of(disk.path)
    before = cleaned(rows_of(database))
    with disk.full(left=left):
        refused = click()
    assert refused.status_code == 503
    assert SENTENCE in refused.text
    assert cleaned(rows_of(database)) == before
    assert files_of(disk.path) == files
    done = click()
    assert done.status_code in (200, 303), done.text
    assert cleaned(rows_of(database)) != before
    assert broken_invariants() == []
    assert not [name for name in files_of(disk.path) if name.startswith("tmp/") or ".incoming" in name]


def test_an_import_that_ran_out_of_room_half_way_shows_nothing_and_can_be_sent_again(small: World, disk: SmallDisk) -> None:
    click, reader = importing(small), small.client("docgia")
    with disk.full(left=800_000):
        assert click().status_code == 503
    assert 0 < db.session.query(Proposal).count() < 500  # some chunks fitted: this is the half state that must not be seen
    assert 'data-total="0"' in reader.get("/proposals/").text
    assert click().status_code == 303
    assert db.session.query(Proposal).count() == 500
    assert 'data-total="500"' in reader.get("/proposals/").text
    assert broken_invariants() == []


def test_several_files_of_one_upload_are_kept_together_or_not_at_all(small: World, disk: SmallDisk) -> None:
    click = uploading(small)
    with disk.full(left=500_000):  # room for the first file, not for the second
        assert click().status_code == 503
    assert not [name for name in files_of(disk.path) if name.startswith(("tmp/", "files/"))]
    assert rows_of(disk.path / "innovations.sqlite")["attachment"] == []
    assert click().status_code == 303
    assert len(rows_of(disk.path / "innovations.sqlite")["attachment"]) == 2


def test_reading_goes_on_while_the_disk_is_full(small: World, disk: SmallDisk) -> None:
    code, client = small.submitted(), small.client("tacgia")
    with disk.full(), at(now() + timedelta(minutes=5)):
        pages = [client.get(path).status_code for path in ("/", "/proposals/", f"/proposals/{code}", "/library/")]
    assert pages == [200] * 4


def test_an_act_that_was_done_is_never_answered_as_if_nothing_had_changed(small: World, disk: SmallDisk) -> None:
    """The address to go to is kept after the act; when that last step finds no room, the act has been done all the same."""
    address = small.draft()
    small.attach(address)
    client, sent = small.client("tacgia"), {"nothing_secret": "y", "_once": "k9"}
    for left in range(0, 160_000, 4_096):
        with disk.full(left=left):
            answer = client.post(f"/proposals/{address}/submit", data=sent)
        found = proposal_at(address)
        assert found is not None
        assert (answer.status_code == 303) == (found.code is not None), left
        db.session.rollback()
    again = client.post(f"/proposals/{address}/submit", data=sent)
    assert again.status_code == 303
    assert client.get(again.location, follow_redirects=True).status_code == 200
