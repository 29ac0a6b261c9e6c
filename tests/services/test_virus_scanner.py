"""The unit's own scanner is asked of every file before it is stored; what it finds, or cannot look at, is not kept."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from innovations.boards.services import attached_minutes
from innovations.cli.checking import problems
from innovations.documents import scanner, storage
from innovations.documents.scanner import Infected, ScannerSilent
from innovations.extensions import db
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.services import attachments
from tests import meeting_world as sitting
from tests.board_files import attach, scan
from tests.board_world import BoardWorld
from tests.world import World

BAD = "tệp này có vi-rút"
#: What scanners do: 0 for a clean file, 1 for one with the test file or the bad words inside.
LOOKS = 'case "$(cat "$2")" in *EICAR*|*vi-rút*) exit 1;; esac; exit 0'

Scanner = Callable[[str], None]


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


def attached(world: World, address: str) -> int:
    """Send a small file, each time anew: the world keeps what it has prepared once."""
    source = BytesIO("Biên bản áp dụng thử.".encode())
    return attachments.attach(
        world.actor("tacgia"), address, name="bien-ban.txt", source=source, kind="evidence", nothing_secret=True
    )


def kept(world: World) -> tuple[int, int]:
    """Rows, and contents on the disk or on their way there."""
    rows = db.session.scalar(select(func.count()).select_from(Attachment)) or 0
    db.session.rollback()
    under_way = list((Path(world.app.instance_path) / "tmp").glob("*"))
    return rows, len([*storage.everything(), *under_way])


def test_a_file_that_the_scanner_passes_is_kept(world: World, scanning: Scanner) -> None:
    address = world.draft()
    scanning(LOOKS)
    attached(world, address)
    assert kept(world) == (1, 1)


def test_what_the_scanner_finds_is_refused_by_name_and_nothing_of_it_stays(world: World, scanning: Scanner) -> None:
    address = world.draft()
    scanning(LOOKS)
    client = world.client("tacgia")
    sent = {"file": (BytesIO(BAD.encode()), "bien-ban.txt"), "kind": "evidence", "nothing_secret": "1"}
    answer = client.post(f"/proposals/{address}/files", data=sent, content_type="multipart/form-data")
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
    with pytest.raises(ScannerSilent):
        attached(world, address)
    assert kept(world) == (0, 0)


def test_a_scanner_that_is_not_there_lets_nothing_in_and_the_page_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client, address = world.client("tacgia"), world.draft()
    monkeypatch.setitem(world.app.config, "UPLOAD_SCANNER", "/no/such/scanner")
    sent = {"file": (BytesIO("Biên bản".encode()), "bien-ban.txt"), "kind": "evidence", "nothing_secret": "1"}
    answer = client.post(f"/proposals/{address}/files", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 503
    assert "Chương trình diệt vi-rút chưa trả lời" in answer.text
    assert kept(world) == (0, 0)


def test_why_it_does_not_answer_stands_in_the_log_without_the_file(
    world: World, scanning: Scanner, caplog: pytest.LogCaptureFixture
) -> None:
    address = world.draft()
    scanning('echo "no database for $2" >&2; exit 2')
    with pytest.raises(ScannerSilent):
        attached(world, address)
    assert "the virus scanner ended with 2: no database for …" in caplog.text
    assert "bien-ban" not in caplog.text


def test_minutes_pass_the_scanner_as_evidence_does(board: BoardWorld, scanning: Scanner) -> None:
    sitting.concluded(board)
    scanning("exit 1")
    with pytest.raises(Infected):
        attach(board, "Biên bản ký.pdf", scan())
    held = attached_minutes.kept_minutes(board.actor("thuky"), board.board_id, 1)
    assert held is None or not held.versions


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
