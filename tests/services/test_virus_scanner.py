"""The unit's own scanner is asked of every file that is sent; what it finds, or cannot look at, is neither read nor kept."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from inspect import unwrap
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from innovations.cli.doctoring import problems
from innovations.core.rules.errors import Unavailable
from innovations.core.web import received
from innovations.documents import scanner, storage
from innovations.extensions import db
from innovations.proposals.models_dossier import Attachment
from tests import meeting_world as sitting
from tests.board_world import BoardWorld
from tests.world import World

BAD = "tệp này có vi-rút"
#: What scanners do: 0 for a clean file, 1 for one with the test file or the bad words inside.
LOOKS = 'case "$(cat "$2")" in *EICAR*|*vi-rút*) exit 1;; esac; exit 0'

Scanner = Callable[[str], None]
#: Forms with a field for a file, as views call them; the architecture's tests hold that no file comes in beside a form.
FORMS_OF_FILES = {"UploadForm", "MinutesForm", "PhotoForm", "TemplateForm", "RegisterForm", "ListForm", "PlanFileForm"}


@pytest.fixture
def scanning(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scanner:
    """Installs a scanner that does what the shell says; ``$2`` is the file, for the setting has an argument of its own."""

    def install(script: str) -> None:  # after what the world prepares, which brings its own configuration
        program = tmp_path / "máy quét"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        monkeypatch.setitem(world.app.config, "UPLOAD_SCANNER", f"'{program}' --quiet")
        monkeypatch.setitem(world.app.config, "UPLOAD_SCANNER_SECONDS", 2.0)

    return install


def attached(world: World, address: str, said: str = "Biên bản áp dụng thử.") -> TestResponse:
    """Send a small file as evidence, as a browser does."""
    sent = {"file": (BytesIO(said.encode()), "bien-ban.txt"), "kind": "evidence", "nothing_secret": "1"}
    return world.client("tacgia").post(f"/proposals/{address}/files", data=sent, content_type="multipart/form-data")


def kept(world: World) -> tuple[int, int]:
    """Rows, and contents on the disk or on their way there."""
    rows = db.session.scalar(select(func.count()).select_from(Attachment)) or 0
    db.session.rollback()
    under_way = list((Path(world.app.instance_path) / "tmp").glob("*"))
    return rows, len([*storage.everything(), *under_way])


def stored(board: BoardWorld) -> dict[str, int]:
    """Rows of every table, but for who signed in, and files of every kind."""
    tables = [table for table in db.metadata.sorted_tables if table.name not in ("sign_in", "audit_event")]
    found = {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
    db.session.rollback()
    folders = ("files", "imports", "tmp")
    instance = Path(board.world.app.instance_path)
    return found | {name: sum(1 for path in (instance / name).rglob("*") if path.is_file()) for name in folders}


def test_a_file_that_the_scanner_passes_is_kept(world: World, scanning: Scanner) -> None:
    address = world.draft()
    scanning(LOOKS)
    assert attached(world, address).status_code == 303
    assert kept(world) == (1, 1)


def test_what_the_scanner_finds_is_refused_by_name_and_nothing_of_it_stays(world: World, scanning: Scanner) -> None:
    address = world.draft()
    scanning(LOOKS)
    answer = attached(world, address, BAD)
    assert answer.status_code == 422
    assert "Chương trình diệt vi-rút của đơn vị không cho nhận tệp “bien-ban.txt”" in answer.text
    assert kept(world) == (0, 0)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("exit 2", id="an error of its own"),
        pytest.param("kill -9 $$", id="killed"),
        pytest.param("exec sleep 30", id="no answer in time"),
    ],
)
def test_a_scanner_that_does_not_answer_lets_nothing_in(world: World, scanning: Scanner, script: str) -> None:
    address = world.draft()
    scanning(script)
    assert attached(world, address).status_code == 503
    assert kept(world) == (0, 0)


def test_a_scanner_that_is_not_there_lets_nothing_in_and_the_page_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    address = world.draft()
    monkeypatch.setitem(world.app.config, "UPLOAD_SCANNER", "/no/such/scanner")
    answer = attached(world, address)
    assert answer.status_code == 503
    assert "Chương trình diệt vi-rút chưa trả lời" in answer.text
    assert kept(world) == (0, 0)


def test_why_it_does_not_answer_stands_in_the_log_without_the_file(
    world: World, scanning: Scanner, caplog: pytest.LogCaptureFixture
) -> None:
    address = world.draft()
    scanning('echo "no database for $2" >&2; exit 2')
    assert attached(world, address).status_code == 503
    assert "the virus scanner ended with 2: no database for …" in caplog.text
    assert "bien-ban" not in caplog.text


@dataclass(frozen=True)
class Door:
    """Where a file is sent: by whom, under which address, with what beside it."""

    by: str
    address: str
    beside: dict[str, str]
    field: str = "file"
    name: str = "danh-sach.csv"


def doors(board: BoardWorld) -> dict[str, Door]:
    """Every form that takes a file, by its route; files of the first five are stored, of the others read and thrown away."""
    unit, at = str(board.world.staff.units["T1A"]), f"/boards/{board.board_id}"
    sitting.concluded(board)
    scoring = board.scoring(title="Giá treo áo mưa")
    sheet = {"revision": str(board.review(scoring).revision_id), "nothing_secret": "y"}
    photos, draft = f"{at}/reviews/{scoring}/photos", board.world.draft()
    db.session.rollback()
    return {
        "proposals.upload": Door("tacgia", f"/proposals/{draft}/files", {"kind": "evidence", "nothing_secret": "1"}),
        "boards.add_minutes": Door(
            "thuky", f"{at}/meetings/1/minutes", {"kind": "signed", "nothing_secret": "y"}, "file", "bien-ban.pdf"
        ),
        "boards.add_sheet_photos": Door("uyvien3", photos, sheet, "file", "phieu.jpg"),
        "boards.add_sheet_photos by camera": Door("uyvien3", photos, sheet, "shot", "phieu.jpg"),
        "admin.add_word_template": Door(
            "vanphong", f"/admin/word-templates/{unit}/minutes", {"nothing_secret": "y"}, "file", "mau.docx"
        ),
        "admin.check_register": Door("vanphong", "/admin/register/check", {"unit_id": unit}),
        "admin.import_register": Door("vanphong", "/admin/register", {"unit_id": unit}),
        "admin.import_units": Door("quantri", "/admin/import/units", {}),
        "admin.import_people": Door("quantri", "/admin/import/people", {}),
        "boards.plan_file": Door("thuky", f"{at}/plan/file", {}),
    }


def send(board: BoardWorld, door: Door) -> TestResponse:
    sent = {**door.beside, door.field: (BytesIO(BAD.encode()), door.name)}
    return board.world.client(door.by).post(door.address, data=sent, content_type="multipart/form-data")


def test_no_form_that_takes_a_file_is_left_out(board: BoardWorld) -> None:
    routes = {name.split(" ")[0] for name in doors(board)}
    sending = [rule.endpoint for rule in board.world.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    views = {name: unwrap(board.world.app.view_functions[name]) for name in sending if name != "static"}
    assert {name for name, view in views.items() if FORMS_OF_FILES & set(view.__code__.co_names)} == routes


def test_at_every_door_what_the_scanner_finds_is_refused_by_name(board: BoardWorld, scanning: Scanner) -> None:
    known = doors(board)
    before = stored(board)
    scanning(LOOKS)
    for name, door in known.items():
        answer = send(board, door)
        refused = 200 if name == "admin.check_register" else 422  # a check says what it found and imports nothing
        assert (answer.status_code, f"không cho nhận tệp “{door.name}”" in answer.text) == (refused, True), name
    assert stored(board) == before


def test_at_every_door_a_scanner_that_does_not_answer_lets_no_byte_be_read(
    board: BoardWorld, scanning: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = doors(board)
    before = stored(board)
    scanning("exit 2")
    for name, door in known.items():
        answer = send(board, door)
        assert (answer.status_code, "Chương trình diệt vi-rút chưa trả lời" in answer.text) == (503, True), name
    assert stored(board) == before


def test_who_may_not_send_a_file_there_does_not_start_the_scanner(world: World, scanning: Scanner, tmp_path: Path) -> None:
    address = world.submitted()  # handed in: nothing is attached any more
    scanning(f"touch '{tmp_path}/asked'; exit 0")
    assert attached(world, address).status_code in (403, 404, 409)
    undeclared = {"file": (BytesIO(BAD.encode()), "bien-ban.txt"), "kind": "evidence"}
    draft = world.draft()
    assert world.client("tacgia").post(f"/proposals/{draft}/files", data=undeclared).status_code == 422
    assert not (tmp_path / "asked").exists()


class BreaksOff(BytesIO):
    """Bytes that the disk has no room for any more."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError(errno.ENOSPC, "no space left")


def test_without_room_to_look_at_it_a_file_is_not_taken(world: World, scanning: Scanner) -> None:
    scanning(LOOKS)
    with pytest.raises(Unavailable):
        scanner.check_scanned("bien-ban.txt", BreaksOff())
    assert kept(world) == (0, 0)


def test_a_file_is_looked_at_once_however_often_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(received, "_looks", [lambda name, _source: asked.append(name)])
    file = received.looked_at(FileStorage(BytesIO(b"a,b\n"), "so.csv", "file"))
    assert asked == []
    assert (file.read(), file.stream.seek(0), list(file.stream)) == (b"a,b\n", 0, [b"a,b\n"])
    assert asked == ["so.csv"]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (LOOKS, None),
        ("exit 0", "it ended with 0 and 0"),
        ("exit 1", "it ended with 1 and 1"),
        ("exit 3", "does not answer"),
    ],
)
def test_the_doctor_tries_the_scanner_with_a_plain_file_and_the_test_file(
    world: World, scanning: Scanner, script: str, said: str | None
) -> None:
    assert scanner.trouble() is None  # none is installed
    scanning(script)
    found = [line for line in problems() if "UPLOAD_SCANNER" in line]
    assert said in found[0] if said else not found, found
